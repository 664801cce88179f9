"""The time that a sender leaves between two messages, as workers keep it: nothing too early, nobody looks in vain."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import emergency, enrollments, senders, settings
from drumbeat.actions.enrollments import explaining
from drumbeat.core.spacing import rests_until
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, SenderProfile, Touch
from tests.support import flows, office
from tests.support.clockwork import Clockwork
from tests.support.hand_wire import HandWire
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def owner():
    return office.an_owner()


def begun(owner, people, address="rep@ours.test", **mailbox):
    """Enroll so many people in a sequence of one mail that has one sender."""
    sender = office.a_mailbox(owner, address, per_day=None, **mailbox)
    flow = flows.a_line(flows.an_email("hello"))
    sequence = office.an_active_sequence(owner, flow, name=address, sender_id=sender.pk)
    ids = [office.a_lead(owner, f"lead{n}-{sender.pk}@example.com").pk for n in range(people)]
    enrollments.enroll(owner, sequence.pk, ids, NOW)
    return sender


def end_of_rest(sender):
    return SenderProfile.objects.values_list("full_until", flat=True).get(pk=sender.pk)


def run_to_the_end(clock, sender, now, most=99):
    """Work at each moment at which the sender's rest is over."""
    while clock.run(now) and len(clock.moments) < most:
        now = end_of_rest(sender)


def test_each_message_leaves_by_itself_at_the_moment_its_rest_is_over(owner):
    sender, clock = begun(owner, 6, spacing_seconds=60), Clockwork()
    run_to_the_end(clock, sender, NOW)
    gaps = [later - at for at, later in pairwise(clock.moments)]
    assert len(gaps) == 5
    assert len(set(gaps)) == 5
    assert all(61 * SECOND <= gap <= 91 * SECOND for gap in gaps)
    keys = [claimed.touch_key for _, claimed in clock.wire.left]
    assert (
        clock.moments[1:]
        == [rests_until(60, key, at) for key, at in zip(keys, clock.moments, strict=True)][:-1]
    )


def test_other_senders_are_not_held_up(owner):
    slow, _quick, clock = (
        begun(owner, 3, spacing_seconds=600),
        begun(owner, 30, "quick@ours.test"),
        Clockwork(),
    )
    assert len(clock.run(NOW)) == 31
    assert clock.run(end_of_rest(slow) - SECOND) == []
    assert len(clock.run(end_of_rest(slow))) == 1


def test_while_it_rests_it_is_not_looked_at(owner):
    begun(owner, 3, spacing_seconds=8)
    Planner().plan_once(NOW)
    dispatcher = Dispatcher("worker", wire := HandWire())
    for _ in range(3):
        dispatcher.turn(NOW, wait_seconds=0)
        wire.end_all()
    for second in range(1, 8):
        with CaptureQueriesContext(connection) as queries:
            dispatcher.turn(NOW + second * SECOND, wait_seconds=0)
        assert len(queries) == 1  # that asks for every sender which could be served
    assert len(wire.transmitted) == 1


def test_a_worker_lets_a_sender_go_that_rests_for_long(owner):
    sender, clock = begun(owner, 3, spacing_seconds=60), Clockwork()
    clock.run(NOW)
    assert SenderProfile.objects.get(pk=sender.pk).lease_token == ""
    assert len(Clockwork("another").run(end_of_rest(sender))) == 1


def test_what_takes_long_to_prepare_does_not_come_closer_to_the_next(owner):
    """The rest begins anew with the hand-over, and nothing is claimed before it."""
    sender, wire = begun(owner, 2, spacing_seconds=10), HandWire(prompt=False)
    dispatcher = Dispatcher("worker", wire)
    Clockwork().run(NOW - HOUR)
    Planner().plan_once(NOW)
    dispatcher.turn(NOW, wait_seconds=0)
    late = NOW + 40 * SECOND
    dispatcher.turn(late, wait_seconds=0)
    (first,) = wire.preparing
    wire.ready(first)
    dispatcher.turn(late, wait_seconds=0)
    wire.end_all()
    for second in range(11):
        dispatcher.turn(late + second * SECOND, wait_seconds=0)
    assert wire.preparing == []
    assert late + 11 * SECOND <= end_of_rest(sender)
    dispatcher.turn(end_of_rest(sender), wait_seconds=0)
    assert len(wire.preparing) == 1


def test_whom_the_guard_holds_back_keeps_nobody_waiting(owner):
    begun(owner, 3, spacing_seconds=60)
    Planner().plan_once(NOW)
    held, following, _ = Touch.objects.order_by("id")
    Enrollment.objects.filter(touches=held).update(woken_at=NOW)
    dispatcher = Dispatcher("worker", wire := HandWire(prompt=False))
    dispatcher.turn(NOW, wait_seconds=0)
    assert wire.preparing == [following.pk]


@pytest.mark.parametrize(
    ("change", "after", "more"),
    [
        pytest.param({"per_day": 80}, SECOND, 0, id="another cap is no reason to hurry"),
        pytest.param({"spacing_seconds": 0}, SECOND, 2, id="without a spacing the rest is over"),
        pytest.param({"spacing_seconds": 5}, 5 * SECOND, 0, id="a shorter one is kept from now on"),
        pytest.param({"spacing_seconds": 5}, 7 * SECOND, 1, id="and no longer"),
        pytest.param(
            {"spacing_seconds": 900}, 91 * SECOND, 1, id="a longer one begins with the next message"
        ),
    ],
)
def test_a_changed_sender_goes_on_resting_as_long_as_its_spacing_says(owner, change, after, more):
    sender, clock = begun(owner, 3, spacing_seconds=60), Clockwork()
    clock.run(NOW)
    senders.change(owner, sender.pk, NOW, **change)
    assert len(clock.run(NOW + after)) == more


@pytest.mark.parametrize(
    "meddle",
    [
        pytest.param(
            lambda owner, sender: settings.change_all(owner, {"cap_per_day": 99}, NOW), id="workspace"
        ),
        pytest.param(lambda owner, sender: senders.enable(owner, sender.pk, NOW), id="enabled anew"),
        pytest.param(
            lambda owner, sender: (emergency.stop_all(owner, NOW), emergency.lift(owner, NOW)), id="stop"
        ),
    ],
)
def test_nothing_that_frees_a_sender_ends_its_rest(owner, meddle):
    sender, clock = begun(owner, 3, spacing_seconds=60), Clockwork()
    clock.run(NOW)
    meddle(owner, sender)
    assert clock.run(NOW + MINUTE) == []
    assert len(clock.run(NOW + 2 * MINUTE)) == 1


def test_a_cap_and_a_spacing_hold_both(owner):
    sender, clock = begun(owner, 9, spacing_seconds=60), Clockwork()
    SenderProfile.objects.filter(pk=sender.pk).update(cap_per_hour=3)
    now = NOW
    for _ in range(9):
        clock.run(now)
        now = max(now + SECOND, end_of_rest(sender))
    assert [sum(NOW + n * HOUR <= at < NOW + (n + 1) * HOUR for at in clock.moments) for n in (0, 1)] == [
        3,
        3,
    ]
    assert min(later - at for at, later in pairwise(clock.moments)) >= MINUTE


def test_why_names_it_and_until_when(owner):
    sender = begun(owner, 2, spacing_seconds=60)
    Clockwork().run(NOW)
    waiting = Enrollment.objects.exclude(state="finished").get()
    why = explaining.why(owner, waiting.pk, NOW + SECOND)
    assert why.hold == "spacing"
    assert why.next_at == end_of_rest(sender)
    assert why.state_now == "hello: held, the sender leaves time between two messages."
