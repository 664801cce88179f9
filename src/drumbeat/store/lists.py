"""Hand-made lists: found or made by name, joined many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.models import ContactList, ListMember
from drumbeat.store import sql


def ensure(workspace_id: int, name: str, now: datetime) -> int:
    """Return the id of the list with this name, which is made if need be."""
    sql.insert(
        ContactList,
        ("workspace_id", "name", "created_at"),
        [(workspace_id, name, now)],
        "ON CONFLICT DO NOTHING",
    )
    return ContactList.objects.values_list("id", flat=True).get(workspace_id=workspace_id, name=name)


def join(workspace_id: int, list_id: int, contact_ids: Sequence[int], now: datetime) -> None:
    """Put the contacts on the list; those on it stay."""
    rows = [(workspace_id, list_id, contact_id, now) for contact_id in sorted(set(contact_ids))]
    sql.insert(
        ListMember,
        ("workspace_id", "contact_list_id", "contact_id", "created_at"),
        rows,
        "ON CONFLICT DO NOTHING",
    )


def leave(list_id: int, contact_ids: Sequence[int]) -> int:
    """Take the contacts off the list; return how many were on it."""
    return ListMember.objects.filter(contact_list_id=list_id, contact_id__in=contact_ids).delete()[0]
