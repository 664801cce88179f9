"""Background work in resumable chunks: who carries out a kind of job, one chunk at a turn.

A handler `chunk(job, now) -> Progress` does one bounded chunk and saves it with `store.jobs.save` in the
transaction that did the work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from drumbeat.clock import Clock
from drumbeat.core.errors import DomainError
from drumbeat.models import Job
from drumbeat.store import jobs
from drumbeat.store.jobs import JobGone, Progress

log = logging.getLogger(__name__)

Chunk = Callable[[Job, datetime], Progress]
_HANDLERS: dict[str, Chunk] = {}


def handler(kind: str) -> Callable[[Chunk], Chunk]:
    """Register the function as the one that carries out jobs of this kind."""

    def register(chunk: Chunk) -> Chunk:
        _HANDLERS[kind] = chunk
        return chunk

    return register


def run_once(now: datetime) -> bool:
    """Carry out one chunk of the job that waits longest; False when no job waits.

    A handler's fault fails that job alone; it is tried again later, a DomainError is not.
    """
    job = jobs.claim(now)
    if job is None:
        return False
    try:
        progress = _chunk_of(job)(job, now)
    except JobGone as gone:
        log.info("%s", gone)
    except DomainError as error:
        jobs.fail(job, error.message, now, for_good=True)
    except Exception as fault:  # a defect or a fault of the surroundings: one job must not stop the rest
        log.exception("job %s (%s) failed", job.pk, job.kind)
        jobs.fail(job, f"{type(fault).__name__}: {fault}", now)
    else:
        if not progress.finished:
            jobs.release(job)
    return True


def run_to_end(
    job_id: int, clock: Clock, told: Callable[[Progress], None] = lambda progress: None
) -> Progress:
    """Carry out all chunks of one job in this process and tell each; return the last.

    Raises what the handler raises, after the job has kept the fault, and DomainError `job_busy` when somebody
    else works on it.
    """
    job = jobs.claim_one(job_id, clock.now())
    if job is None:
        raise DomainError("job_busy", f"Job {job_id} has ended, or another process works on it.")
    try:
        while True:
            progress = _chunk_of(job)(job, clock.now())
            told(progress)
            if progress.finished:
                return progress
    except JobGone:
        raise DomainError("job_cancelled", f"Job {job_id} was cancelled; what was done stays done.") from None
    except KeyboardInterrupt:
        jobs.release(job)
        raise
    except Exception as fault:
        jobs.fail(job, str(fault), clock.now(), for_good=isinstance(fault, DomainError))
        raise


def _chunk_of(job: Job) -> Chunk:
    import drumbeat.engine.chores  # noqa: F401  # registers the handlers

    chunk = _HANDLERS.get(job.kind)
    if chunk is None:
        raise DomainError("job_kind_unknown", f"This release knows no jobs of kind {job.kind}.")
    return chunk
