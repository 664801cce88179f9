"""The daily life of the demo: waves of enrollments, calls, booked meetings, won deals, new leads.

Everything goes through the verbs that people use.
"""

from __future__ import annotations

import logging
import random
import threading
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from drumbeat.actions import enrollments, events, tasks
from drumbeat.clock import Clock
from drumbeat.core.errors import DomainError
from drumbeat.demo.programme import TRIAL
from drumbeat.demo.seed import add_people
from drumbeat.demo.sides import NOT_AGAIN, Sides
from drumbeat.models import (
    Contact,
    ContactFact,
    Enrollment,
    Member,
    SenderKind,
    SenderProfile,
    Sequence,
    Task,
)
from drumbeat.models.enrollment import UNFINISHED

log = logging.getLogger(__name__)

FIRST_WAVE = 80
WAVE = 2
LIVELY_FOR = timedelta(minutes=30)
LIVELY_SECONDS = 10.0
CALM_SECONDS = 50.0
"""Pauses between waves: short while somebody watches, then long enough for the caps of the mailboxes."""

NEW_LEADS = 20
CALLS = 2
CALL_AFTER = timedelta(seconds=30)
_MEETING_CHANCE = 0.15
_WON_CHANCE = 0.08


def live(owner: Member, clock: Clock, stop: threading.Event) -> None:
    """Do rounds until `stop` is set."""
    life = Life(owner, Sequence.objects.get(workspace_id=owner.workspace_id, name=TRIAL), random.Random())
    began_at = clock.now()
    step = life.begin
    while not stop.is_set():
        now = clock.now()
        try:
            step(now)
            step = life.round
        except (DomainError, DatabaseError):  # an archived sequence, a busy database: life goes on
            log.exception("a round of the demo failed")
        stop.wait(LIVELY_SECONDS if now - began_at < LIVELY_FOR else CALM_SECONDS)


class Life:
    """One round after another; `chance` decides what happens besides the waves."""

    def __init__(self, owner: Member, trial: Sequence, chance: random.Random) -> None:
        self.owner = owner
        self.trial = trial
        self.chance = chance
        self.sides = Sides(owner, chance)
        self._turn = 0

    def begin(self, now: datetime) -> None:
        """Enroll the first wave, unless a former start left enough people on their way."""
        on_their_way = Enrollment.objects.filter(UNFINISHED, sequence=self.trial).count()
        self.enroll(FIRST_WAVE - on_their_way, now)
        self.sides.begin(now)

    def round(self, now: datetime) -> None:
        """Enroll a few, make some calls, and now and then book a meeting or win a deal."""
        self.enroll(WAVE, now)
        self.sides.round(now)
        self.make_calls(now)
        if self.chance.random() < _MEETING_CHANCE:
            self._happens("meeting_booked", self._on_their_way(), now)
        if self.chance.random() < _WON_CHANCE:
            self._happens("converted", self._interested(), now)

    def enroll(self, count: int, now: datetime) -> None:
        """Enroll the `count` people who were longest not in the trial, each from the next mailbox in turn."""
        if count <= 0:
            return
        boxes = self._mailboxes()
        chosen = self._free(count, now)
        for place, box in enumerate(boxes):
            share = chosen[(place - self._turn) % len(boxes) :: len(boxes)]
            if share:
                enrollments.enroll(self.owner, self.trial.pk, share, now, sender_id=box)
        self._turn += count

    def make_calls(self, now: datetime) -> None:
        """Do the call tasks that waited longest; the newest are left for whoever watches."""
        waiting = Task.objects.filter(
            workspace_id=self.owner.workspace_id, settled_at=None, created_at__lt=now - CALL_AFTER
        )
        for task_id in waiting.order_by("id").values_list("id", flat=True)[:CALLS]:
            tasks.complete(self.owner, task_id, now)

    def _mailboxes(self) -> list[int]:
        boxes = SenderProfile.objects.filter(workspace_id=self.owner.workspace_id, kind=SenderKind.SMTP)
        return list(boxes.filter(enabled=True).order_by("id").values_list("id", flat=True))

    def _free(self, count: int, now: datetime) -> list[int]:
        """Return people who can begin; where there are too few, new leads come in."""
        free = list(self._candidates()[:count])
        if len(free) < count:
            known = Contact.objects.filter(workspace_id=self.owner.workspace_id).count()
            add_people(self.owner, known, NEW_LEADS, now)
            free = list(self._candidates()[:count])
        return free

    def _candidates(self) -> QuerySet[Contact, int]:
        here = Enrollment.objects.filter(UNFINISHED, contact=OuterRef("pk"), sequence=self.trial)
        done = ContactFact.objects.filter(contact=OuterRef("pk"), kind__in=NOT_AGAIN)
        last = Max("enrollments__id", filter=Q(enrollments__sequence=self.trial))
        people = Contact.objects.filter(~Exists(here), ~Exists(done), workspace_id=self.owner.workspace_id)
        ordered = people.annotate(last=last).order_by(F("last").asc(nulls_first=True), "id")
        return ordered.values_list("id", flat=True)

    def _on_their_way(self) -> QuerySet[Contact]:
        unfinished = Enrollment.objects.filter(UNFINISHED, sequence=self.trial, touches__status="sent")
        return Contact.objects.filter(id__in=unfinished.values("contact_id"))

    def _interested(self) -> QuerySet[Contact]:
        ours = Contact.objects.filter(workspace_id=self.owner.workspace_id)
        return ours.filter(facts__kind__in=("replied", "meeting_booked")).exclude(facts__kind="converted")

    def _happens(self, kind: str, people: QuerySet[Contact], now: datetime) -> None:
        ids = list(people.order_by("-id").values_list("id", flat=True).distinct()[:100])
        if ids:
            events.log_event(self.owner, Contact.objects.get(id=self.chance.choice(ids)), kind, now)
