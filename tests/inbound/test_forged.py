"""Mail that only claims to be a contact's: at most it pauses and asks. Nothing ends, nobody is suppressed (I10)."""

import pytest

from drumbeat.models import Conversation, Message, Suppression
from tests.support.arriving import arrives, facts, is_stopped
from tests.support.letters import a_bounce, a_complaint, a_mail, an_absence, an_auto_reply
from tests.support.outreach import an_outreach

pytestmark = pytest.mark.django_db

FOREIGN = "0123456789abcdef0123456789abcdef01234567@ours.test"
"""Looks like an id of ours, and was never one."""
CALENDAR = (
    "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:1\nDTSTART:20260310T090000Z\nSUMMARY:Hello\n"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:kim.lee@example.com\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.fixture
def outreach():
    return an_outreach()


@pytest.mark.parametrize(
    ("forged", "word", "question"),
    [
        pytest.param(a_mail("Yes, please."), "weak_reply", "whose_reply", id="a reply"),
        pytest.param(
            a_mail("Yes.", answers=FOREIGN), "weak_reply", "whose_reply", id="an id that we never gave"
        ),
        pytest.param(a_mail("unsubscribe"), "weak_reply", "whose_reply", id="an opt-out"),
        pytest.param(
            a_mail("", subject="unsubscribe"), "weak_reply", "whose_reply", id="an opt-out by its subject"
        ),
        pytest.param(a_mail("Do not contact me again."), "weak_reply", "whose_reply", id="no contact at all"),
        pytest.param(a_mail("Interested, call me."), "weak_reply", "whose_reply", id="somebody interested"),
        pytest.param(a_mail("I am the wrong person."), "weak_reply", "whose_reply", id="a wrong person"),
        pytest.param(
            a_mail("Yes.", sender="KIM.LEE@EXAMPLE.COM"), "weak_reply", "whose_reply", id="a From in capitals"
        ),
        pytest.param(
            a_mail("Yes.", Authentication_Results="mx.test; spf=pass; dkim=pass; dmarc=pass"),
            "weak_reply",
            "whose_reply",
            id="a header that says it was checked",
        ),
        pytest.param(
            a_mail("Yes.", X_Drumbeat_Forwarded=FOREIGN.partition("@")[0]),
            "weak_reply",
            "whose_reply",
            id="a header of ours with a mark that we never gave",
        ),
        pytest.param(
            a_mail("Yes.", Sender="kim.lee@example.com"), "weak_reply", "whose_reply", id="a Sender"
        ),
        pytest.param(an_absence(), "out_of_office", None, id="an absence"),
        pytest.param(an_auto_reply(), "auto_reply", None, id="a machine"),
    ],
)
def test_a_forged_from_pauses_and_asks_at_most(outreach, forged, word, question):
    arrives(forged)

    assert Message.objects.get().kind == word
    assert Conversation.objects.get().question == question
    assert not Suppression.objects.exists()
    assert set(facts()) <= {("weak_reply", "")}
    assert is_stopped(outreach) is (question is not None)
    outreach.enrollment.refresh_from_db()
    assert outreach.enrollment.state == "awaiting"


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(a_bounce(), id="a bounce"),
        pytest.param(a_bounce(of=FOREIGN), id="a bounce of a mail that we never sent"),
        pytest.param(a_complaint(recipient="kim.lee@example.com"), id="a complaint"),
        pytest.param(
            a_complaint(of=FOREIGN, recipient="kim.lee@example.com"), id="a complaint about another mail"
        ),
    ],
)
def test_a_forged_report_changes_nothing(outreach, forged):
    arrives(forged)

    assert not Suppression.objects.exists()
    assert facts() == {}
    assert not is_stopped(outreach)


@pytest.mark.parametrize(
    ("to", "sender"),
    [
        pytest.param(
            "rep+r-0123456789abcdef0123456789abcdef@ours.test", "kim.lee@example.com", id="a token made up"
        ),
        pytest.param("rep+b-@ours.test", "kim.lee@example.com", id="an empty token"),
        pytest.param("rep+r-short@ours.test", "kim.lee@example.com", id="a token too short"),
    ],
)
def test_a_token_that_we_never_gave_proves_nothing(outreach, to, sender):
    arrives(a_mail("unsubscribe", sender=sender), to=to)

    assert not Suppression.objects.exists()
    assert Message.objects.get().kind == "weak_reply"


def test_a_meeting_without_our_mark_pauses_and_ends_nothing(outreach):
    mail = a_mail(CALENDAR, Content_Type="text/calendar; method=REPLY")
    arrives(mail)

    assert not Suppression.objects.exists()
    outreach.enrollment.refresh_from_db()
    assert outreach.enrollment.state == "awaiting"
