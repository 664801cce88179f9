"""Contacts written many at a time: matched by normal address, filled or updated, refused with a reason.

A fixed number of statements for any number of rows; existing rows are locked in id order first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from drumbeat.models import Contact, ContactFieldValue
from drumbeat.store import sql
from drumbeat.store.contacts import (
    COLUMNS,
    SEARCHED,
    ContactInput,
    FieldValue,
    OnDuplicate,
    in_ids,
    searched,
    with_address,
    write_values,
)


@dataclass(frozen=True, slots=True)
class Upserted:
    """`ids` in the order of the inputs, None where one was refused; `refused`: sentences by position.

    `updated` and `skipped` count the inputs whose contact was there already. `created_values`: the columns of those
    who are created. `changes` and `custom_changes`: the columns, and the custom fields by id, that are now others, by
    contact that was there; `stages`: the new ones among them.
    """

    ids: Sequence[int | None]
    created: int
    updated: int
    skipped: int
    refused: Mapping[int, str]
    created_ids: Sequence[int]
    created_values: Sequence[Mapping[str, str]] = ()
    changes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    custom_changes: Mapping[int, Sequence[int]] = field(default_factory=dict)
    stages: Mapping[int, str] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class _Target:
    """The row that inputs end up in: known (with an id) or new. `had`: its custom values, with those to be written."""

    values: dict[str, str]
    id: int | None = None
    changed: set[str] = field(default_factory=set)
    had: dict[int, FieldValue | None] = field(default_factory=dict)
    custom: dict[int, FieldValue] = field(default_factory=dict)


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
    changed = {target.id: target for target in distinct if target.id and (target.changed or target.custom)}
    _write(workspace_id, created, list(changed.values()), now)
    write_values(workspace_id, {target.id: target.custom for target in distinct if target.id})
    told = _told(found, on_duplicate, len(created), [target.id for target in created if target.id])
    return replace(
        told,
        changes={id_: sorted(target.changed) for id_, target in changed.items()},
        custom_changes={id_: sorted(target.custom) for id_, target in changed.items()},
        stages={id_: target.values["stage"] for id_, target in changed.items() if "stage" in target.changed},
    )


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


_BLANK = dict.fromkeys(COLUMNS, "")


def _match(rows: Iterable[_Target], inputs: Sequence[ContactInput], on_duplicate: OnDuplicate) -> _Matched:
    known = _Known(rows)
    targets: list[_Target | None] = []
    refused: dict[int, str] = {}
    again = 0
    for position, one in enumerate(inputs):
        target = known.match(one.values)
        if conflict := known.phone_conflict(one.values, target):
            refused[position] = conflict
            targets.append(None)
            continue
        if target is None:
            target = _Target({**_BLANK, **one.values}, had=dict(one.custom), custom=dict(one.custom))
        else:
            again += 1
            _apply(one, target, on_duplicate)
        known.learn(target)
        targets.append(target)
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
    for field_id, given in one.custom.items():
        if field_id in target.had and (not replaces or target.had[field_id] == given):
            continue
        target.had[field_id] = target.custom[field_id] = given


_NORMAL = {"email": "email_normal", "phone": "phone_normal"}
"""An address and its normal form travel together."""


def _load_known(workspace_id: int, inputs: Sequence[ContactInput], *, lock: bool) -> list[_Target]:
    ids: set[int] = set()
    for column in _NORMAL.values():
        if asked := {text for one in inputs if (text := one.values.get(column))}:
            ids.update(with_address(workspace_id, column, asked).values_list("id", flat=True))
    if not ids:
        return []
    theirs = Contact.objects.filter(workspace_id=workspace_id, id__in=in_ids(sorted(ids)))
    if lock:
        sql.lock(theirs)
    had = _custom_of(sorted(ids), {field_id for one in inputs for field_id in one.custom})
    return [
        _Target(dict(zip(COLUMNS, values, strict=True)), id=id_, had=had.get(id_, {}))
        for id_, *values in theirs.order_by("id").values_list("id", *COLUMNS)
    ]


def _custom_of(
    contact_ids: Sequence[int], field_ids: Collection[int]
) -> dict[int, dict[int, FieldValue | None]]:
    """Return the values of these fields by contact; read them once the contacts are locked."""
    if not field_ids:
        return {}
    found: dict[int, dict[int, FieldValue | None]] = {}
    rows = ContactFieldValue.objects.filter(contact_id__in=in_ids(contact_ids), field_id__in=field_ids)
    for contact_id, field_id, *values in rows.values_list(
        "contact_id", "field_id", "text", "number", "date", "boolean"
    ):
        value = next((value for value in values if value is not None), None)
        found.setdefault(contact_id, {})[field_id] = value
    return found


def _write(workspace_id: int, created: Sequence[_Target], changed: Sequence[_Target], now: datetime) -> None:
    columns = ("workspace_id", *COLUMNS, *SEARCHED, "consent", "created_at", "updated_at")
    rows = [
        (workspace_id, *[t.values[name] for name in COLUMNS], *searched(t.values), {}, now, now)
        for t in created
    ]
    sql.insert(Contact, columns, rows, "ON CONFLICT DO NOTHING")
    _find_ids(workspace_id, created)
    sql.update(
        Contact,
        ("id", *COLUMNS, *SEARCHED, "updated_at"),
        [(t.id, *[t.values[name] for name in COLUMNS], *searched(t.values), now) for t in changed],
    )


def _find_ids(workspace_id: int, created: Sequence[_Target]) -> None:
    """Learn the ids of new rows; one that another process wrote meanwhile is as good."""
    for column in _NORMAL.values():
        waiting = {t.values[column]: t for t in created if t.id is None and t.values[column]}
        if waiting:
            found = with_address(workspace_id, column, waiting).values_list("id", column)
            for id_, address in found:
                waiting[address].id = id_
