"""The JSON Schema of a flow document, for editors and other programs."""

from __future__ import annotations

from typing import Any

from drumbeat.core.delay import Delay
from drumbeat.core.document.form import DOCUMENT

_FOLLOWS = {
    "start": "The first step. Where it is missing, the first in the list.",
    "next": "The step that follows. Where it is missing, the one below; null ends the flow.",
    "timed_out": "The step after a wait in vain. Where it is missing, the one below; null ends the flow.",
    "qualified": "The step for the qualified. Where it is missing, the one below; null ends the flow.",
    "unqualified": "The step for the unqualified. Where it is missing, the one below; null ends the flow.",
}


def document_schema() -> dict[str, Any]:
    """Describe what `read_document` reads; that keys are unique and steps exist is beyond a schema."""
    schema = DOCUMENT.json_schema()
    schema.pop("title")
    for definition in (schema, *schema["$defs"].values()):
        for name, described in definition.get("properties", {}).items():
            _describe(name, described)
        _require_the_kind(definition)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "drumbeat flow document",
        **schema,
    }


def _describe(name: str, described: dict[str, Any]) -> None:
    described.pop("title", None)
    if name in _FOLLOWS:
        described.pop("default")
        described["description"] = _FOLLOWS[name]
    match described.get("default"):
        case {"value": value, "unit": unit}:
            described["default"] = str(Delay(value, unit))


def _require_the_kind(definition: dict[str, Any]) -> None:
    kind = definition.get("properties", {}).get("kind", {})
    if "const" in kind:
        kind.pop("default")
        definition["required"] = ["key", "kind"]
