"""The shape of a document: its top level, and where a step says which step follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Discriminator, Field, TypeAdapter

from drumbeat.core.conditions import Condition
from drumbeat.core.flow import Step

FORMAT = 1
MOST_STEPS = 500

AnyStep = Annotated[Step, Discriminator("kind")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A flow as JSON or YAML.

    Where `start` is missing, the first step starts; where `next` (of a step, branch or arm), `timed_out`,
    `qualified` or `unqualified` is missing, the step below follows. An explicit null is the end. What else is
    missing has its default, and a default never changes within a format.
    """

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    format: Literal[1]
    start: str | None = None
    steps: Annotated[tuple[AnyStep, ...], Field(max_length=MOST_STEPS)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionDocument:
    """A condition on its own: criteria, triggers, stop rules, segments."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")

    condition: Condition


DOCUMENT: TypeAdapter[Document] = TypeAdapter(Document)
CONDITION: TypeAdapter[ConditionDocument] = TypeAdapter(ConditionDocument)
STEP: TypeAdapter[Step] = TypeAdapter(AnyStep)

_OWN_WAYS = {"wait_for": ("timed_out",), "ai_qualify": ("qualified", "unqualified")}
_LISTS_OF_WAYS = {"condition": "branches", "ai_decide": "branches", "split": "arms"}


def slots(step: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield where a step's document says what follows: path, the object that holds it, its name there.

    Takes any object for a step: what has another shape is passed over.
    """
    kind = step.get("kind")
    kind = kind if isinstance(kind, str) else ""
    for name in ("next", *_OWN_WAYS.get(kind, ())):
        yield name, step, name
    listed = _LISTS_OF_WAYS.get(kind, "")
    entries = step.get(listed)
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield f"{listed}[{index}].next", entry, "next"


def steps_of(document: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    """List the steps that are objects, with their place; other entries are passed over."""
    steps = document.get("steps")
    return [
        (index, step)
        for index, step in enumerate(steps if isinstance(steps, list) else ())
        if isinstance(step, dict)
    ]
