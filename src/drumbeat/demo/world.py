"""The outside world: a mail server that takes every mail, and people who answer, leave, stop or are unknown.

And a Twilio with people behind it, and a model. A process of its own that knows drumbeat by what it sends alone:
`python -m drumbeat.demo.world --help`.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import secrets
import signal
import smtplib
import socket
import sys
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session

from drumbeat.clock import Clock, SystemClock
from drumbeat.demo import catalogue, habits, writer
from drumbeat.demo.answers import Sending, answer_to
from drumbeat.demo.habits import Answer
from drumbeat.demo.letters import Letter, read_letter
from drumbeat.demo.listening import listening
from drumbeat.demo.phones import Phones
from drumbeat.demo.post import Post
from drumbeat.demo.twilio.server import Twilio, answering

log = logging.getLogger(__name__)

HOST = "mx.outside.test"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_TRIES = 20
_TRY_AGAIN_SECONDS = 3.0
_POLL_SECONDS = 0.5
_LINGER_SECONDS = 20.0
_OWED_AFTER_SECONDS = 5.0


class World:
    """aiosmtpd's handler and what follows from a mail. `inbound` is where drumbeat takes mail."""

    def __init__(self, post: Post, inbound: tuple[str, int], clock: Clock) -> None:
        self.post = post
        self.clock = clock
        self.inbound = inbound
        self.sessions: set[Any] = set()
        self._answers: set[asyncio.Task[None]] = set()

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if habits.is_refused(address.lower()):
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        raw = bytes(envelope.original_content or b"")
        for recipient in envelope.rcpt_tos:
            self._receive(read_letter(raw, envelope.mail_from or "", recipient.lower()))
        return "250 2.0.0 Taken"

    def go_on(self) -> None:
        """Give the answers that the last run still owed."""
        for mail_id, answer, letter in self.post.unanswered():
            self._plan(mail_id, letter, habits.Reaction(Answer(answer), _OWED_AFTER_SECONDS))

    def _receive(self, letter: Letter) -> None:
        mail_id, nth = self.post.deliver(letter, self.clock.now())
        reaction = habits.reaction(letter.recipient, nth)
        if reaction.answer is Answer.NOTHING:
            return
        self.post.intend(mail_id, reaction.answer)
        self._plan(mail_id, letter, reaction)

    def _plan(self, mail_id: int, letter: Letter, reaction: habits.Reaction) -> None:
        task = asyncio.get_running_loop().create_task(self._react(mail_id, letter, reaction))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    async def _react(self, mail_id: int, letter: Letter, reaction: habits.Reaction) -> None:
        await asyncio.sleep(reaction.after_seconds)
        for _ in range(_TRIES):
            try:
                text = await asyncio.to_thread(self._act, letter, reaction.answer)
            except OSError as fault:  # smtplib's and urllib's errors are of this kind
                log.info("an answer waits, drumbeat does not take it now: %s", fault)
                await asyncio.sleep(_TRY_AGAIN_SECONDS)
            else:
                self.post.answered(mail_id, text, self.clock.now())
                return
        log.warning("an answer was given up: drumbeat did not take it")

    def _act(self, letter: Letter, answer: Answer) -> str:
        """Do what the person does; return what to show of it. Runs in a thread."""
        if answer is Answer.UNSUBSCRIBE and (link := _on_this_machine(letter.unsubscribe_link)):
            _unsubscribe(link)
            return "pressed the unsubscribe button of the mail program"
        sending = answer_to(letter, Answer.STOP if answer is Answer.UNSUBSCRIBE else answer, self.clock.now())
        self._send(sending)
        return sending.raw.decode("utf-8", "replace")

    def _send(self, sending: Sending) -> None:
        host, port = self.inbound
        with smtplib.SMTP(host, port, local_hostname=HOST, timeout=10) as client:
            client.sendmail(sending.mail_from, [sending.recipient], sending.raw)


def _on_this_machine(link: str) -> str:
    """Return the link when it leads to this machine, else "": the demo never goes anywhere else."""
    return link if urlsplit(link).hostname in _LOOPBACK else ""


def _unsubscribe(link: str) -> None:
    """Press the one-click button (RFC 8058): a POST without cookies."""
    request = urllib.request.Request(link, data=b"List-Unsubscribe=One-Click", method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10):
        pass


class _Mailserver(SMTP):
    """Counts its open sessions, so that the world can wait for them at its end."""

    def __init__(self, world: World) -> None:
        super().__init__(world, hostname=HOST, ident="outside world", enable_SMTPUTF8=True)
        self._world = world

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._world.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._world.sessions.discard(self)
        super().connection_lost(error)


async def run(world: World, phones: Phones, smtp: socket.socket, parent: int) -> None:
    """Take mail until SIGTERM or until the parent is gone and its worker has hung up."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    loop.add_signal_handler(signal.SIGINT, lambda: None)  # Ctrl+C reaches all; the parent ends us last
    server = await loop.create_server(lambda: _Mailserver(world), sock=smtp)
    world.go_on()
    phones.connect(loop)
    watcher = loop.create_task(_watch(parent, world, ended))
    await ended.wait()
    watcher.cancel()
    server.close()


async def _watch(parent: int, world: World, ended: asyncio.Event) -> None:
    while os.getppid() == parent:
        await asyncio.sleep(_POLL_SECONDS)
    gone_at = asyncio.get_running_loop().time()
    while world.sessions and asyncio.get_running_loop().time() < gone_at + _LINGER_SECONDS:
        await asyncio.sleep(_POLL_SECONDS)
    ended.set()


def main() -> None:
    """Run the world on a socket that the parent has bound, so that no mail ever meets a closed port."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-fd", type=int, required=True, help="listening socket for mail to the world")
    parser.add_argument("--twilio-fd", type=int, required=True, help="listening socket of the Twilio")
    parser.add_argument("--model-fd", type=int, required=True, help="listening socket of the model")
    parser.add_argument(
        "--inbound-port", type=int, required=True, help="where drumbeat takes mail, on loopback"
    )
    parser.add_argument("--post", type=Path, required=True, help="SQLite file of the mailboxes")
    parser.add_argument("--parent", type=int, required=True, help="process with which this one ends")
    args = parser.parse_args()
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd logs every command
    post = Post(args.post)
    world = World(post, ("127.0.0.1", args.inbound_port), SystemClock())
    twilio = Twilio(run=secrets.randbits(32), numbers=catalogue.numbers(), templates=catalogue.templates())
    with (
        answering(twilio, socket.socket(fileno=args.twilio_fd)),
        listening(socket.socket(fileno=args.model_fd), writer.Handler),
    ):
        asyncio.run(run(world, Phones(twilio), socket.socket(fileno=args.smtp_fd), args.parent))
    os._exit(0)  # threads that wait for a slow answer need not be waited for


if __name__ == "__main__":
    main()
