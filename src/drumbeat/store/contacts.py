"""What a contact is made of: its columns, the folded copies that follow from them, its custom values; ids for look-ups.

Many contacts at a time are written by `upserting`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from drumbeat.core.addresses import base_email, base_phone, email_domain
from drumbeat.core.conditions.operands import comparable_text
from drumbeat.core.flow import Channel
from drumbeat.core.search import LONGEST, search_form
from drumbeat.models import Contact, ContactField, ContactFieldValue, FieldType
from drumbeat.store import sql

COLUMNS = (
    "first_name",
    "last_name",
    "email",
    "email_normal",
    "phone",
    "phone_normal",
    "whatsapp",
    "company",
    "title",
    "stage",
    "time_zone",
    "language",
)
"""Columns that an import or a form may set; all are text, "" is missing."""
COMPARED = tuple(name for name in COLUMNS if not name.endswith("_normal"))
"""Columns whose folded copy `<name>_compared` conditions read."""
SEARCHED = (
    *("name_folded", "last_folded", "company_folded", "email_domain"),
    *(f"{name}_compared" for name in COMPARED),
)
"""Columns that follow from others; `searched` says how."""

FieldValue = str | float | date | bool


class OnDuplicate(StrEnum):
    """What becomes of a contact that is known already: its gaps filled, its values replaced, or nothing."""

    FILL = "fill"
    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class ContactInput:
    """One contact as it came, checked: `values` by column, `custom` by id of the field, no empty ones."""

    values: Mapping[str, str]
    custom: Mapping[int, FieldValue] = field(default_factory=dict)


def with_address(workspace_id: int, column: str, normal: Collection[str]) -> QuerySet[Contact]:
    """Return the contacts whose `email_normal` or `phone_normal` is among `normal`.

    The condition of the partial index is said again: SQLite reads the whole table without it.
    """
    indexed = ~Q(**{column: ""})
    return Contact.objects.filter(indexed, sql.among(column, normal), workspace_id=workspace_id)


def searched(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return what `SEARCHED` holds for a contact with these columns, all of `COLUMNS`."""
    return (
        search_form(values["first_name"], values["last_name"]),
        search_form(values["last_name"]),
        search_form(values["company"]),
        email_domain(values["email_normal"])[:LONGEST],
        *[text and comparable_text(text) for text in map(values.__getitem__, COMPARED)],
    )


_VALUE = ("workspace_id", "contact_id", "field_id", "text", "text_folded", "number", "date", "boolean")
_TYPED = ("text", "text_folded", "number", "date", "boolean")
_REPLACE = 'ON CONFLICT ("contact_id", "field_id") DO UPDATE SET ' + ", ".join(
    f'"{name}" = excluded."{name}"' for name in _TYPED
)


def typed(value: FieldValue) -> tuple[str | None, str | None, float | None, date | None, bool | None]:
    """Return the columns of a custom value; only the one of its type is set."""
    match value:
        case bool():
            return None, None, None, None, value
        case int() | float():
            return None, None, float(value), None, None
        case date():
            return None, None, None, value, None
        case _:
            return value, comparable_text(value), None, None, None


def ensure_fields(workspace_id: int, labels: Mapping[str, str]) -> dict[str, tuple[int, FieldType]]:
    """Return id and type of the custom fields with these keys; unknown ones are created as text."""
    rows = [(workspace_id, key, label[:200], FieldType.TEXT.value) for key, label in sorted(labels.items())]
    sql.insert(ContactField, ("workspace_id", "key", "label", "type"), rows, "ON CONFLICT DO NOTHING")
    fields = ContactField.objects.filter(workspace_id=workspace_id, key__in=labels)
    return {key: (id_, FieldType(type_)) for key, id_, type_ in fields.values_list("key", "id", "type")}


def known_fields(workspace_id: int) -> dict[str, tuple[int, FieldType]]:
    """Return id and type of the workspace's custom fields by key."""
    fields = ContactField.objects.filter(workspace_id=workspace_id)
    return {key: (id_, FieldType(type_)) for key, id_, type_ in fields.values_list("key", "id", "type")}


def write_values(workspace_id: int, values: Mapping[int, Mapping[int, FieldValue]]) -> None:
    """Set custom values, by contact and by id of the field."""
    rows = [
        (workspace_id, contact_id, field_id, *typed(value))
        for contact_id, custom in values.items()
        for field_id, value in custom.items()
    ]
    sql.insert(ContactFieldValue, _VALUE, rows, _REPLACE)


def base_forms(contact: Contact, channel: str) -> list[str]:
    """Return the base forms of the contact's addresses on the channel, of all of them for ""."""
    mails = [contact.email_normal] if channel in ("", Channel.EMAIL) else []
    numbers = [contact.phone_normal, contact.whatsapp] if channel != Channel.EMAIL else []
    found = [base_email(mail) for mail in mails if mail] + [
        base_phone(number) for number in numbers if number
    ]
    return list(dict.fromkeys(found))


def in_ids(ids: Sequence[int]) -> Any:
    """Return `ids` for an `__in` look-up as one parameter, so that any number of them is one statement.

    Ids that no column can hold name no row, and are left out: PostgreSQL would refuse the statement.
    """
    held = [id_ for id_ in ids if abs(id_) < 2**63]
    if sql.is_postgresql():
        return RawSQL("SELECT unnest(%s::bigint[])", [sql.array(held)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(held)])
