"""Notices of mail providers that come by mail but in their own form, put into the fields of the standards.

Amazon SES tells bounces and complaints as JSON, wrapped once more by SNS where that carries them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from drumbeat.core.mail import Mail

_WRAPPED = re.compile(r"!?\n ")
_DECODER = json.JSONDecoder(strict=False)
_MOST = 20
_STATUS = {"Permanent": "5.0.0", "Transient": "4.0.0", "Undetermined": "4.0.0"}
_STATUS_OF_SUBTYPE = {"NoEmail": "5.1.1", "MailboxFull": "5.2.2", "MessageTooLarge": "5.3.4"}


def translated(mail: Mail) -> Mail:
    """Return the mail with the fields that RFC 3464 and 5965 know, where its body is such a notice. Total."""
    body = mail.text.strip()
    if not body.startswith("{") or mail.reports or mail.feedback:
        return mail
    notice = _object(_WRAPPED.sub("", body))
    if isinstance(notice.get("Message"), str):
        notice = _object(notice["Message"])
    kind = str(notice.get("notificationType") or notice.get("eventType") or "")
    original = _original(notice)
    if kind == "Bounce":
        return replace(mail, text="", reports=_failed(_part(notice, "bounce")), original=original)
    if kind == "Complaint":
        people = _addresses(_part(notice, "complaint"), "complainedRecipients")
        return replace(
            mail, text="", feedback={"original-rcpt-to": ", ".join(people) or "-"}, original=original
        )
    if kind in {"Delivery", "DeliveryDelay"}:
        action = "delivered" if kind == "Delivery" else "delayed"
        return replace(mail, text="", reports=_moving(_part(notice, "mail"), action), original=original)
    return mail


def _object(text: str) -> dict[str, Any]:
    try:
        found, _ = _DECODER.raw_decode(text)  # an unsubscribe link may follow
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _part(notice: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = notice.get(name)
    return found if isinstance(found, dict) else {}


def _people(part: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = part.get(name)
    listed = found[:_MOST] if isinstance(found, list) else []
    return [one for one in listed if isinstance(one, dict)]


def _addresses(part: Mapping[str, Any], name: str) -> list[str]:
    return [str(one.get("emailAddress", "")) for one in _people(part, name)]


def _failed(bounce: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    by_kind = _STATUS.get(str(bounce.get("bounceType")), "4.0.0")
    status = _STATUS_OF_SUBTYPE.get(str(bounce.get("bounceSubType")), by_kind)
    return tuple(
        {
            "final-recipient": f"rfc822;{one.get('emailAddress', '')}",
            "action": str(one.get("action") or "failed"),
            "status": str(one.get("status") or status),
            "diagnostic-code": str(one.get("diagnosticCode") or ""),
        }
        for one in _people(bounce, "bouncedRecipients")
    )


def _moving(sent: Mapping[str, Any], action: str) -> tuple[Mapping[str, str], ...]:
    found = sent.get("destination")
    to = [str(one) for one in found][:_MOST] if isinstance(found, list) else []
    return tuple({"final-recipient": f"rfc822;{one}", "action": action} for one in to)


def _original(notice: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the returned mail's own id as a header; SES's is another one."""
    common = _part(_part(notice, "mail"), "commonHeaders")
    named = common.get("messageId")
    return {"message-id": named[:1_000]} if isinstance(named, str) else {}
