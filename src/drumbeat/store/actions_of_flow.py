"""The actions of flows on our own data: tags, fields, stages, and notices to own people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from drumbeat.core import merge
from drumbeat.core.conditions import fold
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import NotifyStep, SetFieldStep, SetStageStep, TagStep, TaskStep
from drumbeat.core.touch import Priority, TouchKind, TouchStatus
from drumbeat.models import (
    Contact,
    ContactField,
    ContactFieldValue,
    ContactTag,
    Event,
    FieldType,
    Member,
    Notification,
    SenderKind,
    Sequence as SequenceRow,
    Tag,
    Touch,
)
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import FIELDS, Batch
from drumbeat.store.marks import mark_of
from drumbeat.store.senders import built_in

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
        Contact, ("id", "stage", "updated_at"), [(row.contact_id, step.stage, now) for row, step in wanted]
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
    _add_events([(row, EventKind.FIELD_CHANGED, {"field": step.field}) for row, step in wanted], now)


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
        return {**empty, "text": str(value), "text_folded": fold(str(value))[:500]}
    return {**empty, type_: value}


def values_for(contact: Mapping[str, Any]) -> dict[str, Any]:
    """Return what merge tags of notices and tasks may read."""
    return {"contact": {name: contact.get(name) for name in FIELDS}}


def _text(source: str, contact: Mapping[str, Any]) -> str:
    """Return the merged text; one that cannot be merged is shown as it was written, people can still read it."""
    try:
        return merge.render(source, values_for(contact), html=False)
    except merge.MergeError:
        return source


def task_texts(step: TaskStep, contact: Mapping[str, Any]) -> tuple[str, str]:
    """Return title and text of the task."""
    return _text(step.title or step.name or "Task", contact)[:300], _text(step.text, contact)


def member_named(name: str | None, row: Locked, batch: Batch) -> int | None:
    """Return the member whom `name` means: a role of this enrollment or a member's address."""
    contact = batch.contacts[row.contact_id]
    owner_id = contact.get("owner_id")
    if name in (None, "", "contact_owner") and owner_id is not None:
        return int(owner_id)
    if name in (None, "", "contact_owner", "sequence_owner"):
        sequence_owner = SequenceRow.objects.values_list("owner_id", flat=True).get(id=row.sequence_id)
        if sequence_owner is not None:
            return sequence_owner
    members = Member.objects.filter(workspace_id=row.workspace_id)
    named = members.filter(user__email=name or "").first()
    member = named or members.filter(is_owner=True).first()
    return member.id if member else None


def notify(wanted: Sequence[tuple[Locked, NotifyStep, int]], batch: Batch, now: datetime) -> None:
    """Tell own people: in the app at once, by email as a touch of the built-in sender."""
    if not wanted:
        return
    senders = built_in({row.workspace_id for row, _, _ in wanted}, SenderKind.NOTICE)
    for row, step, visit in wanted:
        member_id = member_named(step.to, row, batch)
        if member_id is None:
            continue
        contact = batch.contacts[row.contact_id]
        text = _text(step.text, contact)
        if "in_app" in step.by:
            Notification.objects.create(
                workspace_id=row.workspace_id,
                member_id=member_id,
                kind="notify",
                text=text,
                contact_id=row.contact_id,
                enrollment_id=row.value.id,
                created_at=now,
            )
        if "email" in step.by:
            key = f"step:{row.value.id}:{step.key}:{visit}"
            plan_notice(row.workspace_id, key, member_id, text, senders[row.workspace_id], now)


def plan_notice(
    workspace_id: int, key: str, member_id: int, text: str, sender_id: int, now: datetime
) -> None:
    """Write the touch of an email to a member; writing it again changes nothing."""
    address = Member.objects.values_list("user__email", flat=True).get(id=member_id)
    first_line = text.strip().splitlines()[0][:120] if text.strip() else "Notice"
    Touch.objects.get_or_create(
        workspace_id=workspace_id,
        key=key,
        defaults={
            "mark": mark_of(workspace_id, key),
            "kind": TouchKind.NOTICE,
            "sender_id": sender_id,
            "recipient": address,
            "status": TouchStatus.PLANNED,
            "priority": Priority.REPLY,
            "content": {"subject": first_line, "text": text},
            "due_at": now,
            "not_before": now,
            "created_at": now,
        },
    )
