"""The form of an answer: told to a model as a JSON Schema, and read back strictly.

What does not fit is said in words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)
_TOLD = frozenset(
    {"type", "properties", "required", "additionalProperties", "enum", "items", "description", "const"}
)
_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
_MOST_TRIES = 20
_MOST_PROBLEMS = 5


class Unfit(Exception):
    """An answer does not have the form. The text says why, and quotes nothing but names of fields."""


def schema_of(shape: type[BaseModel]) -> dict[str, object]:
    """Return the schema, without the limits that strict servers refuse to know: those are checked when it is read."""
    return _without_limits(shape.model_json_schema())


def skeleton_of(shape: type[BaseModel]) -> str:
    """Return an object that shows the form, for models too small to read a schema."""
    told = schema_of(shape)["properties"]
    fields = told.items() if isinstance(told, Mapping) else ()
    return "{" + ", ".join(f'"{name}": {_shown(one)}' for name, one in fields) + "}"


def _shown(field: Mapping[str, object]) -> str:
    if isinstance(choices := field.get("enum"), list):
        return f'"<one of: {", ".join(map(str, choices))}>"'
    named = {"string": '"<text>"', "array": "[<numbers>]"}
    return named.get(str(field.get("type")), "<number>")


def _without_limits(schema: Mapping[str, object]) -> dict[str, object]:
    told: dict[str, object] = {}
    for key, value in schema.items():
        if key == "properties" and isinstance(value, Mapping):
            told[key] = {name: _without_limits(one) for name, one in value.items()}
        elif key in _TOLD:
            told[key] = _without_limits(value) if isinstance(value, Mapping) else value
    return told


def read_as(shape: type[T], text: str) -> T:
    """Return the answer that stands in `text`, bare, fenced or among other words. Raises Unfit."""
    problem = "it holds no JSON object"
    for found in _objects(_THOUGHTS.sub("", text)):
        try:
            return shape.model_validate(found)
        except ValidationError as fault:
            problem = _told(fault)
    raise Unfit(problem)


def _objects(text: str) -> Iterator[object]:
    """Yield the JSON objects of a text, outermost and first ones first."""
    decoder, at = json.JSONDecoder(), 0
    for _ in range(_MOST_TRIES):
        at = text.find("{", at)
        if at < 0:
            return
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
        else:
            yield found


def _told(fault: ValidationError) -> str:
    problems = fault.errors(include_url=False, include_context=False, include_input=False)
    said = [
        f"{'.'.join(map(str, one['loc'])) or 'the object'}: {one['msg']}" for one in problems[:_MOST_PROBLEMS]
    ]
    return "; ".join(said)
