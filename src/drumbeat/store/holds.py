"""What waits for a time that was worked out by settings which are others now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from drumbeat.core.touch import HoldReason
from drumbeat.models import Touch
from drumbeat.models.touch import UNHANDED
from drumbeat.store import sql

TIMED = (HoldReason.WINDOW, HoldReason.QUIET_HOURS, HoldReason.FREQUENCY_CAP)
"""Each of these was moved into the window, so a change of any setting may bear on all."""


def reconsider(touches: QuerySet[Touch], now: datetime) -> None:
    """Let those that are held until a moment be claimed at once: the guard says anew until when."""
    held = sql.lock(touches.filter(UNHANDED, hold_reason__in=TIMED))
    Touch.objects.filter(id__in=held).update(not_before=now, hold_reason="")
