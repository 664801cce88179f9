"""The in-memory reading of conditions: `holds`, total and two-valued.

A moment is compared by its day in the view's zone. The SQL reading must agree with every line here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.core.conditions.days import days_ago, local_day
from drumbeat.core.conditions.fields import EVENT_PREFIX, LIST, TAG, FieldType
from drumbeat.core.conditions.operands import (
    comparable,
    operand,
    scope_of,
    type_of_value,
    wanted_names,
)
from drumbeat.core.conditions.rules import Condition, Group, Operator, Rule

_UTC = ZoneInfo("UTC")
FieldValue = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class EventFact:
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionView:
    """What a condition may read of one contact and, `in_flow`, of one enrollment.

    `tags` are folded, `lists` are as written. The keys of `events` are kind and scope: "" for any,
    `enrollment` for any message of this enrollment, `step:<key>` for the message of that step of this
    enrollment. Inside a flow, events of messages mean this enrollment's unless a step is named; outside they
    mean any of the contact.
    """

    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    events: Mapping[tuple[str, str], EventFact] = field(default_factory=dict)
    zone: ZoneInfo = _UTC
    in_flow: bool = True


def fields_read(condition: Condition) -> frozenset[str]:
    """Name what `condition` reads, for the journal and for loading: fields, `tag`, `list`, `event.<kind>`."""
    return frozenset(_fields(condition))


def _fields(group: Group) -> Iterator[str]:
    for entry in group.rules:
        if isinstance(entry, Group):
            yield from _fields(entry)
        else:
            yield entry.field


def holds(condition: Condition, view: ConditionView, now: datetime) -> bool:
    """Tell whether `condition` holds. Never raises: what cannot be compared is false."""
    return _group_holds(condition, view, local_day(now, view.zone))


def _group_holds(group: Group, view: ConditionView, today: date) -> bool:
    each = (
        _group_holds(entry, view, today) if isinstance(entry, Group) else _rule_holds(entry, view, today)
        for entry in group.rules
    )
    joined = not group.rules or (all(each) if group.combinator == "and" else any(each))
    return joined is not group.negated


def _rule_holds(rule: Rule, view: ConditionView, today: date) -> bool:
    if rule.field.startswith(EVENT_PREFIX):
        return _event_holds(rule, view, today)
    if rule.field == TAG:
        return _names_hold(rule, view.tags)
    if rule.field == LIST:
        return _names_hold(rule, view.lists)
    return _value_holds(rule, view.fields.get(rule.field), view.zone, today)


def _value_holds(rule: Rule, value: FieldValue, zone: ZoneInfo, today: date) -> bool:
    value = local_day(value, zone) if isinstance(value, datetime) else value
    kind = type_of_value(value) or FieldType.TEXT
    stored = comparable(value, kind)
    if rule.operator in _EMPTINESS:
        return _EMPTINESS[rule.operator] is (stored is None)
    compare = COMPARISONS[kind].get(rule.operator)
    if stored is None or compare is None:
        return False
    wanted = operand(rule, kind, today)
    return wanted is not None and compare(stored, wanted)


def _names_hold(rule: Rule, names: frozenset[str]) -> bool:
    """Compare with a set of names, which is never missing: who has no tag has not the tag `vip`."""
    if rule.operator in _EMPTINESS:
        return _EMPTINESS[rule.operator] is not bool(names)
    wanted = wanted_names(rule)
    if not wanted or rule.operator not in _PRESENCE:
        return False
    return _PRESENCE[rule.operator] is not names.isdisjoint(wanted)


def _event_holds(rule: Rule, view: ConditionView, today: date) -> bool:
    if rule.operator not in _OCCURRENCE:
        return False
    kind = rule.field.removeprefix(EVENT_PREFIX)
    fact = view.events.get((kind, scope_of(rule, in_flow=view.in_flow)))
    return _OCCURRENCE[rule.operator] is _happened(fact, rule.days, view.zone, today)


def _happened(fact: EventFact | None, days: int | None, zone: ZoneInfo, today: date) -> bool:
    if fact is None or fact.count < 1:
        return False
    return days is None or local_day(fact.last_at, zone) >= days_ago(today, days)


_EMPTINESS = MappingProxyType({Operator.IS_EMPTY: True, Operator.IS_NOT_EMPTY: False})
_PRESENCE = MappingProxyType({Operator.EQUALS: True, Operator.ONE_OF: True, Operator.NOT_EQUALS: False})
_OCCURRENCE = MappingProxyType({Operator.HAPPENED: True, Operator.NOT_HAPPENED: False})

Comparison = Callable[[Any, Any], bool]


def _among(stored: object, wanted: tuple[object, ...]) -> bool:
    return stored in wanted


def _between(stored: Any, wanted: tuple[Any, Any]) -> bool:
    return bool(wanted[0] <= stored <= wanted[1])


_SAME: dict[Operator, Comparison] = {Operator.EQUALS: operator.eq, Operator.NOT_EQUALS: operator.ne}
_ORDERED: dict[Operator, Comparison] = {
    **_SAME,
    Operator.ONE_OF: _among,
    Operator.LESS: operator.lt,
    Operator.LESS_OR_EQUAL: operator.le,
    Operator.GREATER: operator.gt,
    Operator.GREATER_OR_EQUAL: operator.ge,
    Operator.BETWEEN: _between,
}
COMPARISONS: Mapping[FieldType, Mapping[Operator, Comparison]] = MappingProxyType(
    {
        FieldType.TEXT: {
            **_SAME,
            Operator.CONTAINS: lambda stored, wanted: wanted in stored,
            Operator.NOT_CONTAINS: lambda stored, wanted: wanted not in stored,
            Operator.STARTS_WITH: str.startswith,
            Operator.ENDS_WITH: str.endswith,
            Operator.ONE_OF: _among,
        },
        FieldType.NUMBER: _ORDERED,
        FieldType.DATE: {**_ORDERED, Operator.WITHIN_DAYS: _between, Operator.BEFORE_DAYS: operator.lt},
        FieldType.BOOLEAN: _SAME,
    }
)
"""How a stored value compares with the operand of a rule, by type and operator; what is not here is false."""
