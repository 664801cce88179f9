"""Job rows: enqueued, claimed, saved chunk by chunk, ended. What a kind of job does is said in `engine`.

A handler saves its progress in the transaction that did the chunk's work, so a crash repeats nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, DateTimeField, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from drumbeat.models import Job
from drumbeat.store import leases, sql

WAKE = "wake_enrollments"
FINISH_ARCHIVED = "finish_archived"
RELEASE = "release_withheld"
IMPORT = "contact_import"
SIMULATION = "simulation"
WAKE_THESE = "wake_these"
ENROLL_BY_FLOW = "enroll_by_flow"
FINISH_BY_FLOW = "finish_by_flow"
STAGE_WON = "stage_won"
TELL_COLLEAGUES = "tell_colleagues"
SETTLE_TASKS = "settle_tasks"
FIRST = (WAKE_THESE, ENROLL_BY_FLOW, FINISH_BY_FLOW, STAGE_WON, SETTLE_TASKS)
"""What a flow asked for, and what people said of tasks: small, and first, however long an import takes."""

MOST_TRIES = 5
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"


class JobGone(Exception):
    """The job was cancelled, or another process took it over: the chunk at hand must be rolled back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a job stands. `cursor` is what the next chunk starts from; `result` what people see."""

    done: int
    total: int | None = None
    cursor: Mapping[str, Any] = field(default_factory=dict)
    result: Mapping[str, Any] = field(default_factory=dict)
    finished: bool = False


def enqueue(
    kind: str,
    arguments: Mapping[str, Any],
    now: datetime,
    *,
    workspace_id: int | None = None,
    total: int | None = None,
    cursor: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
) -> int:
    """Write a job that a worker takes up after the caller's commit, and after `not_before`; return its id."""
    return Job.objects.create(
        workspace_id=workspace_id,
        kind=kind,
        arguments=dict(arguments),
        cursor=dict(cursor or {}),
        total=total,
        not_before=not_before or now,
        created_at=now,
    ).pk


def claim(now: datetime) -> Job | None:
    """Take one of those that come FIRST, else the one that waits longest; None when there is nothing to do.

    It is ours for the length of a lease.
    """
    behind = Case(When(kind__in=FIRST, then=0), default=1)
    return _claim(_open(now).order_by(behind, "not_before", "id"), now)


def claim_one(job_id: int, now: datetime) -> Job | None:
    """Take this job; None when it has ended or somebody else works on it."""
    return _claim(_open(now).filter(id=job_id), now)


def _open(now: datetime) -> QuerySet[Job]:
    free = Q(lease_until=None) | Q(lease_until__lt=_db(leases.db_now()))
    return Job.objects.filter(free, finished_at=None, not_before__lte=now)


def _db(expression: str) -> RawSQL:
    return RawSQL(expression, [], DateTimeField())


def _claim(jobs: QuerySet[Job], now: datetime) -> Job | None:
    with transaction.atomic():
        if sql.is_postgresql():
            jobs = jobs.select_for_update(skip_locked=True, no_key=True)
        job = jobs.first()
        if job is None:
            return None
        job.lease_token, job.state = secrets.token_hex(16), RUNNING
        Job.objects.filter(id=job.pk).update(
            lease_token=job.lease_token, lease_until=_db(leases.db_lease_end()), state=RUNNING
        )
        return job


def save(job: Job, progress: Progress, now: datetime) -> Progress:
    """Write `progress` and renew the lease; JobGone when the job is no longer ours."""
    values: dict[str, Any] = {
        "lease_until": _db(leases.db_lease_end()),
        "done": progress.done,
        "total": progress.total,
        "cursor": dict(progress.cursor),
        "result": dict(progress.result),
        "tries": 0,
    }
    if progress.finished:
        values |= {"state": DONE, "finished_at": now, "lease_until": None, "lease_token": ""}
    if _mine(job).update(**values) == 0:
        raise JobGone(f"job {job.pk} was cancelled or taken over")
    job.done, job.cursor, job.result, job.tries = (
        progress.done,
        dict(progress.cursor),
        dict(progress.result),
        0,
    )
    return progress


def renew(job: Job) -> bool:
    """Prolong the lease; False when the job is no longer ours."""
    return bool(_mine(job).update(lease_until=_db(leases.db_lease_end())))


def release(job: Job) -> None:
    """Let any worker take the next chunk."""
    _mine(job).update(lease_token="", lease_until=None, state=WAITING)


def put_off(job: Job, until: datetime) -> None:
    """Let any worker take it, from `until` on."""
    _mine(job).update(lease_token="", lease_until=None, state=WAITING, not_before=until)


def fail(job: Job, fault: str, now: datetime, *, for_good: bool = False) -> None:
    """Keep the fault; try again later, with growing waits, unless it failed for good or too often."""
    tries = job.tries + 1
    values: dict[str, Any] = {"fault": fault[:2000], "tries": tries, "lease_token": "", "lease_until": None}
    if for_good or tries >= MOST_TRIES:
        values |= {"state": FAILED, "finished_at": now}
    else:
        values |= {"state": WAITING, "not_before": now + timedelta(seconds=10 * 4**tries)}
    _mine(job).update(**values)


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(id=job.pk, lease_token=job.lease_token, finished_at=None)


def cancel(jobs: QuerySet[Job], now: datetime) -> int:
    """End the unfinished ones of `jobs`; a chunk at work rolls back. Returns how many were ended."""
    return jobs.filter(finished_at=None).update(
        state=CANCELLED, finished_at=now, lease_token="", lease_until=None
    )
