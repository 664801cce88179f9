"""Facts for a batch of enrollments, in a fixed number of queries whatever its size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from drumbeat.core.advance import read_by
from drumbeat.core.conditions import CONTACT_FIELDS, ConditionView, EventFact
from drumbeat.core.facts import Facts, SenderFacts, SequenceFacts, TouchFacts
from drumbeat.core.flow import Channel
from drumbeat.core.touch import SkipReason, TouchStatus, step_key
from drumbeat.models import (
    Contact,
    ContactFact,
    ContactFieldValue,
    ContactTag,
    Event,
    ListMember,
    Message,
    Touch,
    Workspace,
)
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.flows import LoadedFlow
from drumbeat.store.reach import Addresses, Asked, addresses_of, unreachable
from drumbeat.store.readings import Reading
from drumbeat.store.senders import UTC, load_senders, zone_named
from drumbeat.store.sequence_facts import load_sequences
from drumbeat.store.step_facts import StepFacts, load_step_facts
from drumbeat.store.suppressions import SuppressionUnavailable

_CONTACT = (
    "id",
    "workspace_id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "whatsapp",
    "company",
    "title",
    "stage",
    "owner_id",
    "time_zone",
    "language",
    "consent",
    "email_normal",
    "phone_normal",
    "created_at",
    "updated_at",
    "owner__user__email",
)
FIELDS = (*(name for name in CONTACT_FIELDS if name != "owner"),)
"""Contact fields that conditions and merge tags may read by their name."""


Counts = dict[tuple[str, str], EventFact]
Values = dict[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Details:
    """Tags (folded), lists and custom values by contact, as far as the batch's conditions read them."""

    tags: Mapping[int, frozenset[str]]
    lists: Mapping[int, frozenset[str]]
    values: Values


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything loaded for the rows of one batch."""

    facts: Mapping[int, Facts]
    contacts: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What the queries of a batch brought: by contact, by sequence, by workspace, by enrollment."""

    contacts: Mapping[int, Mapping[str, Any]]
    sequences: Mapping[int, SequenceFacts]
    workspaces: Mapping[int, tuple[ZoneInfo, int | None]]
    senders: Mapping[int, Mapping[int, SenderFacts]]
    counts: Mapping[int, Counts]
    fields: Sequence[str]
    details: Details
    touches: Mapping[int, TouchFacts]
    unreachable: Mapping[int, Mapping[Channel, SkipReason]]
    last_senders: Mapping[int, Mapping[Channel, int]]
    returns: Mapping[int, datetime]
    steps: StepFacts


def load_facts(rows: Sequence[Locked], flows: Mapping[int, LoadedFlow], now: datetime) -> Batch:
    """Load what `advance` may know about each row. Call it after the rows are locked: no wake is lost then."""
    contact_ids = sorted({row.contact_id for row in rows})
    workspace_ids = {row.workspace_id for row in rows}
    contacts = load_contacts(contact_ids)
    sequences = load_sequences({row.sequence_id for row in rows})
    senders = load_senders(workspace_ids)
    counts = _counts(contact_ids)
    stop_rules = [one.stop_when for one in sequences.values() if one.stop_when is not None]
    reads = frozenset[str]().union(*(flow.reads for flow in flows.values()), *map(read_by, stop_rules))
    loaded = _Loaded(
        contacts=contacts,
        sequences=sequences,
        workspaces=_workspaces(workspace_ids),
        senders=senders,
        counts=counts,
        fields=[name for name in FIELDS if name in reads],
        details=_details(contact_ids, reads),
        touches=_touches(rows),
        unreachable=_unreachable(rows, contacts),
        last_senders=_last_senders(rows, senders),
        returns=_returns(rows, sequences, counts),
        steps=load_step_facts(rows, flows),
    )
    return Batch({row.value.id: _facts_of(row, loaded) for row in rows}, contacts)


def _facts_of(row: Locked, loaded: _Loaded) -> Facts:
    contact = loaded.contacts.get(row.contact_id, {})
    counts = loaded.counts.get(row.contact_id, {})
    workspace_zone, workspace_sender_id = loaded.workspaces[row.workspace_id]
    zone = zone_named(contact.get("time_zone", ""))
    return Facts(
        sequence=loaded.sequences[row.sequence_id],
        view=_view(row, contact, counts, loaded, zone or workspace_zone),
        zone=zone,
        phone=contact.get("phone_normal", ""),
        workspace_zone=workspace_zone,
        counts=_heard_kinds(counts, row.sequence_id),
        touch=_touch_at_hand(row, loaded),
        decision=loaded.steps.decisions.get(row.value.id),
        unreachable=loaded.unreachable.get(row.value.id, {}),
        senders=loaded.senders.get(row.workspace_id, {}),
        contact_sender_ids=loaded.last_senders.get(row.contact_id, {}),
        workspace_sender_id=workspace_sender_id,
        owner_id=contact.get("owner_id"),
        returns_at=loaded.returns.get(row.contact_id),
        last_sent_at=loaded.steps.last_sent.get(row.value.id),
        contact_deleted=not contact,
    )


def _touch_at_hand(row: Locked, loaded: _Loaded) -> TouchFacts | None:
    touch = loaded.touches.get(row.value.id)
    if touch is None or row.value.id not in loaded.steps.escalated:
        return touch
    return replace(touch, escalated=True)


def _view(
    row: Locked, contact: Mapping[str, Any], counts: Counts, loaded: _Loaded, zone: ZoneInfo
) -> ConditionView:
    details = loaded.details
    own = {name: contact.get(name) or None for name in loaded.fields}
    own["owner"] = contact.get("owner__user__email")
    return ConditionView(
        fields=own | details.values.get(row.contact_id, {}),
        tags=details.tags.get(row.contact_id, frozenset()),
        lists=details.lists.get(row.contact_id, frozenset()),
        events=_events(counts, row.value.id),
        zone=zone,
    )


def load_contacts(contact_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    return {row[0]: dict(zip(_CONTACT, row, strict=True)) for row in _CONTACTS.fetch(contact_ids)}


_CONTACTS = Reading(lambda ids: Contact.objects.filter(sql.among("id", ids)).values_list(*_CONTACT))


def _workspaces(ids: Iterable[int]) -> dict[int, tuple[ZoneInfo, int | None]]:
    return {id_: (zone_named(zone) or UTC, sender_id) for id_, zone, sender_id in _WORKSPACES.fetch(ids)}


_WORKSPACES = Reading(
    lambda ids: Workspace.objects.filter(sql.among("id", ids)).values_list(
        "id", "time_zone", "default_sender_id"
    )
)


def _counts(contact_ids: Sequence[int]) -> dict[int, Counts]:
    found: dict[int, Counts] = {}
    for contact_id, kind, scope, count, first_at, last_at in _COUNTS.fetch(contact_ids):
        found.setdefault(contact_id, {})[kind, scope] = EventFact(count, first_at, last_at)
    return found


_COUNTS = Reading(
    lambda ids: ContactFact.objects.filter(sql.among("contact_id", ids)).values_list(
        "contact_id", "kind", "scope", "count", "first_at", "last_at"
    )
)


def _heard_kinds(counts: Counts, sequence_id: int) -> dict[str, int]:
    """Return how often each kind happened, for any sequence or for this one."""
    if not counts:
        return {}
    heard: dict[str, int] = {}
    for (kind, scope), fact in counts.items():
        if scope in ("", f"sequence:{sequence_id}"):
            heard[kind] = heard.get(kind, 0) + fact.count
    return heard


def _events(counts: Counts, enrollment_id: int) -> Counts:
    """Return the events as a condition of this enrollment names their scopes."""
    if not counts:
        return {}
    own, step = f"enrollment:{enrollment_id}", f"step:{enrollment_id}:"
    events: Counts = {}
    for (kind, scope), fact in counts.items():
        if scope == "":
            events[kind, ""] = fact
        elif scope == own:
            events[kind, "enrollment"] = fact
        elif scope.startswith(step):
            events[kind, f"step:{scope.removeprefix(step)}"] = fact
    return events


def _touches(rows: Sequence[Locked]) -> dict[int, TouchFacts]:
    """Return the touch of the step at hand of each row that has one."""
    wanted = {
        (row.workspace_id, step_key(row.value.id, row.value.step, row.value.visit)): row.value.id
        for row in rows
        if row.value.step is not None
    }
    found: dict[int, TouchFacts] = {}
    by_workspace = groupby(sorted(wanted), key=lambda pair: pair[0])
    for workspace_id, pairs in by_workspace:
        for key, status, reason, created_at, settled_at, handed_at, sender_id in _TOUCHES.fetch(
            [workspace_id], [key for _, key in pairs]
        ):
            found[wanted[workspace_id, key]] = TouchFacts(
                status=TouchStatus(status),
                reason=reason,
                created_at=created_at,
                settled_at=settled_at,
                handed=handed_at is not None,
                sender_id=sender_id,
            )
    return found


_TOUCHES = Reading(
    lambda workspace_ids, keys: Touch.objects.filter(
        sql.among("workspace_id", workspace_ids), sql.among("key", keys)
    ).values_list("key", "status", "reason", "created_at", "settled_at", "handed_at", "sender_id")
)


def _details(contact_ids: Sequence[int], reads: frozenset[str]) -> Details:
    """Load tags, lists and custom values, each only when a condition of the batch reads it."""
    tags: dict[int, set[str]] = {}
    lists: dict[int, set[str]] = {}
    if "tag" in reads:
        for contact_id, name in ContactTag.objects.filter(contact_id__in=contact_ids).values_list(
            "contact_id", "tag__folded"
        ):
            tags.setdefault(contact_id, set()).add(name)
    if "list" in reads:
        for contact_id, name in ListMember.objects.filter(contact_id__in=contact_ids).values_list(
            "contact_id", "contact_list__name"
        ):
            lists.setdefault(contact_id, set()).add(name)
    custom = any(name.startswith("custom.") for name in reads)
    return Details(
        tags={id_: frozenset(names) for id_, names in tags.items()},
        lists={id_: frozenset(names) for id_, names in lists.items()},
        values=custom_values(contact_ids) if custom else {},
    )


def custom_values(contact_ids: Iterable[int]) -> Values:
    """Return the custom values of each contact as `custom.<key>`."""
    values: Values = {}
    for contact_id, key, text, number, day, boolean in ContactFieldValue.objects.filter(
        contact_id__in=contact_ids
    ).values_list("contact_id", "field__key", "text", "number", "date", "boolean"):
        value = next((v for v in (text, number, day, boolean) if v is not None), None)
        values.setdefault(contact_id, {})[f"custom.{key}"] = value
    return values


def _unreachable(
    rows: Sequence[Locked], contacts: Mapping[int, Mapping[str, Any]]
) -> dict[int, Mapping[Channel, SkipReason]]:
    """Return what cannot be reached. Without an answer nothing is called unreachable here: the claim fails closed."""
    found: dict[int, Mapping[Channel, SkipReason]] = {}
    ordered = sorted(rows, key=lambda row: row.workspace_id)
    for workspace_id, group in groupby(ordered, key=lambda row: row.workspace_id):
        known = [(row, contact) for row in group if (contact := contacts.get(row.contact_id))]
        asked = [
            Asked(row.sequence_id, contact_addresses(contact), contact["consent"]) for row, contact in known
        ]
        try:
            answers = unreachable(workspace_id, asked)
        except SuppressionUnavailable:
            continue
        for (row, _), answer in zip(known, answers, strict=True):
            found[row.value.id] = answer
    return found


def contact_addresses(contact: Mapping[str, Any]) -> Addresses:
    return addresses_of(contact["email_normal"], contact["phone_normal"], contact["whatsapp"])


def _last_senders(
    rows: Sequence[Locked], senders: Mapping[int, Mapping[int, SenderFacts]]
) -> dict[int, dict[Channel, int]]:
    """Return the sender that last wrote to each contact by channel, asked only where there is a choice."""
    choosing = {
        row.contact_id
        for row in rows
        if row.value.step_sender_id is None and len(senders.get(row.workspace_id, {})) > 1
    }
    if not choosing:
        return {}
    found: dict[int, dict[Channel, int]] = {}
    for contact_id, channel, sender_id in _SENT.fetch(choosing):
        found.setdefault(contact_id, {})[Channel(channel)] = sender_id
    return found


_SENT = Reading(
    lambda ids: (
        Message.objects.filter(sql.among("contact_id", ids), direction="out", sender__isnull=False)
        .order_by("id")
        .values_list("contact_id", "channel", "sender_id")
    )
)


def _returns(
    rows: Sequence[Locked], sequences: Mapping[int, SequenceFacts], counts: Mapping[int, Counts]
) -> dict[int, datetime]:
    """Return when absent contacts said they are back, where a sequence postpones for it."""
    absent = {
        row.contact_id
        for row in rows
        if sequences[row.sequence_id].postpone_on_out_of_office
        and ("out_of_office", "") in counts.get(row.contact_id, {})
    }
    if not absent:
        return {}
    events = Event.objects.filter(contact_id__in=absent, kind="out_of_office").order_by("id")
    found: dict[int, datetime] = {}
    for contact_id, payload in events.values_list("contact_id", "payload"):
        if contact_id in absent and payload.get("returns_on"):
            day = date.fromisoformat(payload["returns_on"])
            found[contact_id] = datetime.combine(day, time(0), tzinfo=UTC)
    return found
