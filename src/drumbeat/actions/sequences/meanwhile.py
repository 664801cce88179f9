"""Settings that somebody else changed while they were being written: never overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drumbeat.core.errors import DomainError
from drumbeat.models import AuditEntry, Sequence

CHANGED_BY = "sequences.settings"
_LOOKED_AT = 100
"""Entries in which the one is looked for who changed it: it was changed just now."""


def require_unchanged(
    sequence: Sequence,
    was: Mapping[str, Any],
    new: Mapping[str, Any],
    read: Callable[[str, Any], Any],
) -> None:
    """Refuse to write settings of a locked sequence that are no more what `was` says they were.

    `read` turns what was given into what is stored, and raises ValueError or DomainError where it no longer can.
    What says the same as what is written now contradicts nothing. DomainError `settings_conflict` names who and when.
    """
    before = {name: getattr(sequence, name) for name in was.keys() & new.keys()}
    other = [
        name
        for name, value in before.items()
        if value != new[name] and value != was[name] and value != _read(read, name, was[name])
    ]
    if other:
        raise _conflict(sequence, sorted(other))


def _read(read: Callable[[str, Any], Any], name: str, given: Any) -> Any:
    try:
        return read(name, given)
    except (ValueError, DomainError):
        return given


def _conflict(sequence: Sequence, names: list[str]) -> DomainError:
    entries = AuditEntry.objects.filter(
        workspace=sequence.workspace_id, object_kind="sequence", object_id=sequence.pk, act=CHANGED_BY
    )
    newest = entries.order_by("-id")[:_LOOKED_AT]
    last = next((entry for entry in newest if entry.after.keys() & set(names)), None)
    by = last.by if last and last.by else "Somebody"
    at = (last.at if last else sequence.updated_at).isoformat()
    text = f"{by} changed this meanwhile ({', '.join(names)}). Nothing of yours is saved: look at it again."
    return DomainError(
        "settings_conflict", text, {"saved_by": by, "saved_at": at, "settings": ", ".join(names)}
    )
