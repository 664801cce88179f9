"""By what contacts can be narrowed, with how many each choice has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from drumbeat.models import Contact, ContactList, Member, Tag

MOST = 200


@dataclass(frozen=True, slots=True)
class Facets:
    total: int
    stages: Sequence[tuple[str, int]]
    lists: Sequence[tuple[int, str, int]]
    tags: Sequence[tuple[int, str, int]]
    owners: Sequence[tuple[int, str, int]]


def load(workspace_id: int, owner_id: int | None) -> Facets:
    """Count over all contacts of the workspace, or over those of one owner."""
    ours = Contact.objects.filter(workspace_id=workspace_id)
    if owner_id is not None:
        ours = ours.filter(owner_id=owner_id)
    stages = ours.order_by("stage").values_list("stage").annotate(n=Count("id"))
    owned = dict(ours.order_by().values_list("owner_id").annotate(n=Count("id")))
    members = (
        Member.objects.filter(workspace_id=workspace_id).order_by("name", "id").values_list("id", "name")
    )
    entries = Count("entries", filter=Q(entries__contact__owner_id=owner_id) if owner_id else None)
    tagged = Count("contacttag", filter=Q(contacttag__contact__owner_id=owner_id) if owner_id else None)
    lists = ContactList.objects.filter(workspace_id=workspace_id).annotate(n=entries).order_by("name")
    tags = Tag.objects.filter(workspace_id=workspace_id).annotate(n=tagged).order_by("folded")
    return Facets(
        total=sum(owned.values()),
        stages=[(stage, n) for stage, n in stages[:MOST] if stage],
        lists=list(lists.values_list("id", "name", "n")[:MOST]),
        tags=list(tags.values_list("id", "name", "n")[:MOST]),
        owners=[(id_, name, owned.get(id_, 0)) for id_, name in members],
    )
