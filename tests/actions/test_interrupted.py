"""A person says what became of messages in doubt: of one, of many, of all of a sequence."""

from datetime import timedelta

import pytest

from drumbeat.actions import doctor, enrollments
from drumbeat.actions.enrollments import explaining, interrupted
from drumbeat.actions.enrollments import listing as enrollment_list
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import Resolution
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Event, Role, Touch
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, another_owner, leads

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=5)
ARRIVED, SEND_AGAIN, SKIP = Resolution


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def sequence(owner):
    return an_active_sequence(owner)


@pytest.fixture
def doubtful(owner, sequence):
    """Three enrollments whose first mail is in doubt."""
    enrollments.enroll(owner, sequence.pk, leads(owner, 3), NOW)
    Planner().plan_once(NOW)
    Touch.objects.update(status="interrupted", handed_at=NOW)
    Enrollment.objects.update(next_step_at=NOW)
    Planner().plan_once(NOW)
    return list(Enrollment.objects.order_by("id").values_list("id", flat=True))


@pytest.mark.parametrize(
    ("resolution", "state", "status"),
    [
        pytest.param(ARRIVED, "active", "sent", id="it arrived: the next step waits for its time"),
        pytest.param(SEND_AGAIN, "awaiting", "planned", id="send again: it is out once more"),
        pytest.param(SKIP, "active", "skipped", id="skip: the next step waits for its time"),
    ],
)
def test_the_answer_shows_the_new_state(owner, doubtful, resolution, state, status):
    (answer,) = interrupted.resolve(owner, doubtful[:1], resolution, LATER)
    assert (answer.done, answer.state, answer.reason, answer.steps) == (True, state, "", ["hello"])
    assert Touch.objects.get(enrollment_id=doubtful[0]).status == status
    assert Touch.objects.filter(status="interrupted").count() == 2


def test_each_of_many_gets_its_own_answer_in_the_order_asked(owner, doubtful):
    one, two, three = doubtful
    interrupted.resolve(owner, [two], ARRIVED, LATER)
    answers = interrupted.resolve(owner, [three, 999_999, two, one, one], SKIP, LATER)
    assert [(a.id, a.code) for a in answers] == [
        (three, ""),
        (999_999, "not_found"),
        (two, "not_in_doubt"),
        (one, ""),
    ]


def test_all_of_a_sequence_in_chunks(owner, sequence, doubtful, monkeypatch):
    monkeypatch.setattr(interrupted, "CHUNK", 2)
    answers = interrupted.resolve_sequence(owner, sequence.pk, ARRIVED, LATER)
    assert [(a.id, a.done) for a in answers] == [(id_, True) for id_ in doubtful]
    assert interrupted.resolve_sequence(owner, sequence.pk, ARRIVED, LATER) == []


def test_what_is_paused_stays_paused_and_nothing_of_it_leaves(owner, doubtful):
    Enrollment.objects.filter(id=doubtful[0]).update(state="paused", reason="manual")
    (answer,) = interrupted.resolve(owner, doubtful[:1], SEND_AGAIN, LATER)
    assert (answer.done, answer.state) == (True, "paused")
    assert Touch.objects.get(enrollment_id=doubtful[0]).vetoed_at == LATER


class TestOfAFinishedEnrollment:
    @pytest.fixture
    def finished(self, doubtful):
        Enrollment.objects.filter(id=doubtful[0]).update(
            state="finished", reason="replied", next_step_at=None, woken_at=None
        )
        return doubtful[0]

    def test_nothing_is_sent_again(self, owner, finished):
        (answer,) = interrupted.resolve(owner, [finished], SEND_AGAIN, LATER)
        assert (answer.code, answer.state, answer.reason) == ("enrollment_finished", "finished", "replied")
        assert Touch.objects.get(enrollment_id=finished).status == "interrupted"

    def test_the_truth_about_its_message_can_be_said(self, owner, finished):
        (answer,) = interrupted.resolve(owner, [finished], ARRIVED, LATER)
        assert (answer.done, answer.state, answer.reason) == (True, "finished", "replied")
        assert Touch.objects.get(enrollment_id=finished).status == "sent"
        assert not Event.objects.filter(kind="sequence_finished").exists()


def test_another_workspace_s_enrollment_is_not_found(doubtful):
    (answer,) = interrupted.resolve(another_owner(), doubtful[:1], ARRIVED, LATER)
    assert answer.code == "not_found"
    assert Touch.objects.filter(status="interrupted").count() == 3


def test_who_only_looks_may_not_resolve(owner, doubtful):
    owner.role = Role.VIEWER
    with pytest.raises(DomainError, match=r"enrollments\.edit"):
        interrupted.resolve(owner, doubtful, ARRIVED, LATER)


def test_why_says_what_to_do_and_then_what_was_said(owner, doubtful):
    id_ = doubtful[0]
    before = explaining.why(owner, id_, LATER)
    assert before.state_now == "Blocked: it is not known whether the message arrived."
    assert f"drumbeat enrollment resolve {id_} arrived|send-again|skip" in before.can_do[0]
    interrupted.resolve(owner, [id_], SEND_AGAIN, LATER)
    said = [line.sentence for line in explaining.why(owner, id_, LATER).lines]
    assert said[-2:] == [
        "hello: a person has it sent again.",
        "Goes on (was blocked: it is not known whether the message arrived).",
    ]


def test_the_doctor_counts_doubts_and_says_how_to_end_them(owner, doubtful):
    (finding,) = [f for f in doctor.examine(owner, LATER) if f.code == "interrupted"]
    assert (finding.count, "enrollment resolve" in finding.fix) == (3, True)


class TestTheList:
    def test_is_newest_first_and_says_how_many_there_are(self, owner, doubtful):
        found, count = enrollment_list.find(owner, state="blocked", limit=2)
        assert ([one.id for one in found], count) == (doubtful[:0:-1], 3)
        assert found[0].label == "Blocked: it is not known whether the message arrived"

    @pytest.mark.parametrize(
        ("wanted", "count"),
        [
            pytest.param({}, 3, id="all"),
            pytest.param({"state": "blocked", "reason": "interrupted"}, 3, id="by state and reason"),
            pytest.param({"state": "active"}, 0, id="of another state"),
            pytest.param({"sequence_id": 999_999}, 0, id="of another sequence"),
        ],
    )
    def test_holds_what_fits(self, owner, doubtful, wanted, count):
        assert enrollment_list.find(owner, **wanted)[1] == count

    def test_ends_at_the_workspace(self, doubtful):
        assert enrollment_list.find(another_owner()) == ([], 0)
