"""The simulator and the engine write the same journal: what people are shown is what will happen."""

from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import pytest

from drumbeat.agents.scripted_drafts import ScriptedDrafter
from drumbeat.core.drafts import Draft
from drumbeat.core.simulate import JournalLine, simulate
from drumbeat.engine.drafting import Drafting
from drumbeat.models import Agent, Workspace
from tests.support.drafting import TEXT
from tests.twin.cases import START, ScriptedWorld, a_case
from tests.twin.engine_side import engine_journal, run_engine, set_up

pytestmark = pytest.mark.django_db(transaction=True)


def by_person(lines: list[JournalLine]) -> dict[int, list[tuple[object, ...]]]:
    ordered = sorted(lines, key=attrgetter("person_id"))
    return {
        person_id: [(line.at.isoformat(), line.rule, line.step, line.visit, line.reason) for line in group]
        for person_id, group in groupby(ordered, key=attrgetter("person_id"))
    }


def compare(seed: int, *, by_agent: bool = False) -> None:
    case = a_case(seed)
    if by_agent:
        case = replace(case, document=written_by_agents(case.document))
    stage = set_up(case)
    drafting = an_agent(stage.workspace) if by_agent else None
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
    )
    run_engine(stage, drafting=drafting)
    assert by_person(engine_journal()) == by_person(list(told.journal))


def written_by_agents(document: dict[str, Any]) -> dict[str, Any]:
    """Let an agent write every mail of a document."""
    steps = [
        step | ({"written_by": "agent"} if step["kind"] == "email" else {}) for step in document["steps"]
    ]
    return {**document, "steps": steps}


def an_agent(workspace: Workspace) -> Drafting:
    """Return a drafter for an agent that needs nobody's yes."""
    Agent.objects.create(
        workspace=workspace,
        name="Robin",
        autonomy="full",
        is_default=True,
        created_at=START,
        updated_at=START,
    )
    return Drafting(
        "twin", ScriptedDrafter(lambda asked: Draft(channel=asked.channel, text=TEXT, subject="Hi"))
    )


@pytest.mark.parametrize("seed", range(4))
def test_what_a_free_agent_writes_is_simulated_as_written_at_once(seed):
    compare(seed, by_agent=True)


@pytest.mark.parametrize("seed", range(24))
def test_simulator_and_engine_agree(seed):
    compare(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1500))
def test_simulator_and_engine_agree_over_many_seeds(seed):
    compare(seed)
