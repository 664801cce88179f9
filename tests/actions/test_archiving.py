"""Archiving is final: nothing is claimed or handed over from its commit on, and who had not finished finishes."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments, sequences
from drumbeat.core.errors import DomainError
from drumbeat.engine import jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, SenderProfile, Touch
from drumbeat.store import claims, outcomes
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
PEOPLE = 3


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def sender(owner):
    return a_mailbox(owner)


@pytest.fixture
def sequence(owner, sender):
    """Three mails are due."""
    made = an_active_sequence(owner)
    enrollments.enroll(owner, made.pk, leads(owner, PEOPLE), NOW)
    Planner().plan_once(NOW)
    return made


def claim(sender):
    SenderProfile.objects.update(lease_token="", lease_until=None)
    claims.lease_senders("worker", 9, LATER)
    return claims.claim(sender.pk, "worker", "token", 10, LATER, LATER).touches


def test_nothing_is_claimed_afterwards(owner, sender, sequence):
    sequences.archive(owner, sequence.pk, NOW)
    assert claim(sender) == []
    assert not Touch.objects.filter(handed_at__isnull=False).exists()


def test_what_was_claimed_before_is_not_handed_over(owner, sender, sequence):
    claimed = claim(sender)
    assert len(claimed) == PEOPLE
    sequences.archive(owner, sequence.pk, LATER)
    assert outcomes.wave([], claimed, LATER) == []
    assert not Touch.objects.filter(handed_at__isnull=False).exists()


def test_a_job_finishes_everybody_in_chunks(owner, sequence, monkeypatch):
    monkeypatch.setattr("drumbeat.engine.chores.CHUNK", 2)
    sequences.archive(owner, sequence.pk, NOW)
    while jobs.run_once(NOW):
        pass
    assert set(Enrollment.objects.values_list("state", "reason")) == {("finished", "sequence_archived")}
    assert set(Touch.objects.values_list("status", flat=True)) == {"cancelled"}


def test_it_is_final_and_can_be_cloned(owner, sequence):
    sequences.archive(owner, sequence.pk, NOW)
    for verb in (sequences.activate, sequences.pause, sequences.resume, sequences.archive, sequences.publish):
        with pytest.raises(DomainError, match="Clone it"):
            verb(owner, sequence.pk, NOW)
    answer = enrollments.enroll(owner, sequence.pk, leads(owner, 0), NOW)
    assert answer.counts() == {}
    assert sequences.clone(owner, sequence.pk, NOW).status == "draft"
