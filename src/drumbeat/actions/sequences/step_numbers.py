"""The numbers at each step of a sequence: who came and waits, what was done, who answered, who was left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from drumbeat.actions import access
from drumbeat.models import Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import step_numbers
from drumbeat.store.step_numbers import Fate


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNumbers:
    """People, each once. `skipped` and `failed` by reason; `ways` by the branch, arm or answer that they took."""

    came: int = 0
    waiting: int = 0
    done: int = 0
    replied: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    ways: Mapping[str, int] = field(default_factory=dict)


def whose(member: Member, sequence_id: int) -> tuple[int, int | None]:
    """Return the sequence and whose people alone the member may count there, None for everybody's."""
    access.require(member, "sequences.view")
    return access.get(member, SequenceRow, sequence_id, "sequence").pk, access.only_owner(member)


def of(sequence_id: int, owner_id: int | None) -> dict[str, StepNumbers]:
    """Return the numbers of every step at which somebody was, in any version, by the step's key.

    It counts all enrollments of the sequence, so keep it for a moment; `whose` says who may.
    """
    asked = (sequence_id, owner_id)
    came, waiting = step_numbers.came(*asked), step_numbers.waiting(*asked)
    done, replied = step_numbers.done(*asked), step_numbers.replied(*asked)
    told = _by_step(step_numbers.fates(*asked))
    return {
        key: StepNumbers(
            came=came.get(key, 0),
            waiting=waiting.get(key, 0),
            done=done.get(key, 0) + sum(told[key]["acted"].values()),
            replied=replied.get(key, 0),
            skipped=told[key]["skipped"],
            failed=told[key]["failed"],
            ways={way: people for rule in step_numbers.WAYS for way, people in told[key][rule].items()},
        )
        for key in sorted({*came, *waiting, *done, *replied, *told} - {""})
    }


def _by_step(fates: Iterable[Fate]) -> dict[str, dict[str, dict[str, int]]]:
    """Return people by step, rule and reason."""
    found: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for fate in fates:
        found[fate.step][fate.rule][fate.reason] = fate.people
    return found
