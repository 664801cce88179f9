"""A calendar part says that a meeting is on or off, of whom the mail is from, or nothing; junk breaks nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.facts import EventKind
from drumbeat.core.invites import LARGEST, by_machine, read_invite

KIM = "kim.lee@example.com"


def ics(method="REPLY", *, answer="ACCEPTED", who=KIM, uid="m-1@example.com", more="", status=""):
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//EN",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "DTSTAMP:20260302T090000Z",
        "DTSTART:20260305T140000Z",
        "SEQUENCE:2",
        "SUMMARY:Demo of\\, everything",
        "ORGANIZER:mailto:rep@ours.test",
        f"ATTENDEE;PARTSTAT={answer}:mailto:{who}",
        *([f"STATUS:{status}"] if status else []),
        *([more] if more else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


BOOKED, CANCELLED = EventKind.MEETING_BOOKED, EventKind.MEETING_CANCELLED


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(ics(), BOOKED, id="accepted"),
        pytest.param(ics(who="Kim.Lee@EXAMPLE.com"), BOOKED, id="accepted, in other letters"),
        pytest.param(ics(answer="DECLINED"), CANCELLED, id="declined"),
        pytest.param(ics(answer="TENTATIVE"), None, id="perhaps"),
        pytest.param(ics(who="other@example.com"), None, id="somebody else accepted"),
        pytest.param(
            ics(who="other@example.com", more=f"ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:{KIM}"),
            BOOKED,
            id="accepted among others",
        ),
        pytest.param(ics("REQUEST"), BOOKED, id="they invite us"),
        pytest.param(ics("REQUEST", status="CANCELLED"), CANCELLED, id="an invitation that is cancelled"),
        pytest.param(ics("CANCEL"), CANCELLED, id="they cancel"),
        pytest.param(ics("PUBLISH"), None, id="a calendar that is shared"),
        pytest.param(ics(uid=""), None, id="without a name nobody could count it once"),
        pytest.param(ics(uid="x" * 301), None, id="a name without end"),
        pytest.param("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", None, id="no meeting in it"),
        pytest.param("", None, id="nothing"),
        pytest.param(ics() + "X" * LARGEST, None, id="too much"),
        pytest.param(ics().replace("SEQUENCE:2", "SEQUENCE:x"), None, id="a number that is none"),
    ],
)
def test_it_says(text, kind):
    found = read_invite(text, KIM)
    assert (found.kind if found else None) == kind


def test_it_names_the_meeting():
    found = read_invite(ics(), KIM)
    assert found is not None
    assert (found.summary, found.starts_at) == ("Demo of, everything", "2026-03-05T14:00:00+00:00")
    assert found.external_id == "m-1@example.com:2:meeting_booked"


def test_a_meeting_without_a_start_is_one():
    found = read_invite(ics().replace("DTSTART:20260305T140000Z\r\n", ""), KIM)
    assert found is not None
    assert found.starts_at == ""


@pytest.mark.parametrize(
    ("method", "text", "expected"),
    [
        pytest.param("REPLY", "", True, id="an answer without words"),
        pytest.param("REPLY", "Kim Lee has accepted this invitation.", True, id="words of a calendar"),
        pytest.param("REPLY", "Looking forward to it, shall I bring Bo?", False, id="words of a person"),
        pytest.param("REQUEST", "Join the meeting: https://meet.example.com/1", True, id="an invitation"),
    ],
)
def test_who_wrote_the_text(method, text, expected):
    invite = read_invite(ics(method), KIM)
    assert invite is not None
    assert by_machine(text, invite) is expected


@given(st.text(max_size=500), st.text(max_size=30))
def test_junk_says_nothing(text, sender):
    assert read_invite(text, sender) is None


@given(st.data())
def test_a_calendar_that_was_cut_anywhere_breaks_nothing(data):
    whole = ics()
    read_invite(whole[: data.draw(st.integers(0, len(whole)))], KIM)
