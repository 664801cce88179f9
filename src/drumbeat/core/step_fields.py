"""The fields of steps as annotated types: their JSON form and their limits, nothing else.

A value made in Python is not checked; `document` checks what it reads against these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, PlainSerializer, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from drumbeat.core.delay import Delay, parse_delay
from drumbeat.core.errors import DomainError

KEY_PATTERN = "^[a-z][a-z0-9_]{0,62}$"


def _read_delay(value: object) -> Delay:
    if not isinstance(value, str):
        raise _no_delay("Must be a text such as 2d, 4h or 30m.")
    try:
        return parse_delay(value)
    except DomainError as error:
        raise _no_delay(error.message) from None


def _no_delay(reason: str) -> PydanticCustomError:
    return PydanticCustomError("delay", "{reason}", {"reason": reason})


DelayField = Annotated[
    Delay,
    PlainValidator(_read_delay),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^[0-9]+(m|h|d|wd|w)$",
            "description": "A number and a unit (minutes, hours, days, weekdays, weeks); 3650 days at most.",
        }
    ),
]
KeyField = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
ShortText = Annotated[str, StringConstraints(max_length=100)]
Line = Annotated[str, StringConstraints(max_length=200)]
Weight = Annotated[int, Field(ge=0, le=1000)]
Rounds = Annotated[int, Field(ge=1, le=1000)]
Retries = Annotated[int, Field(ge=0, le=10)]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A file of the workspace that goes along, under this name; HTML shows an image as `cid:file-<id>`."""

    id: Annotated[int, Field(ge=1, lt=2**63)]
    name: Line


FileRefs = Annotated[tuple[FileRef, ...], Field(max_length=10)]
