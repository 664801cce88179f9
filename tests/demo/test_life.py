"""The waves of the demo: who is enrolled next, and what happens besides."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from drumbeat.clock import SystemClock
from drumbeat.demo import life, programme, seed
from drumbeat.demo.people import person
from drumbeat.models import Contact, Enrollment, Event, SenderKind, SenderProfile, Sequence, Task, Touch
from drumbeat.store import stops

pytestmark = pytest.mark.django_db


class Never(random.Random):
    def random(self):
        return 1.0


class Always(random.Random):
    def random(self):
        return 0.0


@pytest.fixture
def now():
    return SystemClock().now()


@pytest.fixture
def owner(now):
    return seed.furnish(now, 2525)


@pytest.fixture
def trial(owner):
    return Sequence.objects.get(name=programme.TRIAL)


@pytest.fixture
def quiet(owner, trial):
    return life.Life(owner, trial, Never())


def enrolled(trial):
    return list(Enrollment.objects.filter(sequence=trial).order_by("id").values_list("contact_id", flat=True))


def finish_all(trial, now):
    Enrollment.objects.filter(sequence=trial).update(
        state="finished", reason="completed", next_step_at=None, woken_at=None, finished_at=now
    )


def test_the_first_wave_is_the_first_people_shared_among_the_mailboxes(quiet, trial, now):
    quiet.begin(now)
    people = Contact.objects.filter(id__in=enrolled(trial)).order_by("id")
    assert [each.email for each in people] == [person(index).email for index in range(life.FIRST_WAVE)]
    shares = Counter(Enrollment.objects.filter(sequence=trial).values_list("chosen_sender_id", flat=True))
    assert sorted(shares.values()) == [26, 27, 27]


def test_a_restart_fills_up_to_the_first_wave_and_no_more(quiet, trial, now):
    quiet.begin(now)
    quiet.begin(now)
    assert len(enrolled(trial)) == life.FIRST_WAVE


def test_a_round_enrolls_people_who_were_not_there_yet(quiet, trial, now):
    quiet.begin(now)
    quiet.round(now)
    assert len(set(enrolled(trial))) == life.FIRST_WAVE + life.WAVE


def test_when_all_were_there_the_longest_ago_begin_again(quiet, trial, now):
    quiet.enroll(seed.PEOPLE, now)
    first = enrolled(trial)[0]
    finish_all(trial, now)
    quiet.enroll(1, now)
    assert enrolled(trial)[-1] == first
    assert Contact.objects.count() == seed.PEOPLE


def test_who_answered_or_left_does_not_begin_again_and_new_leads_take_the_place(quiet, owner, trial, now):
    quiet.enroll(seed.PEOPLE, now)
    finish_all(trial, now)
    for kind in ("replied", "bounced", "opted_out"):
        stops.record_fact(owner.workspace_id, enrolled(trial), kind, now)
    quiet.enroll(2, now)
    assert Contact.objects.count() == seed.PEOPLE + life.NEW_LEADS
    newest = Contact.objects.filter(id__in=enrolled(trial)[-2:]).order_by("id")
    assert [each.email for each in newest] == [person(seed.PEOPLE).email, person(seed.PEOPLE + 1).email]


def test_deals_are_won_with_people_who_replied(owner, trial, now):
    eager = life.Life(owner, trial, Always(1))
    interested = Contact.objects.get(email=person(5).email)
    stops.record_fact(owner.workspace_id, [interested.pk], "replied", now)
    eager.round(now)
    assert [event.contact for event in Event.objects.filter(kind="converted")] == [interested]


def test_calls_that_waited_are_made_and_the_newest_left(quiet, owner, trial, now):
    quiet.begin(now)
    touches = [a_call(owner, each, now) for each in Enrollment.objects.filter(sequence=trial)[:4]]
    quiet.make_calls(now + timedelta(seconds=20))
    assert not Touch.objects.filter(status="completed").exists()
    quiet.make_calls(now + timedelta(seconds=40))
    assert list(Touch.objects.filter(status="completed").order_by("id")) == touches[: life.CALLS]


def a_call(owner, enrollment, now):
    touch = Touch.objects.create(
        workspace_id=owner.workspace_id,
        key=f"step:{enrollment.pk}:call:1",
        mark=f"mark{enrollment.pk}",
        kind="task",
        enrollment=enrollment,
        contact_id=enrollment.contact_id,
        sender=SenderProfile.objects.get(kind=SenderKind.TASK),
        status="scheduled",
        due_at=now,
        not_before=now,
        created_at=now,
    )
    Task.objects.create(
        workspace_id=owner.workspace_id,
        touch=touch,
        contact_id=enrollment.contact_id,
        title="Call them",
        due_at=now,
        created_at=now,
    )
    return touch
