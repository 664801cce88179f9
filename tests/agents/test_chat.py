"""Asking a model over real HTTP: what fits is taken, what does not is corrected once, and each fault has its words."""

import json
from decimal import Decimal
from time import monotonic
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from drumbeat.agents.chat import Chat
from drumbeat.agents.endpoint import HIDDEN
from drumbeat.agents.faults import FaultCode, ModelFault
from drumbeat.agents.usage import Prices, Usage
from drumbeat.core.prompts_data import Prompt
from drumbeat.environment import ModelOutput
from tests.support.model import (
    DRIPPING,
    HANGING,
    HUGE,
    KEY,
    MODEL,
    PAGE,
    Said,
    a_model,
    nobody,
    refusing,
    saying,
)

PROMPT = Prompt(system="You judge.", user="Here is the data.")
GOOD: dict[str, Any] = {"colour": "red", "parts": 3}


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    colour: Literal["red", "blue"]
    parts: int = Field(ge=1, le=9)


@pytest.fixture
def model():
    with a_model(saying(GOOD)) as listening:
        yield listening


def ask(model, **more):
    return Chat(model.endpoint(**more)).ask(PROMPT, Shape)


def fault_of(model, **more):
    with pytest.raises(ModelFault) as raised:
        ask(model, **more)
    return raised.value


def test_a_good_answer_is_taken_at_once(model):
    reply = ask(model, prices=Prices(Decimal("0.15"), Decimal("0.60")))
    assert (reply.value, reply.model, reply.rounds) == (Shape(**GOOD), MODEL, 1)
    assert reply.used == Usage(100, 10)
    assert reply.cost == Decimal("0.000021")
    call = model.calls[0]
    assert call.path == "/v1/chat/completions"
    assert call.headers["Authorization"] == f"Bearer {KEY}"
    assert call.body["model"] == MODEL
    assert [one["role"] for one in call.body["messages"]] == ["system", "user"]
    assert "tools" not in call.body


def test_without_a_key_none_is_sent_and_without_prices_nothing_costs(model):
    assert ask(model, key="").cost is None
    assert "Authorization" not in model.calls[0].headers


@pytest.mark.parametrize(
    ("output", "form", "told"),
    [
        pytest.param(ModelOutput.JSON_SCHEMA, "json_schema", False, id="by a schema"),
        pytest.param(ModelOutput.JSON_OBJECT, "json_object", True, id="as an object, the schema in words"),
        pytest.param(ModelOutput.PROMPT, None, True, id="in words alone"),
    ],
)
def test_the_form_is_told_as_the_server_knows_it(model, output, form, told):
    ask(model, output=output)
    call = model.calls[0]
    assert call.body.get("response_format", {}).get("type") == form
    assert ('"additionalProperties": false' in call.system) is told
    assert ('{"colour": "<one of: red, blue>", "parts": <number>}' in call.system) is told


def test_strict_servers_get_no_limits_that_they_refuse(model):
    ask(model)
    told = model.calls[0].body["response_format"]["json_schema"]
    assert told["strict"] is True
    assert told["schema"]["required"] == ["colour", "parts"]
    assert "maximum" not in str(told["schema"])


@pytest.mark.parametrize(
    "said",
    [
        pytest.param('```json\n{"colour": "red", "parts": 3}\n```', id="in a fence"),
        pytest.param('Sure, here it is: {"colour": "red", "parts": 3} Good luck.', id="among words"),
        pytest.param(
            '<think>{"colour": "blue", "parts": 1}</think>{"colour": "red", "parts": 3}', id="after thoughts"
        ),
        pytest.param('{"colour": "green"} no: {"colour": "red", "parts": 3}', id="after a wrong one"),
        pytest.param('{colour} {"colour": "red", "parts": 3}', id="after what is no JSON"),
    ],
)
def test_small_models_wrap_their_answers(model, said):
    model.says(saying(said))
    reply = ask(model)
    assert (reply.value, reply.rounds) == (Shape(**GOOD), 1)


def test_an_answer_in_parts_is_put_together(model):
    parts = [{"type": "text", "text": '{"colour": "red",'}, {"type": "text", "text": ' "parts": 3}'}]
    model.says(saying(None, message={"content": parts}))
    assert ask(model).value == Shape(**GOOD)


def test_a_wrong_answer_is_told_what_is_wrong_and_paid_for(model):
    model.says(saying({"colour": "green", "parts": 99}), saying(GOOD))
    reply = ask(model)
    assert (reply.rounds, reply.used) == (2, Usage(200, 20))
    *_, answer, correction = model.calls[1].body["messages"]
    assert answer == {"role": "assistant", "content": '{"colour": "green", "parts": 99}'}
    assert "colour" in correction["content"]
    assert "parts" in correction["content"]


def test_an_objection_is_told_once_and_the_second_answer_is_taken(model):
    reply = Chat(model.endpoint()).ask(PROMPT, Shape, lambda value: f"{value.colour} is not wanted")
    assert (reply.value, reply.rounds) == (Shape(**GOOD), 2)
    assert "red is not wanted" in model.calls[1].body["messages"][-1]["content"]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(saying('{"colour": "red", "par'), id="half an object"),
        pytest.param(saying({"colour": "green", "parts": 3}), id="another choice"),
        pytest.param(saying({**GOOD, "send_to": "x@example.com"}), id="more than was asked"),
        pytest.param(saying("I would rather not."), id="words"),
        pytest.param(saying(""), id="nothing"),
        pytest.param(saying("{" * 50_000), id="braces without end"),
        pytest.param(saying('{"a":' * 50_000), id="depth without end"),
        pytest.param(
            saying(None, message={"tool_calls": [{"function": {"name": "send", "arguments": "{}"}}]}),
            id="calls of tools that nobody offered",
        ),
        pytest.param(saying([1, 2]), id="a list"),
    ],
)
def test_an_answer_that_does_not_fit_twice_is_a_fault(model, said):
    model.says(said)
    fault = fault_of(model)
    assert (fault.code, fault.passes, fault.used) == (FaultCode.NO_ANSWER, False, Usage(200, 20))
    assert len(model.calls) == 2


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        pytest.param(refusing(401, "bad key"), FaultCode.KEY_REFUSED, "check DRUMBEAT_MODEL_KEY", id="401"),
        pytest.param(refusing(403, "no"), FaultCode.KEY_REFUSED, "does not let this key in", id="403"),
        pytest.param(refusing(404, "no such model"), FaultCode.NOT_FOUND, "no such model", id="404"),
        pytest.param(refusing(402, "pay"), FaultCode.NO_CREDIT, "no credit", id="402"),
        pytest.param(
            refusing(429, "insufficient_quota"), FaultCode.NO_CREDIT, "no credit", id="429 for money"
        ),
        pytest.param(refusing(400, "too long"), FaultCode.REQUEST_REFUSED, "too long", id="400"),
        pytest.param(refusing(418, ""), FaultCode.REQUEST_REFUSED, "refuses the question (418)", id="418"),
        pytest.param(refusing(500, "oops"), FaultCode.SERVER_ERROR, "failed (500)", id="500"),
        pytest.param(Said(502, b"<html>Bad gateway"), FaultCode.SERVER_ERROR, "failed (502).", id="a page"),
        pytest.param(
            Said(302, b"", {"Location": "http://127.0.0.1:1/"}), FaultCode.NOT_FOUND, "redirects", id="302"
        ),
        pytest.param(PAGE, FaultCode.SERVER_ERROR, "no model server", id="another server"),
        pytest.param(Said(body=b'{"choices": []}'), FaultCode.SERVER_ERROR, "no message", id="no choice"),
        pytest.param(Said(body=b"[" * 100_000), FaultCode.SERVER_ERROR, "no model server", id="depth"),
        pytest.param(HUGE, FaultCode.TOO_LONG, "longer than 512 kB", id="huge"),
        pytest.param(saying("{", finish="length"), FaultCode.CUT_OFF, "cut off", id="cut off"),
        pytest.param(saying("", finish="content_filter"), FaultCode.CONTENT_REFUSED, "filter", id="filtered"),
        pytest.param(
            saying(None, message={"refusal": "I can't."}), FaultCode.CONTENT_REFUSED, "I can't.", id="refused"
        ),
    ],
)
def test_each_fault_is_named_in_words_without_the_key(model, said, code, words):
    model.says(said)
    fault = fault_of(model)
    assert fault.code is code
    assert words in fault.text
    assert KEY not in fault.text


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(refusing(401, f"Invalid key: Bearer {KEY}"), id="that is refused"),
        pytest.param(refusing(400, f"the header is {KEY}"), id="in a question that is refused"),
        pytest.param(saying(None, message={"refusal": f"not with {KEY}"}), id="in the model's own words"),
    ],
)
def test_a_server_that_quotes_the_key_does_not_bring_it_into_words(model, said):
    model.says(said)
    fault = fault_of(model)
    assert KEY not in fault.text
    assert HIDDEN in fault.text


def test_an_answer_in_parts_within_parts_is_no_text_and_paid_for(model):
    content: object = "x"
    for _ in range(400):
        content = [{"text": content}]
    answer = {"choices": [{"message": {"content": content}, "finish_reason": "stop"}]}
    usage = {"prompt_tokens": 5, "completion_tokens": 5}
    model.says(Said(body=json.dumps(answer | {"usage": usage}).encode()))
    fault = fault_of(model)
    assert (fault.code, fault.used.tokens_in) == (FaultCode.NO_ANSWER, 10)


@pytest.mark.parametrize(
    "said", [pytest.param(HANGING, id="which hangs"), pytest.param(DRIPPING, id="which drips")]
)
def test_the_deadline_is_for_the_whole_answer(model, said):
    model.says(said)
    began = monotonic()
    fault = fault_of(model, seconds=0.3)
    assert (fault.code, fault.passes) == (FaultCode.TIMEOUT, True)
    assert monotonic() - began < 3


def test_nobody_there_is_said(model):
    with nobody() as url:
        fault = fault_of(model, url=url)
    assert fault.code is FaultCode.UNREACHABLE
    assert "127.0.0.1 does not answer" in fault.text


def test_who_stops_in_the_middle_is_said(model):
    model.says(Said(body=b"{", headers={"Content-Length": "2"}))
    assert fault_of(model).text == (
        "127.0.0.1 does not answer: it does not speak HTTP, or stopped in the middle."
    )


def test_a_certificate_that_is_not_trusted_or_missing_is_said(model):
    fault = fault_of(model, url=model.url.replace("http:", "https:"))
    assert fault.code is FaultCode.UNREACHABLE


def test_a_key_that_cannot_be_sent_is_not_shown(model):
    fault = fault_of(model, key="sk-a\r\nX-Evil: 1")
    assert fault.code is FaultCode.REQUEST_REFUSED
    assert "sk-a" not in f"{fault.text}"
    assert not model.calls


def test_no_proxy_of_the_environment_is_asked(model, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert ask(model).value == Shape(**GOOD)


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        pytest.param(refusing(429, "busy", Retry_After="3"), [3.0, 3.0], id="as long as it wishes"),
        pytest.param(refusing(503, "busy"), [2.0, 4.0], id="a little longer each time without a wish"),
        pytest.param(
            refusing(
                503, "x", Date="Mon, 02 Mar 2026 09:00:00 GMT", Retry_After="Mon, 02 Mar 2026 09:00:04 GMT"
            ),
            [4.0, 4.0],
            id="until a moment of its clock",
        ),
        pytest.param(refusing(429, "busy", Retry_After="soon"), [2.0, 4.0], id="an unreadable wish"),
    ],
)
def test_who_is_busy_is_asked_again_within_the_time(model, said, waited):
    model.says(said, said, saying(GOOD))
    waits: list[float] = []
    assert Chat(model.endpoint(seconds=30.0), wait=waits.append).ask(PROMPT, Shape).value == Shape(**GOOD)
    assert len(waits) == 2
    assert waits == [pytest.approx(one, abs=1.1) for one in waited]


def test_a_wish_beyond_the_time_is_a_fault_at_once(model):
    model.says(refusing(429, "busy", Retry_After="3600"))
    waits: list[float] = []
    with pytest.raises(ModelFault) as raised:
        Chat(model.endpoint(), wait=waits.append).ask(PROMPT, Shape)
    assert (raised.value.code, raised.value.passes, waits) == (FaultCode.RATE_LIMITED, True, [])


def test_what_newer_models_no_longer_take_is_left_out_from_then_on(model):
    model.says(
        refusing(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        refusing(400, "Unsupported value: 'temperature' does not support 0."),
        saying(GOOD),
    )
    chat = Chat(model.endpoint())
    assert chat.ask(PROMPT, Shape).rounds == 1
    chat.ask(PROMPT, Shape)
    assert ["max_tokens" in call.body for call in model.calls] == [True, False, False, False]
    assert ["temperature" in call.body for call in model.calls] == [True, True, False, False]
    assert model.calls[-1].body["max_completion_tokens"] == PROMPT.most_tokens


@pytest.mark.parametrize(
    "usage",
    [
        pytest.param(None, id="none"),
        pytest.param({"prompt_tokens": -4, "completion_tokens": "many"}, id="nonsense"),
        pytest.param({"prompt_tokens": True, "completion_tokens": 10**12}, id="no counts"),
    ],
)
def test_a_usage_that_is_none_counts_as_nothing(model, usage):
    model.says(saying(GOOD, usage=usage))
    assert ask(model).used == Usage()
