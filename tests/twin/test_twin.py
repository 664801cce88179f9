"""The simulator and the engine write the same journal: what people are shown is what will happen."""

from itertools import groupby
from operator import attrgetter

import pytest

from drumbeat.core.simulate import JournalLine, simulate
from tests.twin.cases import START, ScriptedWorld, a_case
from tests.twin.engine_side import engine_journal, run_engine, set_up

pytestmark = pytest.mark.django_db(transaction=True)


def by_person(lines: list[JournalLine]) -> dict[int, list[tuple[object, ...]]]:
    ordered = sorted(lines, key=attrgetter("person_id"))
    return {
        person_id: [(line.at.isoformat(), line.rule, line.step, line.visit, line.reason) for line in group]
        for person_id, group in groupby(ordered, key=attrgetter("person_id"))
    }


def compare(seed: int) -> None:
    stage = set_up(a_case(seed))
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
    run_engine(stage)
    assert by_person(engine_journal()) == by_person(list(told.journal))


@pytest.mark.parametrize("seed", range(24))
def test_simulator_and_engine_agree(seed):
    compare(seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1000, 1500))
def test_simulator_and_engine_agree_over_many_seeds(seed):
    compare(seed)
