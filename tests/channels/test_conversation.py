"""A session after its opening: answers belong to commands, and a session that is out of step is over."""

import asyncio
from contextlib import suppress
from itertools import pairwise

import pytest

from drumbeat.channels.base import PermanentRefusal, Receipt, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.email.connection import Patience
from drumbeat.channels.email.conversation import Answer, Conversation, Lost
from drumbeat.channels.email.smtp import EmailChannel, SmtpServer
from tests.channels.sending import HASTY, send, to, told

OK, GO_AHEAD = b"250 2.0.0 Ok\r\n", b"354 go ahead\r\n"
PIPELINING = b"250-here\r\n250 PIPELINING\r\n"


class Server:
    """Answers what it hears (commands, then a whole message) as scripted; None closes."""

    def __init__(self, *script: bytes | None, ehlo: bytes = PIPELINING) -> None:
        self.heard: list[bytes] = []
        self._script = [b"220 here\r\n", ehlo, *script]

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(self._script[0] or b"")
        with suppress(ConnectionError):
            for before, answer in pairwise(self._script):
                whole = b"\r\n.\r\n" if before == GO_AHEAD else b"\n"
                self.heard.append(await _read(reader, whole))
                if answer is None:
                    break
                writer.write(answer)
                await writer.drain()
            else:
                await reader.read()
        writer.close()


async def _read(reader: asyncio.StreamReader, whole: bytes) -> bytes:
    data = b""
    while not data.endswith(whole):
        if not (more := await reader.read(65536)):
            break
        data += more
    return data


def sent(server: Server, *outbounds, patience: Patience = HASTY):
    async def run():
        listening = await asyncio.start_server(server, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        channel = EmailChannel(SmtpServer("127.0.0.1", port, "plain"), patience=patience)
        outcomes = [await send(channel, outbound) for outbound in outbounds]
        await channel.close()
        listening.close()
        return outcomes

    return asyncio.run(run(), debug=True)


def test_sender_and_recipient_go_together_where_the_server_offers_it():
    server = Server(OK + OK, GO_AHEAD, OK)
    assert isinstance(sent(server, to("bob"))[0], Receipt)
    assert server.heard[1] == b"MAIL FROM:<bounce+x1@sender.test>\r\nRCPT TO:<bob@example.com>\r\n"
    assert server.heard[2] == b"DATA\r\n"


def test_and_one_after_the_other_where_it_does_not():
    server = Server(OK, OK, GO_AHEAD, OK, ehlo=b"250 here\r\n")
    assert isinstance(sent(server, to("bob"))[0], Receipt)
    assert [line[:4] for line in server.heard[1:4]] == [b"MAIL", b"RCPT", b"DATA"]


@pytest.mark.parametrize(
    ("answers", "kind", "scope", "code"),
    [
        pytest.param(
            b"550 5.1.0 Not you\r\n503 Need MAIL\r\n",
            PermanentRefusal,
            "sender",
            "550 5.1.0",
            id="the sender",
        ),
        pytest.param(
            OK + b"550 5.1.1 Nobody\r\n", PermanentRefusal, "recipient", "550 5.1.1", id="the recipient"
        ),
        pytest.param(
            b"421 4.3.2 Busy\r\n", TemporaryRefusal, "sender", "421 4.3.2", id="both, with the session"
        ),
    ],
)
def test_of_two_answers_the_first_refusal_counts(answers, kind, scope, code):
    refusal = sent(Server(answers, None), to("bob"))[0]
    assert (type(refusal), refusal.scope, refusal.code) == (kind, Scope(scope), code)


def test_after_a_refused_recipient_the_next_mail_begins_anew():
    server = Server(OK + b"550 5.1.1 Nobody\r\n", OK * 3, GO_AHEAD, OK)
    outcomes = sent(server, to("nobody"), to("bob"))
    assert [type(outcome) for outcome in outcomes] == [PermanentRefusal, Receipt]
    assert server.heard[2].startswith(b"RSET\r\nMAIL FROM:")


def test_what_a_server_says_unasked_is_no_answer_to_the_next_command():
    unasked = Server(OK + OK + OK, GO_AHEAD, b"250 2.0.0 never for DATA\r\n")
    refusal = sent(unasked, to("bob"))[0]
    assert type(refusal) is TemporaryRefusal
    assert len(unasked.heard) <= 3


def test_an_answer_before_the_end_of_the_message_does_not_accept_it():
    refusal = sent(Server(OK + OK, GO_AHEAD + OK, OK), to("bob"))[0]
    assert type(refusal) is TemporaryRefusal


def test_the_verdict_counts_even_if_the_server_leaves_with_it():
    server = Server(OK + OK, GO_AHEAD, OK + b"421 bye\r\n", None)
    assert isinstance(sent(server, to("bob"))[0], Receipt)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"ok\r\n", id="without a code"),
        pytest.param(b"25\r\n", id="with half a code"),
        pytest.param(b"250-" + b"x" * 40_000, id="without an end"),
        pytest.param(b"250-x\r\n" * 8_000, id="without a last line"),
    ],
)
def test_an_answer_that_is_none_ends_the_session(answer):
    assert told(sent(Server(answer, None), to("bob"))[0])[:2] == (TemporaryRefusal, Scope.SENDER)
    assert type(sent(Server(OK + OK, GO_AHEAD, answer, None), to("bob"))[0]) is Unclear


def test_an_answer_may_have_lines_and_come_in_pieces():
    async def run():
        answers: list[Answer] = []

        async def serve(reader, writer):
            for piece in (b"250-on", b"e\r\n25", b"0-two\n", b"250", b"\r\n"):
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            await reader.read()
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, "127.0.0.1", port)
        session = Conversation(transport)
        session.ask(b"NOOP")
        answers.append(await session.answer(5))
        with pytest.raises(ValueError, match="control"):
            session.ask(b"NOOP\r\nDATA")
        session.drop()
        with pytest.raises(Lost):
            session.ask(b"NOOP")
        listening.close()
        return answers

    assert asyncio.run(run(), debug=True) == [Answer(250, "one\ntwo\n")]
