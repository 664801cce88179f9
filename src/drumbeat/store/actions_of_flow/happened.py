"""What flows and the engine did to contacts, as events: triggers and timelines read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from drumbeat.core.facts import EventKind
from drumbeat.models import Event
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked

FLOW, ENGINE = "flow", "engine"
_COLUMNS = (
    "workspace_id",
    "kind",
    "contact_id",
    "enrollment_id",
    "source",
    "external_id",
    "payload",
    "occurred_at",
    "received_at",
)


def tell(
    events: Sequence[tuple[Locked, EventKind, Mapping[str, Any]]], now: datetime, *, source: str = FLOW
) -> None:
    """Write the events in one statement, in the given order."""
    rows = [
        (row.workspace_id, kind.value, row.contact_id, row.value.id, source, "", dict(payload), now, now)
        for row, kind, payload in events
    ]
    sql.insert(Event, _COLUMNS, rows)
