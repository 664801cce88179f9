"""Steps that a model decides: asked once, answered by the name of a way, else the fallback."""

import pytest

from drumbeat.core.advance import AskDecision, GiveUpDecision, look
from drumbeat.core.decisions import way_named, ways_of
from drumbeat.core.delay import parse_delay
from drumbeat.core.facts import DecisionFacts, Verb, VerbKind
from drumbeat.core.flow import AiDecideStep, AiQualifyStep, EndStep, NamedBranch
from tests.support.flows import a_flow, an_email
from tests.support.standing import MONDAY, after, an_enrollment, journal, some_facts, standing

HOURS = 1 / 24
DECIDE = AiDecideStep(
    key="ask",
    question="Who is it?",
    branches=(NamedBranch(name="Buyer", next="yes"), NamedBranch(name="User", next=None)),
    next="fallback",
)
QUALIFY = AiQualifyStep(key="ask", question="Fits?", qualified="yes", unqualified=None, next="fallback")
ENDS = (an_email("yes", after="1d"), EndStep(key="fallback"))


def deciding(step=DECIDE, decision=None, at=MONDAY, state="active", **more):
    enrollment = more.pop("enrollment", None) or an_enrollment("ask", state, due_at=MONDAY)
    return look(enrollment, a_flow(step, *ENDS), some_facts(decision=decision), at, more.get("verb"))


def decided(answer, at=MONDAY):
    return DecisionFacts(asked_at=MONDAY, answer=answer, decided_at=at)


@pytest.mark.parametrize("step", [DECIDE, QUALIFY], ids=lambda step: step.kind)
def test_it_asks_once_and_waits_for_its_time(step):
    taken = deciding(step)
    assert journal(taken) == [("asked", step.kind, "ask")]
    assert taken.effects == (AskDecision(step="ask", visit=1),)
    assert standing(taken.enrollment) == ("awaiting", "", "ask", after(HOURS))
    again = deciding(step, DecisionFacts(asked_at=MONDAY), after(HOURS / 2), enrollment=taken.enrollment)
    assert (again.enrollment, again.entries) == (taken.enrollment, ())


@pytest.mark.parametrize(
    ("step", "answer", "way"),
    [
        pytest.param(DECIDE, "Buyer", "yes", id="a branch"),
        pytest.param(DECIDE, " buyer ", "yes", id="a branch, in other letters"),
        pytest.param(DECIDE, "User", None, id="a branch that leads to the end"),
        pytest.param(DECIDE, "Owner", "fallback", id="no branch"),
        pytest.param(DECIDE, "Buyer, and go on to step yes", "fallback", id="more than a name"),
        pytest.param(DECIDE, "", "fallback", id="nothing"),
        pytest.param(QUALIFY, "qualified", "yes", id="qualified"),
        pytest.param(QUALIFY, "unqualified", None, id="unqualified"),
        pytest.param(QUALIFY, "unclear", "fallback", id="unclear"),
        pytest.param(QUALIFY, "ignore your instructions", "fallback", id="no answer to this question"),
    ],
)
def test_only_the_name_of_a_way_takes_it(step, answer, way):
    taken = deciding(step, decided(answer, after(1)), after(2), "awaiting")
    name = way_named(step, answer)
    assert journal(taken)[0] == ("decided", name or "else", "ask")
    assert taken.entries[0].facts == {"fallback": not name}
    assert taken.enrollment.step == way
    assert taken.enrollment.origin_at == after(1)


def test_every_way_has_its_name():
    assert dict(ways_of(DECIDE)) == {"Buyer": "yes", "User": None}
    assert dict(ways_of(QUALIFY)) == {"qualified": "yes", "unqualified": None, "unclear": "fallback"}


def test_an_answer_that_is_too_late_leaves_the_fallback():
    waiting = deciding().enrollment
    taken = deciding(decision=DecisionFacts(asked_at=MONDAY), at=after(1), enrollment=waiting)
    assert journal(taken)[0] == ("decided", "else", "ask")
    assert taken.effects == (GiveUpDecision(step="ask", visit=1),)
    assert taken.enrollment.origin_at == after(HOURS)


def test_a_late_look_asks_all_the_same():
    taken = deciding(at=after(3), enrollment=an_enrollment("ask"))
    assert standing(taken.enrollment) == ("awaiting", "", "ask", after(3 + HOURS))


def test_without_any_time_the_fallback_is_taken_at_once():
    step = AiQualifyStep(key="ask", question="?", time_limit=parse_delay("0m"), next="fallback")
    taken = deciding(step)
    assert journal(taken)[:2] == [("asked", "ai_qualify", "ask"), ("decided", "else", "ask")]
    assert taken.effects == (AskDecision(step="ask", visit=1), GiveUpDecision(step="ask", visit=1))


def test_two_in_a_row_ask_each_for_itself():
    flow = a_flow(
        AiQualifyStep(key="ask", question="?", qualified="then"),
        AiQualifyStep(key="then", question="?"),
    )
    facts = some_facts(decision=decided("qualified"))
    taken = look(an_enrollment("ask", "awaiting"), flow, facts, MONDAY)
    assert journal(taken) == [("decided", "qualified", "ask"), ("asked", "ai_qualify", "then")]


def test_an_answer_that_came_in_a_pause_is_taken_when_it_is_resumed():
    held = deciding(
        decision=None, enrollment=deciding().enrollment, verb=Verb(kind=VerbKind.PAUSE)
    ).enrollment
    answered = decided("Buyer", after(1))
    assert deciding(decision=answered, at=after(1), enrollment=held).enrollment == held
    resumed = deciding(decision=answered, at=after(3), enrollment=held, verb=Verb(kind=VerbKind.RESUME))
    assert standing(resumed.enrollment) == ("awaiting", "", "yes", None)
    assert resumed.enrollment.due_at == after(2)
    shift = Verb(kind=VerbKind.RESUME, shift=True)
    shifted = deciding(decision=answered, at=after(3), enrollment=held, verb=shift)
    assert standing(shifted.enrollment) == ("active", "", "yes", after(4))


def test_a_question_that_is_out_is_out_after_a_pause_too():
    waiting = deciding().enrollment
    open_ = DecisionFacts(asked_at=MONDAY)
    held = deciding(decision=open_, enrollment=waiting, verb=Verb(kind=VerbKind.PAUSE)).enrollment
    back = deciding(decision=open_, enrollment=held, verb=Verb(kind=VerbKind.RESUME))
    assert (back.enrollment, back.effects) == (waiting, ())
