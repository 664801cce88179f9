"""Custom fields and tags."""

from __future__ import annotations

from ninja import Router, Status

from drumbeat.actions.contacts import fields
from drumbeat.api.auth import MemberRequest
from drumbeat.api.contacts.schemas import (
    ContactFieldChangeIn,
    ContactFieldIn,
    ContactFieldOut,
    NamedIn,
    TagOut,
)
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import ContactField, FieldType

router = Router(tags=["contacts"])
MOST_TAGS = 2_000


def _field(row: ContactField, values: int) -> ContactFieldOut:
    return ContactFieldOut(id=row.pk, key=row.key, label=row.label, type=row.type, values=values)


@router.get(
    "/contact-fields", response={200: list[ContactFieldOut], **REFUSALS}, operation_id="list_contact_fields"
)
def list_contact_fields(request: MemberRequest) -> list[ContactFieldOut]:
    """List the workspace's own fields of contacts."""
    rows = fields.counted(request.member).order_by("label", "id")
    return [_field(row, row.values) for row in rows]  # type: ignore[attr-defined]  # annotated


@router.post(
    "/contact-fields", response={201: ContactFieldOut, **REFUSALS}, operation_id="create_contact_field"
)
def create_contact_field(request: MemberRequest, body: ContactFieldIn) -> Status[ContactFieldOut]:
    """Define a field of contacts."""
    row = fields.create(request.member, body.label, FieldType(body.type), SystemClock().now(), key=body.key)
    return Status(201, _field(row, 0))


@router.patch(
    "/contact-fields/{field_id}",
    response={200: ContactFieldOut, **REFUSALS},
    operation_id="change_contact_field",
)
def change_contact_field(
    request: MemberRequest, field_id: int, body: ContactFieldChangeIn
) -> ContactFieldOut:
    """Rename a field; its type changes only while no contact has a value."""
    type_ = FieldType(body.type) if body.type else None
    fields.change(request.member, field_id, SystemClock().now(), label=body.label, type_=type_)
    row = fields.counted(request.member).get(id=field_id)
    return _field(row, row.values)  # type: ignore[attr-defined]  # annotated


@router.delete(
    "/contact-fields/{field_id}", response={204: None, **REFUSALS}, operation_id="delete_contact_field"
)
def delete_contact_field(request: MemberRequest, field_id: int, with_values: bool = False) -> Status[None]:
    """Delete a field; one that contacts have values of only with `with_values`."""
    fields.delete(request.member, field_id, SystemClock().now(), with_values=with_values)
    return Status(204, None)


@router.get("/tags", response={200: list[TagOut], **REFUSALS}, operation_id="list_tags")
def list_tags(request: MemberRequest) -> list[TagOut]:
    """List the tags, each with how many contacts have it."""
    rows = fields.tags_counted(request.member).order_by("folded", "id")[:MOST_TAGS]
    return [TagOut(id=row.pk, name=row.name, contacts=row.contacts) for row in rows]  # type: ignore[attr-defined]


@router.patch("/tags/{tag_id}", response={200: TagOut, **REFUSALS}, operation_id="rename_tag")
def rename_tag(request: MemberRequest, tag_id: int, body: NamedIn) -> TagOut:
    """Give a tag another name."""
    fields.rename_tag(request.member, tag_id, body.name, SystemClock().now())
    row = fields.tags_counted(request.member).get(id=tag_id)
    return TagOut(id=row.pk, name=row.name, contacts=row.contacts)  # type: ignore[attr-defined]


@router.delete("/tags/{tag_id}", response={204: None, **REFUSALS}, operation_id="delete_tag")
def delete_tag(request: MemberRequest, tag_id: int) -> Status[None]:
    """Take a tag off everybody and delete it."""
    fields.delete_tag(request.member, tag_id, SystemClock().now())
    return Status(204, None)
