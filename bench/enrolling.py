"""A segment of a million contacts enrolled by the criteria of a sequence: enrollments a second, memory, the last pages.

`python -m bench enrolling` measures it; the first and the last tenth are compared, so that what grows is seen.
"""

from __future__ import annotations

import resource
import time
from datetime import timedelta

from bench import world
from drumbeat.actions.sequences import starts
from drumbeat.clock import SystemClock
from drumbeat.engine import jobs
from drumbeat.models import Enrollment, Job, Sequence
from drumbeat.store.jobs import Progress
from tests.support import many_contacts

CONTACTS = 1_000_000
CRITERIA = {
    "rules": [many_contacts.rule("email", "is_not_empty"), many_contacts.rule("stage", "not_equals", "lost")]
}
NOW = world.START + timedelta(minutes=1)


def measure(count: int = CONTACTS) -> dict[str, float]:
    """Return enrollments a second, seconds of the last tenth of pages against the first, and megabytes at the peak."""
    owner = world.a_workspace()
    many_contacts.fill(owner, count, world.START)
    version = world.a_sequence(owner, world.a_sender(owner.workspace))
    sequence = Sequence.objects.get(id=version.sequence_id)
    sequence.auto_enroll, sequence.enroll_at_activation = True, True
    sequence.enrollment_criteria = CRITERIA
    sequence.save()
    starts.follow_status(sequence, "draft", NOW)
    seen: list[float] = []
    began = time.perf_counter()

    def told(_: Progress) -> None:
        seen.append(time.perf_counter() - began)

    jobs.run_to_end(Job.objects.latest("id").pk, SystemClock(), told)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    enrolled = Enrollment.objects.filter(sequence=sequence).count()
    assert enrolled > count / 2
    tenth = max(1, len(seen) // 10)
    first = seen[tenth - 1] / tenth
    last = (seen[-1] - seen[-1 - tenth]) / tenth if len(seen) > tenth else first
    return {
        "enrollments_per_second": enrolled / took,
        "last_to_first_tenth": last / first,
        "peak_mb": peak,
    }
