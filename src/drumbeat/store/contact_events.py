"""What happened to contacts by our own doing, as events: one statement for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from drumbeat.core.facts import EventKind
from drumbeat.models import Event
from drumbeat.store import sql

_COLUMNS = (
    "workspace_id",
    "kind",
    "contact_id",
    "source",
    "external_id",
    "payload",
    "occurred_at",
    "received_at",
)


def add(
    workspace_id: int,
    kind: EventKind,
    contact_ids: Iterable[int],
    now: datetime,
    *,
    source: str,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Write the same event for each contact, in the caller's transaction."""
    shared = dict(payload or {})
    rows = [(workspace_id, kind.value, id_, source, "", shared, now, now) for id_ in contact_ids]
    sql.insert(Event, _COLUMNS, rows)
