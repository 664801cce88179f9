"""Simulations that take longer than a request may: kept as jobs, their result with them for a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from drumbeat.actions import access
from drumbeat.actions.sequences import simulating
from drumbeat.actions.sequences.cast import Whom
from drumbeat.actions.sequences.simulating import Asked, Prepared, Simulated
from drumbeat.core.errors import DomainError
from drumbeat.core.rehearsal import Script, read_script, write_script
from drumbeat.models import Job, Member
from drumbeat.store import jobs
from drumbeat.store.jobs import Progress

AT_ONCE = 500
"""So many people are simulated while the asker waits."""
MOST_AT_A_TIME = 3
KEPT = timedelta(days=1)
SHARES = 100
"""Parts of the simulated time in which progress is told."""


def begin(member: Member, sequence_id: int, asked: Asked, now: datetime) -> Simulated | int:
    """Simulate few people at once; for many return the id of the job that will. Refuses what is wrong at once."""
    prepared = simulating.prepare(member, sequence_id, asked, now)
    if prepared.audience.count <= AT_ONCE:
        return simulating.simulate_for(member, sequence_id, asked, now)
    kept = Job.objects.filter(workspace_id=member.workspace_id, kind=jobs.SIMULATION)
    kept.filter(finished_at__lt=now - KEPT).delete()
    if kept.filter(finished_at=None).count() >= MOST_AT_A_TIME:
        raise DomainError(
            "simulation_busy", f"{MOST_AT_A_TIME} simulations are at work. Wait for one, or cancel it."
        )
    arguments = _written(member, sequence_id, asked, prepared)
    return jobs.enqueue(jobs.SIMULATION, arguments, now, workspace_id=member.workspace_id, total=SHARES)


def _written(member: Member, sequence_id: int, asked: Asked, prepared: Prepared) -> dict[str, Any]:
    """Write who takes part by id: whom the asker may see is settled, and no address is kept."""
    who = prepared.audience
    stories = tuple(
        replace(story, contact=str(id_)) for id_, told in prepared.stories.items() for story in told
    )
    return {
        **access.who_asks(member),
        "sequence_id": sequence_id,
        "version": prepared.version if prepared.version is not None else simulating.DRAFT,
        "of": who.of,
        "people": who.count if who.ids is None else None,
        "contact_ids": list(who.ids) if who.ids is not None else None,
        "days": asked.days,
        "script": write_script(replace(asked.script, stories=stories)),
    }


def find(member: Member, job_id: int) -> Job:
    """Return the job of a simulation of the workspace, with its result once it is done."""
    access.require(member, "sequences.view")
    return access.first(
        access.visible_to(member, Job).filter(kind=jobs.SIMULATION, pk=job_id), "simulation", job_id
    )


def cancel(member: Member, job_id: int, now: datetime) -> None:
    """End a simulation: whoever asked for it, and who may edit sequences. DomainError `not_permitted`."""
    job = find(member, job_id)
    if job.arguments.get("member_id") != member.pk:
        access.require(member, "sequences.edit")
    jobs.cancel(Job.objects.filter(pk=job.pk), now)


def carry_out(job: Job, clock: Callable[[], datetime]) -> None:
    """Simulate what the job asks and keep the result with it. Raises `JobGone` when it was cancelled."""
    asked = job.arguments
    member = access.who_asked(job)
    told = _Telling(job, clock)
    whom = Whom(people=asked["people"], contact_ids=asked["contact_ids"])
    script: Script = read_script(asked["script"])
    come = simulating.simulate_for(
        member,
        asked["sequence_id"],
        Asked(version=asked["version"], whom=whom, days=asked["days"], script=script),
        job.created_at,
        told,
    )
    result = replace(come, of=asked["of"]).to_json()
    jobs.save(job, Progress(done=SHARES, total=SHARES, result=result, finished=True), clock())


class _Telling:
    """Saves the job's progress, not more often than it moves: that renews the lease as well."""

    def __init__(self, job: Job, clock: Callable[[], datetime]) -> None:
        self._job, self._clock = job, clock
        self._done, self._told_at = -1, datetime.min.replace(tzinfo=job.created_at.tzinfo)

    def __call__(self, share: float) -> None:
        done, now = min(SHARES - 1, int(share * SHARES)), self._clock()
        if done > self._done and now - self._told_at >= timedelta(seconds=0.5):
            jobs.save(self._job, Progress(done=done, total=SHARES, cursor=self._job.cursor), now)
            self._done, self._told_at = done, now
