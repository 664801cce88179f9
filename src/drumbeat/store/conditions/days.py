"""Where days begin in the zone of each contact, as SQL compares it.

A border differs between zones by a day at most. What lies beyond all of them is decided by comparing with one value,
which an index can do; only between the first and the last of them the contact's zone is looked up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, Expression, F, Field, Q
from django.db.models.expressions import Combinable

from drumbeat.core.conditions.days import days_ago, start_of_day
from drumbeat.store import sql

Border = TypeVar("Border", bound=date)
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones that contacts of a workspace are in, by name; everybody else is at home."""

    home: ZoneInfo
    named: Mapping[str, ZoneInfo]


@dataclass(frozen=True, slots=True, eq=False)
class Borders(Generic[Border]):
    """One value for each zone: that of home, and those that differ from it by name."""

    home: Border
    others: Mapping[str, Border]

    def in_order(self) -> list[Border]:
        return sorted([self.home, *self.others.values()])


def borders(zones: Zones, border_in: Callable[[ZoneInfo], Border]) -> Borders[Border]:
    home = border_in(zones.home)
    found = {name: border_in(zone) for name, zone in zones.named.items()}
    return Borders(home, {name: border for name, border in found.items() if border != home})


def beyond(column: str, lookup: str, zone: str | Combinable, found: Borders[Any]) -> Q:
    """Return the rows whose `column` lies on that side (`gte`, `gt`, `lt`, `lte`) of the border of their zone."""
    if not found.others:
        return Q(**{f"{column}__{lookup}": found.home})
    near, *_, far = found.in_order() if lookup.startswith("g") else reversed(found.in_order())
    own = _OwnBorder(zone, found)
    return Q(**{f"{column}__{lookup}": near}) & (
        Q(**{f"{column}__{lookup}": far}) | Q(**{f"{column}__{lookup}": own})
    )


class _OwnBorder(Expression):
    """The border of the zone that an expression names."""

    def __init__(self, zone: str | Combinable, found: Borders[Any]) -> None:
        super().__init__(output_field=_field_of(found.home))
        self._zone: Any = F(zone) if isinstance(zone, str) else zone
        self._found = found

    def get_source_expressions(self) -> list[Any]:
        return [self._zone]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self._zone,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        zone, params = compiler.compile(self._zone)
        others = json.dumps({name: _written(border) for name, border in self._found.others.items()})
        home = _written(self._found.home)
        text = f"COALESCE((SELECT value FROM json_each(%s) WHERE key = {zone}), %s)"
        return text, (others, *params, home)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        zone, params = compiler.compile(self._zone)
        others = json.dumps({name: _written(border) for name, border in self._found.others.items()})
        kind = self.output_field.db_type(connection)
        return (
            f"COALESCE((%s::jsonb ->> {zone})::{kind}, %s::{kind})",
            (others, *params, _written(self._found.home)),
        )


def _field_of(border: date) -> Field[Any, Any]:
    return DateTimeField() if isinstance(border, datetime) else DateField()


def _written(border: date) -> str:
    if not isinstance(border, datetime):
        return border.isoformat()
    return str(sql.moment(border))


def begins(day: date, zone: ZoneInfo) -> datetime:
    return start_of_day(day, zone)


def ends(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment that is not in `day` any more."""
    return LAST if day == date.max else start_of_day(days_ago(day, -1), zone)
