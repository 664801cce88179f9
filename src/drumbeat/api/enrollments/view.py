"""Enrollments as the API shows them. A page is shaped at once: its flows, touches and journals are loaded together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from drumbeat.actions.enrollments import standing
from drumbeat.actions.enrollments.listing import steps_ahead
from drumbeat.api.enrollments import schemas as out
from drumbeat.api.sequences.rhythm import Beat, beats
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.flow import Flow, Step
from drumbeat.models import Contact, Enrollment, JournalEntry, SenderProfile, Touch
from drumbeat.store import enrollment_lists, flows
from drumbeat.store.flows import LoadedFlows

NEEDED = ("contact", "sequence", "workspace", "step_sender", "chosen_sender")
DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page needs beside its rows."""

    flows: LoadedFlows
    touches: Mapping[int, Touch]
    entries: Mapping[int, JournalEntry]
    now: datetime


def load(rows: Sequence[Enrollment], now: datetime) -> Shown:
    return Shown(
        flows=flows.load_flows({row.version_id for row in rows}, {}),
        touches=enrollment_lists.touches_at_hand(rows),
        entries=enrollment_lists.last_entries([row.pk for row in rows]),
        now=now,
    )


def page(rows: Sequence[Enrollment], now: datetime) -> Iterator[out.EnrollmentOut]:
    """Shape rows that carry NEEDED."""
    shown = load(rows, now)
    return (row_of(row, shown) for row in rows)


def row_of(row: Enrollment, shown: Shown) -> out.EnrollmentOut:
    loaded = shown.flows.get(row.version_id)
    flow = loaded.flow if loaded else Flow(None, {})
    line = line_of(row.version_id, flow)
    strip = [_mark(beat, row) for beat in line]
    touch = shown.touches.get(row.pk)
    coming = standing.next_of(row, touch, shown.now)
    return out.EnrollmentOut(
        id=row.pk,
        sequence_id=row.sequence_id,
        sequence=row.sequence.name,
        contact=contact_of(row.contact),
        state=row.state,
        reason=row.reason,
        resume_at=row.resume_at,
        step=row.step,
        position=_position(strip),
        steps=len(strip),
        ahead=0 if row.state == EnrollmentState.FINISHED else len(steps_ahead(flow, row.step)),
        strip=strip,
        next=next_of(coming, flow),
        sender=sender_of(
            (touch.sender if touch and touch.kind != "task" else None) or row.step_sender or row.chosen_sender
        ),
        last=_last(shown.entries.get(row.pk), row.version_id, flow),
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


@lru_cache(maxsize=512)
def _line(version_id: int, flow_id: int) -> tuple[Beat, ...]:
    return tuple(beat for beat in beats(flows.flow_of(version_id)) if beat.drawn)


def line_of(version_id: int, flow: Flow) -> tuple[Beat, ...]:
    """Return the steps that reach people, in order. A version never changes, its flow may be read anew."""
    return _line(version_id, id(flow)) if flow.steps else ()


def _mark(beat: Beat, row: Enrollment) -> out.MarkOut:
    return out.MarkOut(
        step=beat.step.key,
        kind=beat.step.kind,
        job_type=job_type_of(beat.step),
        day=round(beat.after.total_seconds() / DAY_SECONDS, 3),
        mark=_word(beat, row),
    )


def _word(beat: Beat, row: Enrollment) -> out.Mark:
    key, finished = beat.step.key, row.state == EnrollmentState.FINISHED
    if key == row.step and not finished:
        return "blocked" if row.state == EnrollmentState.BLOCKED else "now"
    if row.visits.get(key) and not (finished and key == row.step and row.reason != "completed"):
        return "done"
    return "left_out" if finished else "ahead"


def _position(strip: Sequence[out.MarkOut]) -> int:
    """Return the number of the step at hand, else how many were done."""
    here = [number for number, one in enumerate(strip, 1) if one.mark in ("now", "blocked")]
    return here[0] if here else sum(one.mark == "done" for one in strip)


def number_of(version_id: int, flow: Flow, key: str) -> int:
    """Return the place of a step among those that reach people, from 1; 0 for any other."""
    keys = [beat.step.key for beat in line_of(version_id, flow)]
    return keys.index(key) + 1 if key in keys else 0


def job_type_of(step: Step | None) -> str:
    job_type = getattr(step, "job_type", None)
    return job_type.value if job_type is not None else ""


def next_of(coming: standing.Next | None, flow: Flow) -> out.NextActionOut | None:
    if coming is None:
        return None
    step = flow.steps.get(coming.step)
    return out.NextActionOut(
        step=coming.step,
        kind=step.kind if step else "",
        job_type=job_type_of(step),
        name=name_of(step),
        status=coming.status,
        at=coming.at,
        hold=coming.hold,
    )


def name_of(step: Step | None) -> str:
    """Return what people called the step: a task by its title, unless that is still to be merged."""
    if step is None:
        return ""
    title: str = getattr(step, "title", "")
    return title if title and "{" not in title else step.name


def _last(entry: JournalEntry | None, version_id: int, flow: Flow) -> out.LastOut | None:
    if entry is None:
        return None
    return out.LastOut(
        at=entry.at,
        rule=entry.rule,
        reason=entry.reason,
        step=entry.step,
        number=number_of(version_id, flow, entry.step),
    )


def contact_of(contact: Contact) -> out.ContactRef:
    name = f"{contact.first_name} {contact.last_name}".strip()
    return out.ContactRef(
        id=contact.pk,
        name=name or contact.email or contact.phone,
        email=contact.email,
        company=contact.company,
        time_zone=contact.time_zone,
    )


def sender_of(sender: SenderProfile | None) -> out.SenderRef | None:
    if sender is None:
        return None
    return out.SenderRef(id=sender.pk, name=sender.name, address=sender.address)
