"""Amazon's calls: notifications of SNS around what SES tells, proven by password or by the signature of our topic."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from drumbeat.channels.esp.lying import Unfetched
from drumbeat.core.provider_events import MARK
from drumbeat.core.provider_lying import Lying, What
from drumbeat.core.providers import Account, Half
from drumbeat.core.sns import CONFIRMATION, TOLERANCE, certificate_url, subscribe_url, to_sign

log = logging.getLogger(__name__)

Certificates = Callable[[str], bytes]
"""Returns the certificate at an address of Amazon's. Raises Unfetched."""
TOPICS: Mapping[Half, str] = {Half.EVENTS: "topic_arn", Half.INBOUND: "inbound_topic_arn"}
_HASHES: Mapping[str, hashes.HashAlgorithm] = {"1": hashes.SHA1(), "2": hashes.SHA256()}


def message_of(body: bytes) -> Mapping[str, Any]:
    """Return the notification; {} for what is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def is_signed(body: bytes, account: Account, half: Half, now: datetime, certificates: Certificates) -> bool:
    """Say whether Amazon signed the call for our topic, and not long ago."""
    message = message_of(body)
    topic = account.options.get(TOPICS[half], "")
    url = certificate_url(message)
    if not topic or message.get("TopicArn") != topic or not url or not _is_recent(message, now):
        return False
    try:
        return _verified(message, certificates(url), now)
    except (InvalidSignature, ValueError, TypeError, KeyError) as fault:
        log.warning("a notification of Amazon is not signed as it should be: %s", type(fault).__name__)
    except Unfetched as fault:
        log.warning("the certificate of a notification of Amazon cannot be fetched: %s", fault)
    return False


def _verified(message: Mapping[str, Any], pem: bytes, now: datetime) -> bool:
    certificate = x509.load_pem_x509_certificate(pem)
    key = certificate.public_key()
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        return False
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    signature = base64.b64decode(message["Signature"], validate=True)
    key.verify(
        signature, to_sign(message), padding.PKCS1v15(), _HASHES[str(message.get("SignatureVersion", ""))]
    )
    return True


def _is_recent(message: Mapping[str, Any], now: datetime) -> bool:
    try:
        at = datetime.fromisoformat(str(message.get("Timestamp")))
    except ValueError:
        return False
    return abs(now - (at if at.tzinfo else at.replace(tzinfo=UTC))) <= TOLERANCE


def lying_in(body: bytes) -> list[Lying] | None:
    """Return what is to be fetched: what confirms our address, or a mail in S3. None where the call holds all."""
    message = message_of(body)
    if message.get("Type") == CONFIRMATION:
        url = subscribe_url(message)
        about = {"url": url}
        return [Lying(what=What.SUBSCRIPTION, external_id=f"sns:{message.get('MessageId')}", about=about)]
    notice = message_of(str(message.get("Message", "")).encode("utf-8", "replace"))
    receipt = _part(notice, "receipt")
    action, mail = _part(receipt, "action"), _part(notice, "mail")
    if notice.get("notificationType") != "Received" or action.get("type") != "S3":
        return None
    return [
        Lying(
            what=What.S3,
            external_id=str(mail.get("messageId") or message.get("MessageId")),
            envelope_from=str(mail.get("source") or ""),
            envelope_to=tuple(str(one) for one in _listed(receipt.get("recipients"))),
            about={"bucket": str(action.get("bucketName", "")), "key": str(action.get("objectKey", ""))},
        )
    ]


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _listed(value: object) -> list[object]:
    return value[:20] if isinstance(value, list) else []


def mark_in(raw: Mapping[str, Any]) -> str:
    """Return our mark from the tags of a mail that SES tells of."""
    found = _listed(_part(_part(raw, "mail"), "tags").get(MARK))
    return str(found[0]) if found else ""
