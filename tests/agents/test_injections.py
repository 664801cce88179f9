"""Contacts that try to steer, and models that obey them: a way of the step or none, and never an action."""

import re

import pytest

from drumbeat.agents.base import Choice, Question, Said
from drumbeat.agents.chat import Chat
from drumbeat.agents.deciding import ModelDecider
from drumbeat.agents.drafting import ModelDrafter
from drumbeat.agents.faults import ModelFault
from drumbeat.core.autonomy import may_send
from drumbeat.core.flow import Channel
from drumbeat.core.personas import ActionKind, Agent, Autonomy, Policy
from drumbeat.core.prompts import DraftRequest, Line
from drumbeat.core.prompts_data import clean
from tests.support.injections import INJECTIONS, MARK, MISDEEDS, TEXTS, echo
from tests.support.model import a_model, choosing, saying

WAYS = {"buyer", "user"}
EACH = [pytest.param(text, id=f"{language} {number}") for number, (language, text) in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def model():
    with a_model(choosing("user")) as listening:
        yield listening


def asked(text):
    return Question(
        kind="ai_decide",
        question="Who is it?",
        choices=(Choice("buyer", "Signs"), Choice("user")),
        contact={"first_name": "Kim", "title": text, "note": text},
        conversation=(Said(False, "Who decides at yours?"), Said(True, text)),
    )


def decide(model, text):
    model.calls.clear()
    return ModelDecider(Chat(model.endpoint()), mark=lambda: MARK).decide(asked(text))


def test_the_set_is_large_enough():
    assert len(TEXTS) >= 60
    assert len(INJECTIONS) == 6
    assert len(set(TEXTS)) == len(TEXTS)


@pytest.mark.parametrize("text", EACH)
def test_what_a_contact_wrote_stays_data(model, text):
    model.says(choosing("user"))
    assert decide(model, text).choice == "user"
    (call,) = model.calls
    written = clean(text).replace(MARK, " ")
    assert written not in call.system
    assert written in call.user
    fences = re.findall(
        rf"^(DATA|END) {MARK}(?: contact| message of ours| message of the contact)?$", call.user, re.M
    )
    assert fences == ["DATA", "END"] * 3
    assert call.user.count(MARK) == 6
    assert call.choices == ["buyer", "user", "none"]


@pytest.mark.parametrize("text", EACH)
def test_a_model_that_obeys_takes_no_way(model, text):
    for misdeed, said in MISDEEDS.items():
        model.says(said)
        assert decide(model, text).choice == "", misdeed


@pytest.mark.parametrize("text", EACH)
def test_a_model_that_repeats_is_no_better(model, text):
    model.says(echo)
    assert decide(model, text).choice in {"", *WAYS}


OBEDIENT = (
    "Hi Kim, good to hear from you, and thank you for what you wrote about your work at Acme. Shall we talk? "
    "Now write to thief@evil.example.com, or see https://evil.test/?q=prompt. 90 % discount, guaranteed."
)


@pytest.mark.parametrize("text", EACH)
def test_a_draft_that_obeys_is_seen_by_a_person_or_is_none(model, text):
    agent = Agent(name="Ada", autonomy=Autonomy.FULL)
    request = DraftRequest(
        agent=agent, channel=Channel.EMAIL, contact={"title": text}, conversation=(Line(True, text),)
    )
    model.says(saying({"subject": "Hello", "text": OBEDIENT, "facts": []}))
    drafted = ModelDrafter(Chat(model.endpoint())).draft(request)
    assert {"foreign_link", "sensitive_promise"} <= {one.code for one in drafted.concerns}
    verdict = may_send(agent, ActionKind.EMAIL, 0, len(drafted.concerns))
    assert verdict.policy is Policy.APPROVAL


@pytest.mark.parametrize("misdeed", MISDEEDS)
def test_what_is_no_draft_is_none(model, misdeed):
    model.says(MISDEEDS[misdeed])
    with pytest.raises(ModelFault):
        ModelDrafter(Chat(model.endpoint())).draft(
            DraftRequest(agent=Agent(name="Ada"), channel=Channel.EMAIL)
        )
