"""What follows from new rules or a new status of a sequence: what it listens to, and whom conditions fit already."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from drumbeat.core.triggers import Becomes
from drumbeat.core.triggers.starts import mark_of
from drumbeat.models import TAKES_PEOPLE
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import jobs, listeners, sweeps
from drumbeat.store.listeners import Rules

RULES = frozenset({"triggers", "auto_enroll", "enrollment_criteria", "stop_when"})
"""Settings that say what starts and stops a sequence."""


def follow_status(sequence: SequenceRow, before: str, now: datetime) -> None:
    """Listen, or listen no more, after the status changed. The caller holds the sequence's lock."""
    if sequence.status == before or (sequence.status in TAKES_PEOPLE and before in TAKES_PEOPLE):
        return
    listeners.renew(sequence)
    if sequence.status in TAKES_PEOPLE:
        _begin(sequence, _marks(listeners.rules_of(sequence)), now)


def follow_rules(sequence: SequenceRow, before: Rules, now: datetime) -> None:
    """Listen to what the new rules name. Whom a new condition fits already is noted, and enrolled if that is set."""
    listeners.renew(sequence)
    if sequence.status in TAKES_PEOPLE:
        _begin(sequence, _marks(listeners.rules_of(sequence)) - _marks(before), now)


def _marks(rules: Rules) -> set[str]:
    return {mark_of(start.entry.becomes) for start in rules.starts if isinstance(start.entry, Becomes)}


def _begin(sequence: SequenceRow, marks: Iterable[str], now: datetime) -> None:
    SequenceRow.objects.filter(id=sequence.pk).update(swept_at=now)
    if not (wanted := sorted(marks)):
        return
    arguments = {"sequence_id": sequence.pk, "marks": wanted, "enroll": sequence.enroll_at_activation}
    jobs.enqueue(sweeps.LEARN, arguments, now, workspace_id=sequence.workspace_id)
