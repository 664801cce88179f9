"""How much a sender or workspace may still let out, and what was reserved.

A touch keeps its reservation: claimed again in the same bucket it costs nothing, in another it moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F

from drumbeat.core.pacing import BucketUnit, Caps, bucket_end, bucket_start, caps_on
from drumbeat.models import Budget
from drumbeat.store import sql

_LETTERS = {BucketUnit.DAY: "d", BucketUnit.HOUR: "h", BucketUnit.MINUTE: "m"}
_UNITS = {letter: unit for unit, letter in _LETTERS.items()}
_COLUMNS = ("workspace_id", "scope", "unit", "start", "used")


@dataclass(frozen=True, slots=True)
class Purse:
    """Caps of one scope in its zone. `upper` writes the workspace's letters in capitals."""

    workspace_id: int
    scope: str
    caps: Caps
    zone: ZoneInfo
    started_at: datetime | None
    upper: bool = False

    def letter(self, unit: BucketUnit) -> str:
        return _LETTERS[unit].upper() if self.upper else _LETTERS[unit]


@dataclass(frozen=True, slots=True)
class Room:
    """How many may go now in each bucket, when the room changes, and the letters to note on a touch."""

    left: Mapping[BucketUnit, int]
    full_until: datetime | None
    ends_at: datetime | None
    letters: str


def room(purse: Purse, now: datetime) -> Room:
    """Say how much is free. The caller holds the lock that guards the scope."""
    caps = caps_on(purse.caps, purse.started_at, purse.zone, now)
    used = _used(purse, list(caps), now)
    left = {unit: max(0, cap - used.get(unit, 0)) for unit, cap in caps.items()}
    full = [unit for unit, count in left.items() if count == 0]
    return Room(
        left=left,
        full_until=max((bucket_end(unit, now, purse.zone) for unit in full), default=None),
        ends_at=min((bucket_end(unit, now, purse.zone) for unit in caps), default=None),
        letters="".join(purse.letter(unit) for unit in caps),
    )


def _used(purse: Purse, units: Iterable[BucketUnit], now: datetime) -> dict[BucketUnit, int]:
    starts = {unit: bucket_start(unit, now, purse.zone) for unit in units}
    if not starts:
        return {}
    rows = Budget.objects.filter(
        workspace_id=purse.workspace_id, scope=purse.scope, start__in=set(starts.values())
    ).values_list("unit", "start", "used")
    if sql.is_postgresql() and purse.upper:
        # A row that is not there cannot be locked: without it two senders would both find the bucket empty.
        zeros = [(purse.workspace_id, purse.scope, unit.value, starts[unit], 0) for unit in sorted(starts)]
        sql.insert(Budget, _COLUMNS, zeros, "ON CONFLICT DO NOTHING")
        rows = rows.order_by("id").select_for_update(no_key=True)
    found = {(unit, start): used for unit, start, used in rows}
    return {unit: found.get((unit.value, start), 0) for unit, start in starts.items()}


@dataclass(frozen=True, slots=True)
class Reserved:
    """What a touch has reserved: at which moment, in which buckets."""

    at: datetime | None
    letters: str


def holds(purse: Purse, unit: BucketUnit, reserved: Reserved, now: datetime) -> bool:
    """Say whether the touch has its place in the bucket of now already."""
    if reserved.at is None or purse.letter(unit) not in reserved.letters:
        return False
    return bucket_start(unit, reserved.at, purse.zone) == bucket_start(unit, now, purse.zone)


def spend(purse: Purse, before: Iterable[Reserved], now: datetime) -> None:
    """Reserve one place for each touch that goes, moving what it held of this scope before.

    The caller has seen by `room` that it fits.
    """
    units = list(caps_on(purse.caps, purse.started_at, purse.zone, now))
    changes: Counter[tuple[BucketUnit, datetime]] = Counter()
    for held in before:
        for letter in held.letters:
            if held.at is not None and letter.isupper() == purse.upper:
                unit = _UNITS[letter.lower()]
                changes[unit, bucket_start(unit, held.at, purse.zone)] -= 1
        for unit in units:
            changes[unit, bucket_start(unit, now, purse.zone)] += 1
    _apply(purse, changes)


def give_back(purse: Purse, held: Iterable[Reserved]) -> None:
    """Return reservations of touches that will not go after all."""
    changes: Counter[tuple[BucketUnit, datetime]] = Counter()
    for one in held:
        for letter in one.letters:
            if one.at is not None and letter.isupper() == purse.upper:
                unit = _UNITS[letter.lower()]
                changes[unit, bucket_start(unit, one.at, purse.zone)] -= 1
    _apply(purse, changes)


def _apply(purse: Purse, changes: Counter[tuple[BucketUnit, datetime]]) -> None:
    more = [
        (purse.workspace_id, purse.scope, unit.value, start, count)
        for (unit, start), count in sorted(changes.items(), key=str)
        if count > 0
    ]
    sql.insert(
        Budget,
        _COLUMNS,
        more,
        'ON CONFLICT ("workspace_id", "scope", "unit", "start") '
        'DO UPDATE SET "used" = drumbeat_budget."used" + excluded."used"',
    )
    for (unit, start), count in changes.items():
        if count < 0:
            Budget.objects.filter(
                workspace_id=purse.workspace_id,
                scope=purse.scope,
                unit=unit.value,
                start=start,
                used__gte=-count,
            ).update(used=F("used") + count)
