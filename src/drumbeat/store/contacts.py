"""Contacts written many at a time: matched by normal address, filled or updated, refused with a reason.

A fixed number of statements for any number of rows; existing rows are locked in id order first.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
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


@dataclass(frozen=True, slots=True)
class Upserted:
    """`ids` in the order of the inputs, None where one was refused; `refused`: sentences by position.

    `updated` and `skipped` count the inputs whose contact was there already. `created_values`: the columns of those
    who are created. `changes`: the columns that are now others, by contact; `stages`: the new ones among them.
    """

    ids: Sequence[int | None]
    created: int
    updated: int
    skipped: int
    refused: Mapping[int, str]
    created_ids: Sequence[int]
    created_values: Sequence[Mapping[str, str]] = ()
    changes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    stages: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Target:
    """The row that inputs end up in: known (with an id) or new."""

    values: dict[str, str]
    id: int | None = None
    changed: set[str] = field(default_factory=set)
    custom: dict[int, FieldValue] = field(default_factory=dict)
    filled: dict[int, FieldValue] = field(default_factory=dict)


class _Known:
    """Targets by normal address, of the workspace and of the inputs so far."""

    def __init__(self, targets: Iterable[_Target]) -> None:
        self.by_email: dict[str, _Target] = {}
        self.by_phone: dict[str, _Target] = {}
        for target in targets:
            self.learn(target)

    def learn(self, target: _Target) -> None:
        if email := target.values["email_normal"]:
            self.by_email[email] = target
        if phone := target.values["phone_normal"]:
            self.by_phone[phone] = target

    def match(self, values: Mapping[str, str]) -> _Target | None:
        """Return the target that is meant: by address, else by number unless that one has another address."""
        email, phone = values.get("email_normal", ""), values.get("phone_normal", "")
        if email and email in self.by_email:
            return self.by_email[email]
        target = self.by_phone.get(phone) if phone else None
        if target is None or (email and target.values["email_normal"]):
            return None
        return target

    def phone_conflict(self, values: Mapping[str, str], target: _Target | None) -> str | None:
        phone = values.get("phone_normal", "")
        holder = self.by_phone.get(phone) if phone else None
        if holder is None or holder is target:
            return None
        return f"The number {phone} belongs to another contact, {holder.values['email'] or holder.id}."


def upsert(
    workspace_id: int,
    inputs: Sequence[ContactInput],
    now: datetime,
    on_duplicate: OnDuplicate = OnDuplicate.FILL,
) -> Upserted:
    """Write the inputs in the caller's transaction; two inputs with one address end up in one contact."""
    found = _match(_load_known(workspace_id, inputs, lock=True), inputs, on_duplicate)
    distinct = list(dict.fromkeys(target for target in found.targets if target is not None))
    created = [target for target in distinct if target.id is None]
    changed = {target.id: target for target in distinct if target.id and target.changed}
    changes = {id_: sorted(target.changed) for id_, target in changed.items()}
    stages = {id_: target.values["stage"] for id_, target in changed.items() if "stage" in target.changed}
    _write(workspace_id, created, list(changed.values()), now)
    _write_custom(workspace_id, distinct)
    told = _told(found, on_duplicate, len(created), [target.id for target in created if target.id])
    return replace(told, changes=changes, stages=stages)


def foresee(workspace_id: int, inputs: Sequence[ContactInput], on_duplicate: OnDuplicate) -> Upserted:
    """Return what `upsert` would do now, without locking or writing anything."""
    found = _match(_load_known(workspace_id, inputs, lock=False), inputs, on_duplicate)
    created = {target for target in found.targets if target is not None and target.id is None}
    told = _told(found, on_duplicate, len(created), [])
    return replace(told, created_values=[target.values for target in created])


@dataclass(frozen=True, slots=True)
class _Matched:
    """For each input the row it ends up in, None where it is refused; `again`: inputs that were known."""

    targets: Sequence[_Target | None]
    refused: Mapping[int, str]
    again: int


def _match(rows: Iterable[_Target], inputs: Sequence[ContactInput], on_duplicate: OnDuplicate) -> _Matched:
    known = _Known(rows)
    targets: list[_Target | None] = []
    refused: dict[int, str] = {}
    again = 0
    for position, one in enumerate(inputs):
        target = known.match(one.values)
        is_new = target is None
        if conflict := known.phone_conflict(one.values, target):
            refused[position] = conflict
            targets.append(None)
            continue
        if target is None:
            target = _Target(dict.fromkeys(COLUMNS, ""))
        _apply(one, target, OnDuplicate.UPDATE if is_new else on_duplicate)
        known.learn(target)
        targets.append(target)
        again += not is_new
    return _Matched(targets, refused, again)


def _told(found: _Matched, on_duplicate: OnDuplicate, created: int, created_ids: Sequence[int]) -> Upserted:
    skips = on_duplicate is OnDuplicate.SKIP
    return Upserted(
        ids=[target.id if target else None for target in found.targets],
        created=created,
        updated=0 if skips else found.again,
        skipped=found.again if skips else 0,
        refused=found.refused,
        created_ids=created_ids,
    )


def _apply(one: ContactInput, target: _Target, mode: OnDuplicate) -> None:
    if mode is OnDuplicate.SKIP:
        return
    replaces = mode is OnDuplicate.UPDATE
    for name, value in one.values.items():
        if name in _NORMAL.values() or target.values[name] == value or (target.values[name] and not replaces):
            continue
        target.values[name] = value
        if normal := _NORMAL.get(name):
            target.values[normal] = one.values.get(normal, "")
        target.changed.add(name)
    (target.custom if replaces else target.filled).update(one.custom)


_NORMAL = {"email": "email_normal", "phone": "phone_normal"}
"""An address and its normal form travel together."""


def with_address(workspace_id: int, column: str, normal: Collection[str]) -> QuerySet[Contact]:
    """Return the contacts whose `email_normal` or `phone_normal` is among `normal`.

    The condition of the partial index is said again: SQLite reads the whole table without it.
    """
    indexed = ~Q(**{column: ""})
    return Contact.objects.filter(indexed, workspace_id=workspace_id, **{f"{column}__in": normal})


def _load_known(workspace_id: int, inputs: Sequence[ContactInput], *, lock: bool) -> list[_Target]:
    ours = Contact.objects.filter(workspace_id=workspace_id)
    emails = {email for one in inputs if (email := one.values.get("email_normal"))}
    phones = {phone for one in inputs if (phone := one.values.get("phone_normal"))}
    ids: set[int] = set()
    if emails:
        ids.update(with_address(workspace_id, "email_normal", emails).values_list("id", flat=True))
    if phones:
        ids.update(with_address(workspace_id, "phone_normal", phones).values_list("id", flat=True))
    if not ids:
        return []
    if lock:
        sql.lock(ours.filter(id__in=ids))
    rows = ours.filter(id__in=ids).order_by("id").values("id", *COLUMNS)
    return [_Target({name: row[name] for name in COLUMNS}, id=row["id"]) for row in rows]


def searched(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return what `SEARCHED` holds for a contact with these columns, all of `COLUMNS`."""
    return (
        search_form(values["first_name"], values["last_name"]),
        search_form(values["last_name"]),
        search_form(values["company"]),
        email_domain(values["email_normal"])[:LONGEST],
        *(comparable_text(values[name]) for name in COMPARED),
    )


def _write(workspace_id: int, created: Sequence[_Target], changed: Sequence[_Target], now: datetime) -> None:
    columns = ("workspace_id", *COLUMNS, *SEARCHED, "consent", "created_at", "updated_at")
    rows = [
        (workspace_id, *(t.values[name] for name in COLUMNS), *searched(t.values), {}, now, now)
        for t in created
    ]
    sql.insert(Contact, columns, rows, "ON CONFLICT DO NOTHING")
    _find_ids(workspace_id, created)
    sql.update(
        Contact,
        ("id", *COLUMNS, *SEARCHED, "updated_at"),
        [(t.id, *(t.values[name] for name in COLUMNS), *searched(t.values), now) for t in changed],
    )


def _find_ids(workspace_id: int, created: Sequence[_Target]) -> None:
    """Learn the ids of new rows; one that another process wrote meanwhile is as good."""
    for column in ("email_normal", "phone_normal"):
        waiting = {t.values[column]: t for t in created if t.id is None and t.values[column]}
        if waiting:
            found = with_address(workspace_id, column, waiting).values_list("id", column)
            for id_, address in found:
                waiting[address].id = id_


_VALUE = ("workspace_id", "contact_id", "field_id", "text", "text_folded", "number", "date", "boolean")
_TYPED = ("text", "text_folded", "number", "date", "boolean")
_REPLACE = 'ON CONFLICT ("contact_id", "field_id") DO UPDATE SET ' + ", ".join(
    f'"{name}" = excluded."{name}"' for name in _TYPED
)


def _write_custom(workspace_id: int, targets: Sequence[_Target]) -> None:
    for kept, conflict in (("custom", _REPLACE), ("filled", "ON CONFLICT DO NOTHING")):
        rows = [
            (workspace_id, target.id, field_id, *typed(value))
            for target in targets
            if target.id is not None
            for field_id, value in getattr(target, kept).items()
        ]
        sql.insert(ContactFieldValue, _VALUE, rows, conflict)


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


def write_values(workspace_id: int, contact_id: int, custom: Mapping[int, FieldValue]) -> None:
    """Set custom values of one contact, by id of the field."""
    rows = [(workspace_id, contact_id, field_id, *typed(value)) for field_id, value in custom.items()]
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
        return RawSQL("SELECT unnest(%s::bigint[])", [held])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(held)])
