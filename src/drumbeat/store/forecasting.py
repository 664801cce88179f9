"""People for a simulation, as the engine would know them now: values, zone, tags, reach. Read, never locked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from zoneinfo import ZoneInfo

from drumbeat.core.conditions import ConditionView
from drumbeat.core.flow import Channel
from drumbeat.core.simulate import Person
from drumbeat.core.touch import SkipReason
from drumbeat.models import ContactTag, ListMember
from drumbeat.store.facts import FIELDS, contact_addresses, custom_values, load_contacts
from drumbeat.store.reach import Asked, unreachable
from drumbeat.store.senders import zone_named
from drumbeat.store.suppressions import SuppressionUnavailable

CONTACTS_A_QUESTION = 5_000


def people(
    contact_ids: Sequence[int], sequence_id: int, workspace_id: int, reads: Collection[str], zone: ZoneInfo
) -> list[Person]:
    """Return these contacts as people to simulate, in a fixed number of queries; `zone` is the workspace's.

    What happened to them before is left out: everybody begins anew.
    """
    contacts = load_contacts(contact_ids)
    custom = custom_values(contacts) if any(name.startswith("custom.") for name in reads) else {}
    tags = _names(contacts, "tag") if "tag" in reads else {}
    lists = _names(contacts, "list") if "list" in reads else {}
    blocked = _blocked(contacts, sequence_id, workspace_id)
    found = []
    for id_, contact in contacts.items():
        own = {name: contact.get(name) or None for name in FIELDS} | {"owner": contact["owner__user__email"]}
        contact_zone = zone_named(contact["time_zone"])
        view = ConditionView(
            fields=own | custom.get(id_, {}),
            tags=tags.get(id_, frozenset()),
            lists=lists.get(id_, frozenset()),
            zone=contact_zone or zone,
        )
        found.append(
            Person(
                id=id_,
                view=view,
                zone=contact_zone,
                unreachable=blocked.get(id_, {}),
                owner_id=contact["owner_id"],
            )
        )
    return found


def _names(contact_ids: Collection[int], kind: str) -> dict[int, frozenset[str]]:
    rows = (
        ContactTag.objects.filter(contact_id__in=contact_ids).values_list("contact_id", "tag__folded")
        if kind == "tag"
        else ListMember.objects.filter(contact_id__in=contact_ids).values_list(
            "contact_id", "contact_list__name"
        )
    )
    found: dict[int, set[str]] = {}
    for contact_id, name in rows:
        found.setdefault(contact_id, set()).add(name)
    return {id_: frozenset(names) for id_, names in found.items()}


def _blocked(
    contacts: dict[int, dict[str, object]], sequence_id: int, workspace_id: int
) -> dict[int, dict[Channel, SkipReason]]:
    """Return what cannot be reached; nothing when the suppression store does not answer: each claim asks again."""
    ids = list(contacts)
    found: dict[int, dict[Channel, SkipReason]] = {}
    for first in range(0, len(ids), CONTACTS_A_QUESTION):
        part = ids[first : first + CONTACTS_A_QUESTION]
        asked = [
            Asked(sequence_id, contact_addresses(contacts[id_]), contacts[id_]["consent"])  # type: ignore[arg-type]
            for id_ in part
        ]
        try:
            found |= dict(zip(part, unreachable(workspace_id, asked), strict=True))
        except SuppressionUnavailable:
            return {}
    return found
