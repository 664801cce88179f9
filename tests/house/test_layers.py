"""The import contracts bite: a violation planted in a copy of the tree is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    tree = tmp_path_factory.mktemp("copied")
    shutil.copy(ROOT / "pyproject.toml", tree)
    ignored = shutil.ignore_patterns("spa", "__pycache__")
    shutil.copytree(ROOT / "src/drumbeat", tree / "src/drumbeat", ignore=ignored)
    return tree


@pytest.mark.parametrize(
    ("contract", "folder", "line", "said"),
    [
        pytest.param("pure-core", "core", "import django", "core.planted", id="the core knows no framework"),
        pytest.param("pure-core", "core", "import random", "core.planted", id="the core throws no dice"),
        pytest.param(
            "layers", "core", "import drumbeat.models", "core.planted", id="the core knows no table"
        ),
        pytest.param(
            "layers", "store", "import drumbeat.actions", "store.planted", id="nobody imports upwards"
        ),
        pytest.param(
            "clock", "store", "import drumbeat.clock", "store.planted", id="the store reads no clock"
        ),
        pytest.param("layers", "utils", "", "drumbeat.utils", id="a new folder needs a place in the layers"),
    ],
)
def test_a_planted_violation_is_found(copied, contract, folder, line, said):
    planted = copied / "src/drumbeat" / folder / "planted.py"
    new = not planted.parent.exists()
    planted.parent.mkdir(exist_ok=True)
    (planted.parent / "__init__.py").touch()
    planted.write_text(f"{line}\n")
    try:
        code, text = lint(copied, contract)
    finally:
        shutil.rmtree(planted.parent) if new else planted.unlink()
    assert code == 1
    assert said in text


def lint(tree: Path, contract: str) -> tuple[int, str]:
    where = {**os.environ, "PYTHONPATH": str(tree / "src")}
    command = [sys.executable, "-c", LINT, "--no-cache", "--contract", contract]
    found = subprocess.run(command, cwd=tree, env=where, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout
