"""Segments: conditions saved under a name. Who is in one is asked anew each time, so it is always current.

A condition cannot name a segment: segments are where contacts are chosen, and so none can contain itself.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access, audit, conditions
from drumbeat.core.conditions import Condition
from drumbeat.core.document import read_condition, write_condition
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, Member, Segment
from drumbeat.store.conditions import where

MOST = 1_000


def listed(member: Member) -> QuerySet[Segment]:
    """Return the segments of the workspace."""
    access.require(member, "contacts.view")
    return access.visible_to(member, Segment)


def create(member: Member, name: str, data: object, now: datetime) -> Segment:
    """Save a condition under a name; DomainError `segment_exists`, `segment_name_invalid`, `condition_invalid`."""
    access.require(member, "contacts.create")
    wanted, condition = _read_name(name), conditions.checked(member, data)
    with transaction.atomic():
        _require_free(member, wanted)
        if listed(member).count() >= MOST:
            raise DomainError("too_many_segments", f"A workspace has at most {MOST} segments. Delete some.")
        row = Segment.objects.create(
            workspace_id=member.workspace_id,
            name=wanted,
            condition=write_condition(condition),
            created_at=now,
            updated_at=now,
        )
        _tell(member, "segment.create", row, now, after=_said(row))
    return row


def change(
    member: Member, segment_id: int, now: datetime, *, name: str | None = None, data: object = None
) -> Segment:
    """Rename a segment, or give it another condition; what is None stays."""
    access.require(member, "contacts.edit")
    row = access.get(member, Segment, segment_id, "segment")
    before = _said(row)
    with transaction.atomic():
        if name is not None:
            row.name = _read_name(name)
            _require_free(member, row.name, but=row.pk)
        if data is not None:
            row.condition = write_condition(conditions.checked(member, data))
        row.updated_at = now
        row.save(update_fields=["name", "condition", "updated_at"])
        _tell(member, "segment.edit", row, now, before=before, after=_said(row))
    return row


def delete(member: Member, segment_id: int, now: datetime) -> None:
    """Delete a segment; the contacts in it stay."""
    access.require(member, "contacts.delete")
    row = access.get(member, Segment, segment_id, "segment")
    with transaction.atomic():
        _tell(member, "segment.delete", row, now, before=_said(row))
        row.delete()


def get(member: Member, segment_id: int) -> Segment:
    """Return one segment; DomainError `not_found`."""
    return access.first(listed(member).filter(id=segment_id), "segment", segment_id)


def find(member: Member, name: str) -> Segment:
    """Return the segment with this name or id."""
    return access.named(listed(member), name, "segment")


def condition_of(row: Segment) -> Condition:
    return read_condition(row.condition)


def members(member: Member, segment_id: int, now: datetime) -> Q:
    """Return who is in the segment now, as a condition on contacts; DomainError `not_found`."""
    row = access.get(member, Segment, segment_id, "segment")
    return where(member.workspace_id, condition_of(row), now)


def count(member: Member, segment_id: int, now: datetime) -> tuple[int, bool]:
    """Count who is in the segment among the contacts that the member sees; True: there are more than were counted."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, Contact).filter(members(member, segment_id, now))
    found = rows.order_by()[: conditions.MOST_COUNTED + 1].count()
    return min(found, conditions.MOST_COUNTED), found > conditions.MOST_COUNTED


def _read_name(name: str) -> str:
    read = " ".join(name.replace("\x00", "").split())
    if not read or len(read) > 200:
        raise DomainError(
            "segment_name_invalid", "A segment needs a name of 1 to 200 characters.", {"name": "Name it."}
        )
    return read


def _require_free(member: Member, name: str, but: int = 0) -> None:
    if access.visible_to(member, Segment).filter(name=name).exclude(id=but).exists():
        raise DomainError(
            "segment_exists", f"There is a segment {name!r} already.", {"name": "This name is taken."}
        )


def _said(row: Segment) -> dict[str, object]:
    return {"name": row.name, "condition": row.condition}


def _tell(
    member: Member,
    act: str,
    row: Segment,
    now: datetime,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        member, act, now, object_kind="segment", object_id=row.pk, name=row.name, before=before, after=after
    )
