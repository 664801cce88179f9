"""Which contacts a request means: by id, list, segment, or all that fit a filter; only those that the member sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from drumbeat.actions import access, segments
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactList, Member
from drumbeat.store.contact_search import ContactQuery, matching
from drumbeat.store.contacts import in_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Exactly one of them is set."""

    contact_ids: Sequence[int] | None = None
    list_id: int | None = None
    segment_id: int | None = None
    query: ContactQuery | None = None

    def as_query(self) -> ContactQuery:
        """Return what is asked for where no ids are named."""
        return self.query or ContactQuery(list_id=self.list_id, segment_id=self.segment_id)


def fitting(member: Member, query: ContactQuery, now: datetime) -> QuerySet[Contact]:
    """Return the contacts that the member sees and that fit; segments are asked as of `now`.

    DomainError `not_found` for a list or a segment that is not there.
    """
    access.require(member, "contacts.view")
    if query.list_id is not None:
        access.get(member, ContactList, query.list_id, "list")
    rows = access.visible_to(member, Contact)
    if query.segment_id is not None:
        rows = rows.filter(segments.members(member, query.segment_id, now))
    return matching(rows, member.workspace_id, query)


def ids_of(member: Member, chosen: Selection, most: int, now: datetime) -> list[int]:
    """Return the ids that are meant, at most one more than `most`, each once.

    Ids that were named come back as they were named, also those that are not there: the verb answers for each.
    Raises DomainError `selection_invalid` unless exactly one way to choose is used.
    """
    named = (chosen.contact_ids, chosen.list_id, chosen.segment_id, chosen.query)
    if sum(way is not None for way in named) != 1:
        text = "Name the contacts, or a list, or a segment, or a filter: exactly one of them."
        raise DomainError("selection_invalid", text)
    if chosen.contact_ids is not None:
        return list(dict.fromkeys(chosen.contact_ids))
    rows = fitting(member, chosen.as_query(), now).order_by("id").values_list("id", flat=True)
    return list(rows[: most + 1])


def count_of(member: Member, chosen: Selection, now: datetime) -> int:
    """Return how many are meant."""
    if chosen.contact_ids is not None:
        return len(set(chosen.contact_ids))
    return fitting(member, chosen.as_query(), now).count()


def seen_among(member: Member, contact_ids: Sequence[int]) -> list[int]:
    """Return those of the ids that are contacts which the member sees, in id order."""
    rows = access.visible_to(member, Contact).filter(id__in=in_ids(list(contact_ids)))
    return list(rows.order_by("id").values_list("id", flat=True))
