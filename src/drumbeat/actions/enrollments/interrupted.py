"""A person says what became of messages in doubt; of one enrollment, of many, of all of a sequence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.touch import Resolution, TouchStatus
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import Member, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import doubt, enrollments, moves
from drumbeat.store.contacts import in_ids

CHUNK = 500
"""Enrollments resolved in one transaction when all of a sequence are meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What became of one enrollment: its state now, and `code` when nothing was done.

    `steps` are those whose message was in doubt.
    """

    id: int
    state: str
    reason: str
    code: str = ""
    steps: Sequence[str] = ()

    @property
    def done(self) -> bool:
        return not self.code


def resolve(
    member: Member, enrollment_ids: Sequence[int], resolution: Resolution, now: datetime
) -> list[Resolved]:
    """Resolve the doubt of each enrollment, in one transaction; answers in the order asked.

    Codes: `not_found`, `not_in_doubt`, `enrollment_finished` (for what is finished nothing is sent again).
    What was to stop the enrollment meanwhile stops it now, before anything is sent again.
    """
    access.require(member, "enrollments.edit")
    asked = list(dict.fromkeys(enrollment_ids))
    with transaction.atomic():
        ours = access.visible_to(member, EnrollmentRow).filter(id__in=in_ids(asked))
        before = {row.value.id: row for row in enrollments.lock_rows(list(ours.values_list("id", flat=True)))}
        steps = _steps_in_doubt(list(before))
        codes = {id_: _refusal(row.value, id_ in steps, resolution) for id_, row in before.items()}
        going = [id_ for id_, code in codes.items() if not code]
        doubt.resolve(Touch.objects.filter(enrollment_id__in=in_ids(going)), resolution, doubt.BY_PERSON, now)
        after = moves.move([id_ for id_ in going if not before[id_].value.is_finished], now)
    values = {id_: after.get(id_, row.value) for id_, row in before.items()}
    return [_answer(id_, values.get(id_), codes.get(id_, "not_found"), steps.get(id_, ())) for id_ in asked]


def _refusal(value: Enrollment, in_doubt: bool, resolution: Resolution) -> str:
    if not in_doubt:
        return "not_in_doubt"
    too_late = value.is_finished and resolution is Resolution.SEND_AGAIN
    return "enrollment_finished" if too_late else ""


def _answer(id_: int, value: Enrollment | None, code: str, steps: Sequence[str]) -> Resolved:
    state, reason = (value.state.value, value.reason) if value else ("", "")
    return Resolved(id=id_, state=state, reason=reason, code=code, steps=() if code else steps)


def resolve_sequence(
    member: Member, sequence_id: int, resolution: Resolution, now: datetime
) -> list[Resolved]:
    """Resolve every doubt in a sequence's unfinished enrollments, in chunks of their own transactions."""
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    doubtful = Touch.objects.filter(
        workspace_id=sequence.workspace_id, status=TouchStatus.INTERRUPTED, enrollment__sequence=sequence
    ).exclude(enrollment__state="finished")
    ids = sorted(set(doubtful.values_list("enrollment_id", flat=True)))
    answers: list[Resolved] = []
    for at in range(0, len(ids), CHUNK):
        answers += resolve(member, [id_ for id_ in ids[at : at + CHUNK] if id_], resolution, now)
    return answers


def _steps_in_doubt(enrollment_ids: Sequence[int]) -> dict[int, list[str]]:
    touches = Touch.objects.filter(
        enrollment_id__in=in_ids(enrollment_ids), status=TouchStatus.INTERRUPTED
    ).order_by("id")
    found: dict[int, list[str]] = {}
    for enrollment_id, step in touches.values_list("enrollment_id", "step"):
        if enrollment_id is not None:
            found.setdefault(enrollment_id, []).append(step)
    return found
