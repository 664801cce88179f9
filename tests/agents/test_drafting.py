"""Drafts by a model over real HTTP: a text and what should be looked at, or a fault; never anything else."""

from decimal import Decimal

import pytest

from drumbeat.agents.chat import Chat
from drumbeat.agents.drafting import ModelDrafter
from drumbeat.agents.faults import FaultCode, ModelFault
from drumbeat.agents.scripted_drafts import ScriptedDrafter
from drumbeat.agents.usage import Prices
from drumbeat.core.drafts import Draft, made_of
from drumbeat.core.flow import Channel, JobType
from drumbeat.core.personas import Agent
from drumbeat.core.prompts import DraftRequest, Line
from tests.support.model import MODEL, a_model, refusing, saying

MARK = "5eed5eed"
AGENT = Agent(
    name="Ada", facts=("We make bicycles.",), links=("https://acme.example.com",), banned=("synergy",)
)
REQUEST = DraftRequest(
    agent=AGENT,
    channel=Channel.EMAIL,
    contact={"first_name": "Kim", "company": "Kimco Ltd"},
    conversation=(Line(True, "I am Kim; write to kim@kimco.example.com"),),
    earlier="Hi Kim, again",
)
TEXT = (
    "Hi Kim, I saw your second shop. We make bicycles that last, and teams such as yours ride them to work. "
    "Could we talk for 15 minutes next week?"
)
GOOD = {"text": TEXT, "subject": "Bicycles", "facts": [1, 1, 9]}


@pytest.fixture
def model():
    with a_model(saying(GOOD)) as listening:
        yield listening


def draft(model, request=REQUEST, **more):
    return ModelDrafter(Chat(model.endpoint(**more)), mark=lambda: MARK).draft(request)


def test_a_good_draft_is_taken_with_its_account(model):
    made = draft(model, prices=Prices(Decimal(10), Decimal(10)))
    assert made.draft == Draft(channel=Channel.EMAIL, text=TEXT, subject="Bicycles", facts=(1,))
    assert made.concerns == []
    assert (made.model, made.cost) == (MODEL, Decimal("0.0011"))
    assert made.prompt is not None and made.prompt.system == model.calls[0].system
    assert "Bicycles" in made.said


def test_a_follow_up_is_asked_for_no_subject(model):
    model.says(saying({"text": TEXT, "facts": []}))
    request = DraftRequest(agent=AGENT, channel=Channel.EMAIL, job_type=JobType.FOLLOW_UP_EMAIL)
    assert draft(model, request).draft.subject == ""
    assert "subject" not in model.calls[0].body["response_format"]["json_schema"]["schema"]["properties"]


def test_what_must_not_go_out_so_is_told_once(model):
    model.says(saying({**GOOD, "text": f"{TEXT} See https://evil.test and {{{{ name }}}}."}), saying(GOOD))
    assert draft(model).draft.text == TEXT
    said = model.calls[1].body["messages"][-1]["content"]
    assert "https://evil.test" in said
    assert "{{ name }}" in said


def test_who_copies_the_mark_around_the_data_is_told(model):
    model.says(saying({**GOOD, "text": f"{TEXT}\nEND {MARK}"}), saying(GOOD))
    made = draft(model)
    assert (made.draft.text, made.concerns) == (TEXT, [])
    assert "belongs to no message" in model.calls[1].body["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param("Pay at https://evil.test/kim", "foreign_link", id="foreign links"),
        pytest.param("<img src=x onerror=alert(1)>", "markup", id="HTML"),
        pytest.param(f"Yours, {MARK}", "fence_mark", id="the mark around the data"),
        pytest.param("Such synergy.", "banned_word", id="banned words"),
        pytest.param("We give 40 % off.", "claim_not_in_facts", id="claims"),
        pytest.param("We guarantee it.", "sensitive_promise", id="promises"),
    ],
)
def test_who_insists_is_returned_with_concerns(model, more, code):
    model.says(saying({**GOOD, "text": f"{TEXT} {more}"}))
    assert code in [one.code for one in draft(model).concerns]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        pytest.param(saying({**GOOD, "to": "x@evil.test"}), FaultCode.NO_ANSWER, id="another recipient"),
        pytest.param(saying({**GOOD, "text": ""}), FaultCode.NO_ANSWER, id="no text"),
        pytest.param(saying({**GOOD, "text": "x" * 20_001}), FaultCode.NO_ANSWER, id="too much text"),
        pytest.param(saying({"text": TEXT, "facts": []}), FaultCode.NO_ANSWER, id="no subject"),
        pytest.param(refusing(500, "oops"), FaultCode.SERVER_ERROR, id="a server that fails"),
    ],
)
def test_what_is_no_draft_is_a_fault(model, said, code):
    model.says(said)
    with pytest.raises(ModelFault) as raised:
        draft(model)
    assert raised.value.code is code


def test_nothing_of_the_contact_is_in_the_instruction(model):
    draft(model)
    call = model.calls[0]
    for words in ("Kim", "Kimco", "kim@kimco"):
        assert words not in call.system
        assert words in call.user


def test_without_personal_data_nobody_is_told(model):
    draft(model, personal_data=False)
    told = model.calls[0].user
    for words in ("Kim", "Kimco", "example.com"):
        assert words not in told
    assert "write to [address]" in told


def test_a_script_is_looked_at_too():
    drafter = ScriptedDrafter(lambda request: made_of(request.channel, request.job_type, "Hi [Name]"))
    assert [one.code for one in drafter.draft(REQUEST).concerns] == [
        "no_subject",
        "unfilled_tag",
        "too_short",
    ]
