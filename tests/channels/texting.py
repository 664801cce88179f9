"""A text and a call, and the ways in which the tests of this folder send them."""

import asyncio
from dataclasses import replace

from drumbeat.channels.base import Refusal, Unclear
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.twilio.outbound import CallOutbound, TextOutbound, TwilioAccount
from drumbeat.demo.twilio.scripts import NUMBERS, PLAIN
from drumbeat.demo.twilio.server import ACCOUNT, TOKEN

OWNER = TwilioAccount(ACCOUNT, TOKEN)
SENDER = "+14155550199"
TEXT = TextOutbound(
    touch_key="step:1:hello:1",
    recipient=PLAIN,
    sender=SENDER,
    text="Hi Bob — shall we talk?",
    status_url="https://drumbeat.test/t/a-token",
)
CALL = CallOutbound(
    touch_key="step:1:call:1",
    recipient=PLAIN,
    sender=SENDER,
    status_url="https://drumbeat.test/t/a-token",
    answered_url="https://drumbeat.test/t/a-token",
)


def through(twilio, work, account=OWNER, **options):
    async def run():
        channel = TwilioChannel(account, base=twilio.base, **options)
        try:
            return await work(channel)
        finally:
            await channel.close()

    return asyncio.run(run(), debug=True)


async def send(channel, outbound):
    try:
        return await (await channel.prepare(outbound)).transmit()
    except (Refusal, Unclear) as outcome:
        return outcome


def outcome(twilio, outbound, **options):
    return through(twilio, lambda channel: send(channel, outbound), **options)


def to(script, outbound=TEXT):
    return replace(outbound, recipient=NUMBERS[script])


def asked(twilio):
    [(path, form)] = twilio.asked
    return path, {name: values[0] if len(values) == 1 else values for name, values in form.items()}
