"""What lies at providers: kept once each, tried until it is here, set aside with its fault after the last try."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F

from drumbeat.core.provider_lying import WAITS, Lying, read_lying
from drumbeat.models import InboundMail, ProviderFetch, SenderProfile
from drumbeat.store import evidence, provider_events, sql
from drumbeat.store.evidence import storable

KEPT = timedelta(days=30)
"""How long it is known that it was told before."""
LEASE = timedelta(minutes=10)
"""How long one may take to be fetched before another worker tries."""
_NEVER_ENDED = "no try to fetch it came to an end"
_COLUMNS = ("sender_id", "external_id", "lying", "received_at", "look_at", "tries", "fault")


def keep(sender_id: int, found: Sequence[Lying], now: datetime) -> None:
    """Keep what was not told before."""
    rows = [(sender_id, storable(one.external_id, 200), _kept(one), now, now, 0, "") for one in found]
    sql.insert(ProviderFetch, _COLUMNS, rows, "ON CONFLICT DO NOTHING")


def _kept(lying: Lying) -> dict[str, object]:
    return dict(json.loads(json.dumps(lying.to_json()).replace("\\u0000", "")))


def claim(limit: int, now: datetime) -> list[ProviderFetch]:
    """Take what is due, with its sender, in the caller's transaction; nobody else tries it before the lease ends.

    A try counts as it begins: what ends the worker itself is set aside too.
    """
    due = ProviderFetch.objects.filter(look_at__isnull=False, look_at__lte=now)
    first = list(due.order_by("look_at", "id").values_list("id", flat=True)[:limit])
    ids = sql.lock(due.filter(id__in=first), skip=True)
    taken = ProviderFetch.objects.filter(id__in=ids)
    taken.filter(tries__gt=len(WAITS)).update(look_at=None, fault=_NEVER_ENDED)
    taken.filter(look_at__isnull=False).update(look_at=now + LEASE, tries=F("tries") + 1)
    return list(taken.filter(look_at__isnull=False).select_related("sender").order_by("id"))


def lying_of(fetch: ProviderFetch) -> Lying:
    return read_lying(fetch.lying)


def arrived(fetch: ProviderFetch, raw: bytes | None, now: datetime) -> None:
    """Keep the mail as it arrived, as if it had been passed on whole; of what is none, only that it was done."""
    with transaction.atomic():
        waiting = ProviderFetch.objects.filter(id=fetch.pk, look_at__isnull=False)
        if not sql.lock(waiting):
            return
        if raw is not None:
            evidence.add_mail(_mail(fetch, raw))
        waiting.update(look_at=None, lying={}, fault="")
        SenderProfile.objects.filter(id=fetch.sender_id).update(hook_heard_at=now)


def _mail(fetch: ProviderFetch, raw: bytes) -> InboundMail:
    lying = lying_of(fetch)
    return InboundMail(
        source=provider_events.source_of(fetch.sender.provider),
        external_id=f"{fetch.sender_id}:{fetch.external_id}"[:200],
        envelope_from=storable(lying.envelope_from, 320),
        envelope_to=[storable(one, 320) for one in lying.envelope_to],
        raw=raw,
        received_at=fetch.received_at,
    )


def failed(fetch: ProviderFetch, fault: str, now: datetime) -> None:
    """Try it again later; after the last try it is set aside with its fault."""
    again = now + WAITS[fetch.tries - 1] if fetch.tries <= len(WAITS) else None
    ProviderFetch.objects.filter(id=fetch.pk, look_at__isnull=False, tries=fetch.tries).update(
        look_at=again, fault=storable(fault, 2000)
    )


def set_aside(workspace_id: int, since: datetime) -> Mapping[int, int]:
    """Count by sender what was told since and could not be fetched."""
    rows = ProviderFetch.objects.filter(
        sender__workspace_id=workspace_id, received_at__gt=since, look_at=None
    ).exclude(fault="")
    return dict(rows.order_by().values_list("sender").annotate(n=Count("id")))


def forget(now: datetime) -> int:
    """Delete what is here or was set aside long ago."""
    return ProviderFetch.objects.filter(received_at__lt=now - KEPT, look_at=None).delete()[0]
