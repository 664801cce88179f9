"""Calls in virtual time: they keep the quiet hours of the person's zone, and what follows counts from them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from drumbeat.core.flow import VoiceStep
from drumbeat.core.simulate import SimulatedSender
from drumbeat.core.templates import TEMPLATES
from tests.core.test_simulate import a_person, sent_at, simulated
from tests.support.flows import a_line
from tests.support.standing import MONDAY, a_sender

SENDERS = {1: SimulatedSender(a_sender()), 2: SimulatedSender(a_sender(2, channel="voice"))}
DAY = timedelta(days=1)


def test_the_voicemail_and_email_combo_takes_eight_days():
    person = a_person(phone="+14155550100", zone=ZoneInfo("UTC"))
    came = simulated(TEMPLATES["voicemail_email_combo"].flow, [person], senders=SENDERS)
    assert sent_at(came) == [MONDAY, MONDAY + 3 * DAY, MONDAY + 8 * DAY]
    assert [one.reason for one in came.journal if one.rule == "finished"] == ["completed"]


def test_a_call_waits_for_the_morning_of_whom_it_rings():
    person = a_person(phone="+14155550100", zone=ZoneInfo("America/Los_Angeles"))
    came = simulated(a_line(VoiceStep(key="call", script="Hi")), [person], senders=SENDERS)
    [called_at] = sent_at(came)
    assert called_at.astimezone(ZoneInfo("America/Los_Angeles")).hour == 8
