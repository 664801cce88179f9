"""What Twilio posted becomes what follows from it, each form in one transaction."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from drumbeat import crash
from drumbeat.core.twilio_callbacks import CallReport, Incoming, MessageReport, read_callback
from drumbeat.inbound.twilio import calls, messages, reports
from drumbeat.models import PhoneCallback
from drumbeat.store import phone_callbacks

log = logging.getLogger(__name__)


def process_once(now: datetime, limit: int = 100) -> int:
    """Read waiting callbacks, oldest first; return how many were looked at.

    Raises when the database does not answer.
    """
    return sum(_process(callback_id, now) for callback_id in phone_callbacks.unread(limit, now))


def _process(callback_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            callback = phone_callbacks.locked(callback_id)
            if callback is None:
                return False
            if _follow(callback, now):
                phone_callbacks.done(callback)
            else:
                phone_callbacks.later(callback, now)
            crash.point("C13")
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("callback %s of Twilio cannot be read", callback_id)
        _heed_stop(callback_id, now)
        phone_callbacks.count_fault(callback_id, f"{type(fault).__name__}: {fault}", now)
    return True


def _heed_stop(callback_id: int, now: datetime) -> None:
    """Suppress the number of a STOP that cannot be read as a message; once, so that a later START holds."""
    try:
        with transaction.atomic():
            callback = phone_callbacks.locked(callback_id)
            if callback is None or callback.tries:
                return
            said = read_callback(phone_callbacks.form_of(callback))
            if isinstance(said, Incoming):
                messages.heed_stop(callback, said, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("whether callback %s of Twilio is a STOP cannot be read", callback_id)


def _follow(callback: PhoneCallback, now: datetime) -> bool:
    """Write what follows; False: it is to be looked at again."""
    match read_callback(phone_callbacks.form_of(callback)):
        case MessageReport() as report:
            return reports.hear(callback, report, now)
        case Incoming() as incoming:
            messages.take_in(callback, incoming, now)
            return True
        case CallReport() as report:
            return calls.hear(callback, report, now)
        case None:
            return True
