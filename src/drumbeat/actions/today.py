"""Today: the day in quarter hours, the problems that last, what goes out next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from drumbeat.actions import access
from drumbeat.actions.enrollments import standing
from drumbeat.actions.enrollments.explaining import words
from drumbeat.actions.senders import listing as sender_list
from drumbeat.core.flow import channel_of
from drumbeat.core.window import OpenHours, closes_at, next_open
from drumbeat.models import Contact, Enrollment, Member, SenderProfile, Touch
from drumbeat.store import flows, today
from drumbeat.store.senders import UTC as UTC_ZONE
from drumbeat.store.senders import window_of, zone_named
from drumbeat.store.today import QUARTER_SECONDS, Due

SILENT_AFTER = timedelta(seconds=30)
LATE = timedelta(seconds=60)
JOBS_OF = timedelta(days=2)
NEXT = 12
MOST_SEQUENCES = 40
MOST_SPANS = 8
_CALLS = frozenset({"voice"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """A quarter hour: messages and calls that left, and those that are planned."""

    at: datetime
    sent: int
    sent_calls: int
    planned: int
    planned_calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A day. `room`: how many more the caps let out, None without caps; `later`: planned ones beyond it.

    `spans`: when the default sender's window is open.
    """

    start: datetime
    end: datetime
    quarters: Sequence[Quarter]
    sent: int
    planned: int
    later: int
    cap: int | None
    used: int
    spans: Sequence[tuple[datetime, datetime]]


def beat(member: Member, zone_name: str, now: datetime) -> Beat:
    """Draw the day of `now` in the reader's zone: what left, and what is due before it ends."""
    zone = zone_named(zone_name) or zone_named(member.workspace.time_zone) or UTC_ZONE
    start, end = sender_list.day_of(zone, now)
    senders = list(sender_list.counted(member).order_by("id"))
    sent = today.sent_by_quarter(member.workspace_id, start, end, access.only_owner(member))
    planned = _planned(member, senders, now, end)
    cap, used = _budget(senders, now)
    kept, later = _within(planned, None if cap is None else max(0, cap - used))
    return Beat(
        start=start,
        end=end,
        quarters=list(_quarters(sent, kept)),
        sent=sum(sent.values()),
        planned=sum(kept.values()),
        later=later,
        cap=cap,
        used=used,
        spans=_spans(member, senders, zone, start, end),
    )


def _planned(
    member: Member, senders: Sequence[SenderProfile], now: datetime, end: datetime
) -> Counter[tuple[int, str]]:
    """Count what is to leave before `end`; what is late leaves now."""
    planned: Counter[tuple[int, str]] = Counter()
    current = int(now.timestamp()) // QUARTER_SECONDS
    whose = access.only_owner(member)
    waiting = today.waiting_by_quarter([sender.pk for sender in senders if sender.enabled], end, whose)
    for (quarter, kind), count in waiting.items():
        planned[max(quarter, current), kind] += count
    sequences = today.active_sequences(member.workspace_id)
    for due, channel in _sending(today.due_by_quarter(sequences, end, whose)):
        planned[max(due.quarter, current), channel] += due.count
    return planned


def _sending(rows: Sequence[Due]) -> Iterator[tuple[Due, str]]:
    loaded = flows.load_flows({due.version_id for due in rows}, {})
    for due in rows:
        step = loaded[due.version_id].flow.steps.get(due.step or "") if due.version_id in loaded else None
        channel = channel_of(step) if step is not None else None
        if channel is not None:
            yield due, channel.value


def _budget(senders: Sequence[SenderProfile], now: datetime) -> tuple[int | None, int]:
    """Return the caps of all enabled senders together, None when one has none, and what is used of them."""
    enabled = [sender for sender in senders if sender.enabled]
    days = sender_list.days_of(enabled, now)
    caps = [sender.cap_per_day for sender in enabled]
    used = sum(days[sender.pk].used if sender.cap_per_day else days[sender.pk].sent for sender in enabled)
    known = [cap for cap in caps if cap is not None]
    return (sum(known) if known and len(known) == len(caps) else None), used


def _within(planned: Mapping[tuple[int, str], int], room: int | None) -> tuple[Counter[tuple[int, str]], int]:
    """Keep what the caps let out today, the earliest first; return the rest as a number."""
    kept: Counter[tuple[int, str]] = Counter()
    left = room
    for key in sorted(planned):
        taken = planned[key] if left is None else min(planned[key], left)
        kept[key] = taken
        left = None if left is None else left - taken
    return kept, sum(planned.values()) - sum(kept.values())


def _quarters(
    sent: Mapping[tuple[int, str], int], planned: Mapping[tuple[int, str], int]
) -> Iterator[Quarter]:
    for quarter in sorted({quarter for quarter, _ in (*sent, *planned)}):
        yield Quarter(
            at=datetime.fromtimestamp(quarter * QUARTER_SECONDS, UTC),
            sent=_of(sent, quarter, calls=False),
            sent_calls=_of(sent, quarter, calls=True),
            planned=_of(planned, quarter, calls=False),
            planned_calls=_of(planned, quarter, calls=True),
        )


def _of(counts: Mapping[tuple[int, str], int], quarter: int, *, calls: bool) -> int:
    return sum(count for (at, kind), count in counts.items() if at == quarter and (kind in _CALLS) is calls)


def _spans(
    member: Member, senders: Sequence[SenderProfile], zone: ZoneInfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    default = next((s for s in senders if s.pk == member.workspace.default_sender_id), None)
    window = window_of(default.window) if default is not None else None
    if default is None or window is None:
        return []
    own = zone_named(default.time_zone) or zone_named(member.workspace.time_zone) or zone
    hours = [OpenHours(window, own)]
    spans: list[tuple[datetime, datetime]] = []
    at: datetime | None = start
    while at is not None and at < end and len(spans) < MOST_SPANS:
        opens = next_open(at, hours)
        if opens is None or opens >= end:
            break
        closes = min(closes_at(opens, hours) or end, end)
        spans.append((opens, closes))
        at = closes
    return spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What lasts until somebody acts. `act` is the one thing to do about it, on `object_id` where there is one."""

    code: str
    act: str
    count: int = 0
    name: str = ""
    text: str = ""
    object_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def problems_of(member: Member, now: datetime) -> list[Problem]:
    """Return what keeps messages from leaving, what stops most first."""
    access.require(member, "enrollments.view")
    return [
        *_of_installation(member, now),
        *_of_senders(member, now),
        *_of_people(member),
        *_of_work(member, now),
    ]


def _of_installation(member: Member, now: datetime) -> Iterator[Problem]:
    workspace = member.workspace
    if workspace.stopped_at is not None:
        yield Problem(
            code="emergency_stop", act="lift_stop", name=workspace.stopped_by, since=workspace.stopped_at
        )
    seen_at = today.worker_seen_at()
    if seen_at is None or now - seen_at > SILENT_AFTER:
        yield Problem(code="worker_silent", act="open_doctor", since=seen_at)


def _of_senders(member: Member, now: datetime) -> Iterator[Problem]:
    if not access.may(member, "senders.view"):
        return
    senders = list(sender_list.rows_of(member).order_by("id"))
    if not any(sender.enabled for sender in senders):
        yield Problem(code="no_sender", act="open_senders")
    sick = [
        sender
        for sender in senders
        if sender.enabled and standing.held_by_sender(sender, now)[0] == "sender_down"
    ]
    waiting = today.waiting_for(sick) if sick else {}
    for sender in sick:
        yield Problem(
            code="sender_down",
            act="open_sender",
            count=waiting.get(sender.pk, 0),
            name=sender.address,
            text=sender.down_text or words(sender.down_reason),
            object_id=sender.pk,
            until=sender.down_until,
        )


def _of_people(member: Member) -> Iterator[Problem]:
    for row in today.stuck(member.workspace_id, access.only_owner(member)):
        act = "resolve" if row.reason == "interrupted" else "open_enrollments"
        yield Problem(
            code=f"blocked_{row.reason}",
            act=act,
            count=row.count,
            name=row.sequence,
            object_id=row.sequence_id,
        )
    for touch in today.doubtful_by_hand(access.visible_to(member, Touch)):
        contact: Contact | None = touch.contact
        yield Problem(
            code="answer_in_doubt",
            act="open_conversation",
            count=1,
            name=f"{contact.first_name} {contact.last_name}".strip() if contact else "",
            object_id=touch.contact_id,
        )


def _of_work(member: Member, now: datetime) -> Iterator[Problem]:
    mail = today.unread_mail(now - LATE)
    for code in ("poison", "behind"):
        if mail[code]:
            yield Problem(code=f"inbound_{code}", act="open_doctor", count=mail[code])
    for job in today.failed_jobs(member.workspace_id, now - JOBS_OF):
        yield Problem(
            code="job_failed",
            act="open_doctor",
            name=job.kind,
            text=job.fault.partition("\n")[0],
            object_id=job.pk,
        )


def in_review(member: Member) -> int:
    """Count who waits for review, of those whom the member may see in the room of reviews."""
    if not access.may(member, "reviews.view"):
        return 0
    return today.in_review(member.workspace_id, access.only_owner(member))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What leaves next: a touch that is written, or an enrollment whose step falls due."""

    at: datetime
    contact: Contact | None
    enrollment: Enrollment | None
    touch: Touch | None
    step: str
    version_id: int | None
    hold: str


def coming_of(member: Member, now: datetime) -> list[Coming]:
    """Return what goes out next, the earliest first."""
    access.require(member, "enrollments.view")
    senders = [sender for sender in sender_list.counted(member).order_by("id") if sender.enabled]
    touches = today.leaving(access.visible_to(member, Touch), [sender.pk for sender in senders])
    sequences = today.active_sequences(member.workspace_id)[:MOST_SEQUENCES]
    rows = today.soonest(
        access.visible_to(member, Enrollment), sequences, ("contact", "sequence", "workspace")
    )
    found = [*(_of_touch(touch, now) for touch in touches), *(_of_row(row, now) for row in rows)]
    return sorted(found, key=lambda one: one.at)[:NEXT]


def _of_touch(touch: Touch, now: datetime) -> Coming:
    coming = standing.of_touch(touch, now)
    enrollment = touch.enrollment
    return Coming(
        at=coming.at or max(touch.not_before, now),
        contact=touch.contact,
        enrollment=enrollment,
        touch=touch,
        step=touch.step,
        version_id=enrollment.version_id if enrollment else None,
        hold=coming.hold,
    )


def _of_row(row: Enrollment, now: datetime) -> Coming:
    assert row.next_step_at is not None
    return Coming(
        at=max(row.next_step_at, now),
        contact=row.contact,
        enrollment=row,
        touch=None,
        step=row.step or "",
        version_id=row.version_id,
        hold=standing.held_above(row),
    )


def mine_or_nobodys(member: Member) -> Q:
    """Return which tasks a person looks at in the morning."""
    return Q(assignee_id=member.pk) | Q(assignee=None)
