"""Custom fields and tags of a workspace: defined, renamed, deleted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import slug
from drumbeat.core.conditions import fold
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactField, ContactFieldValue, ContactTag, FieldType, Member, Tag
from drumbeat.store import tags

MOST_FIELDS = 300


def counted(member: Member) -> QuerySet[ContactField]:
    """Return the custom fields, each with `values`, how many contacts that the member sees have one."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, ContactField)
    return rows.annotate(values=_count(member, "contactfieldvalue"))


def _count(member: Member, entries: str) -> Count:
    owner_id = access.only_owner(member)
    whose = None if owner_id is None else Q(**{f"{entries}__contact__owner_id": owner_id})
    return Count(entries, filter=whose)


def create(member: Member, label: str, type_: FieldType, now: datetime, *, key: str = "") -> ContactField:
    """Define a field; its key follows from the label unless it is given, and never changes.

    Raises DomainError `field_exists`, `field_name_invalid`, `too_many_fields`.
    """
    access.require(member, "contacts.edit")
    shown = _read_label(label)
    wanted = slug(key or shown)
    ours = access.visible_to(member, ContactField)
    if ours.count() >= MOST_FIELDS:
        raise DomainError("too_many_fields", f"A workspace has at most {MOST_FIELDS} fields of its own.")
    with transaction.atomic():
        row, is_new = ours.get_or_create(
            workspace_id=member.workspace_id, key=wanted, defaults={"label": shown, "type": type_}
        )
        if not is_new:
            raise DomainError(
                "field_exists",
                f"There is a field with the key {wanted} already.",
                {"label": "This name is taken."},
            )
        audit.record(
            member,
            "field.create",
            now,
            object_kind="field",
            object_id=row.pk,
            name=shown,
            after={"key": wanted},
        )
    return row


def change(
    member: Member, field_id: int, now: datetime, *, label: str | None = None, type_: FieldType | None = None
) -> ContactField:
    """Rename a field, or give it another type while no contact has a value; DomainError `field_in_use`."""
    access.require(member, "contacts.edit")
    row = access.get(member, ContactField, field_id, "field")
    before = {"label": row.label, "type": row.type}
    if label is not None:
        row.label = _read_label(label)
    if type_ is not None and type_ != row.type:
        used = ContactFieldValue.objects.filter(field=row).count()
        if used:
            raise DomainError(
                "field_in_use",
                f"{used} contacts have a value of this field. Make a new field, or delete the values first.",
            )
        row.type = type_
    with transaction.atomic():
        row.save(update_fields=["label", "type"])
        after = {"label": row.label, "type": row.type}
        audit.record(
            member,
            "field.edit",
            now,
            object_kind="field",
            object_id=row.pk,
            name=row.label,
            before=before,
            after=after,
        )
    return row


def delete(member: Member, field_id: int, now: datetime, *, with_values: bool = False) -> None:
    """Delete a field; DomainError `field_in_use` where contacts have values, unless those go too."""
    access.require(member, "contacts.delete")
    row = access.get(member, ContactField, field_id, "field")
    used = ContactFieldValue.objects.filter(field=row).count()
    if used and not with_values:
        raise DomainError("field_in_use", f"{used} contacts have a value of this field, which would be lost.")
    with transaction.atomic():
        audit.record(
            member,
            "field.delete",
            now,
            object_kind="field",
            object_id=row.pk,
            name=row.label,
            before={"key": row.key, "values": used},
        )
        row.delete()


def _read_label(label: str) -> str:
    read = " ".join(label.replace("\x00", "").split())
    if not read or len(read) > 200:
        raise DomainError(
            "field_name_invalid", "A field needs a name of 1 to 200 characters.", {"label": "Name it."}
        )
    return read


def tags_counted(member: Member) -> QuerySet[Tag]:
    """Return the tags of the workspace, each with `contacts`, how many of those the member sees have it."""
    access.require(member, "contacts.view")
    return access.visible_to(member, Tag).annotate(contacts=_count(member, "contacttag"))


def rename_tag(member: Member, tag_id: int, name: str, now: datetime) -> Tag:
    """Give a tag another name; DomainError `tag_exists` when another one has it."""
    access.require(member, "contacts.edit")
    row = access.get(member, Tag, tag_id, "tag")
    read = tags.read_name(name)
    if access.visible_to(member, Tag).filter(folded=fold(read)).exclude(id=row.pk).exists():
        raise DomainError("tag_exists", f"There is a tag {read!r} already.", {"name": "This name is taken."})
    with transaction.atomic():
        before = {"name": row.name}
        row.name, row.folded = read, fold(read)
        row.save(update_fields=["name", "folded"])
        audit.record(member, "tag.edit", now, object_kind="tag", object_id=row.pk, name=read, before=before)
    return row


def delete_tag(member: Member, tag_id: int, now: datetime) -> None:
    """Take a tag off everybody and delete it."""
    access.require(member, "contacts.delete")
    row = access.get(member, Tag, tag_id, "tag")
    with transaction.atomic():
        before = {"contacts": ContactTag.objects.filter(tag=row).count()}
        audit.record(
            member, "tag.delete", now, object_kind="tag", object_id=row.pk, name=row.name, before=before
        )
        row.delete()
