"""Every outcome of sending, against a real server: what is known, what is not, whom it concerns."""

import asyncio
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from pathlib import Path

import pytest

from drumbeat import crash
from drumbeat.channels.base import (
    PermanentRefusal,
    Receipt,
    Scope,
    TemporaryRefusal,
    Unclear,
)
from drumbeat.channels.email.connection import stuffed
from drumbeat.channels.email.mime import build
from drumbeat.channels.email.smtp import SmtpServer
from tests.channels.sending import HASTY, MAIL, outcome, send, through, to, told
from tests.support import smtp
from tests.support.smtp import read_log, serving, spawned

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")

LARGE = "A line of text that is long enough to count for something.\n" * 400_000


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path / "log", keep_raw=True) as running:
        yield running


def test_an_accepted_mail_is_logged_once_with_its_envelope(server):
    receipt = outcome(server, MAIL)
    assert receipt == Receipt(provider_id="Q1", code="250 2.0.0", text="Ok: queued as Q1")
    [message] = server.messages
    assert (message["mail_from"], message["rcpt_tos"]) == (MAIL.envelope_from, [MAIL.recipient_address])
    assert message["message_id"] == MAIL.message_id
    assert b64decode(message["raw"]) == build(MAIL)


@pytest.mark.parametrize(
    ("local_part", "kind", "scope", "reason", "code"),
    [
        ("bounce550", PermanentRefusal, "recipient", "rejected_permanent", "550 5.1.1"),
        ("full552", PermanentRefusal, "recipient", "rejected_permanent", "552 5.2.2"),
        ("policy550", PermanentRefusal, "sender", "rejected_permanent", "550 5.7.1"),
        ("defer451", TemporaryRefusal, "recipient", "rejected_temporary", "451 4.7.1"),
        ("busy421", TemporaryRefusal, "sender", "rejected_temporary", "421 4.3.2"),
        ("cutrcpt", TemporaryRefusal, "recipient", "provider_error", ""),
        ("nodata554", PermanentRefusal, "recipient", "rejected_permanent", "554 5.5.1"),
        ("cutdata", TemporaryRefusal, "recipient", "provider_error", ""),
        ("dot451", TemporaryRefusal, "recipient", "rejected_temporary", "451 4.3.0"),
        ("dot550", PermanentRefusal, "recipient", "rejected_permanent", "550 5.6.0"),
        ("spam550", PermanentRefusal, "sender", "rejected_permanent", "550 5.7.1"),
        ("close421", TemporaryRefusal, "sender", "rejected_temporary", "421 4.3.2"),
    ],
)
def test_a_refusal_says_whom_it_concerns_and_nothing_arrives(server, local_part, kind, scope, reason, code):
    assert told(outcome(server, to(local_part))) == (kind, scope, reason, code)
    assert server.messages == []


@pytest.mark.parametrize(
    ("local_part", "dead"), [("bounce550", True), ("full552", False), ("policy550", False), ("dot550", False)]
)
def test_only_a_dead_address_is_suppressed(server, local_part, dead):
    assert outcome(server, to(local_part)).suppress is dead


def test_a_refused_sender_concerns_the_sender(server):
    refusal = outcome(server, replace(MAIL, envelope_from="sender550@sender.test"))
    assert told(refusal) == (PermanentRefusal, Scope.SENDER, "rejected_permanent", "550 5.1.0")


@pytest.mark.parametrize(
    ("local_part", "arrived"),
    [
        pytest.param("cutdot", 0, id="cut after the dot, not taken"),
        pytest.param("lost250", 1, id="cut after the dot, taken"),
        pytest.param("odd354", 1, id="an answer that is none"),
    ],
)
def test_after_the_dot_without_a_full_answer_nobody_can_know(server, local_part, arrived):
    assert isinstance(outcome(server, to(local_part)), Unclear)
    assert len(server.messages) == arrived


@pytest.mark.parametrize("local_part", ["hangdot", "late250"])
def test_silence_after_the_dot_is_unclear_once_patience_ends(server, local_part):
    assert isinstance(outcome(server, to(local_part), patience=replace(HASTY, dot=0.2)), Unclear)


def test_a_connection_cut_before_the_dot_is_known_not_accepted(server):
    refusal = outcome(server, to("cutbody", text=LARGE), patience=HASTY)
    assert told(refusal) == (TemporaryRefusal, Scope.RECIPIENT, "provider_error", "")
    assert server.messages == []


@pytest.mark.parametrize(
    ("local_part", "phase", "scope"),
    [
        ("hangrcpt", {"command": 0.2}, "sender"),
        ("hangdata", {"data": 0.2}, "recipient"),
        ("stallbody", {"block": 0.2}, "recipient"),
    ],
)
def test_silence_before_the_dot_is_known_not_accepted(server, local_part, phase, scope):
    refusal = outcome(server, to(local_part, text=LARGE), patience=replace(HASTY, **phase))
    assert told(refusal) == (TemporaryRefusal, Scope(scope), "timeout", "")
    assert server.messages == []


def test_a_connection_is_kept_over_messages_refusals_and_abandoned_ones(server):
    async def work(channel):
        outcomes = [
            await send(channel, to(who)) for who in ("a", "bounce550", "b", "dot451", "nodata554", "c")
        ]
        await (await channel.prepare(to("abandoned"))).abandon()
        outcomes.append(await send(channel, to("d")))
        return outcomes, server.open_connections()

    outcomes, connections = through(SmtpServer("127.0.0.1", server.port), work)
    assert [type(o) for o in outcomes].count(Receipt) == 4
    assert [m["rcpt_tos"] for m in server.messages] == [[f"{who}@example.com"] for who in "abcd"]
    assert connections == 1


def test_a_kept_connection_that_the_server_closed_is_replaced_without_a_word(server):
    async def work(channel):
        first = await send(channel, to("a"))
        await asyncio.to_thread(server.drop_connections)
        return first, await send(channel, to("b"))

    assert all(isinstance(o, Receipt) for o in through(SmtpServer("127.0.0.1", server.port), work))


def test_a_kept_connection_that_says_421_is_replaced_without_a_word(tmp_path):
    async def work(channel):
        return [await send(channel, to(who)) for who in ("a", "b", "c")]

    with serving(tmp_path / "log", goodbye_after=1) as running:
        outcomes = through(SmtpServer("127.0.0.1", running.port), work)
    assert [type(o) for o in outcomes] == [Receipt] * 3


def test_a_fresh_connection_is_not_replaced(server):
    async def work(channel):
        await send(channel, to("a"))
        return await send(channel, to("busy421"))

    assert told(through(SmtpServer("127.0.0.1", server.port), work))[:2] == (TemporaryRefusal, Scope.SENDER)


def test_at_most_so_many_connections_are_open(server):
    async def work(channel):
        one, two = await channel.prepare(to("a")), await channel.prepare(to("b"))
        third = asyncio.ensure_future(channel.prepare(to("c")))
        done, _ = await asyncio.wait([third], timeout=0.05)
        waited = not done
        await one.transmit()
        await (await third).transmit()
        await two.transmit()
        return waited, server.open_connections()

    assert through(SmtpServer("127.0.0.1", server.port), work, connections=2) == (True, 2)
    assert len(server.messages) == 3


def test_an_idle_connection_closes_itself(server):
    async def work(channel):
        await send(channel, to("a"))
        await asyncio.to_thread(server.wait_until_left)

    through(SmtpServer("127.0.0.1", server.port), work, patience=replace(HASTY, idle=0.05))


def test_closing_cuts_nothing_off(server):
    async def work(channel):
        prepared = await channel.prepare(to("a"))
        await channel.close()
        receipt = await prepared.transmit()
        return receipt, await send(channel, to("b"))

    receipt, late = through(SmtpServer("127.0.0.1", server.port), work)
    assert isinstance(receipt, Receipt)
    assert told(late)[:2] == (TemporaryRefusal, Scope.SENDER)


@pytest.mark.parametrize("offered", [True, False])
def test_an_international_address_needs_a_server_that_takes_it(tmp_path, offered):
    with serving(tmp_path / "log", smtputf8=offered) as running:
        result = outcome(running, to("jörg"))
        assert isinstance(result, Receipt if offered else PermanentRefusal)
        assert [m["rcpt_tos"] for m in running.messages] == ([["jörg@example.com"]] if offered else [])


def test_a_message_larger_than_the_server_takes_is_not_offered(tmp_path):
    with serving(tmp_path / "log", size_limit=2000) as running:
        refusal = outcome(running, to("bob", text="x" * 3000))
    assert told(refusal)[:2] == (PermanentRefusal, Scope.RECIPIENT)


@pytest.mark.parametrize(
    ("fields", "scope"),
    [
        ({"recipient_address": "a@x.test,b@y.test"}, "recipient"),
        ({"subject": "a\r\nBcc: eve@example.com"}, "recipient"),
        ({"envelope_from": "nobody"}, "sender"),
        ({"sender_address": "x@y@z"}, "sender"),
    ],
)
def test_what_cannot_be_written_never_reaches_the_wire(server, fields, scope):
    refusal = outcome(server, replace(MAIL, **fields))
    assert told(refusal) == (PermanentRefusal, Scope(scope), "render_error", "")
    assert server.messages == []


@pytest.mark.parametrize(
    ("message", "wire"),
    [
        pytest.param(b"a\r\n.\r\nb\r\n", b"a\r\n..\r\nb\r\n", id="a lone dot is doubled"),
        pytest.param(b".a\r\n", b"..a\r\n", id="a first dot is doubled"),
        pytest.param(
            b"a\n.\nMAIL FROM:<x>\n", b"a\r\n..\r\nMAIL FROM:<x>\r\n", id="bare LF smuggles nothing"
        ),
        pytest.param(b"a\r.\rb", b"a\r\n..\r\nb\r\n", id="bare CR smuggles nothing"),
        pytest.param(b"a\n\r\n.\r\r\nb", b"a\r\n\r\n..\r\n\r\nb\r\n", id="nor do mixed line ends"),
        pytest.param(b"a\r\n\n\r.\n", b"a\r\n\r\n\r\n..\r\n", id="nor equal counts of both"),
    ],
)
def test_no_message_can_end_itself(message, wire):
    assert stuffed(message) == wire
    assert b"\r\n.\r\n" not in stuffed(message)


def test_dots_and_line_ends_arrive_as_they_were(server):
    text = ".\n..\n.hidden\nmac\rend\n"
    assert isinstance(outcome(server, to("bob", text=text)), Receipt)
    [message] = server.messages
    assert b64decode(message["raw"]).endswith(b"\r\n\r\n.\r\n..\r\n.hidden\r\nmac\r\nend\r\n")


def test_texts_of_servers_are_made_showable(monkeypatch, server):
    monkeypatch.setitem(smtp.SCRIPTS, "rude", smtp.Act("RCPT", answer="550 5.1.1 bad\x1b[31m" + "x" * 900))
    refusal = outcome(server, to("rude"))
    assert refusal.text.isprintable()
    assert len(refusal.text) <= 500


CHILD = """
import asyncio, os, signal, sys
from drumbeat import crash
sys.path.insert(0, {root!r})
from tests.channels.sending import MAIL, send, through
from drumbeat.channels.email.smtp import SmtpServer
crash.install(lambda name: os.kill(os.getpid(), signal.SIGKILL) if name == {point!r} else None)
through(SmtpServer("127.0.0.1", {port}), lambda channel: send(channel, MAIL))
"""


@pytest.mark.crash
@pytest.mark.parametrize(
    ("point", "arrived"),
    [
        pytest.param("C5", {0}, id="recipient accepted"),
        pytest.param("C6", {0}, id="in the stream"),
        pytest.param("C7", {0, 1}, id="after the dot"),
        pytest.param("C8", {1}, id="answer read"),
    ],
)
def test_a_worker_killed_on_the_way(tmp_path, point, arrived):
    log = tmp_path / "log"
    root = str(Path(__file__).parents[2])
    with spawned(log) as port:
        script = CHILD.format(root=root, point=point, port=port)
        child = subprocess.run([sys.executable, "-c", script], check=False)
        assert child.returncode == -9
    assert len(read_log(log)) in arrived


def test_the_points_are_passed_in_order(server):
    seen: list[str] = []
    crash.install(seen.append)
    try:
        outcome(server, MAIL)
    finally:
        crash.install(None)
    assert seen == ["C5", "C6", "C7", "C8"]
