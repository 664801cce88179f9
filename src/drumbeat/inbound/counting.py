"""What somebody did, counted where it is asked for: for the contact, for the enrollment and the step it answers."""

from __future__ import annotations

from datetime import datetime

from drumbeat.inbound.match import Match
from drumbeat.store import stops


def stop(match: Match, kind: str, now: datetime) -> None:
    """Count it, wake the contact's enrollments and withhold what is about to leave; nothing without a contact."""
    if match.contact is None:
        return
    scoped(match, kind, now)
    stops.stop_contacts(match.workspace_id, [match.contact.pk], kind, now)


def scoped(match: Match, kind: str, now: datetime) -> None:
    """Count it for the enrollment and the step that it answers, as conditions ask for them."""
    touch, contact = match.touch, match.contact
    if touch is None or touch.enrollment_id is None or contact is None:
        return
    for scope in (f"enrollment:{touch.enrollment_id}", f"step:{touch.enrollment_id}:{touch.step}"):
        stops.record_fact(match.workspace_id, [contact.pk], kind, now, scope=scope)
