"""What happened to contacts by our own doing, as events: one statement for any number of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from drumbeat.core.facts import EventKind
from drumbeat.models import Event
from drumbeat.store import sql

COLUMNS = (
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
    sql.insert(Event, COLUMNS, rows)


def changed(
    workspace_id: int, fields: Mapping[int, Sequence[str]], now: datetime, *, source: str, each: bool = False
) -> None:
    """Write for each contact which of its fields changed; custom ones are called `custom.<key>`.

    With `each` there is an event for every field besides.
    """
    rows: list[tuple[Any, ...]] = []
    for id_, names in fields.items():
        payloads: list[tuple[EventKind, dict[str, Any]]] = [
            (EventKind.CONTACT_UPDATED, {"fields": list(names)})
        ]
        if each:
            payloads += [(EventKind.FIELD_CHANGED, {"field": name}) for name in names]
        rows += [(workspace_id, kind.value, id_, source, "", payload, now, now) for kind, payload in payloads]
    sql.insert(Event, COLUMNS, rows)
