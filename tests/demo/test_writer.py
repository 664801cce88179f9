"""The model of the demo over real HTTP, asked by the client that asks any model."""

import json
import re
import socket
import urllib.error
import urllib.request

import pytest

from drumbeat.agents.base import Choice, Question
from drumbeat.agents.chat import Chat
from drumbeat.agents.deciding import ModelDecider
from drumbeat.agents.drafting import ModelDrafter
from drumbeat.agents.endpoint import Endpoint
from drumbeat.core.draft_checks import Severity
from drumbeat.core.flow import Channel, Hints, JobType
from drumbeat.core.personas import Agent, Tone
from drumbeat.core.prompts import DraftRequest, Line
from drumbeat.demo import writer
from drumbeat.demo.equipment import BANNED, FACTS
from drumbeat.demo.listening import listening
from drumbeat.demo.people import person

HINTS = Hints(
    angle="Lists go stale",
    call_to_action="Would ten minutes suit you?",
    value_proposition="It keeps them fresh",
)
AGENT = Agent(name="Scout", language="en", facts=FACTS, banned=BANNED)


@pytest.fixture(scope="module")
def endpoint():
    with listening(socket.create_server(("127.0.0.1", 0)), writer.Handler) as port:
        yield Endpoint(url=f"http://127.0.0.1:{port}/v1", model=writer.MODEL)


@pytest.fixture
def drafter(endpoint):
    return ModelDrafter(Chat(endpoint))


def asked(index=0, agent=AGENT, channel=Channel.EMAIL, **more):
    who = person(index)
    known = {"first_name": who.first_name, "company": who.company, "title": who.title}
    return DraftRequest(agent=agent, channel=channel, hints=HINTS, contact=known, **more)


def test_a_mail_is_written_from_the_profile_the_hints_and_the_facts(drafter):
    drafted = drafter.draft(asked())
    who = person(0)
    assert who.first_name in drafted.draft.text
    assert who.company in drafted.draft.text
    assert "Lists go stale." in drafted.draft.text
    assert drafted.draft.subject
    [fact] = drafted.draft.facts
    assert AGENT.facts[fact - 1] in drafted.draft.text
    assert drafted.used.tokens_in > drafted.used.tokens_out > 0


def test_the_same_request_gives_the_same_draft_whatever_fences_its_data(drafter):
    assert drafter.draft(asked(3)).draft == drafter.draft(asked(3)).draft


@pytest.mark.parametrize(
    ("tone", "opening"),
    [(Tone.FORMAL, r"Dear \w+,"), (Tone.DIRECT, r"\w+,"), (Tone.CURIOUS, r"Hi \w+,")],
)
def test_the_tone_is_heard(drafter, tone, opening):
    agent = Agent(name="Scout", language="en", facts=FACTS, tone=tone)
    assert re.match(opening, drafter.draft(asked(agent=agent)).draft.text)


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WHATSAPP, Channel.VOICE])
def test_short_forms_stay_within_their_limits(drafter, channel):
    found = [drafter.draft(asked(index, channel=channel)).concerns for index in range(12)]
    assert "too_long" not in {one.code for concerns in found for one in concerns}


def test_a_wish_for_a_shorter_one_is_heard(drafter):
    long = drafter.draft(asked())
    short = drafter.draft(asked(note="Make it short.", earlier=long.draft.text))
    assert len(short.draft.text) < len(long.draft.text)


def test_now_and_then_it_slips_so_that_the_checks_have_something_to_say(drafter):
    concerns = [drafter.draft(asked(index)).concerns for index in range(40)]
    codes = {one.code for found in concerns for one in found}
    assert {"banned_word", "claim_not_in_facts", "unfilled_tag"} <= codes
    stopped = [found for found in concerns if any(one.severity is Severity.STOP for one in found)]
    assert 2 <= len(stopped) <= 12
    assert sum(not found for found in concerns) >= 20


@pytest.mark.parametrize("channel", [Channel.EMAIL, Channel.SMS, Channel.WHATSAPP])
def test_an_answer_is_written_as_one(drafter, channel):
    for index in range(6):
        drafted = drafter.draft(
            asked(
                index,
                channel=channel,
                job_type=JobType.FOLLOW_UP_EMAIL,
                answers=True,
                conversation=(Line(by_contact=True, text="What does it cost?"),),
            )
        )
        assert re.search("come back to you|write to you|send it to you", drafted.draft.text)
        assert (drafted.draft.subject, "Lists go stale" in drafted.draft.text) == ("", False)
        assert not {"too_short", "too_long"} & {one.code for one in drafted.concerns}


def test_a_follow_up_has_no_subject(drafter):
    assert drafter.draft(asked(job_type=JobType.FOLLOW_UP_EMAIL)).draft.subject == ""


def test_without_facts_it_states_none(drafter):
    assert drafter.draft(asked(agent=Agent(name="Scout"))).draft.facts == ()


def post(endpoint, body):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with pytest.raises(urllib.error.HTTPError) as refused:
        opener.open(urllib.request.Request(f"{endpoint.url}/chat/completions", data=body), timeout=10)
    return refused.value.code, json.loads(refused.value.read())["error"]["message"]


@pytest.mark.parametrize("body", [b"nonsense", b"[]", b"{}", json.dumps({"messages": []}).encode()])
def test_what_is_no_chat_is_refused(endpoint, body):
    status, text = post(endpoint, body)
    assert status == 400
    assert "no chat" in text


def test_it_lists_its_one_model(endpoint):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{endpoint.url}/models", timeout=10) as answer:
        assert [one["id"] for one in json.load(answer)["data"]] == [writer.MODEL]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        opener.open(f"{endpoint.url}/elsewhere", timeout=10)


def test_it_decides_for_one_of_the_ways_or_none(endpoint):
    question = Question(kind="ai_decide", question="Who is it?", choices=(Choice("buyer"), Choice("user")))
    answer = ModelDecider(Chat(endpoint)).decide(question)
    assert answer.choice in {"buyer", "user", ""}
    assert answer.reason
