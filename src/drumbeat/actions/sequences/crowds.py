"""Whom a forecast is about: a list, those whom activating enrolls, those under way, or imagined people.

Many people are stood for by a sample.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from math import ceil
from operator import and_, or_
from typing import Any

from django.db.models import Q, QuerySet

from drumbeat.actions import access
from drumbeat.actions.sequences import simulating
from drumbeat.core.enroll_answers import Answer, beyond_reach, channels_of, must_reach, not_free
from drumbeat.core.flow import Flow
from drumbeat.core.simulate import Person
from drumbeat.core.triggers import Becomes
from drumbeat.models import Contact, ContactList, Enrollment, ListMember, Member, SequenceStatus
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import conditions, enrolling, flows, forecasting, listeners
from drumbeat.store.erasing import ERASED_SINCE
from drumbeat.store.frequency import cap_of
from drumbeat.store.owners import of_owner
from drumbeat.store.senders import UTC, zone_named
from drumbeat.store.sequence_facts import stop_rule_of

SAMPLE = 1_000
IMAGINED = 100
"""How many people are imagined where nobody is enrolled and nobody said how many."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Whom it is about: all of them, those who are simulated, and how many enrolling would refuse, by answer."""

    of: str
    people: int
    simulated: Sequence[Person]
    refused: Mapping[str, int] = field(default_factory=dict)

    @property
    def factor(self) -> float:
        return self.people / len(self.simulated) if self.simulated else 1.0

    def scale(self, count: int) -> int:
        return round(count * self.factor)


def crowd_of(
    member: Member, sequence: SequenceRow, flow: Flow, list_id: int | None, people: int | None, now: datetime
) -> Crowd:
    """Return the people on a list, so many imagined ones, or whom activating starts, or who run through it now."""
    zone = zone_named(member.workspace.time_zone) or UTC
    if people is None:
        of, rows = _rows(member, sequence, list_id, now)
        if (people := rows.count()) and (of == "list" or access.may(member, "contacts.view")):
            ids = list(rows[:: max(1, ceil(people / SAMPLE))])
            reads = flows.reads_of(flow, stop_rule_of(sequence.stop_when))
            since = simulating.since(cap_of(member.workspace), now)
            found = forecasting.people(ids, sequence.pk, member.workspace_id, reads, zone, since)
            return _beginning(sequence, flow, people, found) if of == "starting" else Crowd(of, people, found)
        if of == "list":
            return Crowd(of, 0, [])
    else:
        of = "imagined"
    if people == 0:
        of, people = "imagined", IMAGINED
    simulated = [simulating.imagined(id_, zone) for id_ in range(1, min(people, SAMPLE) + 1)]
    return Crowd(of, people, simulated)


def _beginning(sequence: SequenceRow, flow: Flow, count: int, found: Sequence[Person]) -> Crowd:
    """Return those of `count` people whom activating would enroll; `found` stand for all of them."""
    runs = enrolling.runs_of([person.id for person in found])
    channels = channels_of(flow) if must_reach(flow) else None
    begin: list[Person] = []
    refused: Counter[Answer] = Counter()
    for person in found:
        answer = not_free(sequence.pk, runs.get(person.id, ()), one_at_a_time=sequence.one_at_a_time)
        if answer is None and channels is not None:
            answer = beyond_reach(channels, person.unreachable)
        if answer is None:
            begin.append(person)
        else:
            refused[answer] += 1
    stands_for = count / max(1, len(found))  # who was counted may be gone by now
    told = {answer.value: round(few * stands_for) for answer, few in refused.items()}
    return Crowd("starting", round(len(begin) * stands_for), begin, told)


def _rows(
    member: Member, sequence: SequenceRow, list_id: int | None, now: datetime
) -> tuple[str, QuerySet[Any, int]]:
    """Return whom it is about in a word, and the ids of their contacts."""
    if list_id is not None:
        access.require(member, "contacts.view")
        on_list = access.get(member, ContactList, list_id, "list")
        entries = of_owner(ListMember.objects.filter(contact_list=on_list), access.only_owner(member))
        return "list", entries.order_by("contact_id").values_list("contact_id", flat=True)
    starts = _starts(sequence, now) if sequence.status == SequenceStatus.DRAFT else []
    if starts:
        contacts = access.visible_to(member, Contact).exclude(created_at=ERASED_SINCE)
        fitting = contacts.filter(reduce(or_, starts))
        return "starting", fitting.order_by("id").values_list("id", flat=True)
    unfinished = access.visible_to(member, Enrollment).filter(UNFINISHED, sequence=sequence)
    return "unfinished", unfinished.order_by("contact_id").values_list("contact_id", flat=True)


def _starts(sequence: SequenceRow, now: datetime) -> list[Q]:
    """Return what fits those whom activating enrolls at once."""
    if not sequence.enroll_at_activation:
        return []
    return [
        reduce(
            and_,
            [
                conditions.where(sequence.workspace_id, each, now)
                for each in (start.entry.becomes, start.all)
                if each is not None
            ],
        )
        for start in listeners.rules_of(sequence).starts
        if isinstance(start.entry, Becomes)
    ]
