"""How a check ends: one line per fault, then an exit code."""

import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def finish(check: str, faults: Sequence[str]) -> None:
    """Print the faults and exit with 1, or say that all is well."""
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        sys.exit(f"{check}: {len(faults)} to fix")
    print(f"{check}: ok")
