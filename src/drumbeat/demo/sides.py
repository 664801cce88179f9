"""The life of the sequences beside the trial: a few people begin with the demo, then one more now and then."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice

from django.db.models import Exists, OuterRef

from drumbeat.actions import enrollments
from drumbeat.demo.programme import SIDES, Side
from drumbeat.models import Contact, ContactFact, Enrollment, Member, Sequence
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store.senders import UTC, zone_named

NOT_AGAIN = ("replied", "opted_out", "complained", "bounced", "meeting_booked", "converted")
"""What keeps somebody from beginning anything."""
_MORNING, _EVENING = time(8, 15), time(20, 30)
"""A quarter of an hour within the quiet hours, so that no text waits for the next day."""


class Sides:
    def __init__(self, owner: Member, chance: random.Random) -> None:
        self.owner = owner
        self.chance = chance

    def begin(self, now: datetime) -> None:
        """Enroll the first people of each, unless a former start left enough on their way."""
        for side in SIDES:
            self._enroll(side, side.first - self._on_their_way(side), now)

    def round(self, now: datetime) -> None:
        for side in SIDES:
            if self.chance.random() < side.chance and self._on_their_way(side) < side.most:
                self._enroll(side, 1, now)

    def _on_their_way(self, side: Side) -> int:
        return Enrollment.objects.filter(UNFINISHED, sequence=self._sequence(side)).count()

    def _sequence(self, side: Side) -> Sequence:
        return Sequence.objects.get(workspace_id=self.owner.workspace_id, name=side.name)

    def _enroll(self, side: Side, count: int, now: datetime) -> None:
        chosen = list(islice(self._free(side, now), max(count, 0)))
        if chosen:
            enrollments.enroll(self.owner, self._sequence(side).pk, chosen, now)

    def _free(self, side: Side, now: datetime) -> Iterator[int]:
        """Give people who are in no sequence and never were in this one, newest first: the trial takes the oldest."""
        anywhere = Enrollment.objects.filter(UNFINISHED, contact=OuterRef("pk"))
        here = Enrollment.objects.filter(contact=OuterRef("pk"), sequence=self._sequence(side))
        done = ContactFact.objects.filter(contact=OuterRef("pk"), kind__in=NOT_AGAIN)
        people = Contact.objects.filter(
            ~Exists(anywhere), ~Exists(here), ~Exists(done), workspace_id=self.owner.workspace_id
        )
        if side.by_phone:
            people = people.exclude(phone_normal="")
        for id_, zone in people.order_by("-id").values_list("id", "time_zone"):
            if not side.by_phone or _is_day(zone, now):
                yield id_


def _is_day(zone: str, now: datetime) -> bool:
    return _MORNING <= now.astimezone(zone_named(zone) or UTC).time() < _EVENING
