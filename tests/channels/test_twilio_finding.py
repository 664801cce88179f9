"""What was in doubt is looked for at Twilio: found where exactly one fits, and never guessed."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.channels.base import TemporaryRefusal, Unclear
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.twilio.outbound import CallOutbound, TextOutbound, TwilioAccount
from drumbeat.core.touch import TouchKind
from drumbeat.core.whatsapp import Template
from drumbeat.demo.twilio.scripts import NUMBERS
from drumbeat.demo.twilio.server import ACCOUNT, TOKEN
from tests.support.twilio import calling

LOST = TextOutbound(touch_key="k", recipient=NUMBERS["lost"], sender="+14155550199", text="Hello")
ANSWERED = "https://drumbeat.test/t/a-token"
CALL = CallOutbound(touch_key="k", recipient=NUMBERS["lost"], sender="+14155550199", answered_url=ANSWERED)
WHATSAPP = replace(LOST, channel=TouchKind.WHATSAPP)


@pytest.fixture
def twilio():
    with calling() as running:
        yield running


def looked_for(twilio, outbound, *sent, since=timedelta()):
    """Send some that are taken and cut, then look for one."""

    async def work():
        began = datetime.now(UTC)
        for one in sent:
            channel = TwilioChannel(TwilioAccount(ACCOUNT, TOKEN), base=twilio.base)
            with pytest.raises(Unclear):
                await (await channel.prepare(one)).transmit()
            await channel.close()
        channel = TwilioChannel(TwilioAccount(ACCOUNT, TOKEN), base=twilio.base)
        try:
            return await channel.find(outbound, began + since)
        finally:
            await channel.close()

    return asyncio.run(work())


@pytest.mark.parametrize(
    "outbound",
    [pytest.param(LOST, id="text"), pytest.param(WHATSAPP, id="WhatsApp"), pytest.param(CALL, id="call")],
)
def test_what_was_taken_and_cut_is_found(twilio, outbound):
    other = replace(LOST, text="Another", channel=getattr(outbound, "channel", TouchKind.SMS))
    receipt = looked_for(twilio, outbound, outbound, other)
    assert receipt is not None
    assert receipt.provider_id in {**twilio.messages, **twilio.calls}
    assert receipt.text == "queued"


@pytest.mark.parametrize(
    ("outbound", "sent", "since"),
    [
        pytest.param(LOST, (), timedelta(), id="nothing was taken"),
        pytest.param(LOST, (LOST, LOST), timedelta(), id="the same text twice"),
        pytest.param(LOST, (replace(LOST, text="Hello "),), timedelta(), id="another text"),
        pytest.param(LOST, (LOST,), timedelta(minutes=2), id="an older one"),
        pytest.param(LOST, (WHATSAPP,), timedelta(), id="over another channel"),
        pytest.param(
            replace(WHATSAPP, template=Template("HX" + "a" * 32, {})), (), timedelta(), id="a template"
        ),
    ],
)
def test_what_is_not_certain_is_not_found(twilio, outbound, sent, since):
    assert looked_for(twilio, outbound, *sent, since=since) is None


def test_looking_at_a_twilio_that_is_away_says_so(twilio):
    twilio.says = (503, "<html>")
    with pytest.raises(TemporaryRefusal):
        looked_for(twilio, LOST)
