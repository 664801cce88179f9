"""Invitations by mail: an accepted one is a meeting, counted once, and no reply unless somebody wrote words."""

import pytest

from drumbeat.models import ContactFact, Event, Message, Notification
from tests.core.test_invites import ics
from tests.support.arriving import arrives, is_stopped, message_id_of
from tests.support.letters import a_mail
from tests.support.outreach import ADDRESS, an_outreach

pytestmark = pytest.mark.django_db
PARTS = """--=c=
Content-Type: text/plain; charset=utf-8

{words}

--=c=
Content-Type: text/calendar; charset=utf-8; method=REPLY

{calendar}
--=c=--
"""


@pytest.fixture
def outreach():
    return an_outreach()


def an_invitation(calendar, words="", **more):
    headers = {"MIME_Version": "1.0", "Content_Type": 'multipart/alternative; boundary="=c="'}
    body = PARTS.format(words=words, calendar=calendar.replace("\r\n", "\n"))
    return a_mail(body, subject="Accepted: Demo", **headers, **more)


def kinds():
    return sorted(ContactFact.objects.filter(scope="").values_list("kind", "count"))


def test_an_accepted_invitation_is_a_meeting_and_no_reply(outreach):
    arrives(an_invitation(ics(who=ADDRESS), "Kim Lee has accepted this invitation."))

    assert kinds() == [("meeting_booked", 1), ("weak_meeting", 1)]
    event = Event.objects.get()
    assert (event.kind, event.source, event.contact) == ("meeting_booked", "invite", outreach.contact)
    assert event.payload == {
        "note": "Demo of, everything",
        "starts_at": "2026-03-05T14:00:00+00:00",
        "proven": False,
    }
    assert is_stopped(outreach)
    assert Message.objects.get(direction="in").kind == "other"
    assert "has a meeting with you: Demo of, everything" in Notification.objects.get().text


def test_it_counts_once_and_cancelling_it_counts_besides(outreach):
    for number in range(2):
        arrives(an_invitation(ics(who=ADDRESS), message_id=f"a{number}@example.com"))
    arrives(an_invitation(ics("CANCEL", who=ADDRESS), message_id="c@example.com"))
    assert kinds() == [("meeting_booked", 1), ("meeting_cancelled", 1), ("weak_meeting", 1)]


def test_words_of_a_person_are_a_reply_as_well(outreach):
    arrives(an_invitation(ics(who=ADDRESS), "Great, see you then.", answers=message_id_of(outreach)))
    assert kinds() == [("meeting_booked", 1), ("replied", 1)]


def test_one_from_a_stranger_is_nobodys_meeting(outreach):
    arrives(an_invitation(ics("REQUEST"), sender="who@else.test"), sender="who@else.test")
    assert not Event.objects.exists()


def test_a_calendar_that_cannot_be_read_leaves_the_mail_a_reply(outreach):
    arrives(an_invitation("BEGIN:VCALENDAR\nMETHOD", "Yes, please.", answers=message_id_of(outreach)))
    assert kinds() == [("replied", 1)]
