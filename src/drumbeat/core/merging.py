"""Two contacts become one: which value each field gets, which consent, which enrollment goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

SURVIVOR, OTHER = "survivor", "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What one field has in both and what it will have; `from_other`: the other contact's value is taken."""

    field: str
    survivor: str
    other: str
    from_other: bool

    @property
    def value(self) -> str:
        return self.other if self.from_other else self.survivor


def merged(
    survivor: Mapping[str, str], other: Mapping[str, str], chosen: Mapping[str, str]
) -> dict[str, Merged]:
    """Return for each field of the survivor what becomes of it.

    The survivor's value stays, a gap is filled from the other; `chosen` says by field whose is taken instead.
    """
    return {
        name: Merged(
            field=name,
            survivor=own,
            other=other.get(name, ""),
            from_other=_from_other(own, other.get(name, ""), chosen.get(name)),
        )
        for name, own in survivor.items()
    }


def _from_other(own: str, other: str, chosen: str | None) -> bool:
    if chosen is not None:
        return chosen == OTHER and own != other
    return not own and bool(other)


def stricter(one: Mapping[str, bool | None], other: Mapping[str, bool | None]) -> dict[str, bool | None]:
    """Return the consent of both, by channel: a no beats everything, and not said beats a yes of one alone."""
    found: dict[str, bool | None] = {}
    for channel in sorted({*one, *other}):
        said = {one.get(channel), other.get(channel)}
        found[channel] = False if False in said else None if None in said else True
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """An unfinished enrollment of one of the two. `settled`: how many of its touches are done."""

    id: int
    contact_id: int
    sequence_id: int
    settled: int
    started_at: datetime


def superseded(runs: Iterable[Run]) -> list[int]:
    """Return the runs that end, because in the same sequence another one is further: more settled, then older."""
    by_sequence: dict[int, list[Run]] = {}
    for run in runs:
        by_sequence.setdefault(run.sequence_id, []).append(run)
    return sorted(run.id for of_one in by_sequence.values() for run in _furthest_first(of_one)[1:])


def _furthest_first(runs: Sequence[Run]) -> list[Run]:
    return sorted(runs, key=lambda run: (-run.settled, run.started_at, run.id))
