"""What a refusal for good means for the address that was written to: a dead mailbox, a dead number, an opt-out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.actions import number_stops
from drumbeat.channels.base import Refusal
from drumbeat.channels.twilio.answers import OptedOut
from drumbeat.core.flow import Channel
from drumbeat.core.touch import TouchKind
from drumbeat.store import stops
from drumbeat.store.claims import Claimed


def follow(claimed: Claimed, refusal: Refusal, now: datetime) -> None:
    """Write what follows; a number is dead for the channel that says so alone."""
    if claimed.kind == TouchKind.EMAIL:
        stops.hard_bounce(claimed.workspace_id, claimed.contact_id, claimed.recipient, claimed.touch_id, now)
        return
    channel = Channel(claimed.kind)
    source = f"{number_stops.SOURCE}:{refusal.code}"
    with transaction.atomic():
        if isinstance(refusal, OptedOut):
            channels = (channel,) if channel is Channel.WHATSAPP else number_stops.OF_NUMBERS
            number_stops.stop(claimed.workspace_id, claimed.recipient, now, source=source, channels=channels)
        else:
            number_stops.dead(claimed.workspace_id, claimed.recipient, channel, now, source=source)
