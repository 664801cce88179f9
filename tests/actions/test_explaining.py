"""*Why?*: the journal as sentences, what is waited for, what a person can do."""

from datetime import timedelta

import pytest

from drumbeat.actions import emergency, enrollment_verbs, enrollments, explaining, sequences
from drumbeat.core.enrollment import BlockReason, FinishReason, PauseReason
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import FailureReason, HoldReason, SkipReason
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Touch
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def row(owner):
    sequence = an_active_sequence(owner)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    Planner().plan_once(NOW)
    return Enrollment.objects.get()


def test_the_journal_reads_as_sentences(owner, row):
    enrollment_verbs.apply(owner, [row.pk], Verb(kind=VerbKind.PAUSE), NOW)
    enrollment_verbs.apply(owner, [row.pk], Verb(kind=VerbKind.STOP), NOW)
    answer = explaining.why(owner, row.pk, NOW)
    assert [line.sentence for line in answer.lines] == [
        "hello: email planned.",
        "Paused: by a person.",
        "Finished: by a person.",
    ]
    assert answer.state_now == "Finished: by a person."
    assert answer.next_at is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"state": "pending_review"}, "Waits for review.", id="review"),
        pytest.param(
            {"state": "paused", "reason": "reply"}, "Paused: the contact replied.", id="paused by a reply"
        ),
        pytest.param(
            {"state": "blocked", "reason": "error", "fault": "KeyError: x"},
            "Blocked: an error in drumbeat. KeyError: x",
            id="a defect, with what it was",
        ),
        pytest.param({"state": "active", "step": "follow_up"}, "follow_up: due now.", id="due"),
        pytest.param(
            {"state": "active", "step": "follow_up", "next_step_at": NOW + timedelta(days=3)},
            "follow_up: waits for its time.",
            id="waiting",
        ),
    ],
)
def test_where_it_stands(owner, row, values, sentence):
    Enrollment.objects.update(**values)
    answer = explaining.why(owner, row.pk, NOW)
    assert answer.state_now == sentence
    assert answer.state == values["state"]


@pytest.mark.parametrize(
    ("touch", "sentence"),
    [
        pytest.param({}, "hello: ready to go.", id="ready"),
        pytest.param(
            {"hold_reason": "window"}, "hello: held, outside the sending window.", id="held by the window"
        ),
        pytest.param({"handed_at": NOW}, "hello: handed over, the answer is awaited.", id="on the wire"),
        pytest.param(
            {"status": "scheduled", "attempts": 2}, "hello: tried 2 times, tried again.", id="deferred"
        ),
        pytest.param({"kind": "task"}, "hello: waits for a person to do the task.", id="a task"),
    ],
)
def test_what_its_touch_waits_for(owner, row, touch, sentence):
    Touch.objects.update(**touch)
    assert explaining.why(owner, row.pk, NOW).state_now == sentence


def test_what_holds_everything_is_said_first(owner, row):
    Touch.objects.update(hold_reason="window")
    sequences.pause(owner, row.sequence_id, NOW)
    assert explaining.why(owner, row.pk, NOW).state_now == "hello: held, the sequence is paused."
    emergency.stop_all(owner, NOW)
    answer = explaining.why(owner, row.pk, NOW)
    assert answer.state_now == "hello: held, the workspace is stopped."
    assert list(answer.can_do) == ["Lift it: drumbeat stop-all --lift"]


def test_every_stored_reason_has_words():
    reasons = {*PauseReason, *BlockReason, *FinishReason, *SkipReason, *FailureReason, *HoldReason}
    assert all(explaining.words(reason) and "_" not in explaining.words(reason) for reason in reasons)


def test_another_workspace_s_enrollment_is_not_explained(row):
    with pytest.raises(DomainError) as refused:
        explaining.why(another_owner(), row.pk, NOW)
    assert refused.value.code == "not_found"
