"""Stored mails become messages, events and what follows from them, each in one transaction.

Reading happens before the transaction opens. A mail that cannot be processed is tried again and then set
aside with its fault; the others go on.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from drumbeat import crash
from drumbeat.inbound import effects, forwarding, match
from drumbeat.inbound.reading import read
from drumbeat.models import InboundMail
from drumbeat.store import evidence, mailboxes

log = logging.getLogger(__name__)

MOST_TRIES = 3


def process_once(now: datetime, limit: int = 20) -> int:
    """Process waiting mails, oldest first; return how many were looked at.

    Raises when the database itself does not answer; no mail counts as tried for that.
    """
    return sum(_process(mail_id, now) for mail_id in evidence.unread_mail(limit))


def _process(mail_id: int, now: datetime) -> bool:
    try:
        return _take_in(mail_id, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("mail %s cannot be processed", mail_id)
        whose = match.workspace_of(mail_id)
        evidence.count_fault(mail_id, f"{type(fault).__name__}: {fault}", MOST_TRIES, now, whose)
        return True


def _take_in(mail_id: int, now: datetime) -> bool:
    row = InboundMail.objects.filter(id=mail_id, processed_at=None).first()
    if row is None:
        return False
    mail = read(row)
    with transaction.atomic():
        if not evidence.lock_unread(mail_id):
            return False
        found = [] if forwarding.comes_back(mail) else match.find(mail.clues)
        if mailboxes.keeps_no_strangers(row.source) and not any(each.contact for each in found):
            evidence.forget_mail(mail_id)
            found = []
        for each in found:
            effects.apply(mail, each, now)
        crash.point("C13")
        InboundMail.objects.filter(id=mail_id).update(processed_at=now)
    return True
