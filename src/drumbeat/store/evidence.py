"""What came back from outside: unread mail, events that count once, and what settles an interrupted touch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from drumbeat.core.touch import SkipReason, TouchStatus
from drumbeat.models import Enrollment, Event, InboundMail, Touch
from drumbeat.store import sql
from drumbeat.store.stops import wake

OUTCOMES: Mapping[TouchStatus, str] = MappingProxyType(
    {TouchStatus.SENT: "", TouchStatus.SKIPPED: SkipReason.BY_PERSON.value}
)
"""What an interrupted touch may turn out to be, and the reason that goes with it."""


def storable(text: str, limit: int) -> str:
    """Return text from outside as any database stores it: no NUL, no half characters, no endless length."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:limit]


def unread_mail(limit: int, after_id: int = 0) -> list[int]:
    """Return the ids of mails that wait to be read, oldest first."""
    unread = InboundMail.objects.filter(processed_at=None, id__gt=after_id).order_by("id")
    return list(unread.values_list("id", flat=True)[:limit])


def lock_unread(mail_id: int) -> bool:
    """Lock the mail in the caller's transaction; False when somebody else has it or has read it."""
    return bool(sql.lock(InboundMail.objects.filter(id=mail_id, processed_at=None), skip=True))


def count_fault(mail_id: int, fault: str, most_tries: int, now: datetime) -> None:
    """Note that processing the mail failed; after `most_tries` it is set aside, with its last fault."""
    with transaction.atomic():
        if not lock_unread(mail_id):
            return
        mail = InboundMail.objects.filter(id=mail_id)
        mail.update(tries=F("tries") + 1, fault=storable(fault, 2000))
        mail.filter(tries__gte=most_tries).update(processed_at=now)


def add_event(event: Event) -> bool:
    """Insert the event; False when one with its source and external id was counted before."""
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        counted = Event.objects.filter(
            workspace_id=event.workspace_id, source=event.source, external_id=event.external_id
        )
        if event.external_id and counted.exists():
            return False
        raise
    return True


def resolve_interrupted(touch_id: int, outcome: TouchStatus, now: datetime) -> bool:
    """Settle a touch whose outcome was in doubt as `sent` or `skipped`, and wake its enrollment.

    A sent one counts from its hand-over, as it would have without the interruption. Changes nothing and
    returns False when the touch is not interrupted. Runs in the caller's transaction.
    """
    doubtful = Touch.objects.filter(id=touch_id, status=TouchStatus.INTERRUPTED)
    found = doubtful.values_list("enrollment_id", "handed_at").first()
    if found is None:
        return False
    enrollment_id, handed_at = found
    wake(Enrollment.objects.filter(id=enrollment_id), now)
    settled: dict[str, Any] = {"settled_at": now}
    if outcome is TouchStatus.SENT and handed_at is not None:
        settled["settled_at"] = handed_at
    sql.lock(doubtful)
    return bool(doubtful.update(status=outcome, reason=OUTCOMES[outcome], **settled))
