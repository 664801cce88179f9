"""Callbacks of Twilio: whose they are, by the samples of Twilio's own library, whatever stands in front of us."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from random import Random
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.channels.twilio.signature import HEADER, is_genuine
from drumbeat.core.calls import Call, CallState, Deed, Outcome, Plan, hear, next_deed, outcome
from drumbeat.core.touch import TouchStatus
from drumbeat.core.twilio_callbacks import (
    CallReport,
    Form,
    Incoming,
    MessageReport,
    address_of,
    read_callback,
    read_form,
)
from drumbeat.core.twilio_messages import Message, status_of
from drumbeat.core.twilio_messages import hear as hear_message
from drumbeat.demo.twilio.callbacks import post_signed, sign
from drumbeat.demo.twilio.scripts import NUMBERS, PLAIN
from drumbeat.demo.twilio.server import TOKEN, Twilio
from tests.support import corpora

VALUES = {
    "MessageSid": "SM1",
    "MessageStatus": "delivered",
    "To": PLAIN,
    "Body": "Grüße & 50 % = 1/2\n\U0001f600",
}
PUBLIC = "https://drumbeat.test"


def posted(values):
    form = read_form(urlencode(values).encode())
    assert form is not None
    return form


def test_the_samples_of_twilios_own_library():
    rows = corpora.rows("twilio-signature/sdk.jsonl")
    assert rows
    for row in rows:
        genuine = is_genuine(row["auth_token"], row["url"], posted(row["params"]), row["signature"])
        assert genuine is row["valid"], row
        for broken in ("x" + row["signature"][1:], "", row["signature"][:-1], row["signature"] + "é"):
            assert not is_genuine(row["auth_token"], row["url"], posted(row["params"]), broken)
        assert not is_genuine("54321", row["url"], posted(row["params"]), row["signature"])
        assert not is_genuine(row["auth_token"], row["url"] + "&x=1", posted(row["params"]), row["signature"])
        assert not is_genuine(
            row["auth_token"], row["url"], posted({**row["params"], "To": "+1"}), row["signature"]
        )


@pytest.mark.parametrize(
    ("public", "path", "query", "address"),
    [
        pytest.param(PUBLIC, "/t/abc", "", "https://drumbeat.test/t/abc", id="plain"),
        pytest.param(
            PUBLIC, "/t/abc", "a=1&b=%20", "https://drumbeat.test/t/abc?a=1&b=%20", id="with a query"
        ),
        pytest.param(f"{PUBLIC}:8443", "/t/abc", "", "https://drumbeat.test:8443/t/abc", id="with a port"),
        pytest.param(
            f"{PUBLIC}/post/", "/t/abc", "", "https://drumbeat.test/post/t/abc", id="below a prefix"
        ),
        pytest.param(
            "http://127.0.0.1:8000", "/t/abc", "", "http://127.0.0.1:8000/t/abc", id="on this machine"
        ),
        pytest.param(
            PUBLIC, "//evil.test/t", "", "https://drumbeat.test//evil.test/t", id="a path with two slashes"
        ),
    ],
)
def test_the_address_that_is_signed_is_the_configured_one(public, path, query, address):
    assert address_of(public, path, query) == address
    form = posted(VALUES)
    assert is_genuine(TOKEN, address_of(public, path, query), form, sign(address, VALUES, TOKEN))


@pytest.mark.parametrize(
    "inner",
    [
        pytest.param("http://10.0.0.7:8000/t/abc", id="what the proxy calls"),
        pytest.param("https://evil.test/t/abc", id="what a forged Host claims"),
        pytest.param("https://drumbeat.test/forwarded/t/abc", id="what a forwarded prefix claims"),
        pytest.param("http://drumbeat.test/t/abc", id="without TLS"),
    ],
)
def test_no_other_address_is_believed(inner):
    signature = sign(inner, VALUES, TOKEN)
    assert not is_genuine(TOKEN, address_of(PUBLIC, "/t/abc", ""), posted(VALUES), signature)


@pytest.mark.parametrize("port", ["", ":443"])
def test_the_usual_port_may_be_signed_or_left_out(port):
    signature = sign(f"https://drumbeat.test{port}/t/abc", VALUES, TOKEN)
    assert is_genuine(TOKEN, address_of(PUBLIC, "/t/abc", ""), posted(VALUES), signature)


def test_without_a_token_nothing_is_genuine():
    assert not is_genuine("", PUBLIC, posted(VALUES), sign(PUBLIC, VALUES, ""))


NAMES = st.text("ABCDEFGHIJabcdefghij", min_size=1, max_size=8)


@given(st.dictionaries(NAMES, st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=8))
def test_whatever_is_posted_is_signed_as_our_own_reading_says(values):
    form = posted(values)
    assert is_genuine(TOKEN, PUBLIC, form, sign(PUBLIC, values, TOKEN))
    assert not is_genuine(TOKEN, PUBLIC, form, sign(PUBLIC, {**values, "Extra": "1"}, TOKEN))


def test_a_value_that_stands_there_twice_is_covered():
    form = read_form(b"To=1&To=2&To=1")
    assert form is not None
    assert is_genuine(TOKEN, PUBLIC, form, sign(PUBLIC + "To1To2", {}, TOKEN))


@contextmanager
def receiving() -> Iterator[tuple[str, list[tuple[str, Form, str]]]]:
    """Take callbacks; yields the address and what came: path, form, signature."""
    came: list[tuple[str, Form, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = read_form(self.rfile.read(int(self.headers["Content-Length"])))
            assert form is not None
            came.append((self.path, form, self.headers[HEADER]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def taken(kind: str, number: str, address: str) -> Twilio:
    """A stand-in that has taken one message or call to a number."""
    twilio = Twilio()
    sid = "SM1" if kind == "messages" else "CA1"
    kept = {"to": number, "from": "+14155550199", "status": "queued", "twiml": []}
    getattr(twilio, kind)[sid] = {**kept, "status_url": f"{address}/told", "answered_url": f"{address}/who"}
    return twilio


@pytest.mark.parametrize(
    ("script", "status", "code"),
    [("", "delivered", 0), ("30003", "failed", 30003), ("30034", "failed", 30034)],
)
def test_a_message_lives_and_every_callback_is_genuine(script, status, code):
    with receiving() as (address, came):
        assert taken("messages", NUMBERS.get(script, PLAIN), address).live("SM1") == [204, 204, 204]
    message = Message()
    for path, form, signature in came:
        assert is_genuine(TOKEN, address_of(address, path, ""), form, signature)
        report = read_callback(form)
        assert isinstance(report, MessageReport)
        message = hear_message(message, report.heard)
    assert (status_of(message), message.code) == (TouchStatus(status), code)


@pytest.mark.parametrize(
    ("script", "deed", "came_to"),
    [
        ("human", Deed.HANG_UP, Outcome.REACHED_HUMAN),
        ("machine", Deed.LEAVE, Outcome.LEFT_MESSAGE),
        ("silence", Deed.LEAVE, Outcome.LEFT_MESSAGE),
        ("fax", Deed.HANG_UP, Outcome.FAX),
        ("busy_line", None, Outcome.BUSY),
        ("no_answer", None, Outcome.NO_ANSWER),
        ("failed", None, Outcome.FAILED),
        ("gone", None, Outcome.NOT_REACHED),
    ],
)
def test_a_voicemail_drop_from_the_first_ring_to_its_outcome(script, deed, came_to):
    plan, call, deeds = Plan(on_human=Deed.HANG_UP, on_machine=Deed.LEAVE), Call(), []
    with receiving() as (address, came):
        taken("calls", NUMBERS[script], address).live("CA1")
    for _, form, _ in came:
        report = read_callback(form)
        assert isinstance(report, CallReport)
        call = hear(call, report.heard)
        if told := next_deed(call, plan):
            deeds.append(told)
            call = Call(call.state, call.answered_by, told, call.seconds, was_told=True)
    assert (deeds, outcome(call, plan)) == ([deed] if deed else [], came_to)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("script", ["30003", ""])
def test_callbacks_that_come_twice_and_mixed_say_the_same(script, seed):
    number = NUMBERS.get(script, PLAIN)
    messages, calls = set(), set()
    for mixed in (None, Random(seed)):
        message, call = Message(), Call()
        with receiving() as (address, came):
            taken("messages", number, address).live("SM1", mixed=mixed)
            taken("calls", number, address).live("CA1", mixed=mixed)
        for _, form, _ in came:
            match read_callback(form):
                case MessageReport(heard=heard):
                    message = hear_message(message, heard)
                case CallReport(heard=heard):
                    call = hear(call, heard)
        messages.add(message)
        calls.add(call)
    assert (len(messages), len(calls)) == (1, 1)


def test_a_message_of_a_person_arrives_signed():
    with receiving() as (address, came):
        status = Twilio().deliver(f"{address}/in", PLAIN, "STOP", to="+14155550199", OptOutType="STOP")
    [(path, form, signature)] = came
    assert status == 204
    assert is_genuine(TOKEN, address_of(address, path, ""), form, signature)
    incoming = read_callback(form)
    assert isinstance(incoming, Incoming)
    assert (incoming.sender, incoming.text, incoming.acted) == (PLAIN, "STOP", "stop")


def test_a_callback_may_be_signed_for_the_public_address_and_posted_to_the_inner_one():
    with receiving() as (address, came):
        post_signed(f"{address}/t/abc", VALUES, TOKEN, signed_for=f"{PUBLIC}/t/abc")
    [(path, form, signature)] = came
    assert is_genuine(TOKEN, address_of(PUBLIC, path, ""), form, signature)
    assert not is_genuine(TOKEN, address_of(address, path, ""), form, signature)


def test_an_address_that_nobody_listens_on_is_no_defect_of_the_stand_in():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        post_signed(f"http://127.0.0.1:{port}/", VALUES, TOKEN)


def test_a_call_without_an_address_reports_to_nobody():
    twilio = taken("calls", PLAIN, "")
    twilio.calls["CA1"] |= {"status_url": "", "answered_url": ""}
    assert set(twilio.live("CA1", amd=False)) == {0}
    assert twilio.calls["CA1"]["status"] == CallState.COMPLETED
