"""A workspace in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet

from drumbeat.actions import access
from drumbeat.models import Contact, Enrollment, Event, Member, Touch
from drumbeat.store import engagement


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many rows there are by status, kind, state and reason. `events`: those of machines are named apart."""

    touches: Mapping[str, int]
    events: Mapping[str, int]
    enrollments: Mapping[str, int]
    finish_reasons: Mapping[str, int]
    contacts: int

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def of_workspace(member: Member) -> Statistics:
    """Count the rows of the member's workspace."""
    enrollments = access.visible_to(member, Enrollment)
    return Statistics(
        touches=_by("status", access.visible_to(member, Touch)),
        events=_events(member),
        enrollments=_by("state", enrollments),
        finish_reasons=_by("reason", enrollments.filter(state="finished")),
        contacts=access.visible_to(member, Contact).count(),
    )


def _events(member: Member) -> dict[str, int]:
    events = access.visible_to(member, Event)
    counted = _by("kind", events)
    for kind, n in engagement.made_by_machines(events).items():
        counted[kind] -= n
        counted[f"{kind}_by_machines"] = n
    return {kind: n for kind, n in sorted(counted.items()) if n}


def _by(column: str, rows: QuerySet[Model]) -> dict[str, int]:
    counted = rows.order_by().values_list(column).annotate(n=Count("pk"))
    return dict(sorted((word, n) for word, n in counted))
