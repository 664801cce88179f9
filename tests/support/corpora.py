"""Samples that nobody here wrote. They lie beside the project, not in it; without them a test skips."""

import json
from pathlib import Path
from typing import Any

import pytest

ABSENT = "the corpora are not here"
"""Begins the reason of a skip that even `--require-all` lets pass: no package brings the corpora."""
OPEN = Path(__file__).parents[2] / ".." / "shared" / "corpora" / "open"


def rows(name: str) -> list[dict[str, Any]]:
    """Read a JSONL file of the corpora, such as `phone/examples.jsonl`."""
    path = OPEN / name
    if not path.exists():
        pytest.skip(f"{ABSENT}: no {name}")
    # Not splitlines: a text may hold line ends of other alphabets.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
