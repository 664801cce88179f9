"""How many events a second are looked at with a thousand active sequences, and whether their number counts.

Every event adds one of 20,000 tags; each sequence listens to one of them and asks for a stage besides, so that the
same events meet as many sequences as there are. `ratio`: time of an event that nobody hears, among 1,000 sequences
over among 10.
"""

from __future__ import annotations

import time

from bench import world
from drumbeat.core.facts import EventKind
from drumbeat.engine import triggers
from drumbeat.models import Contact, Event, Member, Sequence, SequenceVersion, TriggerMatch
from drumbeat.store import contact_events, listeners, sql
from tests.support import many_contacts

EVENTS = 100_000
SEQUENCES, FEW = 1_000, 10
TAGS = 20_000


def measure(count: int = EVENTS) -> dict[str, float]:
    """Return events a second, with their matches enrolled, and the ratio."""
    owner = world.a_workspace()
    many_contacts.fill(owner, count, world.START)
    people = list(Contact.objects.order_by("id").values_list("id", flat=True)[:count])
    version = world.a_sequence(owner, world.a_sender(owner.workspace))
    _listening(owner, version, FEW)
    few = _look(owner, people[: count // 5], [f"unheard{number}" for number in range(TAGS)])
    _listening(owner, version, SEQUENCES - FEW, first=FEW)
    many = _look(owner, people[: count // 5], [f"unheard{number}" for number in range(TAGS)])
    took = _look(owner, people, [f"tag{number}" for number in range(TAGS)])
    return {
        "events_per_second": count / took,
        "matches": float(TriggerMatch.objects.count()),
        "ratio": many / few,
    }


def _listening(owner: Member, like: SequenceVersion, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        row = Sequence.objects.create(
            workspace=owner.workspace,
            name=f"Sequence {number}",
            owner=owner,
            status="active",
            current_version=like,
            created_at=world.START,
            updated_at=world.START,
            triggers={
                "any": [{"event": "tag_added", "name": f"tag{number}"}],
                "all": {"rules": [{"field": "email", "operator": "is_not_empty"}]},
            },
        )
        listeners.renew(row)


def _look(owner: Member, people: list[int], tags: list[str]) -> float:
    """Write an event for each of the people and return the seconds that looking at all of them takes."""
    rows: list[sql.Row] = [
        (
            owner.workspace_id,
            EventKind.TAG_ADDED.value,
            contact_id,
            "bench",
            "",
            {"tag": tags[number % len(tags)]},
            world.START,
            world.START,
        )
        for number, contact_id in enumerate(people)
    ]
    for start in range(0, len(rows), 5_000):
        sql.insert(Event, contact_events.COLUMNS, rows[start : start + 5_000])
    began = time.perf_counter()
    while triggers.process_once(world.START):
        pass
    return time.perf_counter() - began
