"""What providers told becomes events and what follows from them, each in one transaction.

An event can be told before it is recorded that the mail left, twice, or in any order: our mark finds the mail as soon
as it is planned, and each event counts once.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from datetime import datetime
from zlib import crc32

from django.db import InterfaceError, OperationalError, transaction

from drumbeat.core.facts import EventKind
from drumbeat.core.provider_events import Meaning, Told, happened_at, meaning_of, read_told
from drumbeat.core.touch import TouchStatus
from drumbeat.core.tracking_verdicts import FetchKind, How
from drumbeat.inbound import effects
from drumbeat.inbound.match import Match
from drumbeat.models import Event, ProviderEvent, Touch
from drumbeat.store import evidence, provider_events, tracking
from drumbeat.store.evidence import storable

log = logging.getLogger(__name__)

_SEEN: Mapping[str, tuple[FetchKind, str]] = {
    EventKind.OPENED.value: (FetchKind.OPEN, "track_opens"),
    EventKind.CLICKED.value: (FetchKind.CLICK, "track_clicks"),
}
_MOST_LINKS = 30_000


def process_once(now: datetime, limit: int = 100) -> int:
    """Read waiting events, oldest first; return how many were looked at. Raises when the database does not answer."""
    return sum(_process(event_id, now) for event_id in provider_events.unread(limit, now))


def _process(event_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            event = provider_events.locked(event_id)
            if event is None:
                return False
            _read(event, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("event %s of a provider cannot be read", event_id)
        provider_events.count_fault(event_id, f"{type(fault).__name__}: {fault}", now)
    return True


def _read(event: ProviderEvent, now: datetime) -> None:
    told = read_told(event.told)
    touch = provider_events.touch_of(event, told)
    if touch is None or _is_on_its_way(touch):
        provider_events.later(event, now)
        return
    meaning = meaning_of(told, touch.recipient) if touch.contact is not None else None  # erased, or one of us
    if meaning is not None and meaning.kind in _SEEN:
        _see(event, told, touch)
    elif meaning is not None:
        _follow(event, told, touch, meaning, now)
    provider_events.done(event)


def _is_on_its_way(touch: Touch) -> bool:
    """What became of it is still to be written: an event that says so now would not be there to be asked then."""
    return touch.status == TouchStatus.SENDING


def _see(event: ProviderEvent, told: Told, touch: Touch) -> None:
    """Judge an open or a click as if our own link had been fetched; only where the sequence tracks it."""
    kind, is_wanted = _SEEN[told.kind]
    sequence = touch.enrollment.sequence if touch.enrollment is not None else None
    if sequence is None or not getattr(sequence, is_wanted):
        return
    if touch.mark not in tracking.with_room(tracking.touches_of([touch.mark])):
        return
    digest = hashlib.sha256(f"{event.source}:{event.external_id}".encode()).hexdigest()
    # The provider knows no numbers of links: those of an address are alike.
    link = 1 + crc32(told.url.encode()) % _MOST_LINKS if kind is FetchKind.CLICK else 0
    at = happened_at(told.at, event.received_at)
    agent, target = storable(told.user_agent, 300), storable(told.url, 2_000)
    tracking.add([(digest[:32], touch.pk, kind.value, link, 0, target, How.GET.value, agent, at, "")])


def _follow(event: ProviderEvent, told: Told, touch: Touch, meaning: Meaning, now: datetime) -> None:
    row = Event(
        workspace_id=event.workspace_id,
        kind=meaning.kind,
        contact=touch.contact,
        enrollment_id=touch.enrollment_id,
        touch=touch,
        source=event.source,
        external_id=event.external_id,
        payload=_payload(told, meaning),
        occurred_at=happened_at(told.at, event.received_at),
        received_at=event.received_at,
    )
    if not evidence.add_event(row):
        return
    match = Match(event.workspace_id, touch.sender_id, touch.contact, touch)
    effects.told_by_provider(match, meaning, event.external_id, now)


def _payload(told: Told, meaning: Meaning) -> dict[str, object]:
    payload: dict[str, object] = {"proven": True, "raw": dict(told.raw)}
    if meaning.failed is not None:
        payload["hard"] = meaning.failed.hard
        payload["about_sender"] = meaning.failed.about_sender
        payload["recipients"] = [
            {
                "address": storable(meaning.failed.address, 320),
                "reason": meaning.failed.reason.value,
                "status": meaning.failed.status,
                "diagnostic": storable(meaning.failed.diagnostic, 500),
            }
        ]
    return payload
