"""Contacts: the table, one contact, changes to one and to many."""

from __future__ import annotations

from ninja import Router, Status

from drumbeat.actions import access, contacts
from drumbeat.actions.contacts import UNCHANGED, bulk, creating
from drumbeat.actions.contacts import view as contact_view
from drumbeat.actions.contacts.bulk import Act, Change
from drumbeat.actions.contacts.selection import fitting
from drumbeat.api.auth import MemberRequest
from drumbeat.api.board.kept import Kept
from drumbeat.api.contacts import view as shapes
from drumbeat.api.contacts.schemas import (
    ContactBulkIn,
    ContactBulkItemOut,
    ContactBulkOut,
    ContactChangeIn,
    ContactCountOut,
    ContactDetailOut,
    ContactFacetOut,
    ContactFacetsOut,
    ContactIn,
    ContactOut,
    Filtered,
    Sorted,
)
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.models import ContactList
from drumbeat.store import contact_facets
from drumbeat.store.contact_search import ORDERS
from drumbeat.store.contacts import COLUMNS

router = Router(tags=["contacts"])

MOST_COUNTED = 10_000
_kept = Kept()


@router.get("/contacts", response={200: Page[ContactOut], **REFUSALS}, operation_id="list_contacts")
def list_contacts(request: MemberRequest, filters: Sorted, page: Paged) -> Page[ContactOut]:
    """List the contacts that fit, in pages."""
    rows = fitting(request.member, filters.query(), SystemClock().now()).select_related("owner")
    return page_of(rows, ORDERS[filters.sort], page, shapes.shaper(request.member))


@router.get("/contacts/count", response={200: ContactCountOut, **REFUSALS}, operation_id="count_contacts")
def count_contacts(request: MemberRequest, filters: Filtered) -> ContactCountOut:
    """Count the contacts that fit, up to ten thousand."""
    rows = fitting(request.member, filters.query(), SystemClock().now())
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return ContactCountOut(count=min(count, MOST_COUNTED), is_more=count > MOST_COUNTED)


@router.get(
    "/contacts/facets", response={200: ContactFacetsOut, **REFUSALS}, operation_id="get_contact_facets"
)
def get_contact_facets(request: MemberRequest) -> ContactFacetsOut:
    """Tell which stages, lists, tags and owners there are, and how many contacts each has."""
    member = request.member
    access.require(member, "contacts.view")
    own = access.only_owner(member)
    found = _kept.ask((member.workspace_id, own), lambda: contact_facets.load(member.workspace_id, own))
    return ContactFacetsOut(
        total=found.total,
        stages=[ContactFacetOut(id=None, value=name, count=n) for name, n in found.stages],
        lists=[ContactFacetOut(id=id_, value=name, count=n) for id_, name, n in found.lists],
        tags=[ContactFacetOut(id=id_, value=name, count=n) for id_, name, n in found.tags],
        owners=[ContactFacetOut(id=id_, value=name, count=n) for id_, name, n in found.owners],
    )


@router.post("/contacts", response={201: ContactDetailOut, **REFUSALS}, operation_id="create_contact")
def create_contact(request: MemberRequest, body: ContactIn) -> Status[ContactDetailOut]:
    """Add a contact; `contact_exists` when its address is known here, with the id of the one that has it."""
    member, now = request.member, SystemClock().now()
    values = {name: getattr(body, name) for name in COLUMNS if not name.endswith("_normal")}
    name = access.get(member, ContactList, body.list_id, "list").name if body.list_id is not None else None
    made = creating.create(
        member,
        values,
        now,
        custom=body.custom,
        list_name=name,
        tag_names=body.tags,
        sequence_id=body.begins_in(),
    )
    return Status(201, shapes.detail(member, contact_view.get(member, made.pk)))


@router.post("/contacts/bulk", response={200: ContactBulkOut, **REFUSALS}, operation_id="change_contacts")
def change_contacts(request: MemberRequest, body: ContactBulkIn) -> ContactBulkOut:
    """Change many contacts: tags, lists, stage, owner; each gets its answer."""
    change = Change(
        act=Act(body.act), tag=body.tag, stage=body.stage, list_id=body.to_list_id, owner_id=body.owner_id
    )
    done = bulk.apply(request.member, body.selection(), change, SystemClock().now())
    answers = [
        ContactBulkItemOut(id=id_, code=code, before=done.before.get(id_, ""))
        for id_, code in done.answers.items()
    ]
    return ContactBulkOut(answers=answers, counts=done.counts())


@router.get(
    "/contacts/{contact_id}", response={200: ContactDetailOut, **REFUSALS}, operation_id="get_contact"
)
def get_contact(request: MemberRequest, contact_id: int) -> ContactDetailOut:
    """Show one contact: profile, custom fields, tags, lists, and whether it may be reached."""
    return shapes.detail(request.member, contact_view.get(request.member, contact_id))


@router.patch(
    "/contacts/{contact_id}", response={200: ContactDetailOut, **REFUSALS}, operation_id="change_contact"
)
def change_contact(request: MemberRequest, contact_id: int, body: ContactChangeIn) -> ContactDetailOut:
    """Change what is given; "" clears a field."""
    given = body.dict(exclude_unset=True)
    values = {name: given[name] or "" for name in COLUMNS if name in given}
    contacts.change(
        request.member,
        contact_id,
        values,
        SystemClock().now(),
        custom=body.custom,
        consent=body.consent,
        owner_id=body.owner_id if "owner_id" in given else UNCHANGED,
    )
    return shapes.detail(request.member, contact_view.get(request.member, contact_id))


@router.delete("/contacts/{contact_id}", response={204: None, **REFUSALS}, operation_id="delete_contact")
def delete_contact(request: MemberRequest, contact_id: int) -> Status[None]:
    """Delete a contact to whom nothing was ever sent; any other stays on record."""
    contacts.delete(request.member, contact_id, SystemClock().now())
    return Status(204, None)
