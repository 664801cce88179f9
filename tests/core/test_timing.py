"""Who sends a step, which hours must be open, and when it falls due."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import Channel, SmsStep
from drumbeat.core.holidays import Holidays
from drumbeat.core.timing import choose_sender, due_at, is_first_send, later, open_hours, zone_of
from drumbeat.core.window import OFFICE_HOURS, OpenHours, Span, Window
from tests.support.flows import a_line, an_email
from tests.support.standing import MONDAY, a_sender, a_task, after, an_enrollment, some_facts

BERLIN, NEW_YORK, UTC = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("UTC")
NAMED = an_email(sender="ann3@ours.test")
EVERYBODY = tuple(a_sender(id_, owner_id=50 + id_) for id_ in range(1, 8))
CHOICES: dict[str, Any] = {
    "contact_sender_ids": {Channel.EMAIL: 5},
    "sequence": {"sender_id": 6},
    "owner_id": 57,
    "workspace_sender_id": 1,
}


def chosen(step, enrollment, facts):
    sender = choose_sender(step, enrollment, facts)
    return sender.id if sender else None


@pytest.mark.parametrize(
    ("left_out", "expected"),
    [
        pytest.param(0, 2, id="the one chosen at the first look"),
        pytest.param(1, 3, id="else the one that the step names"),
        pytest.param(2, 4, id="else the one of the enrollment"),
        pytest.param(3, 5, id="else who last wrote to the contact"),
        pytest.param(4, 6, id="else the one of the sequence"),
        pytest.param(5, 7, id="else the one of the contact's owner"),
        pytest.param(6, 1, id="else the one of the workspace"),
        pytest.param(7, None, id="else nobody"),
    ],
)
def test_the_first_that_there_is_sends(left_out, expected):
    gone = [2, 3, 4, 5, 6, 7, 1][:left_out]
    enrollment = an_enrollment(step_sender_id=2, chosen_sender_id=4)
    without = some_facts(senders=[s for s in EVERYBODY if s.id not in gone], **CHOICES)
    assert chosen(NAMED, enrollment, without) == expected
    everybody = [a_sender(s.id, owner_id=s.owner_id, enabled=s.id not in gone) for s in EVERYBODY]
    disabled = some_facts(senders=everybody, **CHOICES)
    assert chosen(NAMED, enrollment, disabled) == expected


def test_a_sender_of_another_channel_does_not_count():
    facts = some_facts(senders=(a_sender(), a_sender(2, channel="sms")), contact_sender_ids={Channel.SMS: 2})
    assert chosen(an_email(), an_enrollment(step_sender_id=2), facts) == 1
    assert chosen(SmsStep(key="hello"), an_enrollment(step_sender_id=1), facts) == 2


@pytest.mark.parametrize("order", [(2, 1), (1, 2)])
def test_of_several_equals_the_oldest_sends(order):
    same = tuple(a_sender(id_, owner_id=9, address="ann@ours.test") for id_ in order)
    facts = some_facts(senders=same, owner_id=9, workspace_sender_id=None)
    assert chosen(an_email(), an_enrollment(), facts) == 1
    assert chosen(an_email(sender="ann@ours.test"), an_enrollment(), facts) == 1


def test_a_number_that_is_nobodys_is_the_workspaces():
    numbers = (a_sender(3, channel="sms", owner_id=9), a_sender(5, channel="sms"), a_sender(4, channel="sms"))
    facts = some_facts(senders=numbers, owner_id=8, workspace_sender_id=None)
    assert chosen(SmsStep(key="hello"), an_enrollment(), facts) == 4
    of_the_owner = some_facts(senders=numbers, owner_id=9, workspace_sender_id=None)
    assert chosen(SmsStep(key="hello"), an_enrollment(), of_the_owner) == 3


def test_a_number_that_a_step_names_sends_on_the_channel_of_the_step():
    both = (a_sender(1, channel="voice", address="+1", owner_id=9), a_sender(2, channel="sms", address="+1"))
    facts = some_facts(senders=both, workspace_sender_id=None)
    assert chosen(SmsStep(key="hello", sender="+1"), an_enrollment(), facts) == 2


def test_a_contact_without_owner_has_no_sender_of_an_owner():
    facts = some_facts(senders=(a_sender(owner_id=None),), workspace_sender_id=None)
    assert chosen(an_email(), an_enrollment(), facts) is None


def test_what_sends_nothing_needs_nobody():
    assert chosen(a_task("hello"), an_enrollment(step_sender_id=1), some_facts()) is None


@pytest.mark.parametrize(
    ("contact", "sender", "expected"),
    [
        pytest.param(BERLIN, a_sender(zone=NEW_YORK), BERLIN, id="the contact's"),
        pytest.param(None, a_sender(zone=NEW_YORK), NEW_YORK, id="else the sender's"),
        pytest.param(None, None, UTC, id="else the workspace's"),
    ],
)
def test_days_and_windows_count_in_a_zone(contact, sender, expected):
    assert zone_of(sender, some_facts(zone=contact)) == expected


EVENINGS = Window(((Span(18 * 60, 20 * 60),),) * 7)


@pytest.mark.parametrize(
    ("sequence", "sender", "windows"),
    [
        pytest.param(None, None, [], id="none: always open"),
        pytest.param(OFFICE_HOURS, None, [OFFICE_HOURS], id="the sequence's"),
        pytest.param(None, EVENINGS, [EVENINGS], id="the sender's"),
        pytest.param(OFFICE_HOURS, EVENINGS, [OFFICE_HOURS, EVENINGS], id="both must be open"),
    ],
)
def test_the_windows_of_sequence_and_sender_hold(sequence, sender, windows):
    facts = some_facts(sequence={"window": sequence}, zone=BERLIN)
    expected = tuple(OpenHours(window, BERLIN) for window in windows)
    assert open_hours(a_sender(window=sender), facts) == expected


def test_without_a_sender_the_sequence_decides():
    facts = some_facts(sequence={"window": OFFICE_HOURS})
    assert open_hours(None, facts) == (OpenHours(OFFICE_HOURS, UTC),)


@pytest.mark.parametrize(
    ("delay", "zone", "sequence", "expected"),
    [
        pytest.param("0m", UTC, {}, MONDAY, id="nothing holds it"),
        pytest.param("36h", UTC, {}, after(1.5), id="hours are elapsed time"),
        pytest.param("4w", BERLIN, {}, after(28, hours=-1), id="weeks keep the time of day"),
        pytest.param("5d", UTC, {"window": OFFICE_HOURS}, after(7), id="a weekend is closed"),
        pytest.param(
            "0m", NEW_YORK, {"window": OFFICE_HOURS}, after(hours=5), id="open when it is nine over there"
        ),
        pytest.param("0m", UTC, {"window": EVENINGS}, after(hours=9), id="later on the same day"),
    ],
)
def test_delay_then_window(delay, zone, sequence, expected):
    facts = some_facts(sequence=sequence, zone=zone)
    assert due_at(an_email(after=delay), an_enrollment(), a_sender(), facts) == expected


def test_what_does_not_reach_the_contact_needs_no_open_window():
    facts = some_facts(sequence={"window": EVENINGS, "jitter_seconds": 600})
    assert due_at(a_task(after="2d"), an_enrollment("call"), None, facts) == after(2)


def test_no_step_counts_a_holiday_as_a_weekday():
    rests = {"holidays": Holidays((), (after(1).date(),))}
    facts = some_facts(sequence=rests)
    assert due_at(a_task(after="1wd"), an_enrollment("call"), None, facts) == after(2)
    assert later(MONDAY, parse_delay("1wd"), facts) == after(2)
    assert later(MONDAY, parse_delay("1d"), facts) == after(1)


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        pytest.param(None, 4, id="9:00 is 4:00 in New York: not before 8:00 there"),
        pytest.param(UTC, 0, id="the contact's zone is known"),
    ],
)
def test_a_text_is_due_when_it_is_day_where_the_phone_is(zone, hours):
    text = SmsStep(key="text", text="Hello", delay=parse_delay("0m"))
    facts = some_facts(zone=zone, phone="+12125551234", senders=(a_sender(channel=Channel.SMS),))
    assert due_at(text, an_enrollment("text"), a_sender(), facts) == after(hours=hours)


def test_windows_that_never_open_give_no_time():
    weekend = Window(((),) * 5 + ((Span(0, 60),),) * 2)
    facts = some_facts(sequence={"window": OFFICE_HOURS})
    assert due_at(an_email(), an_enrollment(), a_sender(window=weekend), facts) is None


@given(id_=st.integers(1, 10**9), visit=st.integers(1, 99), seconds=st.integers(1, 7200))
def test_jitter_is_a_hash_of_ids_and_stays_in_its_window(id_, visit, seconds):
    enrollment = an_enrollment(visits={"hello": visit})
    facts = some_facts(sequence={"window": EVENINGS, "jitter_seconds": seconds})
    due = due_at(an_email(), enrollment, a_sender(), facts)
    opens = MONDAY + timedelta(hours=9)
    assert due is not None
    assert opens <= due < opens + timedelta(seconds=min(seconds, 7200))
    assert due == due_at(an_email(), enrollment, a_sender(), facts)


@pytest.mark.parametrize(
    ("visits", "first"),
    [
        pytest.param({"hello": 1}, True, id="its first entry"),
        pytest.param({"hello": 2}, False, id="its second"),
        pytest.param({"call": 4, "hello": 1}, True, id="after tasks only"),
        pytest.param({"again": 1, "hello": 1}, False, id="after another send step"),
        pytest.param({"old": 1, "hello": 1}, True, id="after a step that is no more"),
    ],
)
def test_the_first_send_step_is_the_first_touch(visits, first):
    flow = a_line(a_task(), an_email("hello"), an_email("again"))
    assert is_first_send(flow.steps["hello"], an_enrollment(visits=visits), flow) is first


def test_a_delay_counts_from_the_origin():
    enrollment = an_enrollment(origin_at=after(3))
    assert due_at(an_email(after=str(parse_delay("2d"))), enrollment, None, some_facts()) == after(5)
