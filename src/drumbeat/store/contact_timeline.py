"""Everything that happened with one contact, newest first: several tables merged, a page at a time.

Each table is asked for at most one page beyond the cursor, over an index that begins with the contact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from typing import Any, Literal

from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from drumbeat.core.calls import Deed
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel
from drumbeat.models import Call, Contact, ContactNote, Enrollment, Event, JournalEntry, Message, Task, Touch
from drumbeat.store import calls, message_files, sent_texts, tracking
from drumbeat.store.actions_of_flow.happened import FLOW

Tab = Literal["everything", "messages", "calls", "decisions"]
TEXT_SHOWN = 20_000


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entry stands; of two at one moment the source and the id decide."""

    at: datetime
    source: int
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `kind` says which fields of `data` there are."""

    place: Place
    kind: str
    data: Mapping[str, Any]


def page(contact: Contact, tab: Tab, before: Place | None, limit: int) -> list[Entry]:
    """Return the `limit` entries before the place, newest first."""
    found: list[Entry] = []
    for source, (name, read) in enumerate(_SOURCES.items()):
        if name in _TABS[tab]:
            found += read(contact, tab, _Asked(source, before, limit))
    return nlargest(limit, found, key=lambda entry: entry.place)


@dataclass(frozen=True, slots=True)
class _Asked:
    source: int
    before: Place | None
    limit: int

    def of(self, rows: QuerySet[Any], *moment: str) -> list[tuple[Place, Any]]:
        """Return the rows of the page, each with its place; the first of `moment` that is set is its time."""
        rows = rows.annotate(moment=Coalesce(*moment) if len(moment) > 1 else F(moment[0]))
        if self.before is not None:
            rows = rows.filter(moment__lte=self.before.at).filter(self._beyond(self.before))
        chosen = rows.order_by("-moment", "-id")[: self.limit]
        return [(Place(row.moment, self.source, row.pk), row) for row in chosen]

    def _beyond(self, place: Place) -> Q:
        earlier = Q(moment__lt=place.at)
        if self.source == place.source:
            return earlier | Q(moment=place.at, id__lt=place.id)
        return earlier if self.source > place.source else Q(moment__lte=place.at)


def _named(row: Model | None, field: str = "name") -> str:
    return getattr(row, field) if row is not None else ""


def _messages(contact: Contact, tab: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Message.objects.filter(contact=contact)
    if tab != "messages":  # what a call said is shown with the call
        rows = rows.exclude(channel=Channel.VOICE.value)
    rows = rows.select_related(sent_texts.REPORT, "enrollment__sequence", "sender")
    found = asked.of(rows.defer("html"), "occurred_at")
    along = message_files.load([row for _, row in found])
    for place, row in found:
        sequence = row.enrollment.sequence if row.enrollment else None
        data = {
            "direction": row.direction,
            "channel": row.channel,
            "word": row.kind,
            "sentiment": row.sentiment,
            "subject": row.subject,
            "text": row.text[:TEXT_SHOWN],
            "status": sent_texts.standing_of(row),
            "reason": row.touch.reason if row.touch and row.direction == "out" else "",
            "step": row.touch.step if row.touch else "",
            "enrollment_id": row.enrollment_id,
            "sequence": _named(sequence),
            "by": _named(row.sender),
            "has_original": row.raw_id is not None,
            "has_html": row.has_html and row.raw_id is not None,
            "files": along[row.pk],
        }
        yield Entry(place, "message", data)


_LINES_OF_THEIR_OWN = (
    EventKind.REPLIED,
    EventKind.AUTO_REPLIED,
    EventKind.OUT_OF_OFFICE,
    EventKind.SENT,
    EventKind.SEQUENCE_FINISHED,
    EventKind.TASK_COMPLETED,
)
_CALLS = (EventKind.CALL_LOGGED, EventKind.MEETING_BOOKED, EventKind.MEETING_CANCELLED)


_TOLD = ("note", "tag", "stage", "list", "fields", "scope")
_TOLD_BY_TRACKING = ("visitor", "reason", "url", "step")


def _events(contact: Contact, tab: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Event.objects.filter(contact=contact)
    if tab == "calls":
        rows = rows.filter(kind__in=_CALLS).exclude(source=calls.SOURCE)
    else:  # what came by mail is shown as the mail
        rows = rows.exclude(kind__in=_LINES_OF_THEIR_OWN).exclude(source="mail")
        rows = rows.exclude(source=calls.SOURCE)  # a line of its own
        # Field by field what the line before says at once; a flow changes one alone.
        rows = rows.exclude(~Q(source=FLOW), kind=EventKind.FIELD_CHANGED)
    found = asked.of(rows, "occurred_at")
    subjects = _subjects(row.touch_id for _, row in found if row.source == tracking.SOURCE)
    for place, row in found:
        payload = row.payload if isinstance(row.payload, dict) else {}
        told = _TOLD_BY_TRACKING if row.source == tracking.SOURCE else _TOLD
        shown = {key: payload[key] for key in told if key in payload}
        if row.touch_id in subjects:
            shown["subject"] = subjects[row.touch_id]
        yield Entry(
            place, "event", {"word": row.kind, "source": row.source, "by_id": payload.get("member"), **shown}
        )


def _subjects(touch_ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return the subjects of the mails that were opened or clicked."""
    wanted = {id_ for id_ in touch_ids if id_ is not None}
    if not wanted:
        return {}
    sent = Message.objects.filter(touch_id__in=wanted, direction="out")
    return dict(sent.values_list("touch_id", "subject"))


def _started(contact: Contact, _: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Enrollment.objects.filter(contact=contact).select_related("sequence", "enrolled_by")
    for place, row in asked.of(rows, "created_at"):
        data = {"enrollment_id": row.pk, "sequence": row.sequence.name, "source": row.source}
        yield Entry(place, "enrolled", {**data, "by": _named(row.enrolled_by)})


def _finished(contact: Contact, _: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Enrollment.objects.filter(contact=contact, finished_at__isnull=False)
    for place, row in asked.of(rows.select_related("sequence", "finished_by"), "finished_at"):
        data = {"enrollment_id": row.pk, "sequence": row.sequence.name, "reason": row.reason}
        yield Entry(place, "finished", {**data, "by": _named(row.finished_by)})


def _tasks(contact: Contact, tab: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Task.objects.filter(contact=contact).select_related("assignee", "settled_by", "touch")
    if tab == "calls":
        rows = rows.filter(kind="call")
    for place, row in asked.of(rows, "settled_at", "created_at"):
        data = {
            "task_id": row.pk,
            "word": row.kind,
            "subject": row.title,
            "text": "\n\n".join(filter(None, (row.text, row.note)))[:TEXT_SHOWN],
            "status": row.touch.status,
            "outcome": row.outcome,
            "due_at": row.due_at,
            "done": row.settled_at is not None,
            "by": _named(row.settled_by or row.assignee),
        }
        yield Entry(place, "task", data)


def _calls(contact: Contact, _: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Call.objects.filter(contact=contact).select_related("touch__enrollment__sequence", "touch__sender")
    for place, row in asked.of(rows, "placed_at"):
        enrollment = row.touch.enrollment
        data = {
            "word": row.answered_by,
            "outcome": row.outcome,
            "deed": row.deed if row.was_told else "",
            "text": row.script[:TEXT_SHOWN] if row.was_told and row.deed in _SPOKEN else "",
            "seconds": row.seconds,
            "channel": Channel.VOICE.value,
            "step": row.touch.step,
            "enrollment_id": row.touch.enrollment_id,
            "sequence": enrollment.sequence.name if enrollment is not None else "",
            "by": row.touch.sender.name,
        }
        yield Entry(place, "call", data)


_SPOKEN = (Deed.LEAVE.value, Deed.READ.value)
_WITHOUT_MESSAGE = ("skipped", "failed", "interrupted")


def _touches(contact: Contact, _: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = Touch.objects.filter(
        enrollment__contact=contact, contact=contact, status__in=_WITHOUT_MESSAGE
    ).exclude(kind="task")
    rows = rows.select_related("enrollment__sequence").exclude(settled_at=None, handed_at=None)
    for place, row in asked.of(rows, "settled_at", "handed_at"):
        assert row.enrollment is not None
        data = {
            "channel": row.kind,
            "status": row.status,
            "reason": row.reason,
            "step": row.step,
            "enrollment_id": row.enrollment_id,
            "sequence": row.enrollment.sequence.name,
        }
        yield Entry(place, "touch", data)


def _notes(contact: Contact, _: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = ContactNote.objects.filter(contact=contact).select_related("member")
    for place, row in asked.of(rows, "created_at"):
        yield Entry(place, "note", {"note_id": row.pk, "text": row.text, "by": _named(row.member)})


def _decisions(contact: Contact, _: Tab, asked: _Asked) -> Iterable[Entry]:
    rows = JournalEntry.objects.filter(enrollment__contact=contact).select_related("enrollment__sequence")
    for place, row in asked.of(rows, "at"):
        data = {
            "word": row.rule,
            "reason": row.reason,
            "step": row.step,
            "enrollment_id": row.enrollment_id,
            "sequence": row.enrollment.sequence.name,
        }
        yield Entry(place, "decision", data)


_SOURCES: Mapping[str, Callable[[Contact, Tab, _Asked], Iterable[Entry]]] = {
    "decisions": _decisions,
    "notes": _notes,
    "tasks": _tasks,
    "events": _events,
    "touches": _touches,
    "started": _started,
    "finished": _finished,
    "messages": _messages,
    "calls": _calls,
}
_TABS: Mapping[Tab, Sequence[str]] = {
    "everything": ("notes", "tasks", "events", "touches", "started", "finished", "messages", "calls"),
    "messages": ("messages",),
    "calls": ("events", "tasks", "calls"),
    "decisions": ("decisions",),
}
