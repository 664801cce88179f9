"""The JSON Schema of a sequence file, for editors: the same words as `reading`, and the document's own schema."""

from __future__ import annotations

from typing import Any

from drumbeat.core.document import document_schema
from drumbeat.core.holidays import MOST_COUNTRIES, MOST_DAYS
from drumbeat.core.window import WEEKDAYS

SCHEMA_NAME = "sequence-file.schema.json"
"""Under this name it lies beside the files, which refer to it in their first line."""

_EXIT = {"enum": ["off", "pause", "finish"]}
_SPANS = {
    "type": "array",
    "items": {
        "type": "array",
        "items": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"},
        "minItems": 2,
        "maxItems": 2,
    },
}
SETTINGS: dict[str, Any] = {
    "exit_on_reply": _EXIT,
    "exit_on_meeting": _EXIT,
    "exit_on_call": _EXIT,
    "exit_on_conversion": _EXIT,
    "exit_on_company_reply": _EXIT,
    "postpone_on_out_of_office": {"type": "boolean"},
    "agent": {
        "type": ["string", "null"],
        "description": "The name of the agent that writes; null: the workspace's default.",
    },
    "sender": {
        "type": ["string", "null"],
        "description": "The address of a sender profile; null: chosen per contact.",
    },
    "window": {
        "type": ["object", "null"],
        "properties": dict.fromkeys(WEEKDAYS, _SPANS),
        "additionalProperties": False,
        "description": "When it may send, by weekday; null: whenever its senders may.",
    },
    "holidays": {
        "type": ["object", "null"],
        "properties": {
            "countries": {"type": "array", "items": {"type": "string"}, "maxItems": MOST_COUNTRIES},
            "days": {"type": "array", "items": {"type": "string", "format": "date"}, "maxItems": MOST_DAYS},
        },
        "additionalProperties": False,
        "description": 'Days without sending: public holidays by country ("US") or part ("DE-BY"), and own days.',
    },
    "jitter_seconds": {"type": "integer", "minimum": 0, "maximum": 86_400},
    "review": {"type": "boolean"},
    "reenrollment": {"enum": ["never", "always", "after_days"]},
    "reenroll_after_days": {"type": ["integer", "null"], "minimum": 1, "maximum": 3_650},
    "one_at_a_time": {"type": "boolean"},
    "company_limit": {"type": ["integer", "null"], "minimum": 1, "maximum": 1_000},
    "triggers": {
        "type": ["object", "null"],
        "description": "What starts it by itself: `any` of these events and conditions, while `all` hold.",
    },
    "auto_enroll": {"type": "boolean"},
    "enrollment_criteria": {
        "type": ["object", "null"],
        "description": "With auto_enroll, whoever comes to fit this condition is enrolled.",
    },
    "enroll_at_activation": {"type": "boolean"},
    "stop_when": {
        "type": ["object", "null"],
        "description": "What ends it for a contact: `any` of these, while `all` hold; then `actions` run once.",
    },
    "track_opens": {"type": "boolean"},
    "track_clicks": {"type": "boolean"},
}


def file_schema() -> dict[str, Any]:
    """Describe what `read_file` reads. In a section of settings, what is missing has its default."""
    document = document_schema()
    definitions = document.pop("$defs")
    for name in ("$schema", "title"):
        document.pop(name)
    properties = {name: value for name, value in document["properties"].items() if name != "format"}
    flow = {**document, "properties": properties, "required": ["steps"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "drumbeat sequence file",
        "type": "object",
        "properties": {
            "format": {"const": 1},
            "name": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": {"type": "string", "maxLength": 2_000},
            "tags": {
                "type": "array",
                "items": {"type": "string", "minLength": 1, "maxLength": 60},
                "maxItems": 20,
            },
            "settings": {"type": "object", "properties": SETTINGS, "additionalProperties": False},
            "flow": flow,
        },
        "required": ["format", "name", "flow"],
        "additionalProperties": False,
        "$defs": definitions,
    }
