"""No host that a user typed leads into the operator's network, by whichever door: mail out, mail in, webhooks."""

import asyncio
import itertools
import socket
from contextlib import closing

import pytest

from drumbeat.channels.base import Refusal
from drumbeat.channels.email.imap.server import ImapServer
from drumbeat.channels.email.imap.session import MailboxFault, session
from drumbeat.channels.email.server import SmtpServer
from drumbeat.channels.email.smtp import EmailChannel
from drumbeat.channels.webhook.channel import WebhookChannel
from drumbeat.channels.webhook.outbound import WebhookOutbound
from drumbeat.core.webhook import read_target
from tests.channels.sending import MAIL, send

NAME, OUTSIDE = "mail.example.com", "93.184.215.14"
FORMS = [
    pytest.param("127.0.0.1", id="this machine"),
    pytest.param("localhost", id="this machine by name"),
    pytest.param("LOCALHOST", id="this machine by name, loudly"),
    pytest.param("localhost.", id="this machine by name, to the root"),
    pytest.param("2130706433", id="one number"),
    pytest.param("0x7f000001", id="one number in sixteens"),
    pytest.param("0x7f.1", id="two numbers in sixteens"),
    pytest.param("0177.0.0.1", id="numbers in eights"),
    pytest.param("127.1", id="a short form"),
    pytest.param("127.0.0.1.", id="a dot at the end"),
    pytest.param("::1", id="version 6"),
    pytest.param("::ffff:127.0.0.1", id="mapped into version 6"),
    pytest.param("::127.0.0.1", id="compatible with version 6"),
    pytest.param("64:ff9b::7f00:1", id="behind NAT64"),
    pytest.param("2002:7f00:1::1", id="by 6to4"),
    pytest.param("0.0.0.0", id="no address in particular"),
    pytest.param("10.0.0.1", id="a private network"),
    pytest.param("169.254.169.254", id="the metadata service of clouds"),
    pytest.param("fe80::1", id="a link"),
    pytest.param("fd00::1", id="a private network of version 6"),
    pytest.param("100.64.0.1", id="a carrier's network"),
    pytest.param("224.0.0.1", id="many at once"),
    pytest.param("①②⑦.⓪.⓪.①", id="digits in circles"),
]


def mails_out(host, port):
    async def run():
        async with EmailChannel(SmtpServer(host, port, trusted=False)) as channel:
            return await send(channel, MAIL)

    return asyncio.run(run())


def mails_in(host, port):
    typed = ImapServer(host, port, "tls", "rep", "secret", trusted=False)
    try:
        with session(typed):
            return None
    except MailboxFault as fault:
        return fault


def calls(host, port):
    target = read_target(f"https://{f'[{host}]' if ':' in host else host}:{port}/")

    async def run():
        channel = WebhookChannel(())
        try:
            call = await channel.prepare(
                WebhookOutbound(touch_key="step:1:call:1", target=target, headers=(), body=b"{}")
            )
            return await call.transmit()
        except Refusal as refusal:
            return refusal
        finally:
            await channel.close()

    return asyncio.run(run())


@pytest.fixture(params=[mails_out, mails_in, calls])
def door(request):
    return request.param


@pytest.fixture
def inner():
    """A service that nobody outside should reach."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        listening.setblocking(False)
        yield listening


def was_reached(inner):
    try:
        inner.accept()[0].close()
    except BlockingIOError:
        return False
    return True


@pytest.mark.parametrize("host", FORMS)
def test_no_form_of_an_inner_address_is_connected_to(door, host, inner):
    assert isinstance(door(host, inner.getsockname()[1]), Refusal | MailboxFault)
    assert not was_reached(inner)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([["127.0.0.1"]], id="a name of this machine"),
        pytest.param([[OUTSIDE, "127.0.0.1"]], id="an inner address after a good one"),
        pytest.param([["127.0.0.1", OUTSIDE]], id="an inner address before a good one"),
        pytest.param([[OUTSIDE], ["127.0.0.1"]], id="a good one, and an inner one when asked again"),
        pytest.param([["::ffff:7f00:1"]], id="an inner one in other clothes"),
    ],
)
def test_what_a_name_server_says_opens_no_inner_door(door, answers, inner, monkeypatch):
    said = itertools.chain(answers, itertools.repeat(["127.0.0.1"]))
    dialled = []

    def naming(host, port, *_, **__):
        found = next(said) if host == NAME else [host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    def dialling(self, address):
        dialled.append(address[0])
        raise OSError("no way there")

    monkeypatch.setattr(socket, "getaddrinfo", naming)
    monkeypatch.setattr(socket.socket, "connect", dialling)
    monkeypatch.setattr(socket.socket, "connect_ex", dialling)
    port = inner.getsockname()[1]
    assert isinstance(door(NAME, port), Refusal | MailboxFault)
    monkeypatch.undo()
    assert set(dialled) <= ({OUTSIDE} if answers[0] == [OUTSIDE] else set())
    assert not was_reached(inner)
