"""What lists and pages show around contacts, loaded for many at once in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from drumbeat.core.flow import Channel
from drumbeat.core.touch import SkipReason
from drumbeat.models import Contact, ContactFact, ContactFieldValue, ContactTag, Enrollment, ListMember
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store.reach import Asked, addresses_of, unreachable
from drumbeat.store.suppressions import SuppressionUnavailable


@dataclass(frozen=True, slots=True)
class Running:
    """An unfinished enrollment of a contact."""

    id: int
    sequence_id: int
    sequence: str
    state: str
    reason: str


@dataclass(slots=True)
class Around:
    """`blocked`: channels that must not reach the contact, with the reason; a missing address is none."""

    tags: list[tuple[int, str]] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    blocked: dict[str, str] = field(default_factory=dict)
    last: tuple[str, datetime] | None = None


def around(workspace_id: int, contacts: Sequence[Contact]) -> dict[int, Around]:
    """Return tags, unfinished enrollments, suppression and the last thing that happened, by contact."""
    found = {contact.pk: Around() for contact in contacts}
    tagged = ContactTag.objects.filter(contact_id__in=found).order_by("tag__folded")
    for contact_id, tag_id, name in tagged.values_list("contact_id", "tag_id", "tag__name"):
        found[contact_id].tags.append((tag_id, name))
    running = Enrollment.objects.filter(UNFINISHED, contact_id__in=found).order_by("-id")
    for row in running.select_related("sequence").only("contact_id", "sequence__name", "state", "reason"):
        found[row.contact_id].running.append(
            Running(row.pk, row.sequence_id, row.sequence.name, row.state, row.reason)
        )
    facts = ContactFact.objects.filter(contact_id__in=found, scope="").order_by("last_at")
    for contact_id, kind, at in facts.values_list("contact_id", "kind", "last_at"):
        found[contact_id].last = (kind, at)
    for contact, blocked in zip(contacts, blocked_channels(workspace_id, contacts), strict=True):
        found[contact.pk].blocked = blocked
    return found


def blocked_channels(workspace_id: int, contacts: Sequence[Contact]) -> list[dict[str, str]]:
    """Return for each contact the channels on which it must not be reached; unknown where nobody answers."""
    asked = [
        Asked(None, addresses_of(one.email_normal, one.phone_normal, one.whatsapp), one.consent)
        for one in contacts
    ]
    try:
        answers: Sequence[Mapping[Channel, SkipReason]] = unreachable(workspace_id, asked)
    except SuppressionUnavailable:
        answers = [{} for _ in asked]
    return [
        {
            channel.value: reason.value
            for channel, reason in answer.items()
            if reason is not SkipReason.NO_ADDRESS
        }
        for answer in answers
    ]


def custom_of(contact_id: int) -> dict[int, str | float | bool | date | None]:
    """Return the contact's custom values by id of the field."""
    rows = ContactFieldValue.objects.filter(contact_id=contact_id)
    found: dict[int, str | float | bool | date | None] = {}
    for field_id, text, number, day, truth in rows.values_list(
        "field_id", "text", "number", "date", "boolean"
    ):
        found[field_id] = next((value for value in (text, number, day, truth) if value is not None), None)
    return found


def lists_of(contact_id: int) -> list[tuple[int, str]]:
    rows = ListMember.objects.filter(contact_id=contact_id).order_by("contact_list__name")
    return list(rows.values_list("contact_list_id", "contact_list__name"))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Another contact of the same company, with its next look if one comes soon."""

    contact: Contact
    sequence: str
    state: str
    at: datetime | None


MOST_COLLEAGUES = 20


def colleagues(contacts: Sequence[Contact], soon: timedelta, now: datetime) -> list[Colleague]:
    """Return the contacts with the enrollment of each that moves next; `at` only where it moves within `soon`."""
    by_id = {one.pk: one for one in contacts}
    rows = (
        Enrollment.objects.filter(UNFINISHED, contact_id__in=by_id)
        .select_related("sequence")
        .order_by("next_step_at", "id")
    )
    first: dict[int, Enrollment] = {}
    for row in rows:
        if row.contact_id not in first or first[row.contact_id].next_step_at is None:
            first[row.contact_id] = row
    found = []
    for id_, contact in by_id.items():
        row_or_none = first.get(id_)
        at = row_or_none.next_step_at if row_or_none and row_or_none.state == "active" else None
        found.append(
            Colleague(
                contact,
                row_or_none.sequence.name if row_or_none else "",
                row_or_none.state if row_or_none else "",
                at if at is not None and at - now <= soon else None,
            )
        )
    return found
