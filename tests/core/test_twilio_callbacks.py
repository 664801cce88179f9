"""What Twilio posts, read as values; whatever else is posted says nothing."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.calls import Answerer, CallState, Heard, PutThrough
from drumbeat.core.keywords.reading import Keyword
from drumbeat.core.touch import TouchKind
from drumbeat.core.twilio_callbacks import (
    MAX_BODY,
    MAX_FIELDS,
    CallReport,
    Form,
    Incoming,
    Media,
    MessageReport,
    address_of,
    read_callback,
    read_form,
)
from drumbeat.core.twilio_messages import Message, MessageState

TEXT = {
    "MessageSid": "SM1",
    "From": "+14155550100",
    "To": "+14155550199",
    "Body": "Hello",
    "SmsStatus": "received",
}


def read(values):
    form = read_form(urlencode(values).encode())
    assert form is not None
    return read_callback(form)


@pytest.mark.parametrize(
    ("values", "callback"),
    [
        pytest.param(
            {"MessageSid": "SM1", "MessageStatus": "delivered"},
            MessageReport("SM1", Message(MessageState.DELIVERED)),
            id="a message is there",
        ),
        pytest.param(
            {"SmsSid": "SM1", "MessageStatus": "undelivered", "ErrorCode": "30003"},
            MessageReport("SM1", Message(MessageState.UNDELIVERED, 30003)),
            id="a message is lost",
        ),
        pytest.param(
            {"MessageSid": "SM1", "MessageStatus": "dancing", "From": "+1"}, None, id="an unknown state"
        ),
        pytest.param(
            {"CallSid": "CA1", "CallStatus": "completed", "CallDuration": "31"},
            CallReport("CA1", Heard(CallState.COMPLETED, seconds=31)),
            id="a call is over",
        ),
        pytest.param(
            {"CallSid": "CA1", "CallStatus": "failed", "SipResponseCode": "404", "ErrorCode": "13224"},
            CallReport("CA1", Heard(CallState.FAILED), 13224, 404),
            id="a call failed",
        ),
        pytest.param(
            {"CallSid": "CA1", "CallStatus": "answered"},
            CallReport("CA1", Heard(CallState.IN_PROGRESS)),
            id="the other word for a call that runs",
        ),
        pytest.param(
            {"CallSid": "CA1", "AnsweredBy": "machine_end_beep"},
            CallReport("CA1", Heard(None, Answerer.MACHINE_END_BEEP)),
            id="who answered",
        ),
        *(
            pytest.param(
                {"CallSid": "CA1", "CallStatus": "in-progress", "DialCallStatus": said},
                CallReport("CA1", Heard(CallState.IN_PROGRESS, put_through=came)),
                id=f"one of us was rung: {said}",
            )
            for said, came in (
                ("completed", PutThrough.COMPLETED),
                ("answered", PutThrough.COMPLETED),
                ("no-answer", PutThrough.NO_ANSWER),
                ("busy", PutThrough.BUSY),
                ("failed", PutThrough.FAILED),
                ("canceled", PutThrough.CANCELED),
                ("dancing", None),
            )
        ),
        pytest.param(
            {"CallSid": "CA1", "DialCallStatus": "busy"},
            CallReport("CA1", Heard(put_through=PutThrough.BUSY)),
            id="nothing but that one of us was busy",
        ),
        pytest.param({"CallSid": "CA1", "CallStatus": "dancing"}, None, id="an unknown state of a call"),
        pytest.param({"AccountSid": "AC1"}, None, id="neither message nor call"),
        pytest.param({}, None, id="nothing"),
        pytest.param({"MessageSid": "SM1"}, None, id="a message from nobody"),
        pytest.param(
            TEXT,
            Incoming(
                sid="SM1",
                channel=TouchKind.SMS,
                sender="+14155550100",
                recipient="+14155550199",
                text="Hello",
            ),
            id="a text of a person",
        ),
        pytest.param(
            {
                **TEXT,
                "From": "whatsapp:+14155550100",
                "To": "whatsapp:+14155550199",
                "ProfileName": "Bob",
                "NumMedia": "3",
                "MediaUrl0": "https://api.twilio.com/a",
                "MediaContentType0": "image/jpeg",
                "MediaUrl2": "https://api.twilio.com/c",
                "OptOutType": "HELP",
            },
            Incoming(
                sid="SM1",
                channel=TouchKind.WHATSAPP,
                sender="+14155550100",
                recipient="+14155550199",
                text="Hello",
                media=(
                    Media("https://api.twilio.com/a", "image/jpeg"),
                    Media("https://api.twilio.com/c", ""),
                ),
                acted=Keyword.HELP,
                profile_name="Bob",
            ),
            id="a WhatsApp message with pictures",
        ),
        pytest.param(
            {**TEXT, "NumMedia": "99999999999"},
            Incoming(
                sid="SM1",
                channel=TouchKind.SMS,
                sender="+14155550100",
                recipient="+14155550199",
                text="Hello",
            ),
            id="a number of pictures that cannot be",
        ),
    ],
)
def test_what_a_form_reports(values, callback):
    assert read(values) == callback


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"a=1&" * (MAX_FIELDS + 1) + b"b=1", id="too many fields"),
        pytest.param(b"a=" + b"1" * MAX_BODY, id="too big"),
        pytest.param(b"a", id="no form"),
        pytest.param(b"a=%ff", id="no UTF-8"),
        pytest.param("a=ü".encode(), id="not encoded"),
        pytest.param(b'{"a": 1}', id="JSON"),
    ],
)
def test_what_is_no_form_is_not_read(body):
    assert read_form(body) is None


def test_a_form_keeps_blanks_and_repetition():
    form = read_form(b"a=1&b=&a=2")
    assert form is not None
    assert list(form) == ["a", "b"]
    assert (form.getlist("a"), form.get("a"), form.getlist("b"), form.get("c")) == (["1", "2"], "1", [""], "")
    assert form
    assert not Form([])


@given(st.binary(max_size=200))
def test_reading_is_total(body):
    form = read_form(body)
    if form is not None:
        read_callback(form)


@pytest.mark.parametrize(
    ("public", "path", "query", "address"),
    [
        pytest.param("https://ours.test", "/t/a", "", "https://ours.test/t/a", id="a host"),
        pytest.param("https://ours.test:8443/", "/t/a", "x=1", "https://ours.test:8443/t/a?x=1", id="a port"),
        pytest.param("https://ours.test/mail/", "/t/a", "", "https://ours.test/mail/t/a", id="a path"),
    ],
)
def test_the_address_that_was_called_is_the_configured_one(public, path, query, address):
    assert address_of(public, path, query) == address
