"""What is different between two flows, step by step: as values for programs and as sentences for people.

Steps are the same by their key, whatever else changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from drumbeat.core.difference_words import is_whole, label, said
from drumbeat.core.document import write_document
from drumbeat.core.flow import Flow

Json = Mapping[str, Any]


class ChangeKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value at `path` within a step, such as `content.subject`; None where there was or is none."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """A step that differs. Positions count from 1; `moved`: other steps stand before it than did."""

    key: str
    kind: str
    name: str
    change: ChangeKind
    moved: bool = False
    before_position: int | None = None
    after_position: int | None = None
    fields: Sequence[FieldChange] = ()


def compare(before: Flow, after: Flow) -> list[StepChange]:
    """Return the steps that differ, in the order of `after`; removed ones come last.

    A way to the next step that changed only because steps came, went or changed places is no news.
    """
    both = _Both(_by_key(before), _by_key(after))
    new = [both.look(key) for key in both.after]
    gone = [both.look(key) for key in both.before if key not in both.after]
    return [change for change in (*new, *gone) if change is not None]


def _by_key(flow: Flow) -> dict[str, Json]:
    return {step["key"]: step for step in write_document(flow)["steps"]}


class _Both:
    """The steps of the two flows by key, with their places and which of them changed places."""

    def __init__(self, before: Mapping[str, Json], after: Mapping[str, Json]) -> None:
        self.before, self.after = before, after
        self._was_at = {key: place for place, key in enumerate(before, 1)}
        self._is_at = {key: place for place, key in enumerate(after, 1)}
        self._moved = _moved([key for key in before if key in after], [key for key in after if key in before])

    def look(self, key: str) -> StepChange | None:
        was, step = self.before.get(key), self.after.get(key)
        moved = key in self._moved
        fields = (
            [] if was is None or step is None else [f for f in _fields(was, step, "") if self._is_news(f)]
        )
        kind = _kind(was, step, moved, fields)
        shown = step or was
        if kind is None or shown is None:
            return None
        return StepChange(
            key=key,
            kind=shown["kind"],
            name=shown.get("name", ""),
            change=kind,
            moved=moved,
            before_position=self._was_at.get(key),
            after_position=self._is_at.get(key),
            fields=fields,
        )

    def _is_news(self, field: FieldChange) -> bool:
        if field.path != "next":
            return True
        kept = all(
            key is None or (key in self.before and key in self.after) for key in (field.before, field.after)
        )
        return kept and not self._moved


def _kind(
    was: Json | None, step: Json | None, moved: bool, fields: Sequence[FieldChange]
) -> ChangeKind | None:
    if was is None:
        return ChangeKind.ADDED
    if step is None:
        return ChangeKind.REMOVED
    if fields:
        return ChangeKind.CHANGED
    return ChangeKind.MOVED if moved else None


def _fields(before: Any, after: Any, path: str) -> Iterator[FieldChange]:
    if before == after:
        return
    before, after = _by_name(before), _by_name(after)
    if is_whole(before) or is_whole(after):
        yield FieldChange(path, before, after)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in (*before, *(name for name in after if name not in before)):
            yield from _fields(before.get(name), after.get(name), f"{path}.{name}" if path else name)
    else:
        yield FieldChange(path, before, after)


def _by_name(value: Any) -> Any:
    """Return branches and arms by their names, so that each is compared with its own."""
    named = isinstance(value, list) and all(isinstance(each, Mapping) and "name" in each for each in value)
    return (
        {each["name"]: {k: v for k, v in each.items() if k != "name"} for each in value} if named else value
    )


def _moved(before: Sequence[str], after: Sequence[str]) -> frozenset[str]:
    """Return the keys that change places: those outside the longest run that keeps its order."""
    place = {key: index for index, key in enumerate(before)}
    runs: list[tuple[str, ...]] = []
    for key in after:
        ahead = [run for run in runs if place[run[-1]] < place[key]]
        runs.append((*_longest(ahead), key))
    return frozenset(after) - frozenset(_longest(runs))


def _longest(runs: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return max(runs, key=len) if runs else ()


def sentences(changes: Sequence[StepChange]) -> list[str]:
    """Return one line per change, in words: what was added, removed, moved, and which fields changed."""
    return [_sentence(change) for change in changes]


def _sentence(change: StepChange) -> str:
    step = f"{change.kind} step {change.key!r}" + (f" ({change.name})" if change.name else "")
    match change.change:
        case ChangeKind.ADDED:
            return f"Adds the {step} at place {change.after_position}."
        case ChangeKind.REMOVED:
            return f"Removes the {step} from place {change.before_position}."
        case ChangeKind.MOVED:
            return f"Moves the {step} from place {change.before_position} to {change.after_position}."
    moves = f" and moves it to place {change.after_position}" if change.moved else ""
    told = "; ".join(_told(field) for field in change.fields)
    return f"Changes the {step}{moves}: {told}."


def _told(field: FieldChange) -> str:
    name = label(field.path)
    if field.path == "next" and field.after is None:
        return "the flow ends after it"
    if _is_a_part(field.path):
        return f"{name} is {'new' if field.before is None else 'gone'}"
    if field.after is None:
        return f"{name} is no longer set"
    if isinstance(field.after, Mapping) and not is_whole(field.after):
        return f"{name} is {'now set' if field.before is None else 'changed'}"
    if field.before is None:
        return f"{name} is now {said(field.after)}"
    return f"{name} from {said(field.before)} to {said(field.after)}"


def _is_a_part(path: str) -> bool:
    """A branch or an arm as a whole: it came or went."""
    return path.count(".") == 1 and path.startswith(("branches.", "arms."))
