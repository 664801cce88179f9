"""Why an enrollment ended, where the stored word alone would not tell: by a stop rule, or for a colleague's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from drumbeat.core.enrollment import FinishReason
from drumbeat.core.facts import COMPANY_REPLY, STOP_WHEN
from drumbeat.core.touch import TouchStatus, stop_key
from drumbeat.models import Enrollment, JournalEntry, Touch

COLLEAGUE = "somebody else at the same company replied or booked a meeting"
_RULE = "the stop rule of the sequence applies"
_OTHER = "another sequence says that it is enough"
_FOLLOWS: Mapping[str, str] = {
    "notify": "own people are told",
    "tag": "the tag is changed",
    "set_field": "the field is set",
    "set_stage": "the stage is set",
    "list": "the list is changed",
    "other_sequence": "the other sequence is asked",
    "suppress": "the contact is written to no more",
    "webhook": "an endpoint is called",
    "task": "a task is created",
}
_LEAVES = frozenset({"webhook", "task"})
_STANDS: Mapping[str, str] = {
    TouchStatus.SENT: "The stop rule's call was taken.",
    TouchStatus.FAILED: "The stop rule's call was given up.",
    TouchStatus.COMPLETED: "The stop rule's task was done.",
    TouchStatus.SKIPPED: "The stop rule's task was skipped.",
}


def told(entry: JournalEntry) -> str:
    """Return why it ended as people say it, "" where the reason's own words do."""
    if entry.facts.get("fact") == COMPANY_REPLY:
        return COLLEAGUE
    if entry.reason != FinishReason.STOP_CONDITION:
        return ""
    if entry.facts.get("by") != STOP_WHEN:
        return _OTHER
    follows = [_FOLLOWS[kind] for kind in entry.facts.get("actions", ())]
    return f"{_RULE}: {', '.join(follows)}" if follows else _RULE


def what_left(row: Enrollment, entry: JournalEntry) -> Iterator[tuple[datetime, str, str]]:
    """Yield when and how what the stop rule sent has settled, as a sentence and a word."""
    kinds = entry.facts.get("actions", ())
    keys = [stop_key(row.pk, number) for number, kind in enumerate(kinds) if kind in _LEAVES]
    if not keys or entry.facts.get("by") != STOP_WHEN:
        return
    touches = Touch.objects.filter(workspace_id=row.workspace_id, key__in=keys, settled_at__isnull=False)
    for at, status in touches.order_by("settled_at", "id").values_list("settled_at", "status"):
        if at is not None and status in _STANDS:
            yield at, _STANDS[status], status
