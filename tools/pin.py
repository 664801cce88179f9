"""Pins the dependencies: writes the lock files with hashes and without the address of any registry."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.locks import LOCKS
from tools.report import ROOT

OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate")


def pin_python(root: Path, *, upgrade: bool) -> None:
    for name, groups in LOCKS.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *OPTIONS, "-q", "-o", name]
        for group in groups:
            command += ["--group", group]
        if name != "requirements.txt":
            command += ["-c", "requirements.txt"]
        if upgrade:
            command.append("--upgrade")
        subprocess.run(command, cwd=root, check=True)


def pin_web(root: Path) -> None:
    """Write the npm lock anew, so that it lists the native parts of every platform.

    In a folder of its own: beside installed packages npm leaves their hashes away.
    """
    with tempfile.TemporaryDirectory() as folder:
        apart = Path(folder)
        (apart / "web").mkdir()
        for name in ("hatch_build.py", "web/package.json", "web/.npmrc"):
            shutil.copy(root / name, apart / name)
        command = [sys.executable, "hatch_build.py", "npm", "install", "--package-lock-only"]
        subprocess.run(command, cwd=apart, check=True)
        shutil.copy(apart / "web/package-lock.json", root / "web/package-lock.json")


if __name__ == "__main__":
    os.environ.setdefault("UV_NO_PROGRESS", "1")
    pin_python(ROOT, upgrade="--upgrade" in sys.argv)
    if "--web" in sys.argv:
        pin_web(ROOT)
