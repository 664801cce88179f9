"""Events that come from outside and by hand: a call, a meeting, a conversion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.contacts.input import clean
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.models import Contact, Event, Member
from drumbeat.store import evidence, stops

LOGGED_BY_HAND = (
    EventKind.CALL_LOGGED,
    EventKind.MEETING_BOOKED,
    EventKind.MEETING_CANCELLED,
    EventKind.CONVERTED,
    EventKind.CUSTOM,
)
CLOCKS_DIFFER = timedelta(minutes=5)
NOTE_LONGEST = 5_000
NAME_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Logged:
    """`counted` is False when its external id was logged before; `woken`: enrollments that look at it now."""

    counted: bool
    woken: int = 0


def log_event(  # noqa: PLR0913 - the fields of a form, each of which may be left out
    member: Member,
    contact: Contact,
    kind: str,
    now: datetime,
    *,
    source: str = "manual",
    external_id: str = "",
    occurred_at: datetime | None = None,
    note: str = "",
    name: str = "",
) -> Logged:
    """Record that something happened with the contact; each unfinished enrollment decides what follows.

    With an external id it counts once per source. `note` is shown on the timeline; `name` is that of a custom event,
    by which triggers know it. Raises DomainError
    `event_kind_unknown`, `event_time_invalid` for a moment to come, `not_found` or `not_permitted`.
    """
    access.require(member, "contacts.edit")
    _require_known(kind)
    _require_own(source)
    require_past(occurred_at, now)
    return _record(
        Event(
            workspace_id=member.workspace_id,
            kind=kind,
            contact=access.get(member, Contact, contact.pk, "contact"),
            source=source,
            external_id=clean(external_id),
            payload={"member": member.pk, **_kept(kind, note, name)},
            occurred_at=occurred_at or now,
            received_at=now,
        )
    )


def log_call(member: Member, contact: Contact, external_id: str, note: str, said_at: datetime) -> Logged:
    """Record a call of a task, which counts once. Whether they may was asked when they said so, and is not again."""
    return _record(
        Event(
            workspace_id=contact.workspace_id,
            kind=EventKind.CALL_LOGGED,
            contact=contact,
            source="task",
            external_id=external_id,
            payload={"member": member.pk, **_kept(EventKind.CALL_LOGGED, note, "")},
            occurred_at=said_at,
            received_at=said_at,
        )
    )


@transaction.atomic
def _record(event: Event) -> Logged:
    if event.contact_id is None or not evidence.add_event(event):
        return Logged(counted=False)
    woken = stops.stop_contacts(event.workspace_id, [event.contact_id], event.kind, event.received_at)
    return Logged(counted=True, woken=woken)


def _kept(kind: str, note: str, name: str) -> dict[str, str]:
    kept = {"note": clean(note)[:NOTE_LONGEST]} if clean(note) else {}
    if kind == EventKind.CUSTOM and clean(name):
        kept["event"] = clean(name)[:NAME_LONGEST]
    return kept


def _require_known(kind: str) -> None:
    if kind not in LOGGED_BY_HAND:
        known = ", ".join(LOGGED_BY_HAND)
        raise DomainError("event_kind_unknown", f"{kind!r} cannot be logged. Use one of: {known}.")


RESERVED = frozenset({"mail", "smtp", "flow", "engine", "stage", "merge", "import", "invite"})


def _require_own(source: str) -> None:
    """Leave to each part of the program what it says of itself."""
    if source in RESERVED or source.startswith("hook:"):
        raise DomainError(
            "event_source_reserved", f"{source!r} is what drumbeat itself writes. Use another word."
        )


def require_past(occurred_at: datetime | None, now: datetime) -> None:
    """Raise DomainError `event_time_invalid` for a moment to come, as far as clocks do not differ."""
    if occurred_at is not None and occurred_at > now + CLOCKS_DIFFER:
        raise DomainError(
            "event_time_invalid", "What is to come has not happened yet. Name a moment in the past."
        )
