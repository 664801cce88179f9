"""Decisions: requested with the look, asked after its commit in a thread, stored once; crashes leave them open."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from drumbeat.actions import emergency, enrollments, sequences
from drumbeat.actions.enrollments.verbs import apply
from drumbeat.agents.base import Answer
from drumbeat.agents.scripted import Scripted
from drumbeat.core.delay import parse_delay
from drumbeat.core.document import write_document
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import AiDecideStep, AiQualifyStep, EndStep, GoToStep, NamedBranch
from drumbeat.engine.aside import MOST_STUCK, PATIENCE
from drumbeat.engine.asking import Asker
from drumbeat.engine.planner import Planner
from drumbeat.models import Decision, Enrollment, JournalEntry, Message
from drumbeat.store import decisions, leases
from drumbeat.store.decisions import Given
from tests.support.flows import a_flow
from tests.support.office import NOW, a_lead, a_mailbox, an_owner
from tests.support.processes import until

pytestmark = pytest.mark.django_db(transaction=True)

SOON, LATER = NOW + timedelta(minutes=5), NOW + timedelta(hours=2)
FLOW = a_flow(
    AiDecideStep(
        key="ask",
        question="Who is it?",
        branches=(NamedBranch(name="buyer", description="Signs", next="yes"), NamedBranch(name="user")),
        next="fallback",
    ),
    EndStep(key="yes", goal=True),
    EndStep(key="fallback"),
)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def waiting(owner, monkeypatch):
    """An enrollment that awaits a decision."""
    return an_enrollment(owner, monkeypatch)


def an_enrollment(owner, monkeypatch, flow=FLOW):
    monkeypatch.setattr("drumbeat.actions.sequences.checking.has_decider", lambda: True)
    draft = sequences.create(owner, "Ask", NOW, document=write_document(flow))
    sequence = sequences.activate(owner, draft.pk, NOW)
    lead = a_lead(owner, first_name="Kim", company="Acme")
    enrollments.enroll(owner, sequence.pk, [lead.pk], NOW)
    look(NOW)
    row = Enrollment.objects.get()
    assert (row.state, row.step) == ("awaiting", "ask")
    return row


def look(now):
    while Planner().plan_once(now):
        pass


def journal():
    return list(JournalEntry.objects.order_by("id").values_list("rule", "reason", "step"))


def asked_until_answered(asker, now):
    """Let the asker ask, wait for its threads, and let it store."""
    asker.turn(now)
    for thread in threading.enumerate():
        if thread.name.startswith("decide-"):
            thread.join(10)
    asker.turn(now)


def answering(choice, **more):
    questions = []

    def script(question):
        assert not connection.in_atomic_block
        questions.append(question)
        return Answer(choice=choice, **more)

    return Asker("w", Scripted(script)), questions


def test_the_request_is_written_with_the_look(waiting):
    row = Decision.objects.get()
    assert (row.enrollment_id, row.step, row.visit, row.decided_at) == (waiting.pk, "ask", 1, None)
    assert waiting.next_step_at == NOW + timedelta(hours=1)


def test_it_is_asked_stored_and_taken(waiting):
    Message.objects.create(
        workspace_id=waiting.workspace_id, contact_id=waiting.contact_id, channel="email", direction="in",
        text="I sign.", occurred_at=NOW,
    )  # fmt: skip
    more = {"reason": "signs", "score": 0.9, "confidence": 0.8, "model": "m-1", "cost": Decimal("0.002")}
    asker, questions = answering("buyer", **more)
    asked_until_answered(asker, SOON)
    (question,) = questions
    assert [(one.name, one.description) for one in question.choices] == [("buyer", "Signs"), ("user", "")]
    assert (question.contact["first_name"], question.contact["company"]) == ("Kim", "Acme")
    assert [(said.by_contact, said.text) for said in question.conversation] == [(True, "I sign.")]
    row = Decision.objects.get()
    assert {name: getattr(row, name) for name in more} == more
    assert (row.answer, row.fallback, row.decided_at, row.lease_token) == ("buyer", False, SOON, "")
    look(SOON)
    assert journal()[1:] == [("decided", "buyer", "ask"), ("finished", "goal", "yes")]


@pytest.mark.parametrize("answer", ["owner", "", "buyer and nothing else", "x" * 500])
def test_what_names_no_way_takes_the_fallback(waiting, answer):
    asker, _ = answering(answer)
    asked_until_answered(asker, SOON)
    assert (Decision.objects.get().answer, Decision.objects.get().fallback) == (answer[:200], True)
    look(SOON)
    assert journal()[1:] == [("decided", "else", "ask"), ("finished", "completed", "fallback")]


def test_nobody_answers_in_time(waiting):
    look(LATER)
    assert journal()[1:] == [("decided", "else", "ask"), ("finished", "completed", "fallback")]
    row = Decision.objects.get()
    assert (row.decided_at, row.fallback) == (LATER, True)
    assert not decisions.record(row.pk, Given(answer="buyer"), LATER)
    assert Decision.objects.get().answer == ""


def test_the_first_answer_counts(waiting):
    row = Decision.objects.get()
    assert decisions.record(row.pk, Given(answer="user"), SOON)
    assert not decisions.record(row.pk, Given(answer="buyer"), SOON)
    assert not decisions.record(row.pk + 1, Given(answer="buyer"), SOON)
    assert Decision.objects.get().answer == "user"


def test_who_dies_while_asking_leaves_it_to_another(waiting):
    def claimed(worker):
        with transaction.atomic():
            return decisions.claim(f"{worker}.decider", 9, SOON)

    assert len(claimed("dead")) == 1
    assert claimed("other") == []
    leases.renew("dead")
    assert claimed("other") == []
    leases.expire("dead")
    assert len(claimed("other")) == 1
    leases.release_all("other")
    assert len(claimed("third")) == 1


def test_a_fault_is_kept_and_it_is_asked_again_later(waiting):
    def broken(question):
        raise ConnectionError("no route")

    asker = Asker("w", Scripted(broken))
    asked_until_answered(asker, SOON)
    row = Decision.objects.get()
    assert (row.tries, row.fault, row.decided_at) == (1, "ConnectionError: no route", None)
    assert row.not_before > SOON
    asked_until_answered(asker, row.not_before)
    again = Decision.objects.get()
    assert again.tries == 2
    assert again.not_before - row.not_before > row.not_before - SOON
    decisions.record(row.pk, Given(answer="user"), SOON)
    decisions.failed(row.pk, "too late", SOON)
    assert Decision.objects.get().tries == 2


def test_only_so_many_are_asked_at_once(waiting):
    gate, asker = threading.Event(), None

    def slow(question):
        gate.wait(10)
        return Answer(choice="buyer")

    asker = Asker("w", Scripted(slow), at_once=1)
    assert asker.turn(SOON)
    assert not asker.turn(SOON)
    gate.set()
    asked_until_answered(asker, SOON)
    assert Decision.objects.get().answer == "buyer"


class Hanging:
    """Says nothing until it is let go."""

    def __init__(self):
        self.gate, self.asked = threading.Event(), 0

    def decide(self, question):
        self.asked += 1
        self.gate.wait(10)
        return Answer(choice="buyer")


@pytest.fixture
def hanging():
    decider = Hanging()
    yield decider
    decider.gate.set()


def test_who_says_nothing_in_time_gives_up_the_place(waiting, hanging):
    asker = Asker("w", hanging, at_once=1)
    asker.turn(SOON)
    assert not asker.turn(SOON + PATIENCE - timedelta(seconds=1))
    assert asker.turn(SOON + PATIENCE)
    row = Decision.objects.get()
    assert (row.tries, row.fault, row.lease_token) == (1, "no answer within 120 s", "")
    assert asker.turn(row.not_before)
    until(lambda: hanging.asked == 2)


def test_an_answer_that_comes_too_late_counts_while_nobody_else_gave_one(waiting, hanging):
    asker = Asker("w", hanging, at_once=1)
    asker.turn(SOON)
    asker.turn(SOON + PATIENCE)
    hanging.gate.set()
    asked_until_answered(asker, SOON + PATIENCE)
    row = Decision.objects.get()
    assert (row.answer, row.tries) == ("buyer", 1)


def test_with_many_stuck_threads_nothing_more_is_asked(waiting, hanging):
    asker, now = Asker("w", hanging), SOON
    for _ in range(MOST_STUCK + 1):
        asker.turn(now)
        asker.turn(now + PATIENCE)
        now = Decision.objects.get().not_before
    assert not asker.turn(now)
    assert Decision.objects.get().tries == MOST_STUCK
    hanging.gate.set()
    asked_until_answered(asker, now)
    assert Decision.objects.get().answer == "buyer"


WRONG: dict[str, Any] = {"choice": "buyer"}
"""What somebody else's decider may return whatever its types say."""


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        pytest.param(None, "TypeError: the decider returned NoneType", id="no answer at all"),
        pytest.param(Answer(**WRONG | {"choice": None}), "AttributeError: ", id="an answer without a choice"),
        pytest.param(Answer(**WRONG | {"score": "high"}), "TypeError: ", id="a score that is no number"),
    ],
)
def test_an_answer_that_cannot_be_stored_is_a_fault_and_holds_up_nobody(waiting, said, fault):
    asker = Asker("w", Scripted(lambda question: said))
    asked_until_answered(asker, SOON)
    row = Decision.objects.get()
    assert (row.tries, row.decided_at) == (1, None)
    assert row.fault.startswith(fault)
    asked_until_answered(asker, row.not_before)
    assert Decision.objects.get().tries == 2


def test_what_no_column_holds_is_left_away(waiting):
    told = {"reason": "half \ud83d and \0", "cost": Decimal(10**6), "score": float("nan")}
    asker, _ = answering("bu\0yer", **told)
    asked_until_answered(asker, SOON)
    row = Decision.objects.get()
    assert (row.answer, row.reason, row.cost, row.score) == ("buyer", "half ? and ", None, None)


@pytest.mark.parametrize(
    "halt",
    [
        pytest.param(lambda member, row: sequences.pause(member, row.sequence_id, NOW), id="paused sequence"),
        pytest.param(lambda member, row: emergency.stop_all(member, NOW), id="stopped workspace"),
        pytest.param(
            lambda member, row: apply(member, [row.pk], Verb(kind=VerbKind.PAUSE), NOW),
            id="paused enrollment",
        ),
    ],
)
def test_nothing_is_asked_while_it_is_halted(owner, waiting, halt):
    halt(owner, waiting)
    asker, questions = answering("buyer")
    asked_until_answered(asker, SOON)
    assert questions == []


def test_requests_of_ended_enrollments_are_dropped(owner, waiting):
    assert decisions.drop_unwanted() == 0
    apply(owner, [waiting.pk], Verb(kind=VerbKind.STOP), NOW)
    assert decisions.drop_unwanted() == 1
    assert not Decision.objects.exists()


def test_each_round_asks_anew(owner, monkeypatch):
    flow = a_flow(
        AiQualifyStep(key="ask", question="?", qualified="again", time_limit=parse_delay("1d")),
        GoToStep(key="again", target="ask", max_rounds=2),
    )
    an_enrollment(owner, monkeypatch, flow)
    asker, questions = answering("qualified")
    for _ in range(4):
        asked_until_answered(asker, SOON)
        look(SOON)
    assert len(questions) == 3
    assert list(Decision.objects.order_by("visit").values_list("visit", flat=True)) == [1, 2, 3]
    assert Enrollment.objects.get().state == "finished"


def test_who_was_woken_is_looked_at_before_a_model_is_asked(waiting):
    """What they said, an opt-out for instance, acts first."""
    asker, questions = answering("buyer")
    Enrollment.objects.update(woken_at=SOON, next_step_at=SOON)
    asked_until_answered(asker, SOON)
    assert questions == []
    look(SOON)
    asked_until_answered(asker, SOON)
    assert len(questions) == 1
