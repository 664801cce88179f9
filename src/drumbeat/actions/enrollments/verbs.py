"""What people ask of enrollments: pause, resume, stop, approve, reject; one, many, all of a sequence.

The verb moves the enrollment in the same transaction, so that the answer shows the new state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.enrollments import listing as enrollment_list
from drumbeat.core.enrollment import BlockReason, Enrollment, EnrollmentState
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import Member, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import enrollments, flows, moves
from drumbeat.store.contacts import in_ids
from drumbeat.store.enrollments import Locked

CHUNK = 500
"""Enrollments moved in one transaction when all of a sequence are meant."""

_RIGHTS = {VerbKind.APPROVE: "reviews.edit", VerbKind.REJECT: "reviews.edit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbAnswer:
    """What became of one enrollment: its state now, and `code` when nothing was done.

    `handed_over` names steps whose message is on the wire and is not recalled, `not_sent` the steps that a
    stop leaves out.
    """

    id: int
    state: str
    reason: str
    code: str = ""
    handed_over: Sequence[str] = ()
    not_sent: Sequence[str] = ()

    @property
    def done(self) -> bool:
        return not self.code


def apply(member: Member, enrollment_ids: Sequence[int], verb: Verb, now: datetime) -> list[VerbAnswer]:
    """Apply the verb to each enrollment, in one transaction; answers in the order asked.

    Codes: `not_found`, `enrollment_finished`, `already_paused`, `not_paused`, `review_pending`,
    `not_in_review`, `interrupted` (a person must say first whether the message arrived).
    """
    access.require(member, _RIGHTS.get(verb.kind, "enrollments.edit"))
    asked = list(dict.fromkeys(enrollment_ids))
    with transaction.atomic():
        ours = access.visible_to(member, EnrollmentRow).filter(id__in=in_ids(asked))
        before = {row.value.id: row for row in enrollments.lock_rows(list(ours.values_list("id", flat=True)))}
        codes = {id_: _refusal(row.value, verb.kind) for id_, row in before.items()}
        going = [id_ for id_, code in codes.items() if not code]
        after = moves.move(going, now, verb, member.pk)
        handed = _handed_over(going)
    return [
        _answer(before[id_], codes[id_], after.get(id_), handed.get(id_, ()), verb.kind)
        if id_ in before
        else VerbAnswer(id=id_, state="", reason="", code="not_found")
        for id_ in asked
    ]


def apply_to_sequence(member: Member, sequence_id: int, verb: Verb, now: datetime) -> list[VerbAnswer]:
    """Apply the verb to all unfinished enrollments of a sequence, in chunks of their own transactions."""
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    answers: list[VerbAnswer] = []
    last = 0
    while True:
        rows = EnrollmentRow.objects.filter(UNFINISHED, sequence_id=sequence.pk, id__gt=last).order_by("id")
        ids = list(rows.values_list("id", flat=True)[:CHUNK])
        if not ids:
            return answers
        answers += apply(member, ids, verb, now)
        last = ids[-1]


def _refusal(value: Enrollment, kind: VerbKind) -> str:
    """Return why the verb does nothing here, "" when it does something."""
    if value.is_finished:
        return "enrollment_finished"
    waits_for_review = value.state is EnrollmentState.PENDING_REVIEW
    match kind:
        case VerbKind.PAUSE if value.state is EnrollmentState.PAUSED and value.resume_at is None:
            return "already_paused"
        case VerbKind.RESUME:
            return _resume_refusal(value)
        case VerbKind.APPROVE | VerbKind.REJECT if not waits_for_review:
            return "not_in_review"
        case _:
            return ""


def _resume_refusal(value: Enrollment) -> str:
    if value.state is EnrollmentState.PENDING_REVIEW:
        return "review_pending"
    if value.state not in (EnrollmentState.PAUSED, EnrollmentState.BLOCKED):
        return "not_paused"
    return "interrupted" if value.reason == BlockReason.INTERRUPTED else ""


def _handed_over(enrollment_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the steps whose message was handed over and has no outcome yet, by enrollment."""
    found: dict[int, list[str]] = {}
    touches = Touch.objects.filter(
        enrollment_id__in=in_ids(enrollment_ids), handed_at__isnull=False, settled_at=None
    ).order_by("id")
    for enrollment_id, step in touches.values_list("enrollment_id", "step"):
        if enrollment_id is not None:
            found.setdefault(enrollment_id, []).append(step)
    return found


def _answer(
    row: Locked, code: str, after: Enrollment | None, handed: Sequence[str], kind: VerbKind
) -> VerbAnswer:
    value = after or row.value
    stopped = after is not None and kind in (VerbKind.STOP, VerbKind.REJECT)
    return VerbAnswer(
        id=value.id,
        state=value.state.value,
        reason=value.reason,
        code=code,
        handed_over=handed,
        not_sent=_left_out(row, handed) if stopped else (),
    )


def _left_out(row: Locked, handed: Sequence[str]) -> list[str]:
    """Return the steps, from the one at hand on, that would have reached somebody, in flow order."""
    ahead = enrollment_list.steps_ahead(flows.flow_of(row.version_id), row.value.step)
    return [key for key in ahead if key not in handed]
