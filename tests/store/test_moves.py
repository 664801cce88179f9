"""Moves of locked rows: what is written once, whoever asks again."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.models import Enrollment, Event, JournalEntry
from drumbeat.store import moves
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db

STOP = Verb(kind=VerbKind.STOP)


def test_who_ended_while_the_lock_was_waited_for_is_left_alone():
    owner = an_owner()
    a_mailbox(owner)
    enrollments.enroll(owner, an_active_sequence(owner).pk, leads(owner, 2), NOW)
    first, second = Enrollment.objects.order_by("id").values_list("id", flat=True)
    moves.move([first], NOW, STOP)

    later = NOW + timedelta(hours=1)
    assert list(moves.move([first, second], later, STOP, owner.pk)) == [second]

    ended = Enrollment.objects.order_by("id").values_list("finished_at", "finished_by", "updated_at")
    assert list(ended) == [(NOW, None, NOW), (later, owner.pk, later)]
    told = Event.objects.filter(kind="sequence_finished").order_by("id")
    assert list(told.values_list("enrollment_id", flat=True)) == [first, second]
    assert JournalEntry.objects.filter(rule="finished").count() == 2
