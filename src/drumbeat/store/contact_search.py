"""Which contacts are meant: filters, search and order, each on an index of both databases.

A search is a prefix of a folded column, and so a range of its index; nothing here reads the whole table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from drumbeat.core.search import end_of_prefix, search_form
from drumbeat.models import Contact, ContactTag, Enrollment, ListMember
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
    in that sequence. `state`: of an unfinished enrollment, in that sequence if one is named.
    """

    q: str = ""
    list_id: int | None = None
    tag_id: int | None = None
    stage: str | None = None
    owner_id: int | None = None
    sequence_id: int | None = None
    enrolled: Enrolled = ""
    state: str = ""


def matching(contacts: QuerySet[Contact], asked: ContactQuery) -> QuerySet[Contact]:
    """Narrow `contacts`, which name their workspace, down to those that fit."""
    rows = contacts.filter(_named(asked.q)) if asked.q.strip() else contacts
    if asked.stage is not None:
        rows = rows.filter(stage=asked.stage)
    if asked.owner_id is not None:
        rows = rows.filter(owner_id=asked.owner_id or None)
    if asked.list_id is not None:
        on_it = ListMember.objects.filter(contact_list_id=asked.list_id)
        rows = rows.filter(id__in=on_it.values("contact_id"))
    if asked.tag_id is not None:
        rows = rows.filter(id__in=ContactTag.objects.filter(tag_id=asked.tag_id).values("contact_id"))
    return _by_enrollment(rows, asked)


def _by_enrollment(rows: QuerySet[Contact], asked: ContactQuery) -> QuerySet[Contact]:
    enrolled = asked.enrolled or ("yes" if asked.sequence_id or asked.state else "")
    if not enrolled:
        return rows
    theirs = Enrollment.objects.all()
    if asked.sequence_id is not None:
        theirs = theirs.filter(sequence_id=asked.sequence_id)
    if enrolled != "never":
        theirs = theirs.filter(UNFINISHED)
    if asked.state:
        theirs = theirs.filter(state=asked.state)
    if enrolled == "yes" and asked.sequence_id is not None:
        return rows.filter(id__in=theirs.values("contact_id"))
    of_the_contact = Exists(theirs.filter(contact_id=OuterRef("id")))
    return rows.filter(of_the_contact if enrolled == "yes" else ~of_the_contact)


def _named(text: str) -> Q:
    """Return the contacts whose name, company, address or its domain begins like this.

    Of several words each may also begin another of them: "ruiz ana", "ana halden".
    """
    folded = search_form(text)
    if not folded:
        return Q(pk__in=[])
    if "@" in folded:
        local, _, domain = folded.rpartition("@")
        return _begins("email_normal", folded) if local else _begins("email_domain", domain)
    found = (
        _begins("name_folded", folded)
        | _begins("last_folded", folded)
        | _begins("company_folded", folded)
        | _begins("email_normal", folded)
        | _begins("email_domain", folded)
    )
    first, _, rest = folded.partition(" ")
    if rest:
        found |= _begins("last_folded", first) & _begins("name_folded", rest)
        found |= _begins("name_folded", first) & _begins("company_folded", rest)
        found |= _begins("last_folded", first) & _begins("company_folded", rest)
    return found


def _begins(column: str, prefix: str) -> Q:
    begins = Q(**{f"{column}__gte": prefix, f"{column}__lt": end_of_prefix(prefix)})
    # The condition of the partial index is said again: SQLite does not use it without.
    return begins & ~Q(email_normal="") if column == "email_normal" else begins
