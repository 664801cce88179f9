"""From a sequence to its one text: what a reader can conclude is left out, bodies stand as blocks, steps apart.

The same sequence gives the same text, so that files can be compared line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from textwrap import indent
from typing import Any

from drumbeat.core import document
from drumbeat.core.document.form import slots
from drumbeat.core.flow import Flow
from drumbeat.core.sequence_file.form import FORMAT, SequenceFile
from drumbeat.core.sequence_file.schema import SCHEMA_NAME

_HINT = f"# yaml-language-server: $schema={SCHEMA_NAME}\n"
_NO_DELAY = "0m"
# Such a block keeps the empty lines that follow it.
_KEEPS = re.compile(r"[|>][0-9]?\+[0-9]?$", re.MULTILINE)


def write_file(content: SequenceFile) -> str:
    """Write the file; `read_file` gives back the same sequence."""
    head: dict[str, Any] = {"format": FORMAT, "name": content.name}
    if content.description is not None:
        head["description"] = content.description
    if content.tags is not None:
        head["tags"] = list(content.tags)
    blocks = [_HINT + _yaml(head)]
    if content.settings is not None:
        blocks.append(_yaml({"settings": dict(content.settings)}))
    start, steps = _short(content.flow)
    if not steps:
        return _apart([*blocks, _yaml({"flow": {**start, "steps": []}})])
    opening = "flow:\n" + (indent(_yaml(start), "  ") if start else "") + "  steps:\n"
    written = [indent(_yaml([step]), "    ") for step in steps]
    return _apart([*blocks, opening + written[0], *written[1:]])


def _yaml(value: object) -> str:
    """Write YAML without the mark of its end, which follows an open block."""
    return document.to_yaml(value).removesuffix("...\n")


def _apart(blocks: Sequence[str]) -> str:
    """Join with an empty line between, but where it would become part of a text."""
    pieces = []
    for block in blocks[:-1]:
        pieces.append(block if _KEEPS.search(block) else f"{block}\n")
    return "".join([*pieces, blocks[-1]])


def _short(flow: Flow) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the start and the steps without the ways that only lead to the step below."""
    steps: list[dict[str, Any]] = document.write_document(flow)["steps"]
    keys = [step["key"] for step in steps]
    start = {} if flow.start == (keys[0] if keys else None) else {"start": flow.start}
    return start, [_shorter(step, below) for step, below in zip_longest(steps, keys[1:])]


def _shorter(step: dict[str, Any], below: str | None) -> dict[str, Any]:
    stops = step["kind"] == "end" and step.get("only_if") is None
    for _, holder, name in list(slots(step)):
        if holder[name] == (None if stops else below):
            del holder[name]
    if step["delay"] == _NO_DELAY:
        del step["delay"]
    return step
