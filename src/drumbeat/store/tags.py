"""Tags: found or made by name, put on and taken off many contacts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from drumbeat.core.conditions import fold
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.models import ContactTag, Tag
from drumbeat.store import contact_events, sql
from drumbeat.store.contacts import in_ids

LONGEST = 100


def read_name(name: str) -> str:
    """Return a tag's name without blanks around it; DomainError `tag_name_invalid`."""
    read = " ".join(name.replace("\x00", "").split())
    if not read or len(read) > LONGEST or len(fold(read)) > LONGEST:
        raise DomainError("tag_name_invalid", f"A tag has a name of 1 to {LONGEST} characters.")
    return read


def ensure(workspace_id: int, name: str) -> int:
    """Return the id of the tag with this name, whatever its case; it is made if need be."""
    read = read_name(name)
    rows = [(workspace_id, read, fold(read))]
    sql.insert(Tag, ("workspace_id", "name", "folded"), rows, "ON CONFLICT DO NOTHING")
    return Tag.objects.values_list("id", flat=True).get(workspace_id=workspace_id, folded=fold(read))


def add(
    workspace_id: int, tag_id: int, contact_ids: Sequence[int], now: datetime, *, source: str
) -> list[int]:
    """Tag the contacts and write an event for each that was not tagged; return those."""
    asked = dict.fromkeys(contact_ids)
    tagged = ContactTag.objects.filter(tag_id=tag_id, contact_id__in=in_ids(list(asked)))
    known = set(tagged.values_list("contact_id", flat=True))
    new = [id_ for id_ in asked if id_ not in known]
    rows = [(workspace_id, id_, tag_id, now) for id_ in sorted(new)]
    columns = ("workspace_id", "contact_id", "tag_id", "created_at")
    sql.insert(ContactTag, columns, rows, "ON CONFLICT DO NOTHING")
    _tell(workspace_id, EventKind.TAG_ADDED, tag_id, new, now, source)
    return new


def remove(
    workspace_id: int, tag_id: int, contact_ids: Sequence[int], now: datetime, *, source: str
) -> list[int]:
    """Take the tag off the contacts and write an event for each that had it; return those."""
    tagged = ContactTag.objects.filter(tag_id=tag_id, contact_id__in=in_ids(list(contact_ids)))
    gone = list(tagged.order_by("contact_id").values_list("contact_id", flat=True))
    ContactTag.objects.filter(tag_id=tag_id, contact_id__in=in_ids(gone)).delete()
    _tell(workspace_id, EventKind.TAG_REMOVED, tag_id, gone, now, source)
    return gone


def _tell(
    workspace_id: int, kind: EventKind, tag_id: int, contact_ids: Sequence[int], now: datetime, source: str
) -> None:
    if contact_ids:
        name = Tag.objects.values_list("name", flat=True).get(id=tag_id)
        contact_events.add(workspace_id, kind, contact_ids, now, source=source, payload={"tag": name})
