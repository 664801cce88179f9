"""A simulation of 10,000 contacts over 60 days, real contacts loaded and all; and one move of `advance` alone."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bench import world
from drumbeat.actions import sequences
from drumbeat.actions.sequences import simulating
from drumbeat.actions.sequences.cast import Whom
from drumbeat.core.advance import advance
from drumbeat.core.conditions import ConditionView
from drumbeat.core.document import read_document
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.facts import Facts, SenderFacts, SequenceFacts, TouchFacts
from drumbeat.core.flow import Channel
from drumbeat.core.rehearsal import read_script
from drumbeat.core.touch import TouchStatus
from drumbeat.core.window import OFFICE_HOURS
from drumbeat.models import SenderProfile

PEOPLE = 10_000
DAYS = 60
PER_DAY = 600
MOVES = 5_000
BEST_OF = 5

_REPLIED = {"field": "event.opened", "operator": "happened"}
DOCUMENT = {
    "format": 1,
    "steps": [
        {"key": "first", "kind": "email", "content": {"subject": "Hello", "text": "Hello"}},
        {"key": "second", "kind": "email", "delay": "3d", "content": {"subject": "", "text": "Again"}},
        {
            "key": "fork",
            "kind": "condition",
            "delay": "1d",
            "branches": [
                {
                    "name": "interested",
                    "condition": {"combinator": "and", "rules": [_REPLIED]},
                    "next": "warm",
                }
            ],
            "next": "third",
        },
        {"key": "warm", "kind": "tag", "tag": "warm"},
        {"key": "third", "kind": "email", "delay": "4d", "content": {"subject": "", "text": "More"}},
        {"key": "last", "kind": "email", "delay": "7d", "content": {"subject": "", "text": "Last"}},
    ],
}
SCRIPT = {
    "seed": 1,
    "rates": [
        {"event": "opened", "percent": 30},
        {"event": "replied", "percent": 4},
        {"event": "bounced", "percent": 1, "within": "1h"},
    ],
}


def measure(people: int = PEOPLE) -> dict[str, float]:
    """Return seconds by the clock and of CPU time, peak memory of the process, and microseconds a move."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace)
    SenderProfile.objects.filter(pk=sender.pk).update(cap_per_day=PER_DAY, window=OFFICE_HOURS.to_json())
    owner.workspace.default_sender_id = sender.pk
    owner.workspace.save(update_fields=["default_sender"])
    ids = world.contacts(owner.workspace, people)
    sequence = sequences.create(owner, "Simulated", world.START, document=DOCUMENT, sender_id=sender.pk)
    asked = simulating.Asked(whom=Whom(contact_ids=ids), days=DAYS, script=read_script(SCRIPT))
    clock, cpu = time.perf_counter(), time.process_time()
    came = simulating.simulate_for(owner, sequence.pk, asked, world.START)
    return {
        "seconds": time.perf_counter() - clock,
        "cpu_seconds": time.process_time() - cpu,
        "messages": float(came.report.messages),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "us_a_move": _a_move(),
    }


def _a_move() -> float:
    """Return the mean over what most moves are: not yet due, planned, settled, forked, acted, finished."""
    flow = read_document(DOCUMENT)
    sender = SenderFacts(id=1, channel=Channel.EMAIL, zone=ZoneInfo("Europe/Berlin"), window=OFFICE_HOURS)
    facts = Facts(
        sequence=SequenceFacts(id=1, jitter_seconds=600),
        view=ConditionView(),
        zone=ZoneInfo("Europe/Berlin"),
        senders={1: sender},
        workspace_sender_id=1,
    )
    sent = TouchFacts(status=TouchStatus.SENT, created_at=world.START, settled_at=world.START, sender_id=1)
    day = timedelta(days=1)
    moves: Sequence[Callable[[], object]] = [
        lambda: advance(_at("second"), flow, facts, world.START),
        lambda: advance(_at("first"), flow, facts, world.START + day),
        lambda: advance(awaiting, flow, settled, world.START),
        lambda: advance(_at("fork"), flow, facts, world.START + 2 * day),
        lambda: advance(_at("warm"), flow, facts, world.START + day),
        lambda: advance(_at(None), flow, facts, world.START),
    ]
    awaiting, settled = replace(_at("first"), state=EnrollmentState.AWAITING), replace(facts, touch=sent)
    return sum(min(_timed(move) for _ in range(BEST_OF)) for move in moves) / len(moves)


_STANDING: dict[str | None, Enrollment] = {}


def _at(step: str | None) -> Enrollment:
    if step not in _STANDING:
        _STANDING[step] = Enrollment(
            id=1,
            state=EnrollmentState.ACTIVE,
            step=step,
            visits={step: 1} if step else {},
            origin_at=world.START,
            approved_at=world.START,
        )
    return _STANDING[step]


def _timed(move: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(MOVES):
        move()
    return (time.process_time() - began) / MOVES * 1e6
