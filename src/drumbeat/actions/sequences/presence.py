"""Who else has a sequence open, so that two people who edit it know of each other."""

from __future__ import annotations

from collections.abc import Sequence as Listed
from dataclasses import dataclass
from datetime import datetime

from drumbeat.actions import access
from drumbeat.models import Member, Presence, Sequence, SequenceDraft
from drumbeat.store import presence


@dataclass(frozen=True, slots=True)
class Here:
    """The others who have the sequence open, and the working copy as it is saved now, without its document."""

    others: Listed[Presence]
    draft: SequenceDraft


def tell(member: Member, sequence_id: int, step: str, now: datetime) -> Here:
    """Say that `member` has the sequence open at a step ("" at none), and learn who else does."""
    access.require(member, "sequences.view")
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    presence.note(sequence.pk, member.pk, step, now)
    drafts = SequenceDraft.objects.select_related("saved_by").defer("document")
    return Here(presence.others(sequence.pk, member.pk, now), drafts.get(sequence=sequence))
