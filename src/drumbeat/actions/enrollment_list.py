"""Enrollments as a list: by sequence, state and reason, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.actions import access
from drumbeat.actions.showing import label
from drumbeat.models import Enrollment, Member

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One enrollment in a list; `label` is the one word that people see."""

    id: int
    contact: str
    sequence_id: int
    sequence: str
    state: str
    reason: str
    label: str
    step: str | None
    next_step_at: datetime | None


def find(
    member: Member,
    *,
    state: str = "",
    reason: str = "",
    sequence_id: int | None = None,
    limit: int = MOST,
) -> tuple[Sequence[Listed], int]:
    """Return at most `limit` enrollments of the member's workspace that fit, and how many fit in all."""
    access.require(member, "enrollments.view")
    wanted = {"state": state, "reason": reason, "sequence_id": sequence_id}
    rows = access.visible_to(member, Enrollment).filter(**{name: v for name, v in wanted.items() if v})
    chosen = rows.select_related("contact", "sequence").order_by("-id")[:limit]
    return [_listed(row) for row in chosen], rows.count()


def _listed(row: Enrollment) -> Listed:
    return Listed(
        id=row.pk,
        contact=row.contact.email or row.contact.phone,
        sequence_id=row.sequence_id,
        sequence=row.sequence.name,
        state=row.state,
        reason=row.reason,
        label=label(row.state, row.reason),
        step=row.step,
        next_step_at=row.next_step_at,
    )
