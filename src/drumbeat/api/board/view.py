"""Puts the rows of the live board together. Reads nothing: rows in, answer out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.api.board import schemas as out
from drumbeat.api.sequences.rhythm import Beat, ahead, beats
from drumbeat.core.enrollment import EnrollmentState, FinishReason, PauseReason
from drumbeat.core.flow import Flow
from drumbeat.core.spacing import why_full
from drumbeat.core.touch import HoldReason
from drumbeat.store import board
from drumbeat.store.board import NEXT, Group, Line, Person, Queued, Said, Sender, Totals, Waiting

LINES = 8
SILENT_AFTER = timedelta(seconds=30)
PREVIEW = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All rows of one reading. `flows` maps version ids to their flows."""

    totals: Totals
    senders: Mapping[int, Sender]
    lines: Sequence[Line]
    groups: Sequence[Group]
    people: Sequence[Person]
    messages: Sequence[Said]
    queued: Sequence[Queued]
    waiting: Sequence[Waiting]
    flows: Mapping[int, Flow]
    stopped_at: datetime | None
    stopped_by: str


def chosen(lines: Sequence[Line], groups: Sequence[Group]) -> list[Line]:
    """Return the LINES to show: running before paused ones, then those with the most people.

    People are counted as ever enrolled, which only grows: lines seldom change places.
    """
    enrolled: Counter[int] = Counter()
    for group in groups:
        enrolled[group.sequence_id] += group.count
    return sorted(lines, key=lambda line: (line.status != "active", -enrolled[line.id], line.id))[:LINES]


def people_per_dot(groups: Sequence[Group], sequence_id: int) -> int:
    """Return of how many people between the steps of a sequence one is shown."""
    own = [group for group in groups if group.sequence_id == sequence_id]
    return board.one_in(_unfinished(own) - _count(own, EnrollmentState.AWAITING))


def view(seen: Seen, now: datetime) -> out.BoardOut:
    rhythms = {line.id: beats(seen.flows[line.version_id]) for line in seen.lines}
    worker_seen_at = seen.totals.worker_seen_at
    return out.BoardOut(
        now=now,
        figures=_figures(seen, now),
        lines=[_line(line, rhythms[line.id], seen) for line in seen.lines],
        just_now=[_said(said, seen.flows) for said in seen.messages],
        next=_next(seen, rhythms, now),
        troubles=_troubles(seen.senders, now),
        stop=out.StopOut(at=seen.stopped_at, by=seen.stopped_by) if seen.stopped_at else None,
        worker=out.WorkerOut(
            alive=worker_seen_at is not None and now - worker_seen_at < SILENT_AFTER, seen_at=worker_seen_at
        ),
    )


def _count(groups: Sequence[Group], state: str = "", reason: str = "") -> int:
    return sum(
        group.count
        for group in groups
        if (not state or group.state == state) and (not reason or group.reason == reason)
    )


def _unfinished(groups: Sequence[Group]) -> int:
    return _count(groups) - _count(groups, EnrollmentState.FINISHED)


def _replied(groups: Sequence[Group]) -> int:
    """Count finished by a reply, and paused by one."""
    finished = _count(groups, EnrollmentState.FINISHED, FinishReason.REPLIED)
    return finished + _count(groups, EnrollmentState.PAUSED, PauseReason.REPLY)


def _figures(seen: Seen, now: datetime) -> out.FiguresOut:
    held: Counter[str] = Counter()
    paused = {line.id for line in seen.lines if line.status == "paused"}
    for row in seen.queued:
        sender = seen.senders.get(row.sender_id)
        if reason := _hold(row, sender, row.sequence_id in paused, seen.stopped_at is not None, now):
            held[reason] += row.count
    return out.FiguresOut(
        sent=seen.totals.sent,
        on_the_way=_unfinished(seen.groups),
        replied=_replied(seen.groups),
        held=[out.HeldOut(reason=reason, count=count) for reason, count in held.most_common()],
        completed=_count(seen.groups, EnrollmentState.FINISHED, FinishReason.COMPLETED),
        sent_twice=seen.totals.sent_twice,
        enrolled=_count(seen.groups),
        finished=_count(seen.groups, EnrollmentState.FINISHED),
    )


def _hold(row: Queued, sender: Sender | None, sequence_paused: bool, stopped: bool, now: datetime) -> str:
    """Return why these touches do not leave, "" for those that are about to.

    Touches of a sender that cannot send are not visited, so their reason is read from what stands above them.
    """
    if stopped:
        return HoldReason.EMERGENCY_STOP
    if sequence_paused:
        return HoldReason.SEQUENCE_PAUSED
    if sender is None or not sender.enabled or _later(sender.down_until, now):
        return HoldReason.SENDER_DOWN
    if sender.full_until is not None and sender.full_until > now:
        return row.hold_reason or why_full(sender.full_until)
    return row.hold_reason if row.is_later else ""


def _later(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment > now


def _line(line: Line, rhythm: Sequence[Beat], seen: Seen) -> out.LineOut:
    groups = [group for group in seen.groups if group.sequence_id == line.id]
    waiting: Counter[str] = Counter()
    awaiting: Counter[str] = Counter()
    for group in groups:
        waiting[group.step] += group.count
        awaiting[group.step] += group.count if group.state == EnrollmentState.AWAITING else 0
    return out.LineOut(
        sequence_id=line.id,
        name=line.name,
        status=line.status,
        enrolled=_count(groups),
        on_the_way=_unfinished(groups),
        completed=_count(groups, EnrollmentState.FINISHED, FinishReason.COMPLETED),
        replied=_replied(groups),
        steps=[_step(beat, waiting[beat.step.key], awaiting[beat.step.key]) for beat in rhythm],
        people_per_dot=people_per_dot(groups, line.id),
        people=[_person(person) for person in seen.people if person.sequence_id == line.id and person.step],
    )


def _step(beat: Beat, waiting: int, awaiting: int) -> out.StepOut:
    return out.StepOut(
        key=beat.step.key,
        kind=beat.step.kind,
        job_type=getattr(beat.step, "job_type", ""),
        name=beat.step.name,
        after_seconds=beat.after.total_seconds(),
        waits_seconds=beat.waits.total_seconds(),
        drawn=beat.drawn,
        waiting=waiting,
        awaiting=awaiting,
    )


def _person(person: Person) -> out.PersonOut:
    return out.PersonOut(
        enrollment_id=person.id,
        name=_name(person),
        step=person.step or "",
        state=person.state,
        reason=person.reason,
        origin_at=person.origin_at,
        due_at=person.due_at,
    )


def _name(row: Person | Said | Waiting) -> str:
    return " ".join(part for part in (row.first_name, row.last_name) if part) or row.email or ""


def _said(said: Said, flows: Mapping[int, Flow]) -> out.SaidOut:
    inbound = said.direction == "in"
    ended = inbound and said.state == EnrollmentState.FINISHED and said.reason == FinishReason.REPLIED
    flow = flows.get(said.version_id or 0)
    return out.SaidOut(
        id=said.id,
        at=said.at,
        direction=said.direction,
        channel=said.channel,
        word=said.kind if inbound else said.touch_status or "sent",
        reason=said.touch_reason or "",
        contact=_name(said),
        text=_preview(said.text) if inbound else said.subject,
        enrollment_id=said.enrollment_id,
        sequence_id=said.sequence_id,
        step=(said.step if inbound else said.touch_step) or "",
        share=_share(said),
        state=said.state or "",
        state_reason=said.reason or "",
        will_not_be_sent=ahead(flow, said.step) if ended and flow else 0,
    )


def _preview(text: str) -> str:
    return " ".join(text.split())[:PREVIEW]


def _share(said: Said) -> float:
    if said.origin_at is None or said.due_at is None or said.due_at <= said.origin_at:
        return 1.0
    return min(1.0, max(0.0, (said.at - said.origin_at) / (said.due_at - said.origin_at)))


def _next(seen: Seen, rhythms: Mapping[int, Sequence[Beat]], now: datetime) -> list[out.NextOut]:
    """Merge the next looks at enrollments with the touches that are written and wait."""
    running = {line.id for line in seen.lines if line.status == "active"}
    touches = [_waits(touch, seen, rhythms, now) for touch in seen.waiting]
    # Between two statements a look may have become a touch.
    planned = {touch.enrollment_id for touch in seen.waiting}
    looks = [
        _look(person, seen, rhythms)
        for person in seen.people
        if person.sequence_id in running and person.id not in planned
    ]
    return sorted((row for row in (*looks, *touches) if row is not None), key=lambda row: row.at)[:NEXT]


def _look(person: Person, seen: Seen, rhythms: Mapping[int, Sequence[Beat]]) -> out.NextOut | None:
    if person.next_step_at is None or person.state != EnrollmentState.ACTIVE or not person.step:
        return None
    number, beat = _beat(rhythms[person.sequence_id], person.step)
    return out.NextOut(
        key=f"enrollment:{person.id}",
        at=person.next_step_at,
        since=person.origin_at,
        contact=_name(person),
        sequence_id=person.sequence_id,
        step=person.step,
        kind=beat.step.kind if beat else "",
        job_type=getattr(beat.step, "job_type", "") if beat else "",
        number=number,
        sender=_sender_name(seen.senders, person.sender_id),
        waits_for="",
    )


def _waits(
    touch: Waiting, seen: Seen, rhythms: Mapping[int, Sequence[Beat]], now: datetime
) -> out.NextOut | None:
    number, beat = _beat(rhythms.get(touch.sequence_id or 0, ()), touch.step)
    sender = seen.senders[touch.sender_id]
    row = Queued(touch.sender_id, touch.sequence_id, touch.hold_reason, touch.not_before > now, 1)
    status = next((line.status for line in seen.lines if line.id == touch.sequence_id), "active")
    opens_at = max((at for at in (touch.not_before, sender.down_until, sender.full_until) if at), default=now)
    return out.NextOut(
        key=f"touch:{touch.id}",
        at=opens_at,
        since=touch.due_at,
        contact=_name(touch),
        sequence_id=touch.sequence_id,
        step=touch.step,
        kind=touch.kind,
        job_type=getattr(beat.step, "job_type", "") if beat else "",
        number=number,
        sender=sender.name,
        waits_for=_hold(row, sender, status == "paused", seen.stopped_at is not None, now),
    )


def _beat(rhythm: Sequence[Beat], key: str) -> tuple[int, Beat | None]:
    """Return a step with its number among the drawn ones, counted from 1."""
    number = 0
    for beat in rhythm:
        number += beat.drawn
        if beat.step.key == key:
            return number, beat
    return 0, None


def _sender_name(senders: Mapping[int, Sender], sender_id: int | None) -> str:
    sender = senders.get(sender_id or 0)
    return sender.name if sender else ""


def _troubles(senders: Mapping[int, Sender], now: datetime) -> list[out.SenderTroubleOut]:
    return [
        out.SenderTroubleOut(
            sender_id=sender.id,
            name=sender.name,
            reason=sender.down_reason,
            text=sender.down_text,
            until=sender.down_until,
        )
        for sender in senders.values()
        if sender.id in board.mailboxes(dict(senders)) and _later(sender.down_until, now)
    ]
