"""Work in the background as people follow it; what a kind of job does is said where it is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from drumbeat.actions import access
from drumbeat.models import Job, Member
from drumbeat.store import jobs

RIGHTS: Mapping[str, str] = {jobs.IMPORT: "contacts.create", jobs.SIMULATION: "sequences.view"}
"""What one must be allowed to follow a kind of job; the others move enrollments."""


def find(member: Member, job_id: int) -> Job:
    """Return a job of the member's workspace; DomainError `not_found`, `not_permitted`."""
    job = access.get(member, Job, job_id, "job")
    access.require(member, RIGHTS.get(job.kind, "enrollments.view"))
    return job
