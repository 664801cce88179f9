"""What conditions read of contacts outside a flow, loaded for many at once; the engine's batches are in `facts`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.models import ContactFact, ContactTag, ListMember, Workspace
from drumbeat.store.contacts import in_ids
from drumbeat.store.facts import FIELDS, custom_values, load_contacts
from drumbeat.store.senders import UTC, zone_named


def load_views(workspace_id: int, contact_ids: Iterable[int]) -> dict[int, ConditionView]:
    """Return what conditions read of each contact of the workspace, in a fixed number of queries."""
    contacts = {
        id_: row for id_, row in load_contacts(contact_ids).items() if row["workspace_id"] == workspace_id
    }
    ids = in_ids(list(contacts))
    home = zone_named(Workspace.objects.values_list("time_zone", flat=True).get(id=workspace_id)) or UTC
    tags = ContactTag.objects.filter(contact_id__in=ids).values_list("contact_id", "tag__folded")
    lists = ListMember.objects.filter(contact_id__in=ids).values_list("contact_id", "contact_list__name")
    facts = ContactFact.objects.filter(contact_id__in=ids, scope="")
    tagged, listed = _by_contact(tags), _by_contact(lists)
    events: dict[int, dict[tuple[str, str], EventFact]] = {}
    for contact_id, kind, count, first_at, last_at in facts.values_list(
        "contact_id", "kind", "count", "first_at", "last_at"
    ):
        events.setdefault(contact_id, {})[kind, ""] = EventFact(count, first_at, last_at)
    values = custom_values(contacts)
    return {
        id_: ConditionView(
            fields=_own(row) | values.get(id_, {}),
            tags=frozenset(tagged.get(id_, ())),
            lists=frozenset(listed.get(id_, ())),
            events=events.get(id_, {}),
            zone=zone_named(row["time_zone"]) or home,
            in_flow=False,
        )
        for id_, row in contacts.items()
    }


def _own(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] or None for name in FIELDS} | {"owner": row["owner__user__email"]}


def _by_contact(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for contact_id, name in rows:
        found.setdefault(contact_id, []).append(name)
    return found
