"""What Twilio posted: kept once each, looked at until it is clear what touch of ours it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from drumbeat.core.twilio_callbacks import Form
from drumbeat.models import PhoneCallback, Touch
from drumbeat.store import sql
from drumbeat.store.evidence import storable

KEPT = timedelta(days=30)
"""How long it is known that a callback was posted before."""
WAITS = (
    timedelta(seconds=2),
    timedelta(seconds=20),
    *(timedelta(minutes=minutes) for minutes in (2, 10, 60, 360)),
)
EVERY_DAY = timedelta(days=1)
"""What cannot be read is kept as it came and tried so often until it is forgotten: a later release may read it."""
_LONGEST = 5_000
_COLUMNS = ("account_id", "mark", "digest", "form", "received_at", "look_at", "tries", "fault")


def keep(account_id: int, mark: str, form: Form, now: datetime) -> None:
    """Keep a form that was not posted before. Which values count: all of them, in any order."""
    pairs = [[name, value] for name in form for value in form.getlist(name)]
    told = repr((mark, sorted(pairs))).encode("utf-8", "surrogatepass")
    kept = [[storable(name, 200), storable(value, _LONGEST)] for name, value in pairs]
    digest = hashlib.sha256(told).hexdigest()
    sql.insert(
        PhoneCallback,
        _COLUMNS,
        [(account_id, storable(mark, 64), digest, kept, now, now, 0, "")],
        "ON CONFLICT DO NOTHING",
    )


def form_of(callback: PhoneCallback) -> Form:
    return Form([(name, value) for name, value in callback.form])


def unread(limit: int, now: datetime) -> list[int]:
    """Return the ids of callbacks that wait to be read, oldest first."""
    rows = PhoneCallback.objects.filter(look_at__isnull=False, look_at__lte=now)
    return list(rows.order_by("look_at", "id").values_list("id", flat=True)[:limit])


def locked(callback_id: int) -> PhoneCallback | None:
    """Return the callback, locked in the caller's transaction; None when somebody else has it or has read it."""
    rows = PhoneCallback.objects.filter(id=callback_id, look_at__isnull=False)
    return rows.select_related("account").first() if sql.lock(rows, skip=True) else None


def touch_of(callback: PhoneCallback, kinds: Iterable[str]) -> Touch | None:
    """Return the touch that it is about, in the account's workspace; its mark was in the address that was called."""
    rows = Touch.objects.filter(workspace_id=callback.account.workspace_id, kind__in=list(kinds))
    return rows.select_related("contact", "sender").filter(mark=callback.mark).first()


def done(callback: PhoneCallback) -> None:
    """Keep of it only that it was posted."""
    PhoneCallback.objects.filter(id=callback.pk).update(look_at=None, form=[], fault="")


def later(callback: PhoneCallback, now: datetime) -> None:
    """Look at it again after a while; no more when that was done often enough."""
    if callback.tries < len(WAITS):
        _wait(callback, now + WAITS[callback.tries])
    else:
        done(callback)


def _wait(callback: PhoneCallback, until: datetime) -> None:
    PhoneCallback.objects.filter(id=callback.pk).update(look_at=until, tries=F("tries") + 1)


def count_fault(callback_id: int, fault: str, now: datetime) -> None:
    """Note that it could not be read; it is tried again a few times, then every day for as long as it is kept."""
    with transaction.atomic():
        callback = locked(callback_id)
        if callback is None:
            return
        PhoneCallback.objects.filter(id=callback_id).update(fault=storable(fault, 2_000))
        if callback.tries >= len(WAITS) and now < callback.received_at + KEPT:
            _wait(callback, now + EVERY_DAY)
        else:
            later(callback, now)


def unreadable(account_id: int) -> int:
    """Return how many of an account could not be read so far, though each was tried again."""
    waiting = PhoneCallback.objects.filter(look_at__isnull=False, account_id=account_id, tries__gt=2)
    return waiting.exclude(fault="").count()


def forget(now: datetime) -> int:
    """Delete what was posted long ago."""
    return PhoneCallback.objects.filter(received_at__lt=now - KEPT, look_at=None).delete()[0]
