"""What the exceptions of Twilio's library, and of the connection below it, mean."""

from __future__ import annotations

from typing import Any

from drumbeat.channels.base import Refusal, Unclear
from drumbeat.channels.esp.answers import unheard
from drumbeat.channels.twilio.answers import refused, refused_page
from drumbeat.channels.twilio.wire import Wire


def meant(fault: Exception, wire: Wire) -> Refusal | Unclear:
    """Return what went wrong. Total: whatever nobody foresaw may have happened after Twilio took it.

    The status is the one that came over the wire: what an answer says of itself may be anything.
    """
    import requests
    from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException

    if isinstance(fault, TwilioRestException):
        return refused(wire.status, _code(fault.code), str(fault.msg), wire.retry_after)
    if isinstance(fault, TwilioServiceException):
        return refused(wire.status, _code(fault.code), str(fault.detail or fault.title), wire.retry_after)
    if isinstance(fault, TwilioException) and len(fault.args) == 2:  # a list that was refused
        return refused_page(wire.status, str(fault.args[1].text), wire.retry_after)
    if isinstance(fault, requests.exceptions.RequestException):
        return unheard(fault)
    return Unclear(f"Twilio's answer cannot be read ({type(fault).__name__})")


def _code(said: Any) -> int:
    try:
        return int(said)
    except (TypeError, ValueError, OverflowError):
        return 0
