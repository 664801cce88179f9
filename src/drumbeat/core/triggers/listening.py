"""What a sequence must hear of: the keys under which events are announced, and those that a rule listens to.

A key is a kind and a name; "" as a name is every event of the kind. Whoever listens to a key is asked; that an event
really meets a rule is `matching`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from drumbeat.core.conditions import Condition, fold
from drumbeat.core.conditions.fields import EVENT_PREFIX, LIST, TAG
from drumbeat.core.conditions.operands import wanted_names
from drumbeat.core.conditions.rules import Operator, Rule, rules_with_paths
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers.form import NARROWED_BY, Becomes, Entry

CLOCK = "clock"
"""The kind under which rules listen that time alone may fulfil."""

Key = tuple[str, str]
_LONGEST = 200
_UNANNOUNCED = frozenset({EventKind.SENT, EventKind.DELIVERED})
"""Facts that no event announces: conditions on them are looked at by the clock."""
_BY_DAYS = frozenset({Operator.WITHIN_DAYS, Operator.BEFORE_DAYS})


def name_in(kind: str, payload: Mapping[str, Any]) -> str:
    """Return what an event of this kind names, folded: its tag, list, field, stage…; "" where it names nothing."""
    narrowed_by = NARROWED_BY.get(EventKind(kind)) if kind in _KINDS else None
    if narrowed_by is None:
        return ""
    if narrowed_by == "list":
        return _folded(payload.get("list_name") or payload.get("list"))
    return _folded(payload.get(narrowed_by))


_KINDS = frozenset(EventKind)


def _folded(value: object) -> str:
    return fold(str(value))[:_LONGEST] if value not in (None, "") else ""


def announced(kind: str, payload: Mapping[str, Any]) -> list[Key]:
    """Return the keys under which an event is announced."""
    keys: list[Key] = [(kind, "")]
    if name := name_in(kind, payload):
        keys.append((kind, name))
    fields = payload.get("fields")
    if kind == EventKind.CONTACT_UPDATED and isinstance(fields, list | tuple | dict):
        keys += [(kind, _folded(_bare(str(field)))) for field in fields]
    return keys


def _bare(field: str) -> str:
    return field.removeprefix("contact.")


def heard_by(entry: Entry) -> frozenset[Key]:
    """Return the keys that tell when the entry may come about; `CLOCK` among them where time alone may do it."""
    if isinstance(entry, Becomes):
        return listened(entry.becomes)
    if entry.event is EventKind.SEQUENCE_FINISHED:  # its event does not carry the name
        return frozenset({(entry.event.value, "")})
    key = entry.event.value, _folded(_bare(entry.name))
    return frozenset({(CLOCK, ""), key}) if entry.event is EventKind.DATE_REACHED else frozenset({key})


def listened(condition: Condition) -> frozenset[Key]:
    """Return the keys of whatever may change the answer of `condition`."""
    keys: set[Key] = {(EventKind.CONTACT_CREATED.value, "")}
    for _, rule in rules_with_paths(condition):
        keys.update(_of_rule(rule))
        if by_the_clock(rule):
            keys.add((CLOCK, ""))
    return frozenset(keys)


def _of_rule(rule: Rule) -> Iterator[Key]:
    if rule.field.startswith(EVENT_PREFIX):
        yield rule.field.removeprefix(EVENT_PREFIX), ""
        return
    if rule.field in _MEMBERSHIPS:
        names = {_folded(name) for name in wanted_names(rule) or ("",)}
        for kind in _MEMBERSHIPS[rule.field]:
            yield from ((kind.value, name) for name in names)
        return
    if rule.field == "updated_at":
        yield EventKind.CONTACT_UPDATED.value, ""
    if rule.field == "stage":
        yield EventKind.STAGE_CHANGED.value, ""
    field = _folded(_bare(rule.field))
    yield EventKind.FIELD_CHANGED.value, field
    yield EventKind.CONTACT_UPDATED.value, field


_MEMBERSHIPS: Mapping[str, tuple[EventKind, EventKind]] = {
    TAG: (EventKind.TAG_ADDED, EventKind.TAG_REMOVED),
    LIST: (EventKind.LIST_JOINED, EventKind.LIST_LEFT),
}


def by_the_clock(rule: Rule) -> bool:
    """Say whether time alone, or what no event announces, may change the answer of `rule`."""
    event = rule.field.removeprefix(EVENT_PREFIX)
    return rule.operator in _BY_DAYS or rule.days is not None or event in _UNANNOUNCED


def is_by_the_clock(condition: Condition) -> bool:
    """Say whether `condition` has such a rule."""
    return any(by_the_clock(rule) for _, rule in rules_with_paths(condition))
