"""Which contacts are meant: filters, search and order, each on an index of both databases.

A search is a prefix of a folded column, and so a range of its index; nothing here reads the whole table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from drumbeat.core.search import end_of_prefix, search_form
from drumbeat.models import Contact, ContactTag, Enrollment, ListMember, Sequence
from drumbeat.models.enrollment import UNFINISHED

Enrolled = Literal["", "yes", "no", "never"]
Sort = Literal["newest", "oldest", "name", "-name", "company", "-company"]

ORDERS: Mapping[Sort, tuple[str, ...]] = {
    "newest": ("-id",),
    "oldest": ("id",),
    "name": ("name_folded", "id"),
    "-name": ("-name_folded", "-id"),
    "company": ("company_folded", "id"),
    "-company": ("-company_folded", "-id"),
}
NOBODY = 0
"""The owner of contacts that have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactQuery:
    """Every condition that is set must hold.

    `enrolled`: has an unfinished enrollment ("yes"), has none ("no"), never had one ("never"); with `sequence_id`
    in that sequence. `state`: of an unfinished enrollment, in that sequence if one is named. `segment_id` is not
    asked here: whoever knows the time narrows by the segment's condition before.
    """

    q: str = ""
    segment_id: int | None = None
    list_id: int | None = None
    tag_id: int | None = None
    stage: str | None = None
    owner_id: int | None = None
    sequence_id: int | None = None
    enrolled: Enrolled = ""
    state: str = ""


def matching(contacts: QuerySet[Contact], workspace_id: int, asked: ContactQuery) -> QuerySet[Contact]:
    """Narrow the workspace's `contacts` down to those that fit."""
    rows = contacts.filter(id__in=_named(workspace_id, asked.q)) if asked.q.strip() else contacts
    if asked.stage is not None:
        rows = rows.filter(stage=asked.stage)
    if asked.owner_id is not None:
        rows = rows.filter(owner_id=asked.owner_id or None)
    if asked.list_id is not None:
        on_it = ListMember.objects.filter(workspace_id=workspace_id, contact_list_id=asked.list_id)
        rows = rows.filter(id__in=on_it.values("contact_id"))
    if asked.tag_id is not None:
        tagged = ContactTag.objects.filter(workspace_id=workspace_id, tag_id=asked.tag_id)
        rows = rows.filter(id__in=tagged.values("contact_id"))
    return _by_enrollment(rows, workspace_id, asked)


def _by_enrollment(rows: QuerySet[Contact], workspace_id: int, asked: ContactQuery) -> QuerySet[Contact]:
    enrolled = asked.enrolled or ("yes" if asked.sequence_id or asked.state else "")
    if not enrolled:
        return rows
    theirs = Enrollment.objects.filter(workspace_id=workspace_id)
    if enrolled != "never":
        theirs = theirs.filter(UNFINISHED)
    if asked.state:
        theirs = theirs.filter(state=asked.state)
    if asked.sequence_id is not None:
        theirs = theirs.filter(sequence_id=asked.sequence_id)
    if enrolled != "yes":
        return rows.filter(~Exists(theirs.filter(contact_id=OuterRef("id"))))
    if asked.sequence_id is None:  # every index of enrollments begins with a sequence or a contact
        theirs = theirs.filter(
            sequence_id__in=Sequence.objects.filter(workspace_id=workspace_id).values("id")
        )
    return rows.filter(id__in=theirs.values("contact_id"))


def _named(workspace_id: int, text: str) -> QuerySet[Contact, Any]:
    """Return the ids of contacts whose name, company, address or its domain begins like this.

    Of several words each may also begin another of them: "ruiz ana", "ana halden". A union, since of several
    conditions joined by OR SQLite would rather read the whole table in the order asked.
    """
    ours = Contact.objects.filter(workspace_id=workspace_id).values("id").order_by()
    ways = [ours.filter(way) for way in _ways(search_form(text))]
    return ways[0].union(*ways[1:]) if len(ways) > 1 else ways[0]


def _ways(folded: str) -> list[Q]:
    if not folded:
        return [Q(pk__in=[])]
    if "@" in folded:
        local, _, domain = folded.rpartition("@")
        return [_begins("email_normal", folded) if local else _begins("email_domain", domain)]
    ways = [_begins(column, folded) for column in ("name_folded", "last_folded", "company_folded")]
    first, _, rest = folded.partition(" ")
    if not rest:
        return [*ways, _begins("email_normal", folded), _begins("email_domain", folded)]
    return [
        *ways,
        _begins("last_folded", first) & _begins("name_folded", rest),
        _begins("name_folded", first) & _begins("company_folded", rest),
        _begins("last_folded", first) & _begins("company_folded", rest),
    ]


def _begins(column: str, prefix: str) -> Q:
    begins = Q(**{f"{column}__gte": prefix, f"{column}__lt": end_of_prefix(prefix)})
    # The condition of the partial index is said again: SQLite does not use it without.
    return begins & ~Q(email_normal="") if column == "email_normal" else begins
