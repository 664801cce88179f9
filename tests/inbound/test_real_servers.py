"""A sequence against real mail servers: it sends through Postfix, and reads by Dovecot what Postfix brings back."""

import email
import itertools
import smtplib
import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import Message as Parsed

import dkim as verifier
import pytest

from drumbeat.actions import domains, enrollments, mailboxes
from drumbeat.channels.email.imap.server import parse_imap_url
from drumbeat.core.flow import JobType
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.senders import channel_of
from drumbeat.engine.wire import NetworkWire
from drumbeat.inbound import intake
from drumbeat.inbound import mailboxes as watching
from drumbeat.inbound.mailboxes import Mailboxes
from drumbeat.models import (
    Attempt,
    Contact,
    Enrollment,
    InboundMail,
    Mailbox,
    SenderProfile,
    Suppression,
    Touch,
)
from tests.support.dovecot import Dovecot, dovecot
from tests.support.flows import a_line, an_email
from tests.support.letters import a_mail
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner
from tests.support.postfix import DEFERRED, FULL, GREYLISTED, NOBODY, REFUSED, Postfix, postfix
from tests.support.processes import until

pytest_plugins = ["tests.support.installed"]
pytestmark = [pytest.mark.usefixtures("installation"), pytest.mark.mail]

KIM = "kim@example.com"
OURS = "rep@ours.test"
NEXT_STEP = NOW + timedelta(days=4)


@dataclass
class Team:
    """A sender behind Postfix whose mailbox lies on Dovecot, and a sequence of two mails."""

    postfix: Postfix
    dovecot: Dovecot
    box: Mailbox
    wire: NetworkWire = field(default_factory=lambda: NetworkWire(channel_of))

    def __post_init__(self) -> None:
        self.planner, self.dispatcher = Planner(), Dispatcher("test", self.wire)

    def run(self, now):
        """Read, plan and send until nothing is due at this moment."""
        while self._worked(now) or self.dispatcher.busy:
            pass

    def _worked(self, now):
        return (
            intake.process_once(now)
            + self.planner.plan_once(now)
            + self.dispatcher.turn(now, wait_seconds=0.02)
        )

    def in_box(self, user) -> list[Parsed]:
        """Return what lies in a box, in the order of arrival."""
        files = sorted(
            (self.dovecot.boxes / user / "new").glob("*"), key=lambda file: file.stat().st_mtime_ns
        )
        return [email.message_from_bytes(file.read_bytes()) for file in files]

    def answers(self, raw, to):
        """Send a mail as a person outside does: by Postfix, to the address that the mail asked answers for."""
        with smtplib.SMTP("127.0.0.1", self.postfix.port) as line:
            line.sendmail(KIM, [to], raw)


@pytest.fixture(scope="module")
def servers():
    with dovecot() as boxes, postfix(boxes, {OURS: "rep", KIM: "kim", GREYLISTED: "grey"}) as running:
        yield running, boxes


@pytest.fixture
def owner(installation):
    return an_owner()


@pytest.fixture
def team(owner, servers):
    running, boxes = servers
    for file in boxes.boxes.glob("*/*/*"):
        file.unlink()
    running.greylisted.clear()
    sender = a_mailbox(owner, OURS, smtp=running.url)
    SenderProfile.objects.filter(id=sender.pk).update(plus_addressing=True, host_trusted=True)
    server, folder = parse_imap_url(boxes.url())
    typed = mailboxes.Typed(
        address=OURS, host=server.host, port=server.port, security="plain", username="rep", folder=folder
    )
    boxes.deliver(a_mail("Old news.\n", message_id="old@example.com"))
    made = Team(running, boxes, mailboxes.add(owner, typed, NOW, trusted=server))
    yield made
    made.wire.stop()


@pytest.fixture
def reading(team, monkeypatch):
    """Read the mailbox by IDLE until the end of the test; the returned semaphore counts what was stored."""
    monkeypatch.setattr(watching, "LISTEN_SECONDS", 0.1)
    ticks, arrived = itertools.count(1), threading.Semaphore(0)
    with Mailboxes(arrived.release, lambda: NOW + timedelta(seconds=next(ticks)), every=0.05):
        until(lambda: Mailbox.objects.get(id=team.box.pk).uidvalidity is not None)
        yield arrived


def enroll(owner, *addresses):
    follow_up = replace(an_email("follow_up", after="3d"), job_type=JobType.FOLLOW_UP_EMAIL)
    flow = a_line(an_email("hello"), follow_up)
    sequence = an_active_sequence(owner, flow, sender_id=SenderProfile.objects.get(address=OURS).pk)
    ids = [a_lead(owner, address).pk for address in addresses]
    enrollments.enroll(owner, sequence.pk, ids, NOW)


def standing(address):
    enrollment = Enrollment.objects.get(contact__email_normal=address)
    return enrollment.state, enrollment.reason


def touches(address):
    return list(
        Touch.objects.filter(contact__email_normal=address).order_by("id").values_list("status", flat=True)
    )


def test_a_mail_arrives_as_it_was_written(owner, team):
    enroll(owner, KIM)
    team.run(NOW)

    until(lambda: team.in_box("kim"))
    (mail,) = team.in_box("kim")
    touch = Touch.objects.get(status="sent")
    assert mail["Message-ID"] == f"<{touch.mark}@ours.test>"
    assert mail["Return-Path"] == f"<rep+b-{touch.mark}@ours.test>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [
        name for name in ("From", "Date", "Message-ID", "Subject", "To") if len(mail.get_all(name)) != 1
    ] == []
    assert "queued as" in Attempt.objects.get().text


def test_a_signature_holds_through_a_real_server(owner, team):
    key = domains.make_key(owner, "ours.test", NOW)
    domains.sign(owner, "ours.test", NOW, lambda name, kind: [key.record] if name == key.name else [])
    enroll(owner, KIM)
    team.run(NOW)

    until(lambda: team.in_box("kim"))
    (file,) = (team.dovecot.boxes / "kim/new").glob("*")
    published = {f"{key.name}.".encode(): key.record.encode()}
    arrived = file.read_bytes()
    changed = arrived.replace(b"Subject: ", b"Subject: No ", 1)
    verdicts = [
        verifier.verify(mail, dnsfunc=lambda name, **_: published.get(name)) for mail in (arrived, changed)
    ]
    assert verdicts == [True, False]


def test_a_reply_through_both_servers_ends_the_sequence(owner, team, reading):
    enroll(owner, KIM)
    team.run(NOW)
    until(lambda: team.in_box("kim"))
    (mail,) = team.in_box("kim")
    team.answers(
        a_mail("Let us talk.\n", answers=mail["Message-ID"].strip("<>"), sender=KIM), mail["Reply-To"]
    )
    assert reading.acquire(timeout=60)
    team.run(NEXT_STEP)

    assert standing(KIM) == ("finished", "replied")
    assert touches(KIM)[0] == "sent"
    assert len(team.in_box("kim")) == 1


def test_who_is_unknown_is_reported_by_the_server_and_never_written_to_again(owner, team, reading):
    enroll(owner, NOBODY)
    team.run(NOW)
    assert reading.acquire(timeout=60)
    team.run(NEXT_STEP)

    assert standing(NOBODY) == ("finished", "bounced")
    assert Suppression.objects.get().reason == "hard_bounce"
    assert touches(NOBODY).count("sent") == 1
    assert InboundMail.objects.get().fault == ""


def test_a_full_mailbox_is_tried_again_with_the_next_step_and_suppresses_nobody(owner, team, reading):
    enroll(owner, FULL)
    team.run(NOW)
    assert reading.acquire(timeout=60)
    team.run(NEXT_STEP)

    assert not Suppression.objects.exists()
    assert touches(FULL).count("sent") == 2


def test_greylisting_is_waited_for(owner, team):
    enroll(owner, GREYLISTED)
    team.run(NOW)
    assert Touch.objects.get().status == "scheduled"
    assert Attempt.objects.get().code == "450 4.2.0"
    assert team.in_box("grey") == []

    team.run(NOW + timedelta(minutes=10))
    until(lambda: team.in_box("grey"))
    assert Touch.objects.get(status="sent").attempts == 2


def test_a_refusal_of_ours_holds_the_sender_and_suppresses_nobody(owner, team):
    enroll(owner, REFUSED)
    team.run(NOW)

    sender = SenderProfile.objects.get(address=OURS)
    assert sender.down_until is not None
    assert "5.7.1" in sender.down_text
    assert not Suppression.objects.exists()
    assert Contact.objects.get().pk


def test_a_busy_mailbox_is_tried_again_until_the_tries_are_used_up(owner, team):
    enroll(owner, DEFERRED)
    now = NOW
    for _ in range(12):
        team.run(now)
        now += timedelta(days=1, hours=3)

    assert touches(DEFERRED)[0] == "failed"
    assert Attempt.objects.filter(touch__step="hello").count() == 8
    assert not Suppression.objects.exists()


def test_the_second_mail_stands_in_the_thread_of_the_first(owner, team):
    enroll(owner, KIM)
    team.run(NOW)
    team.run(NEXT_STEP)

    until(lambda: len(team.in_box("kim")) == 2)
    first, second = team.in_box("kim")
    assert second["In-Reply-To"] == first["Message-ID"]
    assert first["Message-ID"] in second["References"]
