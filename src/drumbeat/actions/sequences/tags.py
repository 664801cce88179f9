"""Tags of sequences: words by which a team finds them. Compared folded, shown as they were written."""

from __future__ import annotations

from collections.abc import Sequence

from drumbeat.core.conditions import fold
from drumbeat.core.errors import DomainError
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models import SequenceTag

LONGEST, MOST = 60, 20


def checked(names: Sequence[str]) -> list[str]:
    """Return the tags once each, in order; DomainError `sequence_tags_invalid`."""
    found: dict[str, str] = {}
    for name in names:
        text = " ".join(name.split())
        if not text or len(text) > LONGEST or len(fold(text)) > LONGEST:
            raise _invalid(f"A tag has 1 to {LONGEST} characters.")
        found.setdefault(fold(text), text)
    if len(found) > MOST:
        raise _invalid(f"A sequence has at most {MOST} tags.")
    return list(found.values())


def _invalid(text: str) -> DomainError:
    return DomainError("sequence_tags_invalid", text, {"tags": text})


def of(sequence: SequenceRow) -> list[str]:
    """Return the tags by name."""
    return sorted((tag.name for tag in sequence.tags.all()), key=str.casefold)


def put(sequence: SequenceRow, names: Sequence[str]) -> None:
    """Let the sequence have exactly these tags."""
    SequenceTag.objects.filter(sequence=sequence).delete()
    SequenceTag.objects.bulk_create(
        SequenceTag(workspace_id=sequence.workspace_id, sequence=sequence, name=name, folded=fold(name))
        for name in names
    )


def used(workspace_id: int) -> list[str]:
    """Return every tag of the workspace's sequences once, by name."""
    rows = SequenceTag.objects.filter(workspace_id=workspace_id).order_by("id").values_list("folded", "name")
    return sorted(dict(rows).values(), key=str.casefold)
