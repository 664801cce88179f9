"""The outside world as a process of its own, met over real sockets."""

import contextlib
import os
import queue
import smtplib
import socket
import sqlite3
import subprocess
import sys
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from drumbeat.demo.habits import Answer, is_refused, reaction
from drumbeat.demo.people import person

PATIENCE = 30


class Drumbeat:
    """Where drumbeat would take mail: keeps each envelope."""

    port = 0

    def __init__(self):
        self.envelopes: queue.Queue[Envelope] = queue.Queue()

    async def handle_DATA(self, server, session, envelope):
        self.envelopes.put(envelope)
        return "250 OK"


def someone(fits):
    return next(each.email for each in map(person, range(5_000)) if fits(each.email))


def who(answer):
    """Return the address whose owner does this soonest with the first mail."""
    willing = [each.email for each in map(person, range(2_000)) if not is_refused(each.email)]
    doing = [(reaction(address, 1).after_seconds, address) for address in willing]
    return min(pair for pair in doing if reaction(pair[1], 1).answer is answer)[1]


@pytest.fixture
def drumbeat():
    handler = Drumbeat()
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    listening.close()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.port = port
    yield handler
    controller.stop()


@pytest.fixture
def post(tmp_path):
    return tmp_path / "world/post.sqlite3"


@contextlib.contextmanager
def running_world(inbound_port, post, parent=None):
    with contextlib.ExitStack() as held:
        doors = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
        names = zip(("--smtp-fd", "--twilio-fd", "--model-fd"), doors, strict=True)
        command = [sys.executable, "-m", "drumbeat.demo.world"]
        command += [word for name, door in names for word in (name, str(door.fileno()))]
        command += ["--inbound-port", str(inbound_port), "--post", str(post)]
        command += ["--parent", str(parent or os.getpid())]
        process = subprocess.Popen(command, pass_fds=[door.fileno() for door in doors])
        try:
            yield process, doors[0].getsockname()[1]
        finally:
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def world(drumbeat, post):
    with running_world(drumbeat.port, post) as (_, port):
        yield port


def send(port, recipient):
    mail = EmailMessage()
    mail["From"], mail["To"] = "Robin Vale <robin@demo.test>", recipient
    mail["Subject"], mail["Message-ID"] = "Hello", "<hello@demo.test>"
    mail.set_content("Shall we talk?")
    with smtplib.SMTP("127.0.0.1", port, local_hostname="drumbeat.test", timeout=PATIENCE) as client:
        client.sendmail("robin+b-mark@demo.test", [recipient], mail.as_bytes())


def test_a_person_replies_over_smtp(world, drumbeat):
    recipient = who(Answer.REPLY)
    send(world, recipient)
    envelope = drumbeat.envelopes.get(timeout=PATIENCE)
    assert (envelope.mail_from, envelope.rcpt_tos) == (recipient, ["robin@demo.test"])
    assert message_from_bytes(envelope.content, policy=default)["In-Reply-To"] == "<hello@demo.test>"


def test_a_mailbox_that_is_gone_bounces_with_an_empty_envelope_sender(world, drumbeat):
    send(world, who(Answer.BOUNCE))
    envelope = drumbeat.envelopes.get(timeout=PATIENCE)
    assert (envelope.mail_from, envelope.rcpt_tos) == ("<>", ["robin+b-mark@demo.test"])
    assert b"Status: 5.1.1" in envelope.content


def test_an_unknown_mailbox_is_refused_before_the_mail(world):
    with pytest.raises(smtplib.SMTPRecipientsRefused) as refusal:
        send(world, someone(is_refused))
    ((code, text),) = refusal.value.recipients.values()
    assert (code, text[:5]) == (550, b"5.1.1")


def test_every_mail_is_kept_for_the_dev_inbox(world, post):
    send(world, who(Answer.NOTHING))
    with contextlib.closing(sqlite3.connect(f"file:{post}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT sender, recipient, subject, answer FROM mail").fetchall()
    assert rows == [("robin@demo.test", who(Answer.NOTHING), "Hello", "")]


def test_an_answer_waits_until_drumbeat_takes_mail(post, drumbeat):
    unused = socket.create_server(("127.0.0.1", 0))
    port = unused.getsockname()[1]
    unused.close()
    with running_world(port, post) as (_, smtp):
        send(smtp, who(Answer.OUT_OF_OFFICE))
        late = Drumbeat()
        controller = Controller(late, hostname="127.0.0.1", port=port)
        start = threading.Timer(4, controller.start)
        start.start()
        envelope = late.envelopes.get(timeout=PATIENCE)
        start.join()
        controller.stop()
    assert b"Auto-Submitted: auto-replied" in bytes(envelope.original_content or b"")


def test_an_answer_that_a_stopped_world_owes_is_given_by_the_next(drumbeat, post):
    with running_world(drumbeat.port, post) as (_, smtp):
        send(smtp, who(Answer.REPLY))
    with running_world(drumbeat.port, post):
        envelope = drumbeat.envelopes.get(timeout=PATIENCE)
    assert envelope.mail_from == who(Answer.REPLY)


def test_the_world_ends_with_its_parent(drumbeat, post):
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    with running_world(drumbeat.port, post, parent=gone.pid) as (process, _):
        assert process.wait(PATIENCE) == 0
