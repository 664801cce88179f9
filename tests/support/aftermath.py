"""What the engine and the people leave behind: touches, messages, events, journals, tasks, conversations.

Written by set-based statements from where each enrollment stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection, transaction
from django.db.models import Model

from drumbeat.models import Conversation, Member, Message, Task, Touch
from drumbeat.store import sql

STEPS = ("first", "second", "call", "story", "last")
DAYS = (0, 2, 4, 8, 13)
CHUNK = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an enrollment stands: `passed` steps are behind it, the first of them at `origin`."""

    id: int
    contact_id: int
    state: str
    reason: str
    sender_id: int
    passed: int
    origin: datetime

    def at(self, position: int) -> datetime:
        return self.origin + timedelta(days=DAYS[position])


def write(owner: Member, places: list[Place], now: datetime) -> None:
    """Write what became of all these; nothing else may lie in the tables of touches, messages and events."""
    _touches(owner, places, now)
    _what_followed(owner)
    _conversations(owner)


def write_rows(model: type[Model], columns: Sequence[str], rows: Iterable[sql.Row]) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        with transaction.atomic():
            sql.insert(model, columns, chunk)


_TOUCH = (
    *("workspace_id", "key", "mark", "kind", "enrollment_id", "contact_id", "step", "visit", "sender_id"),
    *("recipient", "base_address", "status", "reason", "priority", "due_at", "not_before", "hold_reason"),
    *("lease_token", "deaths", "attempts", "reserved", "handed_at", "settled_at", "created_at"),
)


def _touches(owner: Member, places: list[Place], now: datetime) -> None:
    """One for each step that is behind, and one that waits for each who awaits something."""
    workspace = owner.workspace_id

    def row(place: Place, position: int, status: str, at: datetime, settled: datetime | None) -> sql.Row:
        step = STEPS[position]
        kind = "task" if step == "call" else "email"
        hold = "cap" if status == "planned" else ""
        key = f"step:{place.id}:{step}:1"
        return (
            *(workspace, key, f"crowd-{place.id}-{step}", kind, place.id, place.contact_id, step, 1),
            *(place.sender_id, "", "", status, "", 20, at, at, hold, "", 0, 1, ""),
            *(settled, settled, at),
        )

    def rows() -> Iterator[sql.Row]:
        for place in places:
            for position in range(place.passed):
                at = place.at(position)
                status = "completed" if STEPS[position] == "call" else "sent"
                yield row(place, position, status, at, at + timedelta(minutes=1))
            if place.state == "awaiting":
                status = "scheduled" if STEPS[place.passed] == "call" else "planned"
                yield row(place, place.passed, status, now + timedelta(minutes=place.id % 3000), None)

    write_rows(Touch, _TOUCH, rows())


_WORDS = (
    "Good morning, thank you for your patience with us. We looked at how your team plans its weeks and found three "
    "things that cost you an hour each. If you have ten minutes on Thursday, I will show you what others did."
)

_FOLLOWED: tuple[str, ...] = (
    f"""INSERT INTO drumbeat_message (workspace_id, contact_id, enrollment_id, touch_id, sender_id, channel, direction,
        kind, from_address, to_address, subject, text, html, message_id, in_reply_to, "references", occurred_at)
    SELECT workspace_id, contact_id, enrollment_id, id, sender_id, 'email', 'out', 'email', 'ann@crowd.test', '',
        'A question', '{_WORDS}', '', '', '', '', settled_at
    FROM drumbeat_touch WHERE status = 'sent' ORDER BY id""",
    f"""INSERT INTO drumbeat_message (workspace_id, contact_id, enrollment_id, sender_id, channel, direction, kind,
        from_address, to_address, subject, text, html, message_id, in_reply_to, "references", occurred_at)
    SELECT workspace_id, contact_id, id, chosen_sender_id, 'email', 'in',
        CASE reason WHEN 'out_of_office' THEN 'out_of_office' ELSE 'reply' END, '', 'ann@crowd.test',
        'Re: A question', '{_WORDS}', '', '', '', '', updated_at
    FROM drumbeat_enrollment WHERE reason IN ('replied', 'reply', 'out_of_office') ORDER BY updated_at, id""",
    """INSERT INTO drumbeat_attempt (touch_id, number, handed_at, ended_at, outcome, code, text)
    SELECT id, 1, handed_at, settled_at, 'sent', '250', 'ok' FROM drumbeat_touch WHERE status = 'sent' ORDER BY id""",
    """INSERT INTO drumbeat_event (workspace_id, kind, contact_id, enrollment_id, touch_id, source, external_id,
        payload, occurred_at, received_at, triggered_at)
    SELECT workspace_id, CASE direction WHEN 'out' THEN 'sent' ELSE 'replied' END, contact_id, enrollment_id, touch_id,
        'engine', '', '{}', occurred_at, occurred_at, occurred_at
    FROM drumbeat_message ORDER BY id""",
    """INSERT INTO drumbeat_contactfact (workspace_id, contact_id, kind, scope, first_at, last_at, count)
    SELECT workspace_id, contact_id, kind, '', min(occurred_at), max(occurred_at), count(*)
    FROM drumbeat_event GROUP BY workspace_id, contact_id, kind""",
    """INSERT INTO drumbeat_journalentry (workspace_id, enrollment_id, at, rule, step, visit, reason, facts)
    SELECT workspace_id, id, created_at, 'enrolled', '', 0, '', '{}' FROM drumbeat_enrollment ORDER BY id""",
    """INSERT INTO drumbeat_journalentry (workspace_id, enrollment_id, at, rule, step, visit, reason, facts)
    SELECT workspace_id, enrollment_id, due_at, 'step_due', step, 1, '', '{}' FROM drumbeat_touch ORDER BY id""",
    """INSERT INTO drumbeat_journalentry (workspace_id, enrollment_id, at, rule, step, visit, reason, facts)
    SELECT workspace_id, id, updated_at, state, '', 0, reason, '{}' FROM drumbeat_enrollment
    WHERE reason <> '' ORDER BY id""",
    """INSERT INTO drumbeat_contactnote (workspace_id, contact_id, text, created_at)
    SELECT workspace_id, id, 'Met at the fair; asks again in spring.', created_at
    FROM drumbeat_contact WHERE id % 20 = 0""",
    """INSERT INTO drumbeat_auditentry (workspace_id, "by", via, act, object_kind, object_id, name, "before",
        "after", at)
    SELECT workspace_id, 'Ann', 'web', 'contact.change', 'contact', id, email, '{}', '{}', created_at
    FROM drumbeat_contact WHERE id % 20 = 0""",
)


def _what_followed(owner: Member) -> None:
    with connection.cursor() as cursor:
        for statement in _FOLLOWED:
            cursor.execute(statement)
    tasks = Touch.objects.filter(kind="task").order_by("id")
    values = tasks.values_list("id", "contact_id", "due_at", "settled_at", "sender__owner_id", named=False)
    rows = (
        (owner.workspace_id, id_, contact, member, "call", "Call them", "", due, "", due, settled)
        for id_, contact, due, settled, member in values.iterator()
    )
    columns = ("workspace_id", "touch_id", "contact_id", "assignee_id", "kind", "title", "text", "due_at")
    write_rows(Task, (*columns, "outcome", "created_at", "settled_at"), rows)


def _conversations(owner: Member) -> None:
    """One for each who ever wrote; every thirtieth waits for an answer."""
    last: dict[int, tuple[int, str, datetime]] = {}
    heard = Message.objects.filter(direction="in", contact__isnull=False).order_by("id")
    for mail in heard.only("id", "contact_id", "kind", "occurred_at"):
        last[mail.contact_id or 0] = (mail.pk, mail.kind, mail.occurred_at)
    rows = (
        (owner.workspace_id, contact, id_, kind, at, id_ % 30 == 0, id_ % 20 == 0)
        for contact, (id_, kind, at) in last.items()
    )
    names = ("workspace_id", "contact_id", "last_message_id", "kind", "last_at", "needs_answer", "unread")
    write_rows(Conversation, names, rows)
