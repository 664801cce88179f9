"""Jobs: one worker at a time, progress with the work it did, faults that stay with their job."""

from datetime import timedelta

import pytest
from django.db import transaction

from drumbeat.core.errors import DomainError
from drumbeat.engine import chores
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import Enrollment, Job
from drumbeat.store import jobs
from drumbeat.store.jobs import JobGone, Progress
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db


class Still:
    def now(self):
        return NOW


@pytest.fixture
def kinds(monkeypatch):
    """The handlers of this test alone."""
    handlers: dict[str, engine_jobs.Chunk] = {}
    monkeypatch.setattr(engine_jobs, "_HANDLERS", handlers)
    return handlers


def count_to(most):
    """Return a handler that counts one further each chunk."""

    def chunk(job, now):
        done = job.done + 1
        with transaction.atomic():
            return jobs.save(
                job, Progress(done=done, total=most, cursor={"at": done}, finished=done == most), now
            )

    return chunk


def a_job(kind="count", **arguments):
    return jobs.enqueue(kind, arguments, NOW)


def test_a_job_goes_chunk_by_chunk_to_its_end(kinds):
    kinds["count"] = count_to(3)
    job_id = a_job()
    states = []
    while engine_jobs.run_once(NOW):
        row = Job.objects.get(id=job_id)
        states.append((row.state, row.done, row.lease_until))
    assert states == [("waiting", 1, None), ("waiting", 2, None), ("done", 3, None)]
    row = Job.objects.get(id=job_id)
    assert (row.cursor, row.total, row.finished_at) == ({"at": 3}, 3, NOW)


def test_a_job_can_be_run_to_its_end_in_one_go(kinds):
    kinds["count"] = count_to(3)
    told = []
    last = engine_jobs.run_to_end(a_job(), Still(), lambda progress: told.append(progress.done))
    assert (last.done, told) == (3, [1, 2, 3])


def test_what_one_process_took_no_other_takes(kinds):
    job_id = a_job()
    assert jobs.claim(NOW) is not None
    assert jobs.claim(NOW) is None
    assert jobs.claim_one(job_id, NOW) is None
    with pytest.raises(DomainError) as refused:
        engine_jobs.run_to_end(job_id, Still())
    assert refused.value.code == "job_busy"


def test_a_lease_that_ended_is_free_again():
    a_job()
    first = jobs.claim(NOW)
    Job.objects.update(lease_until=NOW - timedelta(days=3650))
    second = jobs.claim(NOW)
    assert first is not None and second is not None
    with pytest.raises(JobGone):
        jobs.save(first, Progress(done=1), NOW)
    jobs.save(second, Progress(done=2), NOW)
    assert Job.objects.get().done == 2


def test_a_lease_is_renewed_by_who_has_it_alone():
    a_job()
    ours = jobs.claim(NOW)
    assert ours is not None
    Job.objects.update(lease_until="2000-01-01T00:00:00Z")
    assert jobs.renew(ours)
    assert jobs.claim(NOW) is None
    Job.objects.update(lease_token="another's")
    assert not jobs.renew(ours)


def test_a_job_that_is_not_due_waits():
    a_job()
    Job.objects.update(not_before=NOW + timedelta(seconds=1))
    assert jobs.claim(NOW) is None
    assert jobs.claim(NOW + timedelta(seconds=1)) is not None


def test_the_job_that_waits_longest_comes_first():
    late, early = a_job(), a_job()
    Job.objects.filter(id=late).update(not_before=NOW - timedelta(seconds=1))
    Job.objects.filter(id=early).update(not_before=NOW - timedelta(seconds=2))
    claimed = jobs.claim(NOW)
    assert claimed is not None
    assert claimed.pk == early


def test_a_cancelled_job_rolls_its_chunk_back(kinds):
    job_id = a_job()

    def cancelled_meanwhile(job, now):
        jobs.cancel(Job.objects.filter(id=job_id), NOW)
        with transaction.atomic():
            Job.objects.create(kind="side effect", not_before=NOW, created_at=NOW)
            return jobs.save(job, Progress(done=1), now)

    kinds["count"] = cancelled_meanwhile
    assert engine_jobs.run_once(NOW)
    assert Job.objects.get(id=job_id).state == "cancelled"
    assert not Job.objects.filter(kind="side effect").exists()
    assert not engine_jobs.run_once(NOW)


def test_a_fault_is_tried_again_with_growing_waits_and_then_given_up(kinds):
    def broken(job, now):
        raise ValueError("the disk went away")

    kinds["count"] = broken
    a_job()
    now, waits = NOW, []
    for _ in range(jobs.MOST_TRIES):
        assert engine_jobs.run_once(now)
        row = Job.objects.get()
        waits.append(row.not_before - now)
        now = max(now, row.not_before)
    assert (row.state, row.fault) == ("failed", "ValueError: the disk went away")
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] > timedelta(0)
    assert not engine_jobs.run_once(now)


def test_one_chunk_that_worked_makes_the_tries_count_anew(kinds):
    a_job()
    Job.objects.update(tries=4)
    kinds["count"] = count_to(2)
    engine_jobs.run_once(NOW)
    assert Job.objects.get().tries == 0


def test_what_the_user_caused_is_not_tried_again(kinds):
    def refusing(job, now):
        raise DomainError("file_gone", "The file is gone.")

    kinds["count"] = refusing
    a_job()
    engine_jobs.run_once(NOW)
    row = Job.objects.get()
    assert (row.state, row.fault) == ("failed", "The file is gone.")


def test_a_kind_that_this_release_does_not_know_fails_alone():
    a_job("of another release")
    assert engine_jobs.run_once(NOW)
    row = Job.objects.get()
    assert (row.state, "knows no jobs of kind" in row.fault) == ("failed", True)


def test_a_fault_while_somebody_watches_is_raised_and_kept(kinds):
    def broken(job, now):
        raise ValueError("the disk went away")

    kinds["count"] = broken
    job_id = a_job()
    with pytest.raises(ValueError, match="disk"):
        engine_jobs.run_to_end(job_id, Still())
    assert Job.objects.get().fault == "the disk went away"


def test_waking_in_chunks_looks_at_whom_it_describes_and_at_nobody_else(monkeypatch):
    monkeypatch.setattr(chores, "CHUNK", 2)
    owner = an_owner()
    a_mailbox(owner)
    from drumbeat.actions import enrollments

    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, leads(owner, 6), NOW)
    ids = list(Enrollment.objects.order_by("id").values_list("id", flat=True))
    Enrollment.objects.filter(id__in=ids[:5]).update(
        state="blocked", reason="sender_unavailable", next_step_at=None
    )
    Enrollment.objects.filter(id=ids[0]).update(state="finished")
    only = {"state": "blocked", "reason": "sender_unavailable", "contact__email": "not a column it may use"}
    jobs.enqueue(jobs.WAKE, {"only": only}, NOW, workspace_id=owner.workspace_id)
    while engine_jobs.run_once(NOW):
        pass
    woken = Enrollment.objects.filter(woken_at=NOW).order_by("id").values_list("id", flat=True)
    assert list(woken) == ids[1:5]
    job = Job.objects.latest("id")
    assert (job.state, job.done) == ("done", 4)
