"""Sender rows as values: windows, zones, caps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from drumbeat.core.facts import SenderFacts
from drumbeat.core.flow import Channel
from drumbeat.core.pacing import Caps, Ramp
from drumbeat.core.window import Window
from drumbeat.models import BUILT_IN_SENDERS, SenderKind, SenderProfile, Workspace
from drumbeat.store import sql
from drumbeat.store.readings import Reading


@lru_cache(maxsize=4096)
def _window(text: str) -> Window:
    return Window.from_json(json.loads(text))


def window_of(data: object) -> Window | None:
    """Return a stored window; None: no window."""
    return None if data is None else _window(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """Return the zone of a stored name, None for an empty or unknown one."""
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


UTC = ZoneInfo("UTC")


def caps_of(row: SenderProfile | Workspace) -> Caps:
    """Return the caps of a sender, its warm-up included, or of a workspace."""
    warm_up = row.warm_up if isinstance(row, SenderProfile) else None
    ramp = None if warm_up is None else Ramp(**warm_up)
    return Caps(row.cap_per_minute, row.cap_per_hour, row.cap_per_day, ramp)


def load_senders(workspace_ids: Iterable[int]) -> dict[int, dict[int, SenderFacts]]:
    """Return the senders of each workspace that carry messages to contacts, by id."""
    rows = _SENDERS.fetch(set(workspace_ids))
    found: dict[int, dict[int, SenderFacts]] = {}
    for workspace_id, id_, channel, zone, workspace_zone, address, owner_id, enabled, window in rows:
        found.setdefault(workspace_id, {})[id_] = SenderFacts(
            id=id_,
            channel=Channel(channel),
            zone=zone_named(zone) or zone_named(workspace_zone) or UTC,
            address=address,
            owner_id=owner_id,
            enabled=enabled,
            window=window_of(window),
        )
    return found


_SENDERS = Reading(
    lambda workspace_ids: (
        SenderProfile.objects.filter(sql.among("workspace_id", workspace_ids))
        .exclude(kind__in=BUILT_IN_SENDERS)
        .order_by("id")
        .values_list(
            "workspace_id",
            "id",
            "channel",
            "time_zone",
            "workspace__time_zone",
            "address",
            "owner_id",
            "enabled",
            "window",
        )
    )
)


def built_in(workspace_ids: Iterable[int], kind: SenderKind) -> Mapping[int, int]:
    """Return the id of each workspace's built-in sender of this kind."""
    rows = SenderProfile.objects.filter(workspace_id__in=set(workspace_ids), kind=kind)
    return dict(rows.values_list("workspace_id", "id"))
