"""Pause, resume, stop, approve, reject: the answer shows the state now, and what is not recalled."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments
from drumbeat.actions.enrollments import verbs
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, JournalEntry, Touch
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner, leads

pytestmark = pytest.mark.django_db

PAUSE, RESUME, STOP = (Verb(kind=kind) for kind in (VerbKind.PAUSE, VerbKind.RESUME, VerbKind.STOP))
APPROVE, REJECT = (Verb(kind=kind) for kind in (VerbKind.APPROVE, VerbKind.REJECT))
LATER = NOW + timedelta(days=2)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def running(owner):
    """An enrollment whose first mail is planned and has not left."""
    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    Planner().plan_once(NOW)
    return Enrollment.objects.get()


def ask(owner, row, verb, now=NOW):
    (answer,) = verbs.apply(owner, [row.pk], verb, now)
    return answer


def test_pausing_withholds_what_has_not_left(owner, running):
    answer = ask(owner, running, PAUSE)
    assert (answer.done, answer.state, answer.reason) == (True, "paused", "manual")
    assert Touch.objects.get().vetoed_at == NOW
    assert Enrollment.objects.get().state == "paused"


def test_resuming_lets_it_go_on_as_planned(owner, running):
    ask(owner, running, PAUSE)
    answer = ask(owner, running, RESUME, LATER)
    assert (answer.done, answer.state) == (True, "awaiting")
    touch = Touch.objects.get()
    assert (touch.vetoed_at, touch.due_at) == (None, NOW)


def test_resuming_may_move_the_dates_by_the_pause(owner):
    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    Enrollment.objects.update(due_at=NOW, next_step_at=NOW)
    row = Enrollment.objects.get()
    ask(owner, row, PAUSE)
    ask(owner, row, Verb(kind=VerbKind.RESUME, shift=True), LATER)
    assert Enrollment.objects.get().origin_at == LATER


def test_a_stop_is_final_and_says_what_is_not_sent(owner, running):
    answer = ask(owner, running, STOP)
    assert (answer.state, answer.reason) == ("finished", "manual")
    assert list(answer.not_sent) == ["hello", "follow_up"]
    assert Touch.objects.get().status == "cancelled"
    row = Enrollment.objects.get()
    assert (row.finished_by, row.finished_at, row.next_step_at) == (owner, NOW, None)


def test_what_is_on_the_wire_is_not_recalled_and_the_answer_says_so(owner, running):
    Touch.objects.update(handed_at=NOW, status="sending")
    answer = ask(owner, running, STOP)
    assert list(answer.handed_over) == ["hello"]
    assert list(answer.not_sent) == ["follow_up"]
    assert Touch.objects.get().status == "sending"


def test_one_that_would_resume_by_itself_can_be_paused_for_good(owner, running):
    Enrollment.objects.update(state="paused", reason="out_of_office", resume_at=LATER)
    answer = ask(owner, running, PAUSE)
    assert (answer.done, answer.state, answer.reason) == (True, "paused", "manual")
    assert Enrollment.objects.get().resume_at is None


def test_one_that_waits_for_review_can_be_paused_and_waits_again_when_resumed(owner):
    sequence = an_active_sequence(owner, review=True)
    enrollments.enroll(owner, sequence.pk, leads(owner, 1), NOW)
    row = Enrollment.objects.get()
    assert ask(owner, row, PAUSE).state == "paused"
    assert ask(owner, row, RESUME, LATER).state == "pending_review"


def test_review(owner):
    sequence = an_active_sequence(owner, review=True)
    enrollments.enroll(owner, sequence.pk, leads(owner, 2), NOW)
    one, two = Enrollment.objects.order_by("id")
    assert ask(owner, one, APPROVE, LATER).state in ("active", "awaiting")
    one.refresh_from_db()
    assert (one.approved_at, one.origin_at) == (LATER, LATER)
    answer = ask(owner, two, REJECT)
    assert (answer.state, answer.reason) == ("finished", "rejected")


@pytest.mark.parametrize(
    ("state", "reason", "verb", "code"),
    [
        pytest.param(
            "finished", "replied", PAUSE, "enrollment_finished", id="what is finished is not paused"
        ),
        pytest.param("finished", "replied", RESUME, "enrollment_finished", id="nor resumed"),
        pytest.param("finished", "replied", STOP, "enrollment_finished", id="nor stopped"),
        pytest.param("paused", "manual", PAUSE, "already_paused", id="paused twice"),
        pytest.param("active", "", RESUME, "not_paused", id="resumed while it runs"),
        pytest.param("awaiting", "", RESUME, "not_paused", id="resumed while a touch is out"),
        pytest.param("pending_review", "", RESUME, "review_pending", id="resumed before review"),
        pytest.param("active", "", APPROVE, "not_in_review", id="approved without review"),
        pytest.param("paused", "reply", REJECT, "not_in_review", id="rejected without review"),
        pytest.param("blocked", "interrupted", RESUME, "interrupted", id="in doubt whether it arrived"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(owner, running, state, reason, verb, code):
    finished = {"next_step_at": None, "woken_at": None} if state == "finished" else {}
    Enrollment.objects.update(state=state, reason=reason, **finished)
    journal = JournalEntry.objects.count()
    answer = ask(owner, running, verb)
    assert (answer.done, answer.code, answer.state, answer.reason) == (False, code, state, reason)
    assert JournalEntry.objects.count() == journal


def test_each_of_many_gets_its_own_answer_in_the_order_asked(owner):
    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, leads(owner, 3), NOW)
    one, two, three = Enrollment.objects.order_by("id").values_list("id", flat=True)
    Enrollment.objects.filter(id=two).update(state="paused", reason="manual")
    answers = verbs.apply(owner, [three, 999_999, two, one, one], PAUSE, NOW)
    assert [(a.id, a.code) for a in answers] == [
        (three, ""),
        (999_999, "not_found"),
        (two, "already_paused"),
        (one, ""),
    ]


def test_another_workspace_s_enrollment_is_not_found(owner, running):
    (answer,) = verbs.apply(another_owner(), [running.pk], STOP, NOW)
    assert answer.code == "not_found"
    assert Enrollment.objects.get().state == "awaiting"


def test_all_of_a_sequence_in_chunks(owner, monkeypatch):
    monkeypatch.setattr(verbs, "CHUNK", 2)
    sequence, other = an_active_sequence(owner), an_active_sequence(owner, name="Other")
    ids = leads(owner, 5)
    enrollments.enroll(owner, sequence.pk, ids, NOW)
    enrollments.enroll(owner, other.pk, ids, NOW)

    answers = verbs.apply_to_sequence(owner, sequence.pk, STOP, NOW)

    assert len(answers) == 5
    assert all(answer.done for answer in answers)
    assert Enrollment.objects.filter(sequence=other, state="active").count() == 5
    assert verbs.apply_to_sequence(owner, sequence.pk, STOP, NOW) == []
