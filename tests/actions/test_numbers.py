"""What decides ahead treats texts as it treats mails: the audit, the simulation, the pre-flight."""

import pytest

from drumbeat.actions.contacts.selection import Selection
from drumbeat.actions.enrollments import preflight
from drumbeat.actions.enrollments.preflight import Request
from drumbeat.actions.numbers import findings
from drumbeat.actions.sequences import checking, simulating
from drumbeat.actions.sequences.cast import Whom
from drumbeat.actions.sequences.simulating import Asked
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.flow import SmsStep, WhatsAppStep
from drumbeat.models import PhoneAccount, SenderProfile
from tests.support import phoning
from tests.support.flows import a_line
from tests.support.office import NOW, a_lead, an_active_sequence, an_owner
from tests.support.texts import a_number

pytestmark = pytest.mark.django_db
TEXTS = a_line(
    SmsStep(key="hello", text="Hi"), SmsStep(key="again", text="Hi again", delay=Delay(3, DelayUnit.DAYS))
)


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def number(owner):
    return a_number(owner, phoning.an_account(owner), cap_per_day=50)


def codes(owner, flow):
    return {problem.code for problem in checking.problems_of(owner, flow)}


def test_a_text_needs_a_number_to_be_published(owner):
    assert "channel_without_sender" in codes(owner, TEXTS)
    a_number(owner, phoning.an_account(owner))
    assert codes(owner, TEXTS) == set()


def test_a_first_whatsapp_message_needs_a_template(owner):
    a_number(owner, phoning.an_account(owner), "whatsapp")
    assert "whatsapp_without_template" in codes(owner, a_line(WhatsAppStep(key="hello", text="Hi")))


def test_a_simulation_obeys_the_cap_of_the_number(owner, number):
    sequence = an_active_sequence(owner, TEXTS)
    came = simulating.simulate_for(owner, sequence.pk, Asked(whom=Whom(people=60)), NOW)
    assert came.report.messages == 120
    assert [wait.reason for wait in came.report.waits] == ["cap_day"]


def test_whoever_has_no_number_is_told_before_enrolling(owner, number):
    sequence = an_active_sequence(owner, TEXTS)
    with_number, without = (
        a_lead(owner, "a@example.com", phone="+442079460958"),
        a_lead(owner, "b@example.com"),
    )
    chosen = Selection(contact_ids=[with_number.pk, without.pk])
    looked = preflight.look(owner, Request(sequence.pk, chosen), NOW)
    assert looked.counts == {Answer.ENROLLED: 1, Answer.NO_ADDRESS: 1}


class TestDoctor:
    def said(self, owner):
        return [one.code for one in findings.of(owner, NOW)]

    def test_without_a_public_address_nobody_tells(self, owner, number):
        assert self.said(owner) == ["phone_account_untold"]

    def test_an_account_that_twilio_refuses_is_named(self, owner, number):
        PhoneAccount.objects.update(fault="401 20003 Authenticate")
        assert "phone_account_faulty" in self.said(owner)

    def test_a_number_that_is_held_is_named(self, owner, number):
        SenderProfile.objects.filter(id=number.pk).update(down_until=NOW.replace(hour=23), down_text="30034")
        assert "number_held" in self.said(owner)
