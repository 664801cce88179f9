"""What follows when a contact lives in another time zone: what waits for its hours is worked out anew, at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from drumbeat.core.enrollment import BlockReason, EnrollmentState
from drumbeat.models import Enrollment, Touch
from drumbeat.store import holds, jobs, stops
from drumbeat.store.contacts import in_ids

LACKS_DATA = Q(state=EnrollmentState.BLOCKED, reason=BlockReason.MISSING_DATA)
"""Enrollments that look again when their contact changes."""
WAITS = Q(state__in=(EnrollmentState.ACTIVE, EnrollmentState.AWAITING))
ZONE = "time_zone"


def follow(changes: Mapping[int, Sequence[str]], now: datetime) -> None:
    """Let enrollments look again whose contacts changed; `changes` are the columns by contact. They are locked.

    Those that lack data do in any case; those that wait, and what is held for them, when the zone is another.
    """
    moved = [id_ for id_, names in changes.items() if ZONE in names]
    lacking = LACKS_DATA & Q(contact_id__in=in_ids(list(changes)))
    waiting = WAITS & Q(contact_id__in=in_ids(moved))
    stops.wake(Enrollment.objects.filter(lacking | waiting if moved else lacking), now)
    ask_again(moved, now)


def ask_again(contact_ids: Sequence[int], now: datetime) -> None:
    """Let what is held for these contacts until a moment be claimed at once: the guard says anew until when."""
    if contact_ids:
        holds.reconsider(Touch.objects.filter(contact_id__in=in_ids(contact_ids)), now)


def leave_to_a_job(contact_ids: Sequence[int], now: datetime) -> None:
    """Do the same later, for contacts whom a flow moved: whoever moves one enrollment may not lock another one."""
    waiting = Enrollment.objects.filter(WAITS, contact_id__in=in_ids(contact_ids)) if contact_ids else ()
    if ids := sorted(row.pk for row in waiting):
        jobs.enqueue(jobs.WAKE_THESE, {"enrollments": ids, "contacts": list(contact_ids)}, now)
