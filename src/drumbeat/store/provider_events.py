"""What providers told: kept once each, looked at until it is clear what mail of ours it is about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from drumbeat.core.provider_events import Told
from drumbeat.models import ProviderEvent, SenderProfile, Touch
from drumbeat.store import sql
from drumbeat.store.evidence import storable

KEPT = timedelta(days=30)
"""How long it is known that an event was told before."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 10, 60, 360))
LARGEST_RAW = 16 * 1024
_COLUMNS = (
    "workspace_id",
    "sender_id",
    "source",
    "external_id",
    "told",
    "received_at",
    "look_at",
    "tries",
    "fault",
)


def source_of(provider: str) -> str:
    return f"esp:{provider}"


def keep(sender: SenderProfile, told: Sequence[Told], now: datetime) -> None:
    """Keep events that were not told before, and note that the provider told something."""
    source = source_of(sender.provider)
    rows = [
        (sender.workspace_id, sender.pk, source, one.external_id[:200], _kept(one), now, now, 0, "")
        for one in told
    ]
    with transaction.atomic():
        sql.insert(ProviderEvent, _COLUMNS, rows, "ON CONFLICT DO NOTHING")
        SenderProfile.objects.filter(id=sender.pk).update(hook_heard_at=now)


def _kept(told: Told) -> dict[str, object]:
    """Return what is stored: a provider's own words are left out where they are endless."""
    kept = json.loads(json.dumps(told.to_json()).replace("\\u0000", ""))
    if len(json.dumps(kept["raw"])) > LARGEST_RAW:
        kept["raw"] = {}
    return dict(kept)


def note_refused(sender_id: int, why: str, now: datetime) -> None:
    """Note that a call at the sender's address was turned away."""
    sender = SenderProfile.objects.filter(id=sender_id)
    sender.update(hook_refused_at=now, hook_refused_text=storable(why, 200))


def by_token(token: str) -> SenderProfile | None:
    return SenderProfile.objects.filter(hook_token=token).first() if token else None


def unread(limit: int, now: datetime) -> list[int]:
    """Return the ids of events that wait to be read, oldest first."""
    rows = ProviderEvent.objects.filter(look_at__isnull=False, look_at__lte=now)
    return list(rows.order_by("look_at", "id").values_list("id", flat=True)[:limit])


def locked(event_id: int) -> ProviderEvent | None:
    """Return the event, locked in the caller's transaction; None when somebody else has it or has read it."""
    rows = ProviderEvent.objects.filter(id=event_id, look_at__isnull=False)
    return rows.first() if sql.lock(rows, skip=True) else None


def touch_of(event: ProviderEvent, told: Told) -> Touch | None:
    """Return the mail that it is about, in the workspace whose sender the provider serves."""
    rows = Touch.objects.filter(workspace_id=event.workspace_id, kind="email").select_related(
        "contact__owner", "enrollment__sequence__owner", "sender"
    )
    if told.mark:
        return rows.filter(mark=told.mark).first()
    if not told.message_id:
        return None
    return rows.filter(tries__provider_id=told.message_id[:200], sender__kind="esp").order_by("-id").first()


def done(event: ProviderEvent) -> None:
    """Keep of it only that it was told."""
    ProviderEvent.objects.filter(id=event.pk).update(look_at=None, told={})


def later(event: ProviderEvent, now: datetime) -> bool:
    """Look at it again after a while; False, and no more, when that was done often enough."""
    if event.tries >= len(WAITS):
        done(event)
        return False
    ProviderEvent.objects.filter(id=event.pk).update(look_at=now + WAITS[event.tries], tries=F("tries") + 1)
    return True


def count_fault(event_id: int, fault: str, now: datetime) -> None:
    """Note that it could not be read; it is tried again a few times, then left."""
    with transaction.atomic():
        event = locked(event_id)
        if event is None:
            return
        ProviderEvent.objects.filter(id=event_id).update(fault=storable(fault, 2000))
        later(event, now)


def forget(now: datetime) -> int:
    """Delete what was told long ago; a second telling of it would be kept out by the events themselves."""
    return ProviderEvent.objects.filter(received_at__lt=now - KEPT, look_at=None).delete()[0]
