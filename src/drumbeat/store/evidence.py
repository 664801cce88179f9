"""What came back from outside: unread mail, and events that count once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from drumbeat.models import Event, InboundMail
from drumbeat.store import sql


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


def forget_mail(mail_id: int) -> None:
    """Keep of a mail only that it was read."""
    InboundMail.objects.filter(id=mail_id).update(raw=b"", envelope_from="")


def count_fault(
    mail_id: int, fault: str, most_tries: int, now: datetime, workspace_id: int | None = None
) -> None:
    """Note that processing the mail failed; after `most_tries` it is set aside, with its last fault and whose it is."""
    with transaction.atomic():
        if not lock_unread(mail_id):
            return
        mail = InboundMail.objects.filter(id=mail_id)
        mail.update(tries=F("tries") + 1, fault=storable(fault, 2000))
        mail.filter(tries__gte=most_tries).update(processed_at=now, workspace_id=workspace_id)


def add_mail(mail: InboundMail) -> bool:
    """Insert a mail as it arrived; False when it was stored before."""
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        if InboundMail.objects.filter(source=mail.source, external_id=mail.external_id).exists():
            return False
        raise
    return True


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
