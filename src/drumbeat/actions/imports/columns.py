"""Which column of a file is which field of a contact: guessed from names and samples, chosen by a person, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from drumbeat.actions.contacts.input import read_value, slug
from drumbeat.actions.enrollments import newcomers
from drumbeat.core.errors import DomainError
from drumbeat.models import FieldType
from drumbeat.store.contacts import COLUMNS, OnDuplicate

IGNORED = ""
"""The target of a column that is not imported."""
CUSTOM = "custom."
OWN = tuple(name for name in COLUMNS if not name.endswith("_normal"))
"""Fields of contacts that a column may be mapped to."""
ALIASES: Mapping[str, str] = {
    "email": "email",
    "e_mail": "email",
    "mail": "email",
    "email_address": "email",
    "e_mail_address": "email",
    "first_name": "first_name",
    "firstname": "first_name",
    "given_name": "first_name",
    "vorname": "first_name",
    "last_name": "last_name",
    "lastname": "last_name",
    "surname": "last_name",
    "family_name": "last_name",
    "nachname": "last_name",
    "phone": "phone",
    "phone_number": "phone",
    "telephone": "phone",
    "mobile": "phone",
    "telefon": "phone",
    "whatsapp": "whatsapp",
    "company": "company",
    "company_name": "company",
    "organization": "company",
    "organisation": "company",
    "firma": "company",
    "title": "title",
    "job_title": "title",
    "stage": "stage",
    "time_zone": "time_zone",
    "timezone": "time_zone",
    "language": "language",
}
"""Names of columns in files of other programs, as `slug` writes them."""


@dataclass(frozen=True, slots=True)
class NewField:
    """A custom field that the import is to create."""

    label: str
    type: FieldType


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person decided. `targets`: for each column a field of contacts, `custom.<key>`, or IGNORED.

    `sequence_id`: where those begin who are created, None for nowhere.
    """

    targets: Sequence[str]
    new_fields: Mapping[str, NewField] = field(default_factory=dict)
    on_duplicate: OnDuplicate = OnDuplicate.FILL
    list_name: str = ""
    tags: Sequence[str] = ()
    sequence_id: int | None = newcomers.DEFAULT


def map_header(header: Sequence[str]) -> list[str]:
    """Return for each column the contact's column, or `custom.<key>` for what is not known.

    DomainError `csv_no_address` when no column holds an address.
    """
    targets = suggest(header)
    _require_address(targets, header)
    return targets


def suggest(header: Sequence[str]) -> list[str]:
    """Return a target of its own for each column, whether or not one of them is an address."""
    targets: list[str] = []
    for position, name in enumerate(header, 1):
        key = slug(name) if name else f"column_{position}"
        target = ALIASES.get(key, f"{CUSTOM}{key}")
        targets.append(_free(f"{CUSTOM}{key}", targets) if target in targets else target)
    return targets


def _free(name: str, taken: Sequence[str]) -> str:
    if name not in taken:
        return name
    return next(candidate for n in range(2, 10_000) if (candidate := f"{name}_{n}") not in taken)


def _require_address(targets: Sequence[str], header: Sequence[str]) -> None:
    if not {"email", "phone"} & set(targets):
        columns = ", ".join(repr(name) for name in header[:10])
        raise DomainError(
            "csv_no_address",
            f"No column holds an address; the first line has {columns}. Name one column email (or phone).",
        )


def guess_type(samples: Sequence[str]) -> FieldType:
    """Return the narrowest type that every sample is of; text where there is none."""
    found = [text.strip() for text in samples if text.strip()]
    for type_ in (FieldType.NUMBER, FieldType.DATE, FieldType.BOOLEAN):
        if found and all(read_value(text, type_) is not None for text in found):
            return type_
    return FieldType.TEXT


def check(choices: Choices, header: Sequence[str], known: Mapping[str, object]) -> None:
    """Refuse a mapping that cannot be carried out, with a sentence per column; DomainError `mapping_invalid`.

    `known` has the keys of the workspace's custom fields.
    """
    if len(choices.targets) != len(header):
        raise DomainError(
            "mapping_invalid",
            f"The file has {len(header)} columns, the mapping names {len(choices.targets)}.",
        )
    faults: dict[str, str] = {}
    for position, target in enumerate(choices.targets):
        if fault := _fault(target, choices, known, choices.targets[:position]):
            faults[f"targets.{position}"] = fault
    for key, new in choices.new_fields.items():
        if slug(key) != key or not new.label.strip() or len(new.label) > 200:
            faults[f"new_fields.{key}"] = "A field needs a name of at most 200 characters."
    if faults:
        raise DomainError("mapping_invalid", next(iter(faults.values())), faults)
    _require_address(choices.targets, header)


def _fault(target: str, choices: Choices, known: Mapping[str, object], earlier: Sequence[str]) -> str:
    if target == IGNORED:
        return ""
    if target in earlier:
        return f"Two columns are mapped to {target}."
    key = target.removeprefix(CUSTOM)
    if target in OWN or (target != key and (key in known or key in choices.new_fields)):
        return ""
    return f"Contacts have no field {target!r}."
