"""What Amazon's notification service (SNS) posts: what of it is signed, and which addresses in it are Amazon's own.

Whoever has an account there can let it post anywhere, with a good signature: only a topic that we know proves more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

CONFIRMATION = "SubscriptionConfirmation"
TOLERANCE = timedelta(hours=8)
"""How old a notification may be: its time is that of its publication, and it is posted again for some hours."""

_HOST = r"https://sns\.[a-z0-9-]{4,30}\.amazonaws\.com(?:\.cn)?"
_CERTIFICATE = re.compile(_HOST + r"/SimpleNotificationService-[0-9a-zA-Z]{1,64}\.pem")
_SUBSCRIBE = re.compile(_HOST + r"/\?Action=ConfirmSubscription&[!-~]{1,2000}")
_OF_NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
_OF_CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")


def to_sign(message: Mapping[str, Any]) -> bytes:
    """Return what a notification's signature is about. Total."""
    names = _OF_NOTIFICATION if message.get("Type") == "Notification" else _OF_CONFIRMATION
    parts = (f"{name}\n{message[name]}\n" for name in names if message.get(name) is not None)
    return "".join(parts).encode("utf-8", "replace")


def certificate_url(message: Mapping[str, Any]) -> str:
    """Return where the certificate of its signature lies, "" where that is no place of Amazon's."""
    return _own(_CERTIFICATE, message.get("SigningCertURL"))


def subscribe_url(message: Mapping[str, Any]) -> str:
    """Return what confirms the subscription when it is fetched, "" where that is no place of Amazon's."""
    return _own(_SUBSCRIBE, message.get("SubscribeURL"))


def _own(pattern: re.Pattern[str], value: object) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
