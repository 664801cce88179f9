"""Tells own people what came in: a line in the app for whoever owns the contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from drumbeat.inbound.match import Match
from drumbeat.models import Member, Notification
from drumbeat.store.evidence import storable

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "replied": "{who} replied: {words}",
        "confirm_reply": (
            "{who} seems to have replied, but only the sender's address says so. Please confirm: {words}"
        ),
        "confirm_opt_out": (
            "{who} may ask for no more mail. Please read it, and unsubscribe them if so: {words}"
        ),
        "meeting_booked": "{who} has a meeting with you: {words}",
        "meeting_cancelled": "{who} cancelled a meeting: {words}",
        "opted_out": "{who} asked us to stop: {words}",
        "complained": "{who} reported a mail of yours as spam and gets no more.",
        "unproven_bounce": (
            "A mail says that {who} cannot be reached, without proof that it answers one of ours. "
            "Please check the address."
        ),
        "unproven_complaint": (
            "A mail says that {who} complained, without proof that it answers one of ours. Please check."
        ),
    }
)


def tell_owner(match: Match, kind: str, words: str, now: datetime) -> None:
    """Write the line for the contact's owner, else the sequence's, else the workspace's."""
    contact = match.contact
    if contact is None:
        return
    member_id = contact.owner_id or _owner_of_sequence(match) or _owner_of_workspace(match.workspace_id)
    if member_id is None:
        return
    who = f"{contact.first_name} {contact.last_name}".strip() or contact.email or "A contact"
    Notification.objects.create(
        workspace_id=match.workspace_id,
        member_id=member_id,
        kind=kind,
        text=storable(SENTENCES[kind].format(who=who, words=words or "(no words)"), 1000),
        contact=contact,
        enrollment_id=match.touch.enrollment_id if match.touch else None,
        created_at=now,
    )


def _owner_of_sequence(match: Match) -> int | None:
    enrollment = match.touch.enrollment if match.touch else None
    return enrollment.sequence.owner_id if enrollment else None


def _owner_of_workspace(workspace_id: int) -> int | None:
    return (
        Member.objects.filter(workspace_id=workspace_id, is_owner=True).values_list("id", flat=True).first()
    )
