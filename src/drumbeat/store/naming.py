"""Sequences as flows name them: by number, or by name; of several alike the one that runs, the oldest first."""

from __future__ import annotations

from collections.abc import Iterable

from drumbeat.models import Sequence, SequenceStatus

_RANKS = (SequenceStatus.ACTIVE, SequenceStatus.PAUSED, SequenceStatus.DRAFT, SequenceStatus.ARCHIVED)
_LONGEST_NUMBER = 18


def sequence_named(workspace_id: int, name: str) -> Sequence | None:
    """Return the workspace's sequence that a flow means by `name`."""
    ours = Sequence.objects.filter(workspace_id=workspace_id)
    if _is_number(name) and (found := ours.filter(id=int(name)).first()) is not None:
        return found
    alike = sorted(ours.filter(name=name), key=lambda row: (_rank(row.status), row.pk))
    return alike[0] if alike else None


def meant(rows: Iterable[tuple[int, str, str]]) -> dict[str, tuple[int, str]]:
    """Return id and status of what each number and name means among sequences given as id, name, status."""
    ordered = sorted(rows, key=lambda row: (_rank(row[2]), row[0]), reverse=True)
    by_name = {name: (id_, status) for id_, name, status in ordered}
    return by_name | {str(id_): (id_, status) for id_, _, status in ordered}


def _rank(status: str) -> int:
    return _RANKS.index(SequenceStatus(status))


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdigit() and len(name) <= _LONGEST_NUMBER
