"""What a calendar part of a mail says (RFC 5546): a meeting is on, or off. Bounded and total: junk says nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from drumbeat.core.facts import EventKind

LARGEST = 64 * 1024
LONGEST_UID = 300
LONGEST_SUMMARY = 300
_MAILTO = re.compile(r"^mailto:", re.IGNORECASE)
_BY_MACHINE = re.compile(
    r"\b(?:has|have) (?:tentatively )?(?:accepted|declined)\b|\binvitation from google calendar\b"
    r"|\bthis (?:event|invitation)\b[^.]{0,60}\b(?:accepted|declined)\b"
    r"|\bhat (?:zugesagt|abgesagt|angenommen|abgelehnt)\b"
    r"|\bhat (?:diese|die|ihre) einladung\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A meeting that is booked or cancelled. `starts_at` as it is written, "" where it is not said.

    `answers`: somebody answered an invitation, else the mail is one itself.
    """

    kind: EventKind
    uid: str
    sequence: int
    starts_at: str
    summary: str
    answers: bool

    @property
    def external_id(self) -> str:
        """The same however often the mail arrives; a meeting that was moved, or cancelled, is told anew."""
        return f"{self.uid}:{self.sequence}:{self.kind.value}"


def read_invite(text: str, from_address: str) -> Invite | None:
    """Return what the calendar part tells of whom the mail is from, None where it tells nothing of a meeting."""
    if not text.strip() or len(text) > LARGEST:
        return None
    from icalendar import Calendar

    try:
        calendar = Calendar.from_ical(text)
        events = [part for part in calendar.subcomponents if part.name == "VEVENT"]
        return _read(str(calendar.get("METHOD", "")).upper(), events[0], from_address) if events else None
    except Exception:  # whatever the parser trips over: the mail itself is still read
        return None


def by_machine(text: str, invite: Invite) -> bool:
    """Say whether nobody wrote the text of the mail: a calendar did, or it only describes the meeting."""
    return not invite.answers or not text.strip() or bool(_BY_MACHINE.search(text))


def _read(method: str, event: Any, from_address: str) -> Invite | None:
    kind = _kind(method, event, from_address.lower())
    uid = str(event.get("UID", "")).strip()
    if kind is None or not 0 < len(uid) <= LONGEST_UID:
        return None
    start = event.get("DTSTART")
    return Invite(
        kind=kind,
        uid=uid,
        sequence=int(event.get("SEQUENCE", 0)),
        starts_at=start.dt.isoformat() if start is not None else "",
        summary=" ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_SUMMARY],
        answers=method == "REPLY",
    )


def _kind(method: str, event: Any, sender: str) -> EventKind | None:
    if method == "CANCEL" or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return EventKind.MEETING_CANCELLED
    if method == "REQUEST":
        return EventKind.MEETING_BOOKED
    if method != "REPLY":
        return None
    return {"ACCEPTED": EventKind.MEETING_BOOKED, "DECLINED": EventKind.MEETING_CANCELLED}.get(
        _answer_of(event, sender)
    )


def _answer_of(event: Any, sender: str) -> str:
    """Return the answer of whom the mail is from; that of others proves nothing of them."""
    found = event.get("ATTENDEE", [])
    for attendee in found if isinstance(found, list) else [found]:
        if _MAILTO.sub("", str(attendee)).strip().lower() == sender:
            return str(attendee.params.get("PARTSTAT", "")).upper()
    return ""
