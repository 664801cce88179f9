"""*Why?* for waits, decisions and escalations: what is waited for, until when, and what was decided."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments
from drumbeat.actions.enrollments import explaining
from drumbeat.core.advance import CHOICES
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import AiDecideStep, Arm, GoToStep, NamedBranch, SplitStep, TaskStep, WaitForStep
from drumbeat.engine.planner import Planner
from drumbeat.models import Decision, Enrollment
from drumbeat.store import decisions
from drumbeat.store.decisions import Given
from tests.support.flows import a_flow, a_line
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ASK = AiDecideStep(key="ask", question="Who?", branches=(NamedBranch(name="Buyer", next=None),))


@pytest.fixture
def owner(monkeypatch):
    monkeypatch.setattr("drumbeat.actions.sequences.checking.has_decider", lambda: True)
    member = an_owner()
    a_mailbox(member)
    return member


def begin(owner, flow):
    sequence = an_active_sequence(owner, flow)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    Planner().plan_once(NOW)
    return Enrollment.objects.get()


def why(owner, row, now=NOW):
    return explaining.why(owner, row.pk, now)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        pytest.param("replied", "a reply", id="a known event"),
        pytest.param("form_submitted", "form submitted", id="any other"),
    ],
)
def test_a_wait_says_for_what_and_until_when(owner, event, words):
    row = begin(owner, a_line(WaitForStep(key="wait", event=event)))
    answer = why(owner, row)
    assert answer.state_now == f"wait: waits for {words}, until its time is over."
    assert answer.next_at == NOW + timedelta(days=3)


def test_a_wait_that_has_not_begun_waits_for_its_time(owner):
    row = begin(owner, a_line(WaitForStep(key="wait", delay=parse_delay("2d"))))
    assert why(owner, row).state_now == "wait: waits for its time."


def test_a_decision_that_is_out_says_so_with_its_trouble(owner):
    row = begin(owner, a_line(ASK))
    assert why(owner, row).state_now.startswith("ask: waits for the model's decision;")
    assert why(owner, row).next_at == NOW + HOUR
    decisions.failed(Decision.objects.get().pk, "TimeoutError: slow", NOW)
    assert why(owner, row).state_now.endswith("It was asked once: TimeoutError: slow")


def test_a_decision_is_told_with_its_reason(owner):
    row = begin(owner, a_line(ASK))
    decisions.record(Decision.objects.get().pk, Given(answer="buyer", reason="Signs the contracts."), NOW)
    Planner().plan_once(NOW)
    assert [line.sentence for line in why(owner, row).lines] == [
        "ask: asked for a decision.",
        "ask: decided for “Buyer”. Signs the contracts.",
        "Finished: completed.",
    ]


def test_arms_and_rounds_are_told(owner):
    arms = (Arm(name="A", weight=1000, next="back"), Arm(name="A too", next="back"))
    flow = a_flow(SplitStep(key="ab", arms=arms), GoToStep(key="back", target="ab", max_rounds=1))
    lines = [line.sentence for line in why(owner, begin(owner, flow)).lines]
    drawn = lines[0]
    assert drawn in ("ab: drew the arm “A”.", "ab: drew the arm “A too”.")
    assert lines[1:4] == [
        "back: back to “ab” for another round.",
        drawn,
        "back: went on, its rounds are used up.",
    ]


def test_a_task_that_was_handed_on_is_told(owner):
    step = TaskStep(key="call", title="Call", when_not_done="escalate", give_up_after=parse_delay("1h"))
    row = begin(owner, a_line(step))
    Planner().plan_once(NOW + HOUR)
    assert why(owner, row).lines[-1].sentence == "call: nobody did the task in time, so it was handed on."


def test_every_choice_has_its_sentence():
    assert set(explaining._RULES) >= CHOICES | {"asked", "escalated"}
