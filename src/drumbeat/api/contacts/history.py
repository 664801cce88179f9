"""One contact over time: what happened, what comes next, what people log and note."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from drumbeat.actions import access, event_files, events
from drumbeat.actions.contacts import view as contact_view
from drumbeat.api.auth import MemberRequest
from drumbeat.api.contacts.schemas import ContactEventIn, ContactNoteIn, ContactNoteOut, LoggedOut
from drumbeat.api.contacts.view import name_of
from drumbeat.api.files import MessageFileOut, shown
from drumbeat.api.paging import Page
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactList, Member
from drumbeat.store.contact_timeline import Entry, Place, Tab

router = Router(tags=["contacts"])


class TimelineIn(Schema):
    tab: Tab = "everything"
    cursor: str = Field(default="", max_length=500)
    limit: int = Field(default=30, ge=1, le=100)


class TimelineEntryOut(Schema):
    """One line; what does not apply is empty.

    `kind`: message, call, event, enrolled, finished, task, touch, note, decision. `word` is the class of an incoming
    mail, the kind of an event or task, the rule of a decision, who answered a call. Of a call `deed` is what it was
    told, `outcome` what it came to (empty: it lasts), `text` what it said, `seconds` how long it took. `visitor`:
    whether a human or a machine opened or clicked, by which `reason`; `url`: where the link led. Of a message
    `message_id`, whether it is kept as it came (`has_original`), whether it came with HTML, and its files.
    """

    id: str
    at: datetime
    kind: str
    word: str = ""
    sentiment: str = ""
    direction: str = ""
    channel: str = ""
    subject: str = ""
    text: str = ""
    status: str = ""
    reason: str = ""
    step: str = ""
    sequence: str = ""
    enrollment_id: int | None = None
    task_id: int | None = None
    note_id: int | None = None
    outcome: str = ""
    deed: str = ""
    seconds: int | None = None
    due_at: datetime | None = None
    done: bool = False
    by: str = ""
    source: str = ""
    tag: str = ""
    stage: str = ""
    list_name: str = ""
    visitor: str = ""
    url: str = ""
    fields: list[str] = Field(default_factory=list)
    message_id: int | None = None
    has_original: bool = False
    has_html: bool = False
    files: list[MessageFileOut] = Field(default_factory=list)


class ComingTouchOut(Schema):
    """A touch to come. `at` null: nobody can say when; `hold` says why it waits."""

    enrollment_id: int
    sequence: str
    step: str
    kind: str
    job_type: str
    at: datetime | None
    hold: str


class ColleagueOut(Schema):
    """Another contact of the company; `at`: when we write to them, if that is within two days."""

    id: int
    name: str
    sequence: str
    state: str
    at: datetime | None


class ComingsOut(Schema):
    items: list[ComingTouchOut]
    colleagues: list[ColleagueOut]


@router.get(
    "/contacts/{contact_id}/timeline",
    response={200: Page[TimelineEntryOut], **REFUSALS},
    operation_id="list_contact_timeline",
)
def list_contact_timeline(
    request: MemberRequest, contact_id: int, asked: Annotated[TimelineIn, Query()]
) -> Page[TimelineEntryOut]:
    """Tell what happened with a contact, newest first: messages, calls, tasks, events, enrollments, notes."""
    before = _read(asked.cursor) if asked.cursor else None
    found = contact_view.timeline(request.member, contact_id, asked.tab, before, asked.limit + 1)
    shown = found[: asked.limit]
    cursor = _write(shown[-1].place) if len(found) > asked.limit else None
    names = _names(request.member, Member, {entry.data.get("by_id") for entry in shown})
    lists = _names(request.member, ContactList, {entry.data.get("list") for entry in shown})
    return Page(items=[_entry(entry, names, lists) for entry in shown], next_cursor=cursor)


def _entry(entry: Entry, names: Mapping[Any, str], lists: Mapping[Any, str]) -> TimelineEntryOut:
    data: dict[str, Any] = dict(entry.data)
    by_id = data.pop("by_id", None)
    data.pop("scope", None)
    if "list" in data:
        data["list_name"] = lists.get(data.pop("list"), "")
    if "note" in data:
        data["text"] = data.pop("note")
    if "by" not in data:
        data["by"] = names.get(by_id, "")
    place = entry.place
    if entry.kind == "message":
        data["message_id"] = place.id
        data["files"] = shown(place.id, data["files"])
    return TimelineEntryOut(id=f"{entry.kind}-{place.id}", at=place.at, kind=entry.kind, **data)


def _names(
    member: Member, model: type[Member] | type[ContactList], mentioned: Iterable[object]
) -> dict[object, str]:
    ids = [id_ for id_ in mentioned if isinstance(id_, int)]
    return dict(access.visible_to(member, model).filter(id__in=ids).values_list("id", "name")) if ids else {}


def _write(place: Place) -> str:
    text = json.dumps([place.at.isoformat(), place.source, place.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> Place:
    try:
        at, source, id_ = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at)
        if (
            moment.tzinfo is None
            or not isinstance(source, int)
            or not isinstance(id_, int)
            or abs(id_) >= 2**63
        ):
            raise ValueError("not a place")
    except (ValueError, TypeError, RecursionError) as error:
        raise DomainError(
            "cursor_invalid", "This cursor does not belong to this list. Begin again without a cursor."
        ) from error
    return Place(moment, source, id_)


@router.get(
    "/contacts/{contact_id}/next", response={200: ComingsOut, **REFUSALS}, operation_id="get_contact_next"
)
def get_contact_next(request: MemberRequest, contact_id: int) -> ComingsOut:
    """Tell the next touches over all sequences if nobody replies, and who else at the company hears from us."""
    member, now = request.member, SystemClock().now()
    return ComingsOut(
        items=[
            ComingTouchOut(
                enrollment_id=one.enrollment_id,
                sequence=one.sequence,
                step=one.step,
                kind=one.kind,
                job_type=one.job_type,
                at=one.at,
                hold=one.hold,
            )
            for one in contact_view.coming(member, contact_id, now)
        ],
        colleagues=[
            ColleagueOut(
                id=one.contact.pk,
                name=name_of(one.contact),
                sequence=one.sequence,
                state=one.state,
                at=one.at,
            )
            for one in contact_view.colleagues(member, contact_id, now)
        ],
    )


@router.post(
    "/contacts/{contact_id}/events", response={200: LoggedOut, **REFUSALS}, operation_id="log_contact_event"
)
def log_contact_event(request: MemberRequest, contact_id: int, body: ContactEventIn) -> LoggedOut:
    """Log what happened outside: a call, a meeting, a conversion; each enrollment decides what follows."""
    member = request.member
    contact = access.get(member, Contact, contact_id, "contact")
    logged = events.log_event(
        member,
        contact,
        body.kind,
        SystemClock().now(),
        source=body.source or "manual",
        external_id=body.external_id,
        occurred_at=body.occurred_at,
        note=body.note,
        name=body.name,
    )
    return LoggedOut(counted=logged.counted, woken=logged.woken)


class EventRefusalOut(Schema):
    line: int
    reason: str


class EventsLoadedOut(Schema):
    """`again`: rows whose external id was counted before. `refusals` are the first of `refused`."""

    counted: int
    again: int
    refused: int
    refusals: list[EventRefusalOut]


REFUSALS_SHOWN = 100


@router.post("/events/upload", response={200: EventsLoadedOut, **REFUSALS}, operation_id="upload_events")
def upload_events(request: MemberRequest, file: File[UploadedFile]) -> EventsLoadedOut:
    """Log events from a CSV file: columns kind, email, and if wanted occurred_at, external_id, note, name."""
    if (file.size or 0) > event_files.LARGEST:
        raise DomainError("events_unreadable", "The file is too large. Split it.")
    loaded = event_files.load(request.member, file.read(), SystemClock().now())
    return EventsLoadedOut(
        counted=loaded.counted,
        again=loaded.again,
        refused=len(loaded.refused),
        refusals=[EventRefusalOut(line=r.line, reason=r.reason) for r in loaded.refused[:REFUSALS_SHOWN]],
    )


@router.post(
    "/contacts/{contact_id}/notes",
    response={201: ContactNoteOut, **REFUSALS},
    operation_id="add_contact_note",
)
def add_contact_note(request: MemberRequest, contact_id: int, body: ContactNoteIn) -> Status[ContactNoteOut]:
    """Write something down about a contact."""
    note = contact_view.add_note(request.member, contact_id, body.text, SystemClock().now())
    return Status(201, ContactNoteOut(id=note.pk, text=note.text, created_at=note.created_at))


@router.delete(
    "/contacts/{contact_id}/notes/{note_id}",
    response={204: None, **REFUSALS},
    operation_id="delete_contact_note",
)
def delete_contact_note(request: MemberRequest, contact_id: int, note_id: int) -> Status[None]:
    """Delete a note that one wrote oneself."""
    contact_view.delete_note(request.member, contact_id, note_id)
    return Status(204, None)
