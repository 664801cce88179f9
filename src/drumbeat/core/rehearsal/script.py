"""How the outside behaves in a rehearsal, as values and as a small JSON or YAML document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from drumbeat.core.conditions import EVENTS
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.document.plain import Copier, Problems
from drumbeat.core.document.reading import invalid
from drumbeat.core.document.sentences import describe, did_you_mean
from drumbeat.core.flow import Flow
from drumbeat.core.step_fields import DelayField, Line
from drumbeat.core.touch import FailureReason

MOST_ENTRIES = 10_000
REFUSALS: Final = (FailureReason.REJECTED_PERMANENT.value, FailureReason.REJECTED_TEMPORARY.value)
"""Answers of the far side's server instead of taking the message; they come at once."""
HAPPENINGS: Final = tuple(sorted((EVENTS - {"sent", "task_completed", "sequence_finished"}) | set(REFUSALS)))
"""What may happen after a message left. Tasks have an entry of their own."""
_CONFIG: Final = ConfigDict(extra="forbid")

Percent = Annotated[float, Field(ge=0, le=100)]
Entries = Field(default=(), max_length=MOST_ENTRIES)
ONE_DAY = Delay(1, DelayUnit.DAYS)
TWO_DAYS = Delay(2, DelayUnit.DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many of a hundred messages bring `event`, at a moment evenly spread over the time `within`.

    One that names a `step` holds for that step's messages, instead of the one of the same event that names none.
    """

    __pydantic_config__: ClassVar = _CONFIG

    event: Line
    percent: Percent
    step: Line = ""
    within: DelayField = TWO_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """How many of a hundred tasks are done, and how long after they are created."""

    __pydantic_config__: ClassVar = _CONFIG

    percent: Percent = 100
    after: DelayField = ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """How many of a hundred people the AI step answers so; who is left gets no answer in time."""

    __pydantic_config__: ClassVar = _CONFIG

    step: Line
    answer: Line
    percent: Percent = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What one contact does: `after` the message of `step` left, or (without one) after the start.

    `contact` is an address, an id, or the number of an imagined person. Who has a story does only what it says.
    """

    __pydantic_config__: ClassVar = _CONFIG

    contact: Line
    event: Line
    step: Line = ""
    after: DelayField = ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """The whole behaviour. The same seed gives the same chance; without rates and stories nobody answers."""

    __pydantic_config__: ClassVar = _CONFIG

    seed: Annotated[int, Field(ge=0, le=2**53 - 1)] = 0
    rates: Annotated[tuple[Rate, ...], Entries] = ()
    tasks: Tasks = Tasks()
    decisions: Annotated[tuple[Decision, ...], Entries] = ()
    stories: Annotated[tuple[Story, ...], Entries] = ()


NOBODY_ANSWERS = Script()
"""What is assumed where nothing is said: every message arrives, nobody answers, tasks are done a day later."""

USUAL = Script(
    rates=(
        Rate(event="replied", percent=5),
        Rate(event="out_of_office", percent=2, within=Delay(1, DelayUnit.HOURS)),
        Rate(event="opted_out", percent=0.5),
        Rate(event="bounced", percent=1, within=Delay(1, DelayUnit.HOURS)),
    ),
    tasks=Tasks(percent=90),
)
"""Cold mail to a clean list, cautiously guessed; by no means a promise."""

_SCRIPT: TypeAdapter[Script] = TypeAdapter(Script)
_SENTENCES = {
    "greater_than_equal": "Must be at least {ge:g}.",
    "less_than_equal": "Must be at most {le:g}.",
    "float_type": "Must be a number, such as 2.5.",
}


def read_script(data: object) -> Script:
    """Read a script. Raises DomainError `script_invalid` with every problem by its path, nothing else."""
    copier = Copier()
    document, problems = copier.copy({} if data is None else data, ""), copier.problems
    if not isinstance(document, dict):
        raise invalid("script_invalid", {"script": "Must be an object with keys such as rates and stories."})
    script = _validated(document, problems)
    if script is not None:
        problems |= dict(_unknown_happenings(script))
    if problems or script is None:
        raise invalid("script_invalid", problems)
    return script


def _validated(document: dict[str, Any], problems: Problems) -> Script | None:
    try:
        return _SCRIPT.validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        for each in error.errors(include_url=False):
            own = _SENTENCES.get(each["type"])
            for path, sentence in describe([each], document).items():
                problems.setdefault(path, own.format(**each.get("ctx", {})) if own else sentence)
    return None


def _unknown_happenings(script: Script) -> Iterator[tuple[str, str]]:
    named = [(f"rates[{index}]", rate.event) for index, rate in enumerate(script.rates)]
    named += [(f"stories[{index}]", story.event) for index, story in enumerate(script.stories)]
    for path, event in named:
        if event not in HAPPENINGS:
            close = did_you_mean(event, HAPPENINGS)
            yield f"{path}.event", f"{event!r:.70} cannot happen.{close} There are: {', '.join(HAPPENINGS)}."


def fit(script: Script, flow: Flow) -> None:
    """Raise DomainError `script_invalid` where the script names a step that the flow does not have."""
    lists: Mapping[str, Sequence[Rate | Decision | Story]] = {
        "rates": script.rates,
        "decisions": script.decisions,
        "stories": script.stories,
    }
    problems = {
        f"{name}[{index}].step": f"No step is called {entry.step!r:.70}.{did_you_mean(entry.step, flow.steps)}"
        for name, entries in lists.items()
        for index, entry in enumerate(entries)
        if entry.step and entry.step not in flow.steps
    }
    if problems:
        raise invalid("script_invalid", problems)


def script_schema() -> dict[str, Any]:
    """Return the JSON Schema of a script."""
    return _SCRIPT.json_schema()


def write_script(script: Script) -> dict[str, Any]:
    """Write the document that `read_script` reads."""
    document: dict[str, Any] = _SCRIPT.dump_python(script, mode="json")
    return document
