"""Hand-made lists: found or made by name, joined and left many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.facts import EventKind
from drumbeat.models import ContactList, ListMember
from drumbeat.store import contact_events, sql
from drumbeat.store.contacts import in_ids


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


def join_and_tell(
    workspace_id: int, list_id: int, contact_ids: Sequence[int], now: datetime, *, source: str
) -> list[int]:
    """Put the contacts on the list and write an event for each that was not on it; return those."""
    asked = dict.fromkeys(contact_ids)
    on_it = ListMember.objects.filter(contact_list_id=list_id, contact_id__in=in_ids(list(asked)))
    known = set(on_it.values_list("contact_id", flat=True))
    new = [id_ for id_ in asked if id_ not in known]
    join(workspace_id, list_id, new, now)
    payload = _named(list_id)
    contact_events.add(workspace_id, EventKind.LIST_JOINED, new, now, source=source, payload=payload)
    return new


def leave(
    workspace_id: int, list_id: int, contact_ids: Sequence[int], now: datetime, *, source: str
) -> list[int]:
    """Take the contacts off the list and write an event for each that was on it; return those."""
    on_it = ListMember.objects.filter(
        workspace_id=workspace_id, contact_list_id=list_id, contact_id__in=in_ids(list(contact_ids))
    )
    gone = list(on_it.order_by("contact_id").values_list("contact_id", flat=True))
    ListMember.objects.filter(contact_list_id=list_id, contact_id__in=in_ids(gone)).delete()
    payload = _named(list_id)
    contact_events.add(workspace_id, EventKind.LIST_LEFT, gone, now, source=source, payload=payload)
    return gone


def _named(list_id: int) -> dict[str, object]:
    """Return what events say of a list: its id, and the name by which triggers know it."""
    return {"list": list_id, "list_name": ContactList.objects.values_list("name", flat=True).get(id=list_id)}
