"""Every outcome of a text, a WhatsApp message and a call at Twilio, over real HTTP and its published description."""

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from drumbeat.channels.base import PermanentRefusal, Receipt, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.esp import guarded
from drumbeat.channels.twilio.answers import OptedOut
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.channels.twilio.wire import Patience, led
from drumbeat.core.touch import FailureReason, TouchKind
from drumbeat.core.whatsapp import Template
from drumbeat.demo.twilio.scripts import PLAIN
from drumbeat.demo.twilio.server import ACCOUNT, KEY, KEY_SECRET, SERVICE, TOKEN
from tests.channels.sending import told
from tests.channels.texting import CALL, OWNER, SENDER, TEXT, asked, outcome, send, through, to
from tests.support.twilio import calling

TEMPLATE = Template("HX" + "a" * 32, {"1": "Ann", "2": ""})
HASTY = Patience(connect=2, answer=0.3)
TEMPORARY, PERMANENT = TemporaryRefusal, PermanentRefusal
US, THEM = Scope.SENDER, Scope.RECIPIENT
LATER, NEVER = FailureReason.REJECTED_TEMPORARY, FailureReason.REJECTED_PERMANENT


@pytest.fixture
def twilio():
    with calling() as running:
        yield running
    assert running.faults == []


def test_a_text_leaves_as_it_was_written(twilio):
    receipt = outcome(twilio, TEXT)
    assert receipt == Receipt(provider_id="SM" + "0" * 31 + "1", code="201", text="queued")
    assert asked(twilio) == (
        f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        {
            "To": PLAIN,
            "From": SENDER,
            "Body": TEXT.text,
            "StatusCallback": TEXT.status_url,
            "SmartEncoded": "false",
        },
    )


def test_a_text_may_leave_from_a_service_with_pictures_for_a_while(twilio):
    pictures = ("https://drumbeat.test/a.png", "https://drumbeat.test/b.png")
    outcome(
        twilio,
        replace(TEXT, sender="", service_sid=SERVICE, media_urls=pictures, valid_for=timedelta(days=2)),
    )
    _, form = asked(twilio)
    assert (form["MessagingServiceSid"], form["MediaUrl"]) == (SERVICE, list(pictures))
    assert form["ValidityPeriod"] == "36000", "the longest that Twilio takes"
    assert "From" not in form


def test_whatsapp_takes_text_within_the_window(twilio):
    outcome(twilio, replace(TEXT, channel=TouchKind.WHATSAPP))
    _, form = asked(twilio)
    assert (form["To"], form["From"], form["Body"]) == (f"whatsapp:{PLAIN}", f"whatsapp:{SENDER}", TEXT.text)
    assert "SmartEncoded" not in form


def test_whatsapp_takes_a_template_with_its_values(twilio):
    outcome(twilio, replace(TEXT, channel=TouchKind.WHATSAPP, template=TEMPLATE))
    _, form = asked(twilio)
    assert form["ContentSid"] == TEMPLATE.content_sid
    assert json.loads(form["ContentVariables"]) == {"1": "Ann", "2": "-"}
    assert "Body" not in form


def test_an_api_key_signs_in_for_its_account(twilio):
    assert isinstance(outcome(twilio, TEXT, account=TwilioAccount(ACCOUNT, KEY_SECRET, KEY)), Receipt)
    refusal = outcome(twilio, TEXT, account=TwilioAccount(ACCOUNT, TOKEN, KEY))
    assert told(refusal) == (TEMPORARY, US, FailureReason.SENDER_AUTH, "401 20003")


@pytest.mark.parametrize(
    ("script", "kind", "scope", "reason", "code"),
    [
        pytest.param("busy", TEMPORARY, US, LATER, "429 20429", id="too many requests"),
        pytest.param("later", TEMPORARY, US, LATER, "503 20503", id="turned away"),
        pytest.param(
            "unknown_account", TEMPORARY, US, FailureReason.SENDER_AUTH, "401 20003", id="a bad token"
        ),
        pytest.param("moved", PERMANENT, US, NEVER, "301", id="a redirect"),
        pytest.param("21610", OptedOut, THEM, NEVER, "400 21610", id="opted out"),
        pytest.param("21211", PERMANENT, THEM, NEVER, "400 21211", id="no such number"),
        pytest.param("21614", PERMANENT, THEM, NEVER, "400 21614", id="no mobile"),
        pytest.param("21612", PERMANENT, THEM, NEVER, "400 21612", id="no way there"),
        pytest.param("21608", PERMANENT, THEM, NEVER, "400 21608", id="a trial account"),
        pytest.param("21606", PERMANENT, THEM, NEVER, "400 21606", id="a number that cannot send there"),
        pytest.param("63016", PERMANENT, THEM, FailureReason.RENDER_ERROR, "400 63016", id="window closed"),
        pytest.param("63018", TEMPORARY, US, LATER, "400 63018", id="WhatsApp's rate"),
        pytest.param("400", PERMANENT, THEM, NEVER, "400", id="a refusal without a code"),
    ],
)
def test_a_refusal_says_whom_it_concerns_and_nothing_was_taken(twilio, script, kind, scope, reason, code):
    assert told(outcome(twilio, to(script))) == (kind, scope, reason, code)
    assert told(outcome(twilio, to(script, CALL))) == (kind, scope, reason, code)
    assert not twilio.messages
    assert not twilio.calls


@pytest.mark.parametrize(
    ("script", "suppress"), [("21610", True), ("21211", True), ("21614", True), ("21612", False)]
)
def test_only_the_dead_and_the_opted_out_are_suppressed(twilio, script, suppress):
    assert outcome(twilio, to(script)).suppress is suppress


def test_what_was_taken_and_failed_at_once_is_refused_by_its_code(twilio):
    refusal = outcome(twilio, to("failed_at_once"))
    assert told(refusal) == (PERMANENT, US, NEVER, "201 30007")
    assert "filtered" in refusal.text


def test_a_wish_to_be_left_alone_is_heard(twilio):
    assert outcome(twilio, to("busy")).retry_after == timedelta(seconds=17)


@pytest.mark.parametrize(
    ("script", "taken"),
    [
        pytest.param("oops", 0, id="a fault of Twilio's"),
        pytest.param("gateway", 0, id="a fault on the way"),
        pytest.param("broken", 0, id="a success that cannot be read"),
        pytest.param("lost", 1, id="taken, and cut before the answer"),
        pytest.param("hang", 0, id="no answer in time"),
        pytest.param("late", 1, id="taken, and no answer in time"),
    ],
)
def test_what_may_have_been_taken_is_in_doubt(twilio, script, taken):
    assert isinstance(outcome(twilio, to(script), patience=HASTY), Unclear)
    assert len(twilio.messages) == taken


@pytest.mark.parametrize("script", ["endless", "drip"])
def test_an_answer_without_an_end_leaves_it_in_doubt_and_holds_no_thread(twilio, monkeypatch, script):
    monkeypatch.setattr(guarded, "SECONDS", 0.2)
    assert isinstance(outcome(twilio, to(script)), Unclear)
    assert isinstance(outcome(twilio, to(script, CALL)), Unclear)


def test_a_twilio_that_cannot_be_reached_took_nothing(twilio):
    async def work(_):
        channel = TwilioChannel(OWNER, base="http://127.0.0.1:1")
        return await send(channel, TEXT)

    refusal = through(twilio, work)
    assert told(refusal) == (TEMPORARY, US, FailureReason.PROVIDER_ERROR, "")


def test_after_a_doubt_twilio_is_spared_for_a_while(twilio):
    async def work(channel):
        first = await send(channel, to("oops"))
        second = await send(channel, TEXT)
        await asyncio.sleep(0.35)
        return first, second, await send(channel, TEXT)

    first, second, third = through(twilio, work, ill_seconds=0.3)
    assert isinstance(first, Unclear)
    assert "failed a moment ago" in second.text
    assert isinstance(third, Receipt)


@pytest.mark.parametrize(
    ("outbound", "scope"),
    [
        pytest.param(replace(TEXT, sender=""), US, id="no number to send from"),
        pytest.param(replace(CALL, sender=""), US, id="no number to call from"),
        pytest.param(replace(TEXT, text=" "), THEM, id="an empty text"),
        pytest.param(replace(TEXT, text="a" * 1601), THEM, id="a text that is too long"),
    ],
)
def test_what_is_visibly_wrong_is_refused_before_a_word(twilio, outbound, scope):
    assert told(outcome(twilio, outbound)) == (PERMANENT, scope, FailureReason.RENDER_ERROR, "")
    assert twilio.asked == []


def test_a_text_without_callbacks(twilio):
    outcome(twilio, replace(TEXT, status_url=""))
    assert "StatusCallback" not in asked(twilio)[1]


def test_a_connection_is_used_again_and_places_are_bounded(twilio):
    twilio.slow = 0.1

    async def work(channel):
        return await asyncio.gather(*(send(channel, TEXT) for _ in range(6)))

    assert all(isinstance(one, Receipt) for one in through(twilio, work, connections=2))
    assert twilio.most_at_once == 2
    assert len(twilio.messages) == 6


def test_an_account_can_be_tried_without_sending(twilio):
    through(twilio, lambda channel: channel.try_account())
    with pytest.raises(TemporaryRefusal) as refused:
        through(twilio, lambda channel: channel.try_account(), TwilioAccount(ACCOUNT, "wrong"))
    assert (refused.value.reason, refused.value.code) == (FailureReason.SENDER_AUTH, "401 20003")
    twilio.says = (502, "<html>")
    with pytest.raises(TemporaryRefusal) as ill:
        through(twilio, lambda channel: channel.try_account())
    assert (ill.value.reason, ill.value.scope) == (FailureReason.PROVIDER_ERROR, US)
    assert not twilio.messages


def test_what_is_prepared_when_the_channel_closes_still_leaves(twilio):
    async def work(channel):
        prepared = await channel.prepare(TEXT)
        await channel.close()
        with pytest.raises(TemporaryRefusal, match="shutting down"):
            await channel.prepare(TEXT)
        with pytest.raises(TemporaryRefusal, match="shutting down"):
            await channel.end("CA" + "0" * 32)
        return await prepared.transmit()

    assert isinstance(through(twilio, work), Receipt)


def test_a_connection_that_was_idle_for_long_is_not_trusted(twilio, monkeypatch):
    monkeypatch.setattr("drumbeat.channels.places.IDLE_SECONDS", 0.0)

    async def work(channel):
        return [await send(channel, TEXT) for _ in range(2)]

    assert all(isinstance(one, Receipt) for one in through(twilio, work))


def test_the_secret_is_never_shown():
    assert TOKEN not in repr(OWNER)


def test_the_library_is_loaded_with_the_first_message_and_not_before():
    modules = (
        "drumbeat.channels.twilio.channel, drumbeat.channels.twilio.twiml, drumbeat.channels.twilio.signature"
    )
    code = f"import sys, {modules}; sys.exit(any(name.startswith('twilio') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_without_another_base_the_address_is_twilios():
    assert led("", "https://api.twilio.com/2010-04-01/x") == "https://api.twilio.com/2010-04-01/x"


def test_a_slow_answer_holds_up_nobody_else(twilio):
    async def work(channel):
        slow = asyncio.create_task(send(channel, to("hang")))
        await asyncio.sleep(0.05)
        began = time.monotonic()
        quick = await send(channel, TEXT)
        taken = time.monotonic() - began
        return quick, taken, await slow

    quick, taken, slow = through(twilio, work, patience=Patience(connect=2, answer=2))
    assert isinstance(quick, Receipt)
    assert taken < 1.5
    assert isinstance(slow, Unclear)
