"""The numbers at each step of a running sequence."""

from __future__ import annotations

from collections.abc import Mapping

from ninja import Router, Schema

from drumbeat.actions.sequences import step_numbers
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board.kept import Kept
from drumbeat.api.problems import REFUSALS

router = Router(tags=["sequences"])
_kept = Kept()


class StepPeopleOut(Schema):
    """So many people, for a reason or by a way; `name` is the reason, branch, arm or answer."""

    name: str
    people: int


class StepNumbersOut(Schema):
    """What became of people at one step, in any version; each counts once.

    `came`: were ever there. `waiting`: stand there and have not finished. `done`: the message left, the task was done,
    the action taken. `replied`: answered its message as a person. `ways`: went on by which branch, arm or answer.
    """

    step: str
    came: int
    waiting: int
    done: int
    replied: int
    skipped: list[StepPeopleOut]
    failed: list[StepPeopleOut]
    ways: list[StepPeopleOut]


@router.get(
    "/sequences/{int:sequence_id}/step-numbers",
    response={200: list[StepNumbersOut], **REFUSALS},
    operation_id="get_step_numbers",
)
def get_step_numbers(request: MemberRequest, sequence_id: int) -> list[StepNumbersOut]:
    """Count the people at each step of the sequence; steps at which nobody ever was are left out.

    Counts of many may be up to half a minute old.
    """
    whose = step_numbers.whose(request.member, sequence_id)
    found = _kept.ask(whose, lambda: step_numbers.of(*whose))
    return [
        StepNumbersOut(
            step=key,
            came=one.came,
            waiting=one.waiting,
            done=one.done,
            replied=one.replied,
            skipped=_listed(one.skipped),
            failed=_listed(one.failed),
            ways=_listed(one.ways),
        )
        for key, one in found.items()
    ]


def _listed(people: Mapping[str, int]) -> list[StepPeopleOut]:
    """Return the most frequent first."""
    return [
        StepPeopleOut(name=name, people=n) for name, n in sorted(people.items(), key=lambda each: -each[1])
    ]
