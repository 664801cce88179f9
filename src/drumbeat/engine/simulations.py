"""Carries out simulation jobs, each in a process of its own: sending must not share its time with them.

The worker starts the process and leaves it the job's lease; a process that dies lets the lease end, and whoever
finds the job next starts another one, up to three times.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import datetime, timedelta

from drumbeat.actions.sequences import simulation_jobs
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.engine.renewal import Renewal
from drumbeat.models import Job
from drumbeat.store import jobs
from drumbeat.store.jobs import JobGone, Progress

log = logging.getLogger(__name__)

LATER = timedelta(seconds=1)
NICENESS = 10
MOST_STARTS = 3
_PROGRAM = "import django; django.setup(); from drumbeat.engine.simulations import main; main()"
_children: list[subprocess.Popen[bytes]] = []


def start(job: Job, now: datetime) -> Progress:
    """Start the process of this job, one at a time in each worker.

    Never returns: `JobGone`, since the job has left, or DomainError `simulation_failed`.
    """
    _children[:] = [child for child in _children if child.poll() is None]
    if _children:
        jobs.put_off(job, now + LATER)
        raise JobGone(f"simulation {job.pk} waits for another one")
    starts = job.cursor.get("starts", 0)
    if starts >= MOST_STARTS:
        raise DomainError("simulation_failed", "The process that simulated died three times.")
    jobs.save(job, Progress(done=0, total=job.total, cursor={"starts": starts + 1}), now)
    _children.append(spawn(job))
    raise JobGone(f"simulation {job.pk} goes on in a process of its own")


def spawn(job: Job) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", _PROGRAM, str(job.pk), job.lease_token]
    return subprocess.Popen(command, env={"DJANGO_SETTINGS_MODULE": "drumbeat.settings", **os.environ})


def carry_out(job_id: int, token: str, parent: int) -> None:
    """Do the job if its lease is still ours, as long as `parent` lives; a fault fails the job.

    The lease is renewed from a thread: many people take longer over one virtual day than a lease lasts.
    """
    job = Job.objects.filter(pk=job_id, lease_token=token, finished_at=None).first()
    if job is None:
        return
    clock = SystemClock()

    def now() -> datetime:
        if os.getppid() != parent:
            raise JobGone(f"simulation {job_id} ends with the worker that started it")
        return clock.now()

    try:
        with Renewal(lambda: os.getppid() == parent and jobs.renew(job), always=True):
            simulation_jobs.carry_out(job, now)
    except JobGone as gone:
        log.info("%s", gone)
    except DomainError as error:
        jobs.fail(job, error.message, clock.now(), for_good=True)
    except Exception as fault:
        log.exception("simulation %s failed", job_id)
        jobs.fail(job, f"{type(fault).__name__}: {fault}", clock.now(), for_good=True)


def main() -> None:
    """Be the process that `spawn` starts: job and token are its arguments."""
    os.nice(NICENESS)
    carry_out(int(sys.argv[1]), sys.argv[2], parent=os.getppid())
