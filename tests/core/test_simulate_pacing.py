"""The simulator paces senders as the engine does: time between two messages, caps that all senders share."""

from collections import Counter

from drumbeat.core.pacing import Caps
from drumbeat.core.simulate import SimulatedSender
from drumbeat.core.spacing import rests_until
from tests.core.test_simulate import LATER, World, a_person, sent_at, simulated
from tests.support.flows import a_line, an_email
from tests.support.standing import MONDAY, a_sender


def test_a_sender_with_a_spacing_sends_one_after_the_other():
    flow, people = a_line(an_email("hello")), [a_person(id_) for id_ in (1, 2, 3)]
    spaced = {1: SimulatedSender(a_sender(), spacing_seconds=60)}
    came = simulated(flow, people, senders=spaced)
    first, second, third = sent_at(came)
    assert second == rests_until(60, "step:1:hello:1", first)
    assert third == rests_until(60, "step:2:hello:1", second)
    assert came.held == {"spacing": 2}


def test_what_is_refused_begins_a_rest_too():
    spaced = {1: SimulatedSender(a_sender(), spacing_seconds=7_200)}
    came = simulated(a_line(an_email("hello")), world=World(refusals={("hello", 1): LATER}), senders=spaced)
    assert sent_at(came) == [rests_until(7_200, "step:1:hello:1", MONDAY)]


def test_all_senders_share_the_caps_of_the_workspace():
    flow = a_line(an_email("hello"))
    people = [a_person(id_, owner_id=8 + id_ % 2) for id_ in range(1, 9)]
    senders = {id_: SimulatedSender(a_sender(id_, owner_id=7 + id_)) for id_ in (1, 2)}
    came = simulated(flow, people, senders=senders, workspace_caps=Caps(per_day=3))
    days = Counter(day for (day, _), count in came.sent.items() for _ in range(count))
    assert days == {"2026-03-02": 3, "2026-03-03": 3, "2026-03-04": 2}
    assert set(came.sent) > {("2026-03-02", 1), ("2026-03-03", 1)}


def test_who_waits_for_a_cap_for_days_is_counted_once():
    caps = {1: SimulatedSender(a_sender(), Caps(per_day=1), MONDAY)}
    came = simulated(a_line(an_email("hello")), [a_person(id_) for id_ in range(5)], senders=caps)
    assert (len(sent_at(came)), came.held) == (5, {"cap": 4})


def test_who_never_comes_out_of_a_full_sender_is_counted_too():
    caps = {1: SimulatedSender(a_sender(), Caps(per_day=0), MONDAY)}
    came = simulated(a_line(an_email("hello")), [a_person(1), a_person(2)], senders=caps)
    assert (sent_at(came), came.held) == ([], {"cap": 2})
