"""An approval races against a stop and against the dispatcher: nothing leaves after the stop has committed."""

import random
import threading
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest

from drumbeat.actions import agents, enrollments, opt_outs
from drumbeat.actions.approvals import deciding
from drumbeat.actions.enrollments import verbs
from drumbeat.agents.scripted_drafts import ScriptedDrafter
from drumbeat.core.drafts import Draft as Text
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import Channel
from drumbeat.engine.drafting import Drafting
from drumbeat.engine.planner import Planner
from drumbeat.environment import read_environment
from drumbeat.models import Draft, Enrollment, SenderProfile, Touch
from drumbeat.store import stops
from tests.support import racing
from tests.support.drafting import TEXT, by_agent
from tests.support.flows import a_flow
from tests.support.installation import Call
from tests.support.office import NOW, a_mailbox, an_active_sequence, an_owner, leads
from tests.support.processes import until
from tests.support.racing import Engine, RacingWire, stopped

pytest_plugins = ["tests.support.installed"]

BEFORE = NOW - deciding.UNDO_WITHIN
LATER = NOW + timedelta(seconds=1)
WRITER = ScriptedDrafter(lambda request: Text(channel=Channel.EMAIL, text=TEXT, subject="Bikes"))


@pytest.fixture(autouse=True)
def _published(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)


class Room:
    """So many people whose first mail waits for a person."""

    def __init__(self, people):
        self.owner = an_owner()
        sender = a_mailbox(self.owner)
        SenderProfile.objects.update(cap_per_day=None)
        agents.add(self.owner, {"name": "Robin"}, NOW)
        sequence = an_active_sequence(self.owner, a_flow(by_agent()), sender_id=sender.pk)
        self.people = leads(self.owner, people)
        enrollments.enroll(self.owner, sequence.pk, self.people, NOW)
        Planner().plan_once(NOW)
        drafting = Drafting("writer", WRITER)
        while Touch.objects.filter(status="drafting").exists():
            drafting.turn(NOW)
            for thread in threading.enumerate():
                if thread.name.startswith("draft-"):
                    thread.join(20)
        Planner().plan_once(NOW)
        self.drafts = dict(Draft.objects.values_list("touch__contact_id", "id"))
        self.enrollments = dict(Enrollment.objects.values_list("contact_id", "id"))

    def approve(self, contact_id):
        return deciding.approve(self.owner, [self.drafts[contact_id]], BEFORE)

    def verb(self, kind, contact_id):
        verbs.apply(self.owner, [self.enrollments[contact_id]], Verb(kind=kind), NOW)

    def reply(self, contact_id):
        stops.stop_contacts(self.owner.workspace_id, [contact_id], "replied", NOW)

    def opt_out(self, contact_id):
        opt_outs.unsubscribe(self.owner.workspace_id, contact_id, NOW, source="link")


STOPS = {
    "reply": Room.reply,
    "opt-out": Room.opt_out,
    "stop": lambda room, id_: room.verb(VerbKind.STOP, id_),
    "pause": lambda room, id_: room.verb(VerbKind.PAUSE, id_),
}


def test_an_approval_and_a_stop_race_and_nothing_leaves_after_the_stop(installation):
    room, chance = Room(30), random.Random(3)
    wire = RacingWire(3)
    engine = Engine(wire, NOW)
    running = Call(engine.run)
    saw = {}
    try:
        for contact_id in room.people:
            approving = Call(room.approve, contact_id)
            if chance.random() < 0.5:
                approving.result()
                wire.delay_stop()
            stop = STOPS[chance.choice(list(STOPS))]
            saw[contact_id] = stopped(partial(stop, room, contact_id), [contact_id])
            approving.result()
        engine.go_round(5)
    finally:
        engine.end()
        running.result()
    received = Counter(wire.received)
    assert [id_ for id_, count in received.items() if count > 1] == []
    assert [id_ for id_ in received if id_ not in saw[id_]] == []
    assert not Touch.objects.filter(status="in_approval", enrollment__state="finished").exists()


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_an_approval_that_waited_for_a_stop_lets_nothing_leave(installation, stop):
    """The stop holds the enrollment's row; the approval asked for it meanwhile, and acts after it."""
    room = Room(1)
    (contact_id,) = room.people

    def act():
        stop(room, contact_id)
        asked.append(Call(room.approve, contact_id))
        if installation.is_postgresql:
            until(racing.waits_for_a_lock)

    asked: list[Call] = []
    stopped(act, [contact_id])
    (answer,) = asked[0].result()
    Planner().plan_once(LATER)
    touch = Touch.objects.get()
    assert touch.vetoed_at is not None or touch.status == "cancelled"
    assert answer.code in ("not_waiting", "done")
    assert answer.code == "not_waiting" or stop is STOPS["pause"]


def test_an_undo_and_the_dispatcher_race_and_one_of_them_wins(installation):
    room = Room(12)
    wire = RacingWire(5)
    engine = Engine(wire, NOW)
    for contact_id in room.people:
        room.approve(contact_id)
    running = Call(engine.run)
    try:
        undone = {}
        for contact_id in room.people:
            (answer,) = deciding.undo(room.owner, [room.drafts[contact_id]], NOW - timedelta(seconds=1))
            undone[contact_id] = answer.code == "done"
        engine.go_round(5)
    finally:
        engine.end()
        running.result()
    assert [id_ for id_ in wire.received if undone[id_]] == []
    assert len(wire.received) == sum(not done for done in undone.values())
