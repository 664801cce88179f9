"""How often mails were opened and clicked, people and machines apart, counted by the database."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT

from drumbeat.models import Event, Touch
from drumbeat.models.event import OF_TRACKING

MACHINE = "machine"


def sent_by_step(sequence_id: int) -> dict[str, int]:
    """Return how many people got the mail of each step."""
    sent = Touch.objects.filter(
        enrollment__sequence_id=sequence_id, kind="email", status__in=("sent", "delivered")
    )
    return dict(sent.order_by().values_list("step").annotate(n=Count("enrollment_id", distinct=True)))


def seen_by_step(sequence_id: int) -> dict[tuple[str, str, str], int]:
    """Return with how many people each step was opened or clicked, by step, kind and visitor.

    What is read is what was opened in this sequence, whatever else the workspace has.
    """
    events = Event.objects.filter(OF_TRACKING, enrollment__sequence_id=sequence_id, touch__isnull=False)
    rows = events.order_by().values_list("touch__step", "kind", KT("payload__visitor"))
    counted = rows.annotate(n=Count("enrollment_id", distinct=True))
    return {(step, kind, visitor): n for step, kind, visitor, n in counted}


def made_by_machines(events: QuerySet[Event]) -> dict[str, int]:
    """Return how many of the events are opens and clicks by machines, by kind."""
    theirs = events.filter(OF_TRACKING, payload__visitor=MACHINE)
    return dict(theirs.order_by().values_list("kind").annotate(n=Count("id")))
