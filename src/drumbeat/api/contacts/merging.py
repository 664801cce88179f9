"""Two contacts that are one person: who may be, what merging would do, and doing it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema

from drumbeat.actions.contacts import duplicates, merging
from drumbeat.actions.contacts import view as contact_view
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body, Id
from drumbeat.api.contacts import view as shapes
from drumbeat.api.contacts.schemas import ContactDetailOut, ContactOut
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock

router = Router(tags=["contacts"])


class DuplicateOut(Schema):
    """`alike`: in what both agree, `email` (one mailbox), `phone` or `name`."""

    contact: ContactOut
    alike: str


class MergedFieldOut(Schema):
    """What a field has in both and will have; custom fields are called `custom.<key>`."""

    field: str
    survivor: str
    other: str
    value: str
    from_other: bool


class MergedEnrollmentOut(Schema):
    """An unfinished enrollment; it `ends` where the other contact is further in the same sequence."""

    id: int
    sequence: str
    contact_id: int
    ends: bool


class MergePreviewOut(Schema):
    """What merging would do. It cannot be undone."""

    fields: list[MergedFieldOut]
    consent: dict[str, bool | None]
    enrollments: list[MergedEnrollmentOut]


class MergeQuery(Schema):
    with_id: Id = Field(alias="with")


class MergeIn(Body):
    """`other_id` becomes part of the contact of the path. `choose`: by field whose value is taken.

    What is not named keeps the contact's value and fills its gaps from the other.
    """

    other_id: Id
    choose: dict[str, Literal["survivor", "other"]] = Field(default_factory=dict, max_length=300)


@router.get(
    "/contacts/{contact_id}/duplicates",
    response={200: list[DuplicateOut], **REFUSALS},
    operation_id="list_contact_duplicates",
)
def list_contact_duplicates(request: MemberRequest, contact_id: int) -> list[Any]:
    """List who may be the same person: one mailbox, one number, one name in one company; the surest first."""
    found = duplicates.of(request.member, contact_id)
    shaped = shapes.shaper(request.member)([one.contact for one in found])
    return [
        DuplicateOut(contact=contact, alike=one.alike.value)
        for one, contact in zip(found, shaped, strict=True)
    ]


@router.get(
    "/contacts/{contact_id}/merge-preview",
    response={200: MergePreviewOut, **REFUSALS},
    operation_id="preview_contact_merge",
)
def preview_contact_merge(
    request: MemberRequest, contact_id: int, asked: Annotated[MergeQuery, Query()]
) -> MergePreviewOut:
    """Say what merging another contact into this one would do, writing nothing."""
    seen = merging.foresee(request.member, contact_id, asked.with_id)
    return MergePreviewOut(
        fields=[
            MergedFieldOut(
                field=one.field,
                survivor=one.survivor,
                other=one.other,
                value=one.value,
                from_other=one.from_other,
            )
            for one in seen.fields
        ],
        consent=dict(seen.consent),
        enrollments=[
            MergedEnrollmentOut(id=one.id, sequence=one.sequence, contact_id=one.contact_id, ends=one.ends)
            for one in seen.enrollments
        ],
    )


@router.post(
    "/contacts/{contact_id}/merge",
    response={200: ContactDetailOut, **REFUSALS},
    operation_id="merge_contact",
)
def merge_contact(request: MemberRequest, contact_id: int, body: MergeIn) -> ContactDetailOut:
    """Merge another contact into this one, which keeps its id; it cannot be undone."""
    merging.merge(request.member, contact_id, body.other_id, SystemClock().now(), chosen=dict(body.choose))
    return shapes.detail(request.member, contact_view.get(request.member, contact_id))
