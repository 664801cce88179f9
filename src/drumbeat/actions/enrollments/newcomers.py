"""Where contacts begin that are created: the sequence that was named, else the default one of the workspace.

Only who is created begins there, never who was known; the rules are those of any automatic enrollment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from drumbeat.actions import access
from drumbeat.actions.enrollments import channels_of, must_reach
from drumbeat.actions.enrollments.automatic import enroll_automatically
from drumbeat.actions.sequences import default
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.errors import DomainError
from drumbeat.models import TAKES_PEOPLE, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store.reach import Asked, addresses_of, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable

DEFAULT = -1
"""The sequence of a request that names none; None is a request that wants none."""
BEGUN = frozenset({Answer.ENROLLED, Answer.WAITING_FOR_REVIEW})


def target(member: Member, sequence_id: int | None) -> SequenceRow | None:
    """Return the sequence that new contacts of a request begin in, None for none.

    One that is named needs the right to enroll and must run; DomainError `sequence_not_active`, `not_permitted`.
    """
    if sequence_id is None:
        return None
    if sequence_id == DEFAULT:
        return default.of(member.workspace_id)
    access.require(member, "enrollments.create")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    if sequence.status not in TAKES_PEOPLE:
        raise DomainError("sequence_not_active", f"{sequence.name!r} takes nobody: it is {sequence.status}.")
    return sequence


def begin(sequence_id: int, contact_ids: Sequence[int], now: datetime, *, source: str) -> dict[str, int]:
    """Enroll contacts that were just created, in the transaction that did; return how many got which answer."""
    if not contact_ids:
        return {}
    answers = enroll_automatically(sequence_id, dict.fromkeys(contact_ids, source), now)
    return dict(Counter(str(answer) for answer in answers.values()))


def foresee(sequence: SequenceRow, people: Sequence[Mapping[str, str]]) -> int:
    """Return how many of these contacts to be, given by their columns, the sequence would take.

    That a company has enough of them already is seen only when they are there.
    """
    if sequence.current_version_id is None:
        return 0
    if not must_reach(sequence):
        return len(people)
    channels = channels_of(sequence)
    asked = [
        Asked(sequence.pk, addresses_of(one["email_normal"], one["phone_normal"], one["whatsapp"]), {})
        for one in people
    ]
    try:
        return sum(not channels <= reasons.keys() for reasons in unreachable(sequence.workspace_id, asked))
    except SuppressionUnavailable:
        return len(people)
