"""A number that wants no more, wants to hear again, or is dead: what follows, in the caller's transaction.

Numbers are E.164 forms. A stop holds for all who have the number, and for the number when nobody has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from drumbeat.actions.suppressions import HARD_BOUNCE, STOP
from drumbeat.core.addresses import base_phone, phone_spellings
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel
from drumbeat.models import Contact, Enrollment, Suppression
from drumbeat.store import jobs, sql, stops
from drumbeat.store.marks import address_hash

OF_NUMBERS = (Channel.SMS, Channel.WHATSAPP, Channel.VOICE)
SOURCE = "twilio"
BY_THE_PERSON = "the person, by START"


def with_number(workspace_id: int, number: str) -> QuerySet[Contact]:
    """Return the contacts who have this number in any spelling, by phone or by WhatsApp, the oldest first."""
    spellings = phone_spellings(number)
    by_phone = ~Q(phone_normal="") & Q(phone_normal__in=spellings)
    by_whatsapp = ~Q(whatsapp="") & Q(whatsapp__in=spellings)
    return Contact.objects.filter(by_phone | by_whatsapp, workspace_id=workspace_id).order_by("id")


def is_stopped(workspace_id: int, number: str) -> bool:
    """Say whether the person at this number has asked us to stop."""
    return _stopped(workspace_id, number).exists()


def stop(
    workspace_id: int, number: str, now: datetime, *, source: str, channels: Sequence[Channel] = OF_NUMBERS
) -> None:
    """The person wants no more: end what runs for them, suppress the number on `channels`."""
    concerned = list(with_number(workspace_id, number).values_list("id", flat=True))
    if concerned:
        stops.stop_contacts(workspace_id, concerned, EventKind.OPTED_OUT, now)
    for channel in channels:
        _suppress(workspace_id, number, channel, STOP, source, concerned, now)


def dead(workspace_id: int, number: str, channel: Channel, now: datetime, *, source: str) -> None:
    """Nobody can be reached at this number on this channel; on the others it stays as it is."""
    concerned = list(with_number(workspace_id, number).values_list("id", flat=True))
    _suppress(workspace_id, number, channel, HARD_BOUNCE, source, concerned, now)


def start(workspace_id: int, number: str, now: datetime) -> bool:
    """The person wants to hear again: lift what they asked for. What ended stays ended. False: nothing was stopped."""
    ids = sql.lock(_stopped(workspace_id, number))
    lifted = Suppression.objects.filter(id__in=ids, lifted_at=None).update(
        lifted_at=now, lifted_by=BY_THE_PERSON, lifted_reason="START"
    )
    if lifted:
        concerned = with_number(workspace_id, number)
        blocked = Enrollment.objects.filter(contact_id__in=concerned.values("id"))
        ids = list(blocked.exclude(state="finished").values_list("id", flat=True))
        jobs.enqueue(jobs.WAKE_THESE, {"enrollments": sorted(ids)}, now)
    return bool(lifted)


def _stopped(workspace_id: int, number: str) -> QuerySet[Suppression]:
    hashed = address_hash(base_phone(number))
    return Suppression.objects.filter(workspace_id=workspace_id, hash=hashed, reason=STOP, lifted_at=None)


def _suppress(
    workspace_id: int,
    number: str,
    channel: Channel,
    reason: str,
    source: str,
    concerned: Sequence[int],
    now: datetime,
) -> None:
    stops.suppress(
        workspace_id,
        channel=channel.value,
        base_address=base_phone(number),
        reason=reason,
        source=source,
        now=now,
        contact_id=concerned[0] if len(concerned) == 1 else None,
    )
