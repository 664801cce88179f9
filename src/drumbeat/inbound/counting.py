"""What somebody did, counted where it is asked for: for the contact, for the enrollment and the step it answers."""

from __future__ import annotations

from datetime import date, datetime

from drumbeat.core.facts import EventKind
from drumbeat.inbound.match import Match
from drumbeat.models import Enrollment
from drumbeat.store import stops


def stop(match: Match, kind: str, now: datetime) -> None:
    """Count it, wake the contact's enrollments and withhold what is about to leave; nothing without a contact."""
    if match.contact is None:
        return
    scoped(match, kind, now)
    stops.stop_contacts(match.workspace_id, [match.contact.pk], kind, now)


def note(match: Match, kind: str, now: datetime) -> None:
    """Count it and let the contact's enrollments look again; nothing is withheld."""
    if match.contact is None:
        return
    scoped(match, kind, now)
    stops.record_fact(match.workspace_id, [match.contact.pk], kind, now)
    stops.wake(Enrollment.objects.filter(contact=match.contact), now)


def away(match: Match, returns_on: date | None, now: datetime) -> None:
    """Count an absence. A known return date may postpone, so what is about to leave waits for the next look."""
    (note if returns_on is None else stop)(match, EventKind.OUT_OF_OFFICE, now)


def scoped(match: Match, kind: str, now: datetime) -> None:
    """Count it for the enrollment and the step that it answers, as conditions ask for them."""
    touch, contact = match.touch, match.contact
    if touch is None or touch.enrollment_id is None or contact is None:
        return
    for scope in (f"enrollment:{touch.enrollment_id}", f"step:{touch.enrollment_id}:{touch.step}"):
        stops.record_fact(match.workspace_id, [contact.pk], kind, now, scope=scope)
