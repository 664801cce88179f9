"""People for a simulation, as the engine would know them now: values, zone, tags, reach. Read, never locked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.core.addresses import email_domain
from drumbeat.core.companies import company_of
from drumbeat.core.conditions import ConditionView, EventFact
from drumbeat.core.flow import Channel
from drumbeat.core.simulate import Person
from drumbeat.core.touch import SkipReason
from drumbeat.models import ContactFact, ContactTag, ListMember, Message
from drumbeat.store import frequency, sql
from drumbeat.store.facts import FIELDS, contact_addresses, custom_values, load_contacts
from drumbeat.store.reach import Asked, unreachable
from drumbeat.store.senders import zone_named
from drumbeat.store.suppressions import SuppressionUnavailable

CONTACTS_A_QUESTION = 5_000


def people(
    contact_ids: Sequence[int],
    sequence_id: int,
    workspace_id: int,
    reads: Collection[str],
    zone: ZoneInfo,
    sent_since: datetime | None = None,
) -> list[Person]:
    """Return these contacts as people to simulate, in a fixed number of queries; `zone` is the workspace's.

    What happened before ends nothing. What was sent after `sent_since` counts against the frequency cap, if any.
    """
    contacts = load_contacts(contact_ids)
    custom = custom_values(contacts) if _reads("custom.", reads) else {}
    tags, lists = (_names(contacts, name) if name in reads else {} for name in ("tag", "list"))
    events = _events(contacts) if _reads("event.", reads) else {}
    last_senders, blocked = _last_senders(contacts), _blocked(contacts, sequence_id, workspace_id)
    sent = frequency.sent_to(contacts, sent_since) if sent_since is not None else {}
    found = []
    for id_, contact in contacts.items():
        view = ConditionView(
            fields=_fields(contact) | custom.get(id_, {}),
            tags=tags.get(id_, frozenset()),
            lists=lists.get(id_, frozenset()),
            events=events.get(id_, {}),
            zone=zone_named(contact["time_zone"]) or zone,
        )
        person = Person(
            id=id_,
            view=view,
            zone=zone_named(contact["time_zone"]),
            unreachable=blocked.get(id_, {}),
            owner_id=contact["owner_id"],
            last_senders=last_senders.get(id_, {}),
            phone=contact["phone_normal"],
            sent_at=sent.get(id_, ()),
            company=company_of(email_domain(contact["email_normal"])),
        )
        found.append(person)
    return found


def _reads(prefix: str, reads: Collection[str]) -> bool:
    return any(name.startswith(prefix) for name in reads)


def _fields(contact: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: contact.get(name) or None for name in FIELDS}
    return own | {"owner": contact["owner__user__email"]}


def _events(contact_ids: Collection[int]) -> dict[int, dict[tuple[str, str], EventFact]]:
    """Return what happened to each contact, by kind, whatever it belonged to."""
    rows = ContactFact.objects.filter(sql.among("contact_id", contact_ids), scope="")
    found: dict[int, dict[tuple[str, str], EventFact]] = {}
    for contact_id, kind, count, first_at, last_at in rows.values_list(
        "contact_id", "kind", "count", "first_at", "last_at"
    ):
        found.setdefault(contact_id, {})[kind, ""] = EventFact(count, first_at, last_at)
    return found


def _last_senders(contact_ids: Collection[int]) -> dict[int, dict[Channel, int]]:
    """Return who last wrote to each contact, by channel."""
    sent = Message.objects.filter(sql.among("contact_id", contact_ids), direction="out", sender__isnull=False)
    found: dict[int, dict[Channel, int]] = {}
    for contact_id, channel, sender_id in sent.order_by("id").values_list(
        "contact_id", "channel", "sender_id"
    ):
        found.setdefault(contact_id, {})[Channel(channel)] = sender_id
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
) -> dict[int, Mapping[Channel, SkipReason]]:
    """Return what cannot be reached; nothing when the suppression store does not answer: each claim asks again."""
    ids = list(contacts)
    found: dict[int, Mapping[Channel, SkipReason]] = {}
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
