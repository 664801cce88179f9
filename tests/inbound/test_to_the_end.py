"""From a mail that really left to the end of its sequence: what comes back decides what is sent next."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from drumbeat.actions import enrollments
from drumbeat.clock import SystemClock
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.inbound import intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import Enrollment, Touch
from tests.support.hand_wire import HandWire
from tests.support.letters import a_bounce, a_complaint, a_mail, an_absence, an_auto_reply
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db

KIM = "kim@example.com"
LATER = NOW + timedelta(days=4)


class Office:
    """One contact in a sequence of two mails, the first of which has left."""

    def __init__(self):
        self.owner = an_owner()
        self.sender = a_mailbox(self.owner)
        self.sender.plus_addressing = True
        self.sender.save()
        self.sequence = an_active_sequence(self.owner, sender_id=self.sender.pk)
        self.contact = a_lead(self.owner, KIM)
        enrollments.enroll(self.owner, self.sequence.pk, [self.contact.pk], NOW)
        self.wire = HandWire()
        self.planner = Planner()
        self.dispatcher = Dispatcher("test", self.wire)
        self.run(NOW)
        (self.touch,) = Touch.objects.all()
        assert self.touch.status == "sent"

    def run(self, now):
        for _ in range(6):
            intake.process_once(now)
            self.planner.plan_once(now)
            self.dispatcher.turn(now)
            self.wire.end_all()

    def standing(self):
        enrollment = Enrollment.objects.get()
        return enrollment.state, enrollment.reason

    @property
    def sent(self):
        """How many mails left to the contact."""
        return Touch.objects.filter(id__in=self.wire.transmitted, kind="email").count()


@pytest.fixture
def composed(monkeypatch):
    """What left, as the channel got it."""
    mails = []
    begin = HandWire.begin

    def noting(wire, claimed):
        mails.append(claimed.outbound)
        begin(wire, claimed)

    monkeypatch.setattr(HandWire, "begin", noting)
    return mails


@pytest.fixture
def office(composed):
    return Office()


def arrives(raw, to="rep@ours.test"):
    keep(Arrival("smtp", KIM, (to,), raw), NOW)


@pytest.mark.parametrize(
    ("answer", "state", "reason", "mails"),
    [
        pytest.param(
            lambda id_: a_mail(answers=id_, sender=KIM), "finished", "replied", 1, id="a reply ends it"
        ),
        pytest.param(lambda id_: a_mail(sender=KIM), "paused", "reply", 1, id="a weak reply pauses it"),
        pytest.param(
            lambda id_: a_mail("Unsubscribe", answers=id_, sender=KIM),
            "finished",
            "opted_out",
            1,
            id="an opt-out ends it",
        ),
        pytest.param(
            lambda id_: a_bounce(of=id_, recipient=KIM), "finished", "bounced", 1, id="a bounce ends it"
        ),
        pytest.param(lambda id_: a_complaint(of=id_), "finished", "complained", 1, id="a complaint ends it"),
        pytest.param(
            lambda id_: an_auto_reply(answers=id_, sender=KIM),
            "finished",
            "completed",
            2,
            id="a machine does not",
        ),
        pytest.param(
            lambda id_: an_absence(answers=id_, sender=KIM), "finished", "completed", 2, id="nor an absence"
        ),
        pytest.param(
            lambda id_: a_bounce(of=id_, recipient=KIM, status="5.2.2", words="552 5.2.2 Mailbox full"),
            "finished",
            "completed",
            2,
            id="nor a full mailbox",
        ),
    ],
)
def test_what_comes_back_decides_what_is_sent_next(office, composed, answer, state, reason, mails):
    arrives(answer(composed[0].message_id))
    office.run(NOW + timedelta(hours=1))
    office.run(LATER)

    assert office.standing() == (state, reason)
    assert office.sent == mails


def test_the_reply_address_of_a_composed_mail_finds_its_way_back(office, composed):
    arrives(a_mail(sender="assistant@example.com"), to=composed[0].reply_to)
    office.run(LATER)

    assert office.standing() == ("finished", "replied")


def test_the_return_path_of_a_composed_mail_finds_its_way_back(office, composed):
    arrives(a_bounce(recipient=KIM), to=composed[0].envelope_from)
    office.run(LATER)

    assert office.standing() == ("finished", "bounced")


def test_the_link_of_a_composed_mail_unsubscribes(office, composed, monkeypatch):
    monkeypatch.setattr(SystemClock, "now", lambda _: NOW)
    link = re.sub(r"^https?://[^/]+", "", composed[0].unsubscribe_url)
    Client().post(link, {"List-Unsubscribe": "One-Click"})
    office.run(LATER)

    assert office.standing() == ("finished", "opted_out")
    assert office.sent == 1


@pytest.mark.parametrize(
    ("sender", "marked", "reason"),
    [
        pytest.param("anybody@else.test", True, "opted_out", id="whoever writes to its address"),
        pytest.param(KIM, False, "", id="a known sender without the mark is asked about"),
    ],
)
def test_the_mail_address_to_unsubscribe_proves_it_and_from_does_not(
    office, composed, sender, marked, reason
):
    to = composed[0].unsubscribe_address
    assert to == composed[0].reply_to
    arrives(a_mail("", subject="unsubscribe", sender=sender), to=to if marked else "rep@ours.test")
    office.run(NOW + timedelta(hours=1))

    assert office.standing() == (("finished", reason) if reason else ("paused", "reply"))
    assert office.sent == 1


def test_a_doubtful_mail_that_is_answered_by_a_machine_goes_on_from_its_hand_over(office, composed):
    Touch.objects.update(status="interrupted", settled_at=None)
    Enrollment.objects.update(state="blocked", reason="interrupted", step="hello", next_step_at=None)

    arrives(an_auto_reply(answers=composed[0].message_id, sender=KIM))
    office.run(NOW + timedelta(hours=1))
    enrollment = Enrollment.objects.get()
    assert (enrollment.state, enrollment.step) == ("active", "follow_up")
    assert enrollment.due_at == office.touch.handed_at + timedelta(days=3)

    office.run(LATER)
    assert office.sent == 2


def test_an_absence_postpones_where_the_sequence_says_so(office, composed):
    office.sequence.postpone_on_out_of_office = True
    office.sequence.save()

    arrives(
        an_absence(
            "I am out of the office until 13 March 2026.\n", answers=composed[0].message_id, sender=KIM
        )
    )
    office.run(LATER)
    assert office.standing() == ("paused", "out_of_office")
    assert office.sent == 1

    office.run(NOW + timedelta(days=15))
    assert office.sent == 2
