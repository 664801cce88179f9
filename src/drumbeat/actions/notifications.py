"""Lines that drumbeat wrote for one member: list them, and mark them read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from drumbeat.actions import access
from drumbeat.models import Member, Notification


def of(member: Member, *, unread: bool = False) -> QuerySet[Notification]:
    """Return the member's own lines."""
    rows = access.visible_to(member, Notification).filter(member_id=member.pk).select_related("contact")
    return rows.filter(read_at=None) if unread else rows


def read(member: Member, ids: Sequence[int] | None, now: datetime) -> int:
    """Mark the member's lines read, all of them without `ids`; return how many were unread."""
    rows = of(member, unread=True).select_related(None)
    return rows.filter(pk__in=ids).update(read_at=now) if ids is not None else rows.update(read_at=now)
