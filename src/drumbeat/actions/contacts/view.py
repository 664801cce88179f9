"""A contact as people see it: what happened, what comes next over all sequences, who else is at the company; notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.actions import access
from drumbeat.actions.enrollments import showing
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactNote, Enrollment, Member
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import contact_rows, contact_timeline
from drumbeat.store.contact_rows import Colleague
from drumbeat.store.contact_timeline import Entry, Place, Tab

MOST_SEQUENCES = 10
MOST_AHEAD = 20
SOON = timedelta(days=2)
"""Two people of one company who hear from us within it should be known to each other."""
_SHOWN_AHEAD = frozenset({"email", "sms", "whatsapp", "voice", "task"})
_AHEAD = frozenset({"planned", "scheduled", "in_approval", "drafting", "sending", "in_progress"})
NOTE_LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A touch to come. `at` None: nobody can say when. `hold` says why it waits."""

    enrollment_id: int
    sequence: str
    step: str
    kind: str
    job_type: str
    at: datetime | None
    hold: str


def get(member: Member, contact_id: int) -> Contact:
    """Return one contact that the member sees."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Contact).select_related("owner").filter(id=contact_id)
    return access.first(rows, "contact", contact_id)


def timeline(member: Member, contact_id: int, tab: Tab, before: Place | None, limit: int) -> list[Entry]:
    """Return what happened with the contact before the place, newest first."""
    return contact_timeline.page(get(member, contact_id), tab, before, limit)


def coming(member: Member, contact_id: int, now: datetime) -> list[Coming]:
    """Return the next touches over all the contact's sequences, in the order of their time, if nobody replies."""
    contact = get(member, contact_id)
    access.require(member, "enrollments.view")
    rows = Enrollment.objects.filter(UNFINISHED, contact=contact).select_related("sequence").order_by("-id")
    found: list[Coming] = []
    for row in rows[:MOST_SEQUENCES]:
        found += [
            Coming(
                enrollment_id=row.pk,
                sequence=row.sequence.name,
                step=item.step,
                kind=item.kind,
                job_type=item.job_type or "",
                at=item.estimated_execute_at,
                hold=row.state if row.state in ("paused", "blocked", "pending_review") else item.hold,
            )
            for item in showing.show(member, row.pk, now).timeline
            if item.kind in _SHOWN_AHEAD and item.status in _AHEAD and item.executed_at is None
        ]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(found, key=lambda one: (one.at or far, one.enrollment_id))[:MOST_AHEAD]


def colleagues(member: Member, contact_id: int, now: datetime) -> Sequence[Colleague]:
    """Return the other contacts of the same company that the member sees."""
    contact = get(member, contact_id)
    if not contact.company_folded:
        return []
    others = access.visible_to(member, Contact).filter(company_folded=contact.company_folded)
    rows = others.exclude(id=contact.pk).order_by("name_folded", "id")[: contact_rows.MOST_COLLEAGUES]
    return contact_rows.colleagues(list(rows), SOON, now)


def add_note(member: Member, contact_id: int, text: str, now: datetime) -> ContactNote:
    """Write something down about a contact; DomainError `note_invalid`."""
    access.require(member, "contacts.edit")
    contact = access.get(member, Contact, contact_id, "contact")
    read = text.replace("\x00", "").strip()
    if not read or len(read) > NOTE_LONGEST:
        raise DomainError("note_invalid", f"A note has 1 to {NOTE_LONGEST} characters.")
    return ContactNote.objects.create(
        workspace_id=member.workspace_id, contact=contact, member=member, text=read, created_at=now
    )


def delete_note(member: Member, contact_id: int, note_id: int) -> None:
    """Delete a note; only who wrote it may, or whoever may delete contacts."""
    access.require(member, "contacts.edit")
    contact = access.get(member, Contact, contact_id, "contact")
    note = access.first(ContactNote.objects.filter(contact=contact, pk=note_id), "note", note_id)
    if note.member_id != member.pk:
        access.require(member, "contacts.delete")
    note.delete()
