"""Every channel keeps the contract: mail by SMTP and by a provider, webhooks, Twilio, and a mere example."""

from dataclasses import replace

import pytest

from drumbeat.channels.email.smtp import EmailChannel, SmtpServer
from drumbeat.channels.esp.channel import EspChannel
from drumbeat.channels.twilio.channel import TwilioChannel
from drumbeat.channels.twilio.outbound import CallOutbound, TextOutbound, TwilioAccount
from drumbeat.channels.webhook.channel import Lines, Patience, WebhookChannel
from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.hosts import read_network
from drumbeat.core.providers import account_of
from drumbeat.core.webhook import read_target
from drumbeat.demo.twilio.scripts import NUMBERS, PLAIN
from drumbeat.demo.twilio.server import ACCOUNT, TOKEN
from tests.channels.contract import ChannelContract, Subject
from tests.channels.example.channel import PigeonChannel, PigeonOutbound
from tests.channels.example.server import pigeons
from tests.channels.sending import MAIL, to
from tests.support.endpoint import listening
from tests.support.provider import ACCOUNTS, providing
from tests.support.smtp import serving
from tests.support.twilio import calling


class TestEmail(ChannelContract):
    @pytest.fixture
    def subject(self, tmp_path):
        with serving(tmp_path / "log") as server:
            yield Subject(
                channel=lambda places: EmailChannel(SmtpServer("127.0.0.1", server.port), places),
                lost=lambda: EmailChannel(SmtpServer("127.0.0.1", 1)),
                good=MAIL,
                never=to("bounce550"),
                later=to("defer451"),
                cut=to("lost250"),
                hang=to("hangdot"),
                bad=replace(MAIL, recipient_address="nobody"),
                taken=lambda: len(server.messages),
            )


class TestProvider(ChannelContract):
    @pytest.fixture
    def subject(self):
        def mail(script):
            return replace(MAIL, recipient_address=f"{script}+1@people.test")

        account = account_of("postmark", ACCOUNTS["postmark"])
        with providing() as provider:
            yield Subject(
                channel=lambda places: EspChannel(account, places, base=provider.base),
                lost=lambda: EspChannel(account, base="http://127.0.0.1:1"),
                good=mail("ann"),
                never=mail("invalid"),
                later=mail("busy429"),
                cut=mail("lost"),
                hang=mail("hang"),
                taken=lambda: len(provider.mails),
            )


class TestWebhook(ChannelContract):
    @pytest.fixture
    def subject(self):
        inner = (read_network("127.0.0.0/8"),)

        def call(path):
            target = read_target(f"http://127.0.0.1:{endpoint.port}{path}")
            return WebhookOutbound(
                touch_key="k", target=target, headers=(("webhook-id", "msg_1"),), body=b"{}"
            )

        with listening() as endpoint:
            gone = replace(read_target("http://127.0.0.1:1/"), host="127.0.0.1")
            yield Subject(
                channel=lambda places: WebhookChannel(
                    inner, patience=Patience(silent=0), lines=Lines(places, places)
                ),
                lost=lambda: Elsewhere(WebhookChannel(inner), gone),
                good=call("/ok"),
                never=call("/gone"),
                later=call("/busy"),
                cut=call("/reset"),
                hang=call("/silent"),
                taken=lambda: sum(path == "/ok" for path, *_ in endpoint.calls),
                repeats=True,
            )


class Elsewhere:
    """A webhook names its far side itself: this one calls another."""

    def __init__(self, channel, target):
        self._channel = channel
        self._target = target

    async def prepare(self, outbound):
        return await self._channel.prepare(replace(outbound, target=self._target))

    async def close(self):
        await self._channel.close()


OWNER = TwilioAccount(ACCOUNT, TOKEN)
TEXT = TextOutbound(touch_key="k", recipient=PLAIN, sender="+14155550199", text="Hello")
ANSWERED = "https://drumbeat.test/t/a-token"
CALL = CallOutbound(touch_key="k", recipient=PLAIN, sender="+14155550199", answered_url=ANSWERED)


class TestTwilio(ChannelContract):
    @pytest.fixture(params=[TEXT, CALL], ids=["texts", "calls"])
    def subject(self, request):
        good = request.param
        with calling() as twilio:
            yield Subject(
                channel=lambda places: TwilioChannel(OWNER, places, base=twilio.base),
                lost=lambda: TwilioChannel(OWNER, base="http://127.0.0.1:1"),
                good=good,
                never=replace(good, recipient=NUMBERS["21211"]),
                later=replace(good, recipient=NUMBERS["busy"]),
                cut=replace(good, recipient=NUMBERS["lost"]),
                hang=replace(good, recipient=NUMBERS["hang"]),
                bad=replace(good, sender=""),
                taken=lambda: len(twilio.messages) + len(twilio.calls),
            )


class TestExample(ChannelContract):
    @pytest.fixture
    def subject(self):
        def text(recipient):
            return PigeonOutbound(touch_key="k", recipient=recipient, text="Coo")

        with pigeons() as (port, taken):
            yield Subject(
                channel=lambda places: PigeonChannel("127.0.0.1", port, places, seconds=1),
                lost=lambda: PigeonChannel("127.0.0.1", 1),
                good=text("ann"),
                never=text("gone"),
                later=text("busy"),
                cut=text("lost"),
                hang=text("hang"),
                bad=replace(text("ann"), text=""),
                taken=lambda: len(taken),
            )
