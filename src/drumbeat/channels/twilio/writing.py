"""A text or a call as the arguments of Twilio's library. What is visibly wrong is refused before a word is said."""

from __future__ import annotations

from typing import Any

from drumbeat.channels.twilio.outbound import CallOutbound, TextOutbound
from drumbeat.channels.twilio.twiml import waiting
from drumbeat.core.errors import DomainError
from drumbeat.core.sms import LONGEST
from drumbeat.core.touch import TouchKind
from drumbeat.core.whatsapp import written_values

_LEAST_VALID, _MOST_VALID = 1, 36_000
_CALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


def text_arguments(outbound: TextOutbound) -> dict[str, Any]:
    """Return what creates the message. Raises DomainError `sender` or `content`, its field `From` or `Body`."""
    _check(outbound)
    over_whatsapp = outbound.channel is TouchKind.WHATSAPP
    prefix = "whatsapp:" if over_whatsapp else ""
    said: dict[str, Any] = {"to": prefix + outbound.recipient}
    if outbound.service_sid:
        said["messaging_service_sid"] = outbound.service_sid
    if outbound.sender:
        said["from_"] = prefix + outbound.sender
    said |= _content(outbound)
    if outbound.status_url:
        said["status_callback"] = outbound.status_url
    if outbound.valid_for is not None:
        seconds = int(outbound.valid_for.total_seconds())
        said["validity_period"] = min(max(seconds, _LEAST_VALID), _MOST_VALID)
    if not over_whatsapp:
        said["smart_encoded"] = False  # the editor has counted what is written, letter by letter
    return said


def _check(outbound: TextOutbound) -> None:
    if not outbound.sender and not outbound.service_sid:
        raise DomainError("sender", "No number to send from.", {"From": "Name a number or a service."})
    if outbound.template is not None:
        return
    if not outbound.text.strip() and not outbound.media_urls:
        raise DomainError("content", "The message is empty.", {"Body": "Write a text."})
    if len(outbound.text) > LONGEST:
        raise DomainError(
            "content", f"The text is longer than {LONGEST:,} characters.", {"Body": "Too long."}
        )


def _content(outbound: TextOutbound) -> dict[str, Any]:
    if (template := outbound.template) is not None:
        return {"content_sid": template.content_sid, "content_variables": written_values(template)}
    said: dict[str, Any] = {"body": outbound.text}
    if outbound.media_urls:
        said["media_url"] = list(outbound.media_urls)
    return said


def call_arguments(outbound: CallOutbound) -> dict[str, Any]:
    """Return what starts the call. Raises DomainError `sender`.

    Without an address at which Twilio says who answered nothing could be said: nobody is called for that.
    """
    if not outbound.sender:
        raise DomainError("sender", "No number to call from.", {"From": "Name a number."})
    if not outbound.answered_url:
        where = "Calls need a public address at which Twilio reaches us. Set DRUMBEAT_PUBLIC_URL."
        raise DomainError("sender", where, {"From": where})
    said: dict[str, Any] = {
        "to": outbound.recipient,
        "from_": outbound.sender,
        "twiml": waiting(outbound.listen_for),
        "timeout": int(outbound.ring_for.total_seconds()),
        "time_limit": int(outbound.longest.total_seconds()),
        "machine_detection": "DetectMessageEnd",
        "async_amd": "true",
        "async_amd_status_callback": outbound.answered_url,
    }
    if outbound.status_url:
        said |= {"status_callback": outbound.status_url, "status_callback_event": _CALL_EVENTS}
    return said
