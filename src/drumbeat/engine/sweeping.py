"""What no event tells: conditions that time makes true, dates that are reached, who fits when a sequence begins.

Each is a job in pages. A page is one transaction, so a crash repeats nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.db import transaction

from drumbeat.actions.enrollments import starting
from drumbeat.core.conditions import Condition, holds
from drumbeat.core.facts import EventKind
from drumbeat.core.triggers import Becomes, Happening
from drumbeat.core.triggers.dates import days_in_question, reached_at
from drumbeat.core.triggers.listening import is_by_the_clock
from drumbeat.core.triggers.starts import Start, mark_of, waits_for_time
from drumbeat.engine.jobs import handler
from drumbeat.models import TAKES_PEOPLE, Enrollment, Job, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import conditions_seen, jobs, listeners, statistics, stop_rules, sweeps
from drumbeat.store.conditions import load_views
from drumbeat.store.jobs import Progress
from drumbeat.store.senders import UTC, zone_named


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a page: the id to go on after, None at the end, and how many contacts were met and enrolled."""

    up_to: int | None
    met: int = 0
    enrolled: int = 0


Stage = Callable[[int, datetime], Looked]
"""Looks at the page after a contact's id."""


@handler(sweeps.SWEEP)
def sweep(job: Job, now: datetime) -> Progress:
    """Look at all that time may have brought about in one sequence since the last sweep."""
    span = tuple(datetime.fromisoformat(job.arguments[name]) for name in ("since", "until"))
    return _next_page(job, lambda sequence: _swept(sequence, (span[0], span[1])), now)


@handler(sweeps.LEARN)
def learn(job: Job, now: datetime) -> Progress:
    """Note who fits the named conditions already; enroll them if that is asked, else leave them alone."""

    def stages(sequence: SequenceRow) -> list[Stage]:
        starts = listeners.rules_of(sequence).starts
        return [
            partial(
                _by_condition,
                sequence,
                start,
                start.entry.becomes,
                fires=job.arguments["enroll"],
                known_before=job.created_at,
            )
            for start in starts
            if isinstance(start.entry, Becomes) and mark_of(start.entry.becomes) in job.arguments["marks"]
        ]

    return _next_page(job, stages, now)


def _next_page(job: Job, stages_of: Callable[[SequenceRow], Sequence[Stage]], now: datetime) -> Progress:
    """Look at a page; `result` counts whom it met and enrolled, for those who follow the job."""
    stage, after = job.cursor.get("stage", 0), job.cursor.get("id", 0)
    with transaction.atomic():
        sequence = SequenceRow.objects.filter(
            id=job.arguments["sequence_id"], status__in=TAKES_PEOPLE
        ).first()
        stages = [] if sequence is None else stages_of(sequence)
        looked = stages[stage](after, now) if stage < len(stages) else Looked(None)
        stage, after = (stage + 1, 0) if looked.up_to is None else (stage, looked.up_to)
        counts = {name: job.result.get(name, 0) + getattr(looked, name) for name in ("met", "enrolled")}
        progress = Progress(
            done=job.done + looked.met,
            cursor={"stage": stage, "id": after},
            result=counts,
            finished=stage >= len(stages),
        )
        jobs.save(job, progress, now)
    statistics.follow(Enrollment, counts["enrolled"])
    return progress


def _swept(sequence: SequenceRow, span: tuple[datetime, datetime]) -> list[Stage]:
    rules = listeners.rules_of(sequence)
    stages: list[Stage] = []
    for start in rules.starts:
        if isinstance(start.entry, Happening):
            stages += _dates(sequence, start.entry, span)
        elif waits_for_time(start):
            stages.append(partial(_by_condition, sequence, start, start.entry.becomes, fires=True))
    for entry in rules.stop.any if rules.stop is not None else ():
        if isinstance(entry, Happening):
            stages += _dates(sequence, entry, span)
        elif is_by_the_clock(entry.becomes):
            stages.append(partial(_stopped_by, sequence, entry.becomes))
    return stages


def _dates(sequence: SequenceRow, entry: Happening, span: tuple[datetime, datetime]) -> list[Stage]:
    reaches = entry.event is EventKind.DATE_REACHED
    return [partial(_by_date, sequence, entry, span)] if reaches else []


def _by_condition(
    sequence: SequenceRow,
    start: Start,
    condition: Condition,
    after: int,
    now: datetime,
    *,
    fires: bool,
    known_before: datetime | None = None,
) -> Looked:
    """Look at a page. Without `fires` it is only noted whom the condition fits of those who were `known_before`.

    Who was created later has an event of their own, by which they come to fit.
    """
    place = sequence.pk, mark_of(condition)
    page = sweeps.fitting(sequence, condition, after, now)
    before = conditions_seen.between(place, after, page.up_to)
    new = [id_ for id_ in page.contact_ids if id_ not in before]
    if gone := before.difference(page.contact_ids):
        conditions_seen.forget(place, gone)
    enrolled = 0
    if fires:
        met = [
            starting.Match(sequence.pk, id_, start.place, "") for id_ in _besides(sequence, start, new, now)
        ]
        enrolled = starting.start(sequence.workspace_id, met, now)
    elif known_before is not None:
        new = sweeps.there_at(new, known_before)
    conditions_seen.remember((place, id_) for id_ in new)
    return Looked(page.up_to, len(page.contact_ids), enrolled)


def _besides(sequence: SequenceRow, start: Start, ids: Sequence[int], now: datetime) -> list[int]:
    if start.all is None or not start.all.rules or not ids:
        return list(ids)
    views = load_views(sequence.workspace_id, ids)
    return [id_ for id_ in ids if id_ in views and holds(start.all, views[id_], now)]


def _by_date(
    sequence: SequenceRow, entry: Happening, span: tuple[datetime, datetime], after: int, now: datetime
) -> Looked:
    field = entry.name.removeprefix("contact.")
    key = field.removeprefix("custom.")
    page = sweeps.dated(sequence.workspace_id, key, days_in_question(entry.days, *span), after)
    home = (
        zone_named(Workspace.objects.values_list("time_zone", flat=True).get(id=sequence.workspace_id)) or UTC
    )
    met = []
    for one in page:
        zone: ZoneInfo = zone_named(one.time_zone) or home
        if (at := reached_at(one.day, entry.days, zone, *span)) is not None:
            met.append((one, at))
    sweeps.tell_dates(sequence.workspace_id, field, entry.days, met, now)
    return Looked(page[-1].contact_id if len(page) == sweeps.PAGE else None, len(met))


def _stopped_by(sequence: SequenceRow, condition: Condition, after: int, now: datetime) -> Looked:
    page = sweeps.fitting_who_run(sequence, condition, after, now)
    stop_rules.stop(sequence.workspace_id, sequence.pk, (), page.contact_ids, now)
    return Looked(page.up_to, len(page.contact_ids))
