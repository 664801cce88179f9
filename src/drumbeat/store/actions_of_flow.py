"""The actions of flows on our own data: tags, fields, stages, and notices to own people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from drumbeat.core.conditions import fold
from drumbeat.core.conditions.operands import comparable_text
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import SetFieldStep, SetStageStep, TagStep
from drumbeat.models import (
    Contact,
    ContactField,
    ContactFieldValue,
    ContactTag,
    Event,
    FieldType,
    Tag,
)
from drumbeat.store import contacts, sql
from drumbeat.store.enrollments import Locked

_EVENT = ("workspace_id", "kind", "contact_id", "enrollment_id", "source", "external_id", "payload")


def _add_events(events: Sequence[tuple[Locked, EventKind, dict[str, Any]]], now: datetime) -> None:
    rows = [
        (row.workspace_id, kind.value, row.contact_id, row.value.id, "flow", "", payload, now, now)
        for row, kind, payload in events
    ]
    sql.insert(Event, (*_EVENT, "occurred_at", "received_at"), rows)


def tag(wanted: Sequence[tuple[Locked, TagStep]], now: datetime) -> None:
    """Add and remove tags; adding one that is there, or removing one that is not, changes nothing."""
    if not wanted:
        return
    names = {(row.workspace_id, fold(step.tag)): step.tag for row, step in wanted}
    rows = [(workspace_id, name, folded) for (workspace_id, folded), name in sorted(names.items())]
    sql.insert(Tag, ("workspace_id", "name", "folded"), rows, "ON CONFLICT DO NOTHING")
    tags = Tag.objects.filter(workspace_id__in={w for w, _ in names}, folded__in={f for _, f in names})
    ids = {
        (workspace_id, folded): id_
        for id_, workspace_id, folded in tags.values_list("id", "workspace_id", "folded")
    }
    for row, step in wanted:
        if step.action == "remove":
            tag_id = ids[row.workspace_id, fold(step.tag)]
            ContactTag.objects.filter(contact_id=row.contact_id, tag_id=tag_id).delete()
    added = [
        (row.workspace_id, row.contact_id, ids[row.workspace_id, fold(step.tag)], now)
        for row, step in wanted
        if step.action == "add"
    ]
    sql.insert(
        ContactTag, ("workspace_id", "contact_id", "tag_id", "created_at"), added, "ON CONFLICT DO NOTHING"
    )
    kinds = {"add": EventKind.TAG_ADDED, "remove": EventKind.TAG_REMOVED}
    _add_events([(row, kinds[step.action], {"tag": step.tag}) for row, step in wanted], now)


def set_stages(wanted: Sequence[tuple[Locked, SetStageStep]], now: datetime) -> None:
    """Set the contacts' stage."""
    sql.update(
        Contact,
        ("id", "stage", "stage_compared", "updated_at"),
        [(row.contact_id, step.stage, comparable_text(step.stage), now) for row, step in wanted],
    )
    _add_events([(row, EventKind.STAGE_CHANGED, {"stage": step.stage}) for row, step in wanted], now)


_OWN_FIELDS = frozenset({"first_name", "last_name", "company", "title", "stage", "language", "time_zone"})


def set_fields(wanted: Sequence[tuple[Locked, SetFieldStep]], now: datetime) -> None:
    """Set contact fields, custom ones by their type; a field that does not exist is left alone."""
    for row, step in wanted:
        name = step.field.removeprefix("contact.")
        if name in _OWN_FIELDS:
            Contact.objects.filter(id=row.contact_id).update(
                **{name: str(step.value or ""), "updated_at": now}
            )
        else:
            _set_custom(row, name.removeprefix("custom."), step.value)
    _search_anew([row.contact_id for row, s in wanted if s.field.removeprefix("contact.") in _OWN_FIELDS])
    _add_events([(row, EventKind.FIELD_CHANGED, {"field": step.field}) for row, step in wanted], now)


def _search_anew(contact_ids: Sequence[int]) -> None:
    """Fold anew what contacts are found by."""
    names = ("id", *contacts.COLUMNS)
    rows = Contact.objects.filter(sql.among("id", contact_ids)).values(*names) if contact_ids else ()
    sql.update(Contact, ("id", *contacts.SEARCHED), [(row["id"], *contacts.searched(row)) for row in rows])


def _set_custom(row: Locked, key: str, value: object) -> None:
    field = ContactField.objects.filter(workspace_id=row.workspace_id, key=key).first()
    if field is None:
        return
    ContactFieldValue.objects.update_or_create(
        workspace_id=row.workspace_id,
        contact_id=row.contact_id,
        field=field,
        defaults=_typed(field.type, value),
    )


def _typed(type_: str, value: object) -> dict[str, object]:
    empty: dict[str, object] = {
        "text": None,
        "text_folded": None,
        "number": None,
        "date": None,
        "boolean": None,
    }
    if value is None:
        return empty
    if type_ == FieldType.TEXT:
        return {**empty, "text": str(value), "text_folded": comparable_text(str(value))}
    return {**empty, type_: value}
