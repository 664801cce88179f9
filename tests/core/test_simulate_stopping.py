"""Stop rules in the simulator: the engine's own, with events met as the script lets them come."""

from typing import Any

import pytest

from drumbeat.core.conditions import ConditionView
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import TagStep
from drumbeat.core.simulate import Arrival, Person, SimulatedSender, simulate
from drumbeat.core.triggers import read_stop_when
from tests.support.flows import a_line, an_email
from tests.support.standing import MONDAY, a_sender, a_sequence, after

VIP: dict[str, Any] = {"rules": [{"field": "tag", "operator": "equals", "value": "vip"}]}
FLOW = a_line(an_email("hello"), TagStep(key="tag", tag="VIP"), an_email("again", after="3d"))


class Quiet:
    def __init__(self, *arrivals):
        self.arrivals = arrivals

    def deliver(self, person_id, step, visit, attempt):
        return None

    def after_sent(self, person_id, step, visit, at):
        return ()

    def after_asked(self, person_id, step, visit, at):
        return ()


def ran(rule, *arrivals, tags=(), flow=FLOW):
    sender = a_sender()
    people = [Person(id=1, view=ConditionView(tags=frozenset(tags)))]
    told = simulate(
        flow,
        a_sequence(stop_when=read_stop_when(rule), exit_on_meeting="off"),
        people,
        {1: SimulatedSender(sender)},
        Quiet(),
        MONDAY,
        after(30),
        workspace_sender_id=1,
        arrivals=arrivals,
    )
    return [(line.rule, line.reason, line.step) for line in told.journal if line.rule == "finished"]


def test_a_step_may_meet_the_rule():
    assert ran({"any": [{"becomes": VIP}]}) == [("finished", "stop_condition", "again")]


@pytest.mark.parametrize(
    ("rule", "ends"),
    [
        pytest.param({"any": [{"event": "meeting_booked"}]}, "stop_condition", id="an event that comes"),
        pytest.param({"any": [{"event": "converted"}]}, "completed", id="another event"),
        pytest.param({"any": [{"event": "meeting_booked"}], "all": VIP}, "stop_condition", id="and the rest"),
        pytest.param(
            {"any": [{"event": "meeting_booked"}], "all": VIP | {"negated": True}},
            "completed",
            id="without the rest",
        ),
    ],
)
def test_events_of_the_script_meet_the_rule(rule, ends):
    arrival = Arrival(after(1), 1, EventKind.MEETING_BOOKED)
    ((_, reason, _),) = ran(rule, arrival)
    assert reason == ends


def test_actions_that_leave_after_the_end_are_not_played():
    actions = [
        {"kind": "webhook", "url": "https://hooks.example.com/"},
        {"kind": "task", "title": "Call"},
        {"kind": "tag", "tag": "done"},
    ]
    rule = {"any": [{"becomes": VIP}], "actions": actions}
    assert ran(rule, tags=("vip",)) == [("finished", "stop_condition", "hello")]
