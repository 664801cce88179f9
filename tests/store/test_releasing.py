"""What a pause or an emergency stop withheld goes back to the queue in chunks: no transaction is long."""

import pytest
from django.db import transaction

from drumbeat.engine import chores
from drumbeat.engine import jobs as engine_jobs
from drumbeat.models import Enrollment, Job, Touch
from drumbeat.store import jobs, stops
from tests.support import outreach
from tests.support.office import NOW

pytestmark = pytest.mark.django_db
WITHHELD = 5


@pytest.fixture
def ours(monkeypatch):
    """A sequence that was paused with five touches withheld, and chunks of two."""
    monkeypatch.setattr(stops, "RELEASE_CHUNK", 2)
    ours = outreach.an_outreach(address="kim0@example.com")
    Touch.objects.filter(pk=ours.planned.pk).update(vetoed_at=NOW)
    for n in range(1, WITHHELD):
        contact = outreach.a_contact(ours.workspace, f"kim{n}@example.com")
        enrollment = outreach.an_enrollment(ours.sequence, contact)
        outreach.a_touch(enrollment, ours.sender, "hello", vetoed_at=NOW, handed_at=None, settled_at=None)
    return ours


def withheld():
    return Touch.objects.filter(vetoed_at__isnull=False).count()


def work():
    assert jobs.RELEASE in engine_jobs._HANDLERS, chores
    while engine_jobs.run_once(NOW):
        pass


def test_resuming_releases_a_chunk_at_once_and_a_job_the_rest(ours):
    before = withheld()
    with transaction.atomic():
        stops.resume_sequence(ours.sequence.pk, NOW)
    assert withheld() == before - 2
    assert Job.objects.get().kind == jobs.RELEASE
    work()
    assert withheld() == 0
    assert Job.objects.get().state == jobs.DONE


def test_lifting_an_emergency_stop_does_the_same(ours):
    with transaction.atomic():
        stops.lift_emergency_stop(ours.workspace.pk, NOW)
    work()
    assert withheld() == 0


def test_little_is_released_without_a_job(ours):
    Touch.objects.exclude(pk=ours.planned.pk).update(vetoed_at=None)
    with transaction.atomic():
        stops.resume_sequence(ours.sequence.pk, NOW)
    assert withheld() == 0
    assert not Job.objects.exists()


def test_what_an_unheard_stop_withholds_stays_withheld(ours):
    Enrollment.objects.filter(pk=ours.enrollment.pk).update(woken_at=NOW, next_step_at=NOW)
    with transaction.atomic():
        stops.lift_emergency_stop(ours.workspace.pk, NOW)
    work()
    assert list(Touch.objects.filter(vetoed_at__isnull=False)) == [ours.planned]
