"""A move to another version does the same in the simulator and in the engine, wherever people stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction

from drumbeat.core.document import read_document
from drumbeat.core.facts import Move
from drumbeat.core.simulate import AskedMove, simulate
from drumbeat.models import Enrollment, Member, Sequence
from drumbeat.store import flows, moves, version_moves
from tests.twin.cases import DELAYS, START, Case, ScriptedWorld, a_case
from tests.twin.engine_side import Stage, engine_journal, run_engine, set_up
from tests.twin.test_twin import by_person

pytestmark = pytest.mark.django_db(transaction=True)


def another(case: Case, chance: Random) -> tuple[dict[str, Any], dict[str, str]]:
    """Draw a next version: other delays and kinds, a step more, a step less; and where those go that lost theirs."""
    steps = [dict(step) for step in case.document["steps"]]
    for step in steps:
        if chance.random() < 0.5:
            step["delay"] = chance.choice(DELAYS)
        if chance.random() < 0.3:
            _turn(step)
    lost = chance.choice(steps)["key"] if len(steps) > 1 and chance.random() < 0.6 else None
    if lost in {step.get("target") for step in steps}:
        lost = None  # a round needs its goal
    following = {step["key"]: step["next"] for step in steps}
    kept = [_without(step, lost, following.get(lost or "")) for step in steps if step["key"] != lost]
    more: dict[str, Any] = {"key": "more", "delay": "1d", "next": None}
    if chance.random() < 0.5:
        more |= {"kind": "email", "content": {"subject": "M", "text": "M."}}
    else:
        more |= {"kind": "wait_for", "event": "meeting_booked", "time_limit": "3d", "timed_out": None}
    if chance.random() < 0.7:
        more["next"] = kept[0]["next"]
        kept[0]["next"] = "more"
        kept.append(more)
    steps_for = {lost: chance.choice(kept)["key"]} if lost and chance.random() < 0.6 else {}
    return {"format": 1, "steps": kept}, steps_for


LEADS = ("next", "step", "timed_out", "qualified", "unqualified")


def _turn(step: dict[str, Any]) -> None:
    """Let a mail become a call, and a call a mail."""
    match step["kind"]:
        case "email":
            step |= {"kind": "webhook", "url": "https://hooks.example.com/turned"}
            for name in ("content", "job_type", "sender"):
                step.pop(name, None)
        case "webhook":
            del step["url"]
            step |= {"kind": "email", "content": {"subject": "T", "text": "T."}}
        case _:
            pass


def _without(step: dict[str, Any], lost: str | None, following: str | None) -> dict[str, Any]:
    """Leave out a step: whoever led to it leads to what followed it."""
    if lost is None:
        return step

    def bent(value: Any) -> Any:
        if isinstance(value, dict):
            found = {name: bent(inner) for name, inner in value.items()}
            if found.get("kind") == "step" and found.get("step") is None:
                return {"kind": "finish"}
            return {
                name: following if name in LEADS and inner == lost else inner for name, inner in found.items()
            }
        return [bent(inner) for inner in value] if isinstance(value, list) else value

    bent_step = bent(bent(step))
    assert isinstance(bent_step, dict)
    return bent_step


def publish_another(stage: Stage, document: dict[str, Any], steps: dict[str, str], now: datetime) -> Move:
    sequence, owner = Sequence.objects.get(name="Twin"), Member.objects.get(is_owner=True)
    with transaction.atomic():
        version = flows.save_version(sequence, read_document(document), owner, now)
        row = version_moves.write(sequence.workspace_id, version.pk, steps, owner.pk, now)
    return Move(
        id=row.pk, version_id=version.pk, number=version.number, flow=read_document(document), steps=steps
    )


def compare(seed: int) -> None:
    stage = set_up(a_case(seed))
    chance = Random(f"move {seed}")
    wanted = [
        (
            START + timedelta(minutes=chance.choice((0, 3, 600, 1500, 4000, 9000, 15000))),
            publish_another(stage, *another(stage.case, chance), START),
        )
        for _ in range(chance.choice((1, 1, 2)))
    ]
    told = simulate(
        stage.flow,
        stage.sequence,
        stage.people,
        stage.senders,
        ScriptedWorld(seed),
        START,
        stage.case.until,
        workspace_sender_id=next(iter(stage.senders)),
        frequency=stage.case.frequency,
        workspace_caps=stage.case.workspace_caps,
        company_limit=stage.case.company_limit,
        moves=[AskedMove(at, replace(move)) for at, move in wanted],
    )

    def asking(move: Move) -> Any:
        def ask(now: datetime) -> None:
            ids = list(
                Enrollment.objects.filter(sequence__name="Twin")
                .exclude(state="finished")
                .order_by("id")
                .values_list("id", flat=True)
            )
            with transaction.atomic():
                moves.ask_over(ids, move.id, move.number, now)

        return ask

    run_engine(stage, [(at, asking(move)) for at, move in wanted])
    assert by_person(engine_journal()) == by_person(list(told.journal))


@pytest.mark.parametrize("seed", range(100, 108))
def test_simulator_and_engine_move_people_alike(seed):
    compare(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(5000, 5300))
def test_simulator_and_engine_move_people_alike_over_many_seeds(seed):
    compare(seed)
