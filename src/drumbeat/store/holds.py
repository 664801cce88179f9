"""What waits for a time that was worked out by settings which are others now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from drumbeat.core.touch import HoldReason
from drumbeat.models import Touch
from drumbeat.models.touch import CLAIMABLE, UNHANDED
from drumbeat.store import sql

TIMED = (HoldReason.WINDOW, HoldReason.QUIET_HOURS, HoldReason.FREQUENCY_CAP)
"""Each of these was moved into the window, so a change of any setting may bear on all."""


def reconsider(touches: QuerySet[Touch], now: datetime) -> None:
    """Let those that are held until a moment be claimed at once: the guard says anew until when."""
    held = sql.lock(touches.filter(UNHANDED, hold_reason__in=TIMED))
    Touch.objects.filter(id__in=held).update(not_before=now, hold_reason="")


def let_go(sender_ids: Sequence[int], now: datetime) -> None:
    """Let what these senders were refused be tried at once: somebody mended what it was put off for."""
    rows = Touch.objects.filter(sql.among("sender_id", sender_ids), CLAIMABLE, not_before__gt=now)
    held = sql.lock(rows.filter(hold_reason=HoldReason.SENDER_DOWN))
    Touch.objects.filter(id__in=held).update(not_before=now)
