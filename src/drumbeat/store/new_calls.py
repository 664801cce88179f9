"""Calls in the wave that hands them over: each is written before Twilio is asked for it, and taken back if it says no.

Only waves with calls pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import F

from drumbeat.channels.outbound import Outbound
from drumbeat.channels.twilio.outbound import CallOutbound
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Call
from drumbeat.models.call import LIVE
from drumbeat.store import sql

LOOK_UP_AFTER = timedelta(minutes=2)
"""A call of which nothing was heard for so long is asked for."""


class Leaving(Protocol):
    """A claimed touch, as far as it matters here."""

    @property
    def touch_id(self) -> int: ...
    @property
    def workspace_id(self) -> int: ...
    @property
    def contact_id(self) -> int | None: ...
    @property
    def attempts(self) -> int: ...
    @property
    def outbound(self) -> Outbound | None: ...


class Came(Protocol):
    """What became of a claimed touch, as far as it matters here."""

    @property
    def claimed(self) -> Leaving: ...
    @property
    def status(self) -> TouchStatus: ...
    @property
    def provider_id(self) -> str: ...


_COLUMNS = (
    "workspace_id",
    "touch_id",
    "contact_id",
    "number",
    "script",
    "language",
    "voice",
    "on_human",
    "on_machine",
    "connect_to",
    "connect_as",
    "retries",
    "apart_seconds",
    "placed_at",
    "look_at",
)
_WITH_DEFAULTS = ("sid", "state", "answered_by", "deed", "was_stopped", "put_through", "seconds", "outcome")
_DEFAULTS = ("", "queued", "", "", False, "", 0, "")


def write(handed: Sequence[Leaving], now: datetime) -> None:
    """Write the calls among what is handed over, in the transaction that marks it."""
    rows = [
        (*_values(one, one.outbound, now), *_DEFAULTS)
        for one in handed
        if isinstance(one.outbound, CallOutbound)
    ]
    if rows:
        sql.insert(Call, (*_COLUMNS, *_WITH_DEFAULTS), rows)


def _values(one: Leaving, call: CallOutbound, now: datetime) -> tuple[object, ...]:
    return (
        one.workspace_id,
        one.touch_id,
        one.contact_id,
        one.attempts + 1,
        call.script.text,
        call.script.language,
        call.script.voice,
        call.plan.on_human.value,
        call.plan.on_machine.value,
        call.script.connect_to,
        call.script.connect_as,
        call.retries,
        int(call.apart.total_seconds()),
        now,
        now + LOOK_UP_AFTER,
    )


def follow(outcomes: Sequence[Came]) -> None:
    """Name those that were placed, forget those that were refused; what is in doubt stays to be heard of.

    What was called off before it had a name can be ended now.
    """
    for one in outcomes:
        if not isinstance(one.claimed.outbound, CallOutbound):
            continue
        row = Call.objects.filter(touch_id=one.claimed.touch_id, number=one.claimed.attempts + 1)
        if one.status is TouchStatus.SENDING:
            row.filter(sid="").update(sid=one.provider_id[:40])
            row.filter(LIVE, was_stopped=True).update(look_at=F("placed_at"))
        elif one.status is not TouchStatus.INTERRUPTED:
            row.filter(sid="").delete()
