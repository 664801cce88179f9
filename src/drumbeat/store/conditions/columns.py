"""How a column compares with what a rule wants, by the type of the column. Rows whose column is missing never match."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, CharField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.lookups import Exact

from drumbeat.core.conditions.days import local_day
from drumbeat.core.conditions.fields import FieldType
from drumbeat.core.conditions.operands import operand
from drumbeat.core.conditions.rules import Operator, Rule
from drumbeat.store import sql
from drumbeat.store.conditions.days import Borders, Zones, begins, beyond, borders, ends

NEVER = Q(pk__in=[])
ALWAYS = ~NEVER
LARGEST = sys.float_info.max


class _Contains(Func):
    function = "INSTR"
    template = "%(function)s(%(expressions)s) > 0"
    output_field = BooleanField()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="STRPOS")


class _Ending(Func):
    """The last letters of a text; SQLite counts them from the end, below zero."""

    function = "SUBSTR"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="RIGHT")


def end_of(prefix: str) -> str | None:
    """Return the first text after all that begin with `prefix`, by code point; None: there is none."""
    while prefix:
        following = ord(prefix[-1]) + 1
        if following <= sys.maxunicode:
            return prefix[:-1] + chr(0xE000 if 0xD800 <= following < 0xE000 else following)
        prefix = prefix[:-1]
    return None


def _starts_with(column: str, prefix: str) -> Q:
    end = end_of(prefix)
    begins_there = Q(**{f"{column}__gte": prefix})
    return begins_there if end is None else begins_there & Q(**{f"{column}__lt": end})


def _letters(text: str) -> Value:
    return Value(len(text) if sql.is_postgresql() else -len(text))


def _present(column: str) -> Q:
    return Q(**{f"{column}__gt": ""})


def _contains(column: str, part: str) -> Q:
    return Q(_Contains(F(column), Value(part)))


_TEXT: Mapping[Operator, Callable[[str, Any], Q]] = MappingProxyType(
    {
        Operator.EQUALS: lambda column, wanted: Q(**{column: wanted}),
        Operator.NOT_EQUALS: lambda column, wanted: _present(column) & ~Q(**{column: wanted}),
        Operator.CONTAINS: _contains,
        Operator.NOT_CONTAINS: lambda column, wanted: _present(column) & ~_contains(column, wanted),
        Operator.STARTS_WITH: _starts_with,
        Operator.ENDS_WITH: lambda column, wanted: Q(Exact(_Ending(F(column), _letters(wanted)), wanted)),
        Operator.ONE_OF: lambda column, wanted: Q(**{f"{column}__in": wanted}),
    }
)

UNSTORED = "A"
"""Stands for a text that no database holds: a capital is never found in a folded copy."""


def _storable(text: str) -> str:
    return UNSTORED if "\x00" in text or any(0xD800 <= ord(letter) < 0xE000 for letter in text) else text


def text_holds(column: str, rule: Rule) -> Q:
    """Return the rows whose folded `column` compares."""
    if rule.operator in EMPTINESS:
        return _present(column) if EMPTINESS[rule.operator] is False else Q(**{column: ""})
    wanted = operand(rule, FieldType.TEXT, date.min)
    compare = _TEXT.get(rule.operator)
    if wanted is None or compare is None:
        return NEVER
    if isinstance(wanted, tuple):
        return compare(column, sorted({_storable(str(each)) for each in wanted}))
    return compare(column, _storable(str(wanted)))


EMPTINESS: Mapping[Operator, bool] = MappingProxyType({Operator.IS_EMPTY: True, Operator.IS_NOT_EMPTY: False})

_COMPARED: Mapping[Operator, str] = MappingProxyType(
    {
        Operator.EQUALS: "exact",
        Operator.LESS: "lt",
        Operator.LESS_OR_EQUAL: "lte",
        Operator.GREATER: "gt",
        Operator.GREATER_OR_EQUAL: "gte",
        Operator.ONE_OF: "in",
        Operator.BETWEEN: "range",
    }
)


def number_is_there(column: str) -> Q:
    return Q(**{f"{column}__gte": -LARGEST, f"{column}__lte": LARGEST})


def number_holds(column: str, rule: Rule) -> Q:
    """Return the rows whose number compares; what is no finite number is missing."""
    wanted = operand(rule, FieldType.NUMBER, date.min)
    if wanted is None:
        return NEVER
    if rule.operator is Operator.NOT_EQUALS:
        return number_is_there(column) & ~Q(**{column: wanted})
    lookup = _COMPARED.get(rule.operator)
    return NEVER if lookup is None else number_is_there(column) & Q(**{f"{column}__{lookup}": wanted})


def truth_holds(column: str, rule: Rule) -> Q:
    wanted = operand(rule, FieldType.BOOLEAN, date.min)
    if wanted is None or rule.operator not in (Operator.EQUALS, Operator.NOT_EQUALS):
        return NEVER
    return Q(**{column: wanted is (rule.operator is Operator.EQUALS)})


@dataclass(frozen=True, slots=True)
class Days:
    """A column of days or of moments, compared by the days of each contact's zone (`zone` names it)."""

    column: str
    zone: str | Combinable
    zones: Zones
    now: datetime
    of_moments: bool

    def holds(self, rule: Rule) -> Q:
        """Return the rows that compare."""
        wanted = self._wanted(rule, self.zones.home)
        compare = _DAYS.get(rule.operator)
        return NEVER if wanted is None or compare is None else compare(self, rule)

    def since(self, rule: Rule, place: int | None = None) -> Q:
        """Return the rows on or after the wanted day; `place` chooses one of several."""
        return self._beyond("gte", "gte", rule, place)

    def after(self, rule: Rule, place: int | None = None) -> Q:
        return self._beyond("gt", "gte", rule, place)

    def before(self, rule: Rule, place: int | None = None) -> Q:
        return self._beyond("lt", "lt", rule, place)

    def until(self, rule: Rule, place: int | None = None) -> Q:
        return self._beyond("lte", "lt", rule, place)

    def _beyond(self, of_days: str, of_moments: str, rule: Rule, place: int | None) -> Q:
        found: Borders[Any]
        if self.of_moments:
            border = ends if of_days in ("gt", "lte") else begins
            found = borders(self.zones, lambda zone: border(self._day(rule, place, zone), zone))
            return beyond(self.column, of_moments, self.zone, found)
        found = borders(self.zones, lambda zone: self._day(rule, place, zone))
        return beyond(self.column, of_days, self.zone, found)

    def _day(self, rule: Rule, place: int | None, zone: ZoneInfo) -> date:
        wanted: Any = self._wanted(rule, zone)
        day: date = wanted if place is None else wanted[place]
        return day

    def _wanted(self, rule: Rule, zone: ZoneInfo) -> object:
        return operand(rule, FieldType.DATE, local_day(self.now, zone))


def _one_of(days: Days, rule: Rule) -> Q:
    wanted: Any = days._wanted(rule, days.zones.home)
    each = (days.since(rule, place) & days.until(rule, place) for place in range(len(wanted)))
    return reduce(or_, each)


_DAYS: Mapping[Operator, Callable[[Days, Rule], Q]] = MappingProxyType(
    {
        Operator.EQUALS: lambda days, rule: days.since(rule) & days.until(rule),
        Operator.NOT_EQUALS: lambda days, rule: days.before(rule) | days.after(rule),
        Operator.LESS: Days.before,
        Operator.LESS_OR_EQUAL: Days.until,
        Operator.GREATER: Days.after,
        Operator.GREATER_OR_EQUAL: Days.since,
        Operator.BETWEEN: lambda days, rule: days.since(rule, 0) & days.until(rule, 1),
        Operator.ONE_OF: _one_of,
        Operator.WITHIN_DAYS: lambda days, rule: days.since(rule, 0) & days.until(rule, 1),
        Operator.BEFORE_DAYS: Days.before,
    }
)
