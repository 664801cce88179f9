"""What people, files and callers write about a contact, checked: addresses, lengths, zones, typed values.

Nothing is guessed and nothing is dropped unseen; what cannot be kept is refused by field with a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from drumbeat.core.addresses import normal_email, normal_phone
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, FieldType
from drumbeat.store.contacts import COLUMNS, ContactInput, FieldValue

LONGEST: Mapping[str, int] = {
    column.name: column.max_length
    for column in Contact._meta.concrete_fields
    if column.name in COLUMNS and column.max_length is not None
}
LONGEST_TEXT = 10_000
Fields = Mapping[str, tuple[int, FieldType]]
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NOT_A_NAME = re.compile(r"[^a-z0-9]+")


def read_contact(
    values: Mapping[str, str], custom: Mapping[str, str] | None = None, fields: Fields | None = None
) -> ContactInput:
    """Return the contact that `values` (by column) and `custom` (by key of `fields`) describe.

    Raises DomainError `contact_invalid` with a sentence per field. A number that cannot be read is kept as
    it is written, without a normal form: it is shown and never called.
    """
    kept = {name: text for name in COLUMNS if (raw := values.get(name)) and (text := clean(raw))}
    faults: dict[str, str] = {}
    _normalise(kept, faults)
    faults |= {
        name: f"It is longer than {LONGEST[name]} characters."
        for name, text in kept.items()
        if len(text) > LONGEST[name] and name not in faults
    }
    if "time_zone" in kept and not is_zone(kept["time_zone"]):
        faults["time_zone"] = f"{kept['time_zone'][:60]!r} is not a time zone. Write one like Europe/Berlin."
    typed = _read_custom(custom or {}, fields or {}, faults)
    if not faults and not (kept.get("email_normal") or kept.get("phone_normal")):
        faults["email"] = "A contact needs a mail address or a phone number."
    if faults:
        path, sentence = next(iter(faults.items()))
        raise DomainError("contact_invalid", f"{path}: {sentence}", faults)
    return ContactInput(kept, typed)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change sets: columns, custom values by id of the field, and the custom fields that it clears."""

    values: Mapping[str, str]
    custom: Mapping[int, FieldValue]
    cleared: Sequence[int]


def read_changes(
    before: Mapping[str, str], values: Mapping[str, str], custom: Mapping[str, str], fields: Fields
) -> Changes:
    """Return how a contact with the columns `before` changes; what is left must still be a contact.

    Raises DomainError `contact_invalid` with a sentence per field.
    """
    faults = {f"custom.{key}": "There is no such field." for key in custom if key not in fields}
    if faults:
        path, sentence = next(iter(faults.items()))
        raise DomainError("contact_invalid", f"{path}: {sentence}", faults)
    kept = {name: clean(text) for name, text in values.items()}
    # A zone or an address from long ago may not pass today's checks: only what is written now is checked.
    asked = {name: text for name, text in kept.items() if text != before[name]}
    addresses = {name: before[name] for name in ("email", "phone") if name not in asked}
    read = read_contact({**addresses, **asked}, custom, fields)
    written = {name: read.values.get(name, "") for name in asked}
    written |= {
        f"{name}_normal": read.values.get(f"{name}_normal", "")
        for name in ("email", "phone")
        if name in asked
    }
    cleared = [fields[key][0] for key, text in custom.items() if not clean(text)]
    return Changes(written, read.custom, cleared)


def clean(text: str) -> str:
    """Return `text` without the blanks around it and without NUL, which PostgreSQL cannot store."""
    return text.replace("\x00", "").strip()


def read_email(text: str) -> tuple[str, str]:
    """Return an address as it is written and its normal form; DomainError `email_invalid`."""
    written = clean(text)
    return written, normal_email(written)


def _normalise(kept: dict[str, str], faults: dict[str, str]) -> None:
    if "email" in kept:
        try:
            kept["email_normal"] = read_email(kept["email"])[1]
        except DomainError as error:
            faults["email"] = error.message
    if "phone" in kept:
        try:
            kept["phone_normal"] = normal_phone(kept["phone"], None)
        except DomainError:
            kept["phone_normal"] = ""
    if kept.get("whatsapp"):
        with suppress(DomainError):  # what is no number is kept as it was typed, and nothing is sent there
            kept["whatsapp"] = normal_phone(kept["whatsapp"], None)


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _read_custom(custom: Mapping[str, str], fields: Fields, faults: dict[str, str]) -> dict[int, FieldValue]:
    typed: dict[int, FieldValue] = {}
    for key, raw in custom.items():
        text = clean(raw)
        if not text:
            continue
        field_id, type_ = fields[key]
        value = read_value(text, type_)
        if value is None:
            faults[f"custom.{key}"] = f"{text[:40]!r} is not {_A[type_]}."
        else:
            typed[field_id] = value
    return typed


_A = {
    FieldType.TEXT: f"a text of at most {LONGEST_TEXT} characters",
    FieldType.NUMBER: "a number such as 12.5",
    FieldType.DATE: "a date such as 2026-01-31",
    FieldType.BOOLEAN: "yes or no",
}


def read_value(text: str, type_: FieldType) -> FieldValue | None:
    """Return `text` as a value of the custom field's type, None when it is none."""
    match type_:
        case FieldType.NUMBER:
            return _number(text)
        case FieldType.DATE:
            return _date(text)
        case FieldType.BOOLEAN:
            return _TRUTHS.get(text.lower())
        case _:
            return text if len(text) <= LONGEST_TEXT else None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e300 else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def slug(name: str) -> str:
    """Return a column's name as a key: lower case, digits and underscores, at most 63 characters."""
    key = _NOT_A_NAME.sub("_", name.strip().lower()).strip("_")[:63].rstrip("_")
    if not key:
        return "field"
    return f"field_{key}"[:63] if key[0].isdigit() else key
