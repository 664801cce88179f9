"""From a document to a Flow, or every problem of it at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from drumbeat.core.conditions import Condition
from drumbeat.core.document.form import CONDITION, DOCUMENT, FORMAT, slots, steps_of
from drumbeat.core.document.plain import Copier, Problems
from drumbeat.core.document.sentences import describe, did_you_mean
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow, Step, WayKind

Read = TypeVar("Read")
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

UPGRADES: Mapping[int, Upgrade] = {}
"""Per older format the function that makes a document of the next format of it."""


def read_document(data: object) -> Flow:
    """Read a flow. Raises DomainError `document_invalid` with every problem by its path, nothing else."""
    document, problems = _plain(data)
    document = upgrade(document, UPGRADES, FORMAT)
    _fill_in(document)
    value = _validated(DOCUMENT, document, problems)
    for path, sentence in _broken_references(document):
        problems.setdefault(path, sentence)
    if problems or value is None:
        raise invalid("document_invalid", problems)
    return Flow(value.start, {step.key: step for step in value.steps})


_ELSEWHERE = frozenset({"on_skip", "on_failure", "only_if"})


def read_step(data: Mapping[str, object]) -> Step:
    """Read one step for what it says itself: where it leads and when it is skipped is left out.

    Raises DomainError `document_invalid` with every problem by its path within the step.
    """
    alone = _leading_nowhere({name: value for name, value in data.items() if name not in _ELSEWHERE})
    try:
        flow = read_document({"format": FORMAT, "start": alone.get("key"), "steps": [alone]})
    except DomainError as fault:
        prefix = "steps[0]."
        problems = {path.removeprefix(prefix): each for path, each in fault.fields.items()}
        raise invalid("document_invalid", problems or {"step": fault.message}) from fault
    return next(iter(flow.steps.values()))


def _leading_nowhere(data: dict[str, Any]) -> dict[str, Any]:
    lists = {name: value for name, value in data.items() if isinstance(value, list)}
    entries = {
        name: [dict(each) if isinstance(each, dict) else each for each in value]
        for name, value in lists.items()
    }
    step = {**data, **entries}
    for _, holder, name in slots(step):
        holder.pop(name, None)
    return step


def read_condition(data: object) -> Condition:
    """Read a condition on its own. Raises DomainError `condition_invalid` with every problem by its path."""
    document, problems = _plain({"condition": data})
    value = _validated(CONDITION, document, problems)
    if problems or value is None:
        shorter = {path.removeprefix("condition.") or "condition": each for path, each in problems.items()}
        raise invalid("condition_invalid", shorter)
    return value.condition


def invalid(code: str, problems: Problems) -> DomainError:
    count = "One problem" if len(problems) == 1 else f"{len(problems)} problems"
    first = next(f"{path}: {sentence}" for path, sentence in problems.items())
    return DomainError(code, f"{count}. {first}", problems)


def upgrade(document: dict[str, Any], upgrades: Mapping[int, Upgrade], newest: int) -> dict[str, Any]:
    """Bring a document of an older format to the newest. Refuses one that is newer than this release."""
    found = document.get("format")
    if isinstance(found, bool):  # to pydantic, true is 1
        raise invalid("document_invalid", {"format": f"Must be {newest}."})
    if not isinstance(found, int):
        return document
    if found > newest:
        sentence = f"This document has format {found}; this release reads up to {newest}. Upgrade drumbeat."
        raise invalid("document_invalid", {"format": sentence})
    while found in upgrades:
        document = upgrades[found](document)
        found = document["format"]
    return document


def _plain(data: object) -> tuple[dict[str, Any], Problems]:
    copier = Copier()
    document = copier.copy(data, "")
    if not isinstance(document, dict):
        raise invalid("document_invalid", {"document": "Must be an object with the keys format and steps."})
    return document, copier.problems


def _fill_in(document: dict[str, Any]) -> None:
    """Write what a missing way means: the step below. An end without `only_if` leads nowhere."""
    steps = steps_of(document)
    keys: list[Any] = [step.get("key") for _, step in steps]
    document.setdefault("start", keys[0] if keys else None)
    for (_, step), below in zip_longest(steps, keys[1:]):
        stops = step.get("kind") == "end" and step.get("only_if") is None
        for _, holder, name in slots(step):
            holder.setdefault(name, None if stops else below)


def _validated(adapter: TypeAdapter[Read], document: dict[str, Any], problems: Problems) -> Read | None:
    # Strict JSON: words become enums and lists tuples, but no text becomes a number.
    try:
        return adapter.validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        for path, sentence in describe(error.errors(include_url=False), document).items():
            problems.setdefault(path, sentence)
    return None


def _broken_references(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    places: dict[str, int] = {}
    steps = steps_of(document)
    for index, step in steps:
        key = step.get("key")
        if isinstance(key, str) and places.setdefault(key, index) != index:
            yield f"steps[{index}].key", f"steps[{places[key]}] is called {key!r} too. Keys are unique."
    for path, target in _targets(document, steps):
        if isinstance(target, str) and target not in places:
            yield path, f"No step is called {target!r:.70}.{did_you_mean(target, places)}"
    for index, step in steps:
        for name in ("on_skip", "on_failure"):
            yield from _half_ways(f"steps[{index}].{name}.step", step.get(name))


def _targets(
    document: dict[str, Any], steps: list[tuple[int, dict[str, Any]]]
) -> Iterator[tuple[str, object]]:
    yield "start", document.get("start")
    for index, step in steps:
        for path, holder, name in slots(step):
            yield f"steps[{index}].{path}", holder[name]
        yield f"steps[{index}].target", step.get("target") or None
        for name in ("on_skip", "on_failure"):
            way = step.get(name)
            if isinstance(way, dict):
                yield f"steps[{index}].{name}.step", way.get("step")


def _half_ways(path: str, way: object) -> Iterator[tuple[str, str]]:
    if not isinstance(way, dict):
        return
    to_step, named = way.get("kind") == WayKind.STEP, way.get("step") is not None
    if to_step and not named:
        yield path, "Name the step to go to."
    elif named and not to_step:
        yield path, "A step can be named with kind: step only."
