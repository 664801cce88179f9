"""Mails that people wrote, sent while agents write others: 20,000 drafts that wait for a slow model hold nobody up.

Half of the drafts are wanted, half rest with a paused sequence. The same mails are sent in turns by a worker that
writes no drafts and by one that does, so that both meet tables of the same size. The figure is the ratio of medians.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from bench import world
from bench.null_wire import NullWire
from drumbeat.actions import agents
from drumbeat.agents.drafting import Drafted
from drumbeat.core.drafts import Draft as Text
from drumbeat.core.flow import Channel
from drumbeat.core.prompts import DraftRequest
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.drafting import Drafting
from drumbeat.engine.planner import Planner
from drumbeat.models import Draft, Member, SenderProfile, Sequence, SequenceVersion, Touch
from drumbeat.models.draft import WANTED

COUNT, WAITING, RUNS = 4_000, 20_000, 5
MODEL_SECONDS = 1.0
STEP = {
    "key": "first",
    "kind": "email",
    "job_type": "initial_outreach",
    "written_by": "agent",
    "hints": {"angle": "how they plan"},
    "content": {"subject": "A question", "text": "Hi, how do you plan?"},
}


class SlowModel:
    """Writes the same short mail each time, after a second."""

    def draft(self, request: DraftRequest) -> Drafted:
        time.sleep(MODEL_SECONDS)
        text = Text(channel=Channel.EMAIL, subject="A question", text="Hi, how do you plan?")
        return Drafted(draft=text, concerns=())


def measure(count: int = COUNT, waiting: int = WAITING) -> dict[str, float]:
    """Return mails per second without drafting and beside it, the medians of five runs each, and their ratio."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace)
    people = iter(world.contacts(owner.workspace, count * (RUNS * 2 + 1) + waiting))
    agents.add(owner, {"name": "Robin", "drafts_per_day": 1_000_000}, world.START)
    for number, status in enumerate(("active", "paused")):
        version = _by_agent(owner, sender, f"Drafted {number}")
        world.enroll(version, [next(people) for _ in range(waiting // 2)])
        _plan()
        Sequence.objects.filter(id=version.sequence_id).update(status=status)
    alone = _Worker(Planner(), Dispatcher("bench", NullWire()), None)
    beside = _Worker(alone.planner, alone.dispatcher, Drafting("bench", SlowModel()))

    def rate(worker: _Worker, name: str) -> float:
        version = world.a_sequence(owner, sender, name)
        world.enroll(version, [next(people) for _ in range(count)])
        return count / worker.send(version, count)

    rate(alone, "Warm")
    pairs = [(rate(alone, f"Alone {run}"), rate(beside, f"Beside {run}")) for run in range(RUNS)]
    alone_rate, beside_rate = (median(rates) for rates in zip(*pairs, strict=True))
    return {
        "alone_per_second": alone_rate,
        "beside_per_second": beside_rate,
        "drafts_still_wanted": Draft.objects.filter(WANTED).count(),
        "ratio": beside_rate / alone_rate,
    }


def _by_agent(owner: Member, sender: SenderProfile, name: str) -> SequenceVersion:
    return world.a_sequence(owner, sender, name, {"format": 1, "steps": [STEP]})


def _plan() -> None:
    planner = Planner()
    while planner.plan_once(world.START):
        pass


@dataclass
class _Worker:
    planner: Planner
    dispatcher: Dispatcher
    drafting: Drafting | None

    def send(self, version: SequenceVersion, count: int) -> float:
        """Work in rounds until this sequence's mails have left; return the seconds."""
        own = Touch.objects.filter(enrollment__version=version, status="sent")
        began = time.perf_counter()
        while True:
            worked = self.planner.plan_once(world.START)
            while self.dispatcher.turn(world.START):
                pass
            if self.drafting:
                self.drafting.turn(world.START + timedelta(seconds=time.perf_counter() - began))
            if not worked and not self.dispatcher.busy and own.count() == count:
                return time.perf_counter() - began
