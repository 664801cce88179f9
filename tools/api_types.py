"""Writes `openapi.json` from the code and the web app's types from it, or checks that both are fresh.

Without `openapi.json` there is nothing to check: the API has not been described yet.
"""

import subprocess
import sys
from pathlib import Path

from tools.report import ROOT, finish

DOCUMENT = ROOT / "openapi.json"
TYPES = ROOT / "web/src/api/schema.d.ts"


def described() -> str:
    """Describe the API as the code has it now."""
    command = [sys.executable, "-m", "drumbeat.api.schema"]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def typed(document: Path, types: Path) -> None:
    script = [sys.executable, "hatch_build.py", "run", "--silent", "api-types", "--"]
    subprocess.run([*script, str(document), "-o", str(types)], cwd=ROOT, check=True, stdout=sys.stderr)


def write() -> None:
    text = described()
    if not DOCUMENT.is_file() or DOCUMENT.read_text(encoding="utf-8") != text:
        DOCUMENT.write_text(text, encoding="utf-8")
    typed(DOCUMENT, TYPES)


def faults() -> list[str]:
    if not DOCUMENT.is_file():
        return []
    found = []
    if DOCUMENT.read_text(encoding="utf-8") != described():
        found.append("openapi.json is not what the code describes; run make api-types")
    fresh = TYPES.with_suffix(".fresh.ts")
    try:
        typed(DOCUMENT, fresh)
        if fresh.read_text(encoding="utf-8") != TYPES.read_text(encoding="utf-8"):
            found.append("web/src/api/schema.d.ts is not made from openapi.json; run make api-types")
    finally:
        fresh.unlink(missing_ok=True)
    return found


def main() -> None:
    if sys.argv[1:] == ["--check"]:
        finish("API types", faults())
    else:
        write()


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failed:  # it has said why itself
        sys.exit(f"API types: {' '.join(failed.cmd)} failed")
