"""*Why?*: the journal as sentences, what is waited for, what a person can do."""

from datetime import timedelta

import pytest

from drumbeat.actions import emergency, enrollments, sequences
from drumbeat.actions.enrollments import explaining, verbs
from drumbeat.core.enrollment import BlockReason, FinishReason, PauseReason
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import FailureReason, HoldReason, SkipReason
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, SenderProfile, Touch
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=5)


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
    verbs.apply(owner, [row.pk], Verb(kind=VerbKind.PAUSE), NOW)
    verbs.apply(owner, [row.pk], Verb(kind=VerbKind.STOP), NOW)
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
            {"hold_reason": "window", "not_before": LATER},
            "hello: held, outside the sending window.",
            id="held by the window",
        ),
        pytest.param({"hold_reason": "sender_down"}, "hello: ready to go.", id="the sender has recovered"),
        pytest.param({"not_before": LATER}, "hello: waits for its time.", id="not yet due"),
        pytest.param(
            {"vetoed_at": NOW},
            "hello: held, something happened that the engine looks at next.",
            id="withheld by a stop",
        ),
        pytest.param({"handed_at": NOW}, "hello: handed over, the answer is awaited.", id="on the wire"),
        pytest.param(
            {"status": "scheduled", "attempts": 2, "not_before": LATER},
            "hello: tried 2 times, to be tried again.",
            id="deferred",
        ),
        pytest.param(
            {"status": "scheduled", "attempts": 1, "not_before": LATER},
            "hello: tried once, to be tried again.",
            id="deferred for the first time",
        ),
        pytest.param({"kind": "task"}, "hello: waits for a person to do the task.", id="a task"),
    ],
)
def test_what_its_touch_waits_for(owner, row, touch, sentence):
    Touch.objects.update(**touch)
    assert explaining.why(owner, row.pk, NOW).state_now == sentence


@pytest.mark.parametrize(
    ("sender", "sentence", "until"),
    [
        pytest.param(
            {"down_until": LATER},
            "hello: held, the sender is held after repeated failures.",
            LATER,
            id="sick",
        ),
        pytest.param({"full_until": LATER}, "hello: held, a cap is used up.", LATER, id="full"),
        pytest.param({"down_until": NOW}, "hello: ready to go.", None, id="well again"),
    ],
)
def test_its_sender_holds_what_is_not_visited(owner, row, sender, sentence, until):
    SenderProfile.objects.update(**sender)
    answer = explaining.why(owner, row.pk, NOW)
    assert (answer.state_now, answer.next_at) == (sentence, until)


@pytest.mark.parametrize(
    ("reason", "to_do"),
    [
        ("completed", "Enroll the contact again."),
        ("opted_out", "Nothing: whoever asked for no more mail is left alone."),
        ("bounced", "Correct the contact's address, then enroll it again."),
    ],
)
def test_what_can_be_done_after_the_end(owner, row, reason, to_do):
    Enrollment.objects.update(state="finished", reason=reason, next_step_at=None, woken_at=None)
    assert explaining.why(owner, row.pk, NOW).can_do == [to_do]


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
