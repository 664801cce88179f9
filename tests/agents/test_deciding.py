"""Deciding by a model over real HTTP: a way of the step or none, whatever anybody says."""

import re
from decimal import Decimal

import pytest

from drumbeat.agents.base import Answer, Choice, Question, Said
from drumbeat.agents.chat import Chat
from drumbeat.agents.deciding import ModelDecider
from drumbeat.agents.faults import ModelFault
from drumbeat.agents.usage import Prices
from tests.support.model import MODEL, a_model, choosing, refusing, saying

MARK = "5eed5eed"
CONTACT = {"first_name": "Kim", "company": "Acme", "stage": "lead", "email": "kim@acme.example.com"}


BUYER_OR_USER = (Choice("buyer", "Signs"), Choice("user"))


def asked(kind="ai_decide", choices=BUYER_OR_USER, **more):
    said = (Said(False, "Are you the buyer?"), Said(True, "I am Kim, I sign. Call +49 30 1234567."))
    return Question(
        **{
            "kind": kind,
            "question": "Who is it?",
            "choices": choices,
            "contact": CONTACT,
            "conversation": said,
            **more,
        }
    )


QUALIFY = asked("ai_qualify", tuple(Choice(one) for one in ("qualified", "unqualified", "unclear")))


@pytest.fixture
def model():
    with a_model(choosing("buyer")) as listening:
        yield listening


def decide(model, question=None, **more):
    return ModelDecider(Chat(model.endpoint(**more)), mark=lambda: MARK).decide(question or asked())


def test_the_way_that_the_model_takes_is_taken(model):
    answer = decide(model, prices=Prices(Decimal(1), Decimal(2)))
    assert answer == Answer(
        choice="buyer", reason="It fits.", confidence=0.9, model=MODEL, cost=Decimal("0.00012")
    )


def test_qualifying_has_a_score(model):
    model.says(choosing("qualified", score=80))
    answer = decide(model, QUALIFY)
    assert (answer.choice, answer.score) == ("qualified", 80)


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(choosing("buyer", 0.4), id="half sure is not sure"),
        pytest.param(choosing("none", 1.0), id="none of them"),
    ],
)
def test_who_is_not_sure_takes_no_way(model, said):
    model.says(said)
    answer = decide(model)
    assert (answer.choice, answer.reason) == ("", "Not sure: It fits.")


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(choosing("interested"), id="a way that nobody drew"),
        pytest.param(choosing("buyer", 7), id="a confidence beyond all"),
        pytest.param(choosing("buyer", unsubscribe=True), id="a wish besides"),
        pytest.param(saying("buyer"), id="a bare word"),
        pytest.param(saying(None, message={"refusal": "No."}), id="a refusal"),
        pytest.param(saying("{", finish="length"), id="half an answer"),
    ],
)
def test_what_is_no_answer_takes_the_fallback_with_its_reason(model, said):
    model.says(said)
    answer = decide(model, prices=Prices(Decimal(1)))
    assert (answer.choice, answer.model) == ("", MODEL)
    assert answer.reason
    assert answer.cost


@pytest.mark.parametrize("status", [401, 404, 500, 503])
def test_what_passes_is_raised_so_that_it_is_asked_again(model, status):
    model.says(refusing(status, "no", Retry_After="60"))
    with pytest.raises(ModelFault):
        decide(model)


def test_the_contact_is_told_as_data_and_never_as_instruction(model):
    decide(model)
    call = model.calls[0]
    for words in ("Who is it?", "- buyer: Signs", "- user", MARK):
        assert words in call.system
    for words in (*CONTACT.values(), "Are you the buyer?", "I sign"):
        assert words not in call.system
        assert words in call.user
    assert re.findall(rf"^(DATA|END) {MARK}", call.user, re.MULTILINE) == ["DATA", "END"] * 3


def test_a_mark_is_new_each_time(model):
    for _ in range(2):
        ModelDecider(Chat(model.endpoint())).decide(asked())
    one, two = (re.search(r"^DATA (\w{16}) ", call.user, re.MULTILINE) for call in model.calls)
    assert one and two and one[1] != two[1]


def test_without_personal_data_nobody_is_told(model):
    decide(model, personal_data=False)
    told = model.calls[0].user
    assert "stage: lead" in told
    assert "I am [left out], I sign. Call [number]." in told
    for value in ("Kim", "Acme", "1234567", "example.com"):
        assert value not in told


def test_a_way_may_be_called_none(model):
    decide(model, asked(choices=(Choice("None"), Choice("buyer"))))
    assert model.calls[0].choices == ["None", "buyer", "none_"]
