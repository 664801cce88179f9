"""What each kind of job does in one chunk. Importing this module registers them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import tasks
from drumbeat.actions.enrollments import bulk, by_flow, moving
from drumbeat.actions.imports import chunks
from drumbeat.engine import simulations, sweeping
from drumbeat.engine.jobs import handler
from drumbeat.models import Enrollment, Job
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import jobs, moves, replanning, stages, stops
from drumbeat.store.contacts import in_ids
from drumbeat.store.jobs import Progress

__all__ = ["sweeping"]

CHUNK = 200
WAKEABLE = frozenset({"sequence_id", "state", "reason", "chosen_sender_id", "step_sender_id"})
"""Columns by which a wake may choose enrollments."""

handler(jobs.IMPORT)(chunks.chunk)
handler(bulk.KIND)(bulk.chunk)
handler(jobs.SIMULATION)(simulations.start)
handler(jobs.ENROLL_BY_FLOW)(by_flow.enroll_chunk)
handler(jobs.FINISH_BY_FLOW)(by_flow.finish_chunk)
handler(moving.KIND)(moving.chunk)
handler(jobs.SETTLE_TASKS)(tasks.take_effect)


@handler(jobs.WAKE)
def wake_enrollments(job: Job, now: datetime) -> Progress:
    """Make the planner look at the workspace's unfinished enrollments that the job's `only` describes."""
    only = {name: value for name, value in job.arguments["only"].items() if name in WAKEABLE}
    rows = Enrollment.objects.filter(workspace_id=job.workspace_id or 0, **only)
    with transaction.atomic():
        ids = _next(rows, job)
        stops.wake(Enrollment.objects.filter(id__in=ids), now)
        return jobs.save(job, _after(job, ids, CHUNK), now)


@handler(jobs.WAKE_THESE)
def wake_these(job: Job, now: datetime) -> Progress:
    """Make the planner look at these enrollments; what is held for the `contacts` named is asked about again."""
    ids = job.arguments["enrollments"]
    with transaction.atomic():
        stops.wake(Enrollment.objects.filter(id__in=in_ids(ids)), now)
        replanning.ask_again(job.arguments.get("contacts", ()), now)
        return jobs.save(job, Progress(done=len(ids), total=len(ids), finished=True), now)


@handler(jobs.STAGE_WON)
def log_conversions(job: Job, now: datetime) -> Progress:
    """Log that contacts converted whom a flow put into a won stage."""
    found = {int(id_): stage for id_, stage in job.arguments["stages"].items()}
    with transaction.atomic():
        stages.reached(job.workspace_id or 0, found, now)
        return jobs.save(job, Progress(done=len(found), total=len(found), finished=True), now)


@handler(jobs.TELL_COLLEAGUES)
def tell_colleagues(job: Job, now: datetime) -> Progress:
    """Tell the rest of a big company's people that one of them replied."""
    about = job.arguments
    with transaction.atomic():
        ids = stops.tell_colleagues(
            job.workspace_id or 0, about["companies"], about["but"], job.cursor["id"], now
        )
        return jobs.save(job, _after(job, ids, stops.COLLEAGUES_AT_ONCE), now)


@handler(jobs.FINISH_ARCHIVED)
def finish_archived(job: Job, now: datetime) -> Progress:
    """Finish the enrollments of an archived sequence: each look finds the sequence gone."""
    rows = Enrollment.objects.filter(sequence_id=job.arguments["sequence_id"])
    with transaction.atomic():
        ids = _next(rows, job)
        moves.move(ids, now)
        return jobs.save(job, _after(job, ids, CHUNK), now)


@handler(jobs.RELEASE)
def release_withheld(job: Job, now: datetime) -> Progress:
    """Give back to the queue what a pause or an emergency stop withheld."""
    sequence_id = job.arguments.get("sequence_id")
    which = Q() if sequence_id is None else Q(enrollment__sequence_id=sequence_id)
    with transaction.atomic():
        ids = stops.release_withheld(job.workspace_id or 0, which, now, after=job.cursor["id"])
        return jobs.save(job, _after(job, ids, stops.RELEASE_CHUNK), now)


def _next(rows: QuerySet[Enrollment], job: Job) -> list[int]:
    rows = rows.filter(UNFINISHED, id__gt=job.cursor.get("id", 0)).order_by("id")
    return list(rows.values_list("id", flat=True)[:CHUNK])


def _after(job: Job, ids: list[int], chunk: int) -> Progress:
    cursor = {"id": ids[-1]} if ids else job.cursor
    return Progress(done=job.done + len(ids), total=job.total, cursor=cursor, finished=len(ids) < chunk)
