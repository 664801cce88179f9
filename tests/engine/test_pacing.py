"""Caps and warm-ups as the worker keeps them: never a burst, whatever let the work pile up; changed at once."""

from collections import Counter
from datetime import timedelta

import pytest

from drumbeat.actions import emergency, enrollments, senders, sequences, settings
from drumbeat.core.pacing import Ramp
from drumbeat.models import SenderProfile, Touch
from tests.support import flows, office
from tests.support.clockwork import Clockwork
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PEOPLE, PER_MINUTE = 300, 10
OFF_FOR = timedelta(days=3, seconds=25)


@pytest.fixture
def owner():
    return office.an_owner()


def begun(owner, people, **mailbox):
    """Enroll so many people in a sequence of one mail that has one sender."""
    sender = office.a_mailbox(owner, per_day=mailbox.pop("per_day", None), **mailbox)
    sequence = office.an_active_sequence(owner, flows.a_line(flows.an_email("hello")))
    enrollments.enroll(owner, sequence.pk, office.leads(owner, people), NOW)
    return sender, sequence


def after_an_outage(owner, sequence):
    """No worker ran; what was due then is due now."""
    return NOW + OFF_FOR


def after_a_pause(owner, sequence):
    Clockwork("before").run(NOW - DAY)
    sequences.pause(owner, sequence.pk, NOW)
    Clockwork("during").run(NOW + MINUTE)
    sequences.resume(owner, sequence.pk, NOW + OFF_FOR)
    return NOW + OFF_FOR


def after_an_emergency_stop(owner, sequence):
    emergency.stop_all(owner, NOW)
    Clockwork("during").run(NOW + MINUTE)
    emergency.lift(owner, NOW + OFF_FOR)
    return NOW + OFF_FOR


@pytest.mark.parametrize("whose", ["sender", "workspace"])
@pytest.mark.parametrize("pile_up", [after_an_outage, after_a_pause, after_an_emergency_stop])
def test_what_piled_up_leaves_at_the_pace_of_the_cap(owner, pile_up, whose):
    sender, sequence = begun(owner, PEOPLE)
    if whose == "sender":
        SenderProfile.objects.filter(pk=sender.pk).update(cap_per_minute=PER_MINUTE)
    else:
        settings.change_all(owner, {"cap_per_minute": PER_MINUTE}, NOW)
    now, clock = pile_up(owner, sequence), Clockwork()
    for step in range(2 * PEOPLE // PER_MINUTE + 4):
        clock.run(now + step * timedelta(seconds=31))
    minutes = Counter(at.replace(second=0, microsecond=0) for at in clock.moments)
    assert len(clock.moments) == PEOPLE
    assert max(minutes.values()) == PER_MINUTE


def test_a_warm_up_grows_from_the_first_message_on_to_its_top(owner):
    sender, _ = begun(owner, 30, warm_up=Ramp(2, 3, 1, 6))
    first = NOW + 5 * DAY  # switched on days before anything left
    clock = Clockwork()
    left = [len(clock.run(first + hours * timedelta(hours=1))) for hours in (0, 1, 24, 48, 49, 72)]
    assert left == [2, 0, 5, 6, 0, 6]
    sender.refresh_from_db()
    assert sender.warm_up_started_at == first


def test_the_cap_of_the_day_holds_beside_the_warm_up(owner):
    begun(owner, 30, warm_up=Ramp(5, 5, 1, 50), per_day=7)
    clock = Clockwork()
    assert [len(clock.run(NOW + day * DAY)) for day in range(3)] == [5, 7, 7]


def full(owner):
    sender, _ = begun(owner, 30, warm_up=Ramp(2, 1, 1, 9), per_day=3)
    clock = Clockwork()
    assert len(clock.run(NOW)) == 2
    return sender, clock


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        pytest.param({"warm_up": None}, 1, id="without a warm-up the cap is left"),
        pytest.param({"warm_up": None, "per_day": None}, 28, id="without both nothing holds"),
        pytest.param({"warm_up": Ramp(3, 1, 1, 9)}, 1, id="a steeper warm-up"),
        pytest.param({"per_day": None}, 0, id="the warm-up still holds"),
    ],
)
def test_changed_caps_hold_at_once(owner, changed, more):
    sender, clock = full(owner)
    senders.change(owner, sender.pk, NOW, **changed)
    assert len(clock.run(NOW + MINUTE)) == more


def test_a_changed_warm_up_goes_on_counting_and_one_that_is_switched_on_anew_begins(owner):
    sender, clock = full(owner)
    changed = senders.change(owner, sender.pk, NOW, warm_up=Ramp(1, 1, 1, 9))
    assert changed.warm_up_started_at == NOW
    senders.change(owner, sender.pk, NOW, warm_up=None)
    again = senders.change(owner, sender.pk, NOW, warm_up=Ramp(1, 0, 1, 1), per_day=None)
    assert again.warm_up_started_at is None
    assert len(clock.run(NOW + DAY)) == 1


def test_a_raised_cap_of_the_workspace_holds_at_once(owner):
    begun(owner, 9)
    settings.change_all(owner, {"cap_per_day": 4}, NOW)
    clock = Clockwork()
    assert len(clock.run(NOW)) == 4
    settings.change_all(owner, {"cap_per_day": 6}, NOW)
    assert len(clock.run(NOW + MINUTE)) == 2
    settings.change_all(owner, {"cap_per_day": None}, NOW)
    assert len(clock.run(NOW + 2 * MINUTE)) == 3


def test_another_zone_of_the_workspace_moves_what_waits_for_its_window(owner):
    begun(owner, 1, always=False)
    evening, clock = NOW + timedelta(hours=9), Clockwork()
    assert clock.run(evening) == []
    settings.change_all(owner, {"time_zone": "America/Los_Angeles"}, evening)
    assert len(clock.run(evening)) == 1


def test_another_zone_of_the_workspace_lets_a_planned_touch_be_asked_again(owner):
    begun(owner, 1)
    senders_own = {"monday": [["11:00", "12:00"]]}
    clock = Clockwork()
    SenderProfile.objects.update(window=senders_own)
    clock.run(NOW)
    Touch.objects.update(not_before=NOW + DAY, hold_reason="window")
    settings.change_all(owner, {"time_zone": "Europe/Berlin"}, NOW)
    assert len(clock.run(NOW)) == 1
