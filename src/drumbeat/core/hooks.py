"""What another program tells at a hook: whose signature it carries, and what it says. Nothing here reads a clock.

Two ways to sign: Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`), or `X-Signature` with
`sha256=` and the hex HMAC of the body.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from drumbeat.core.document.plain import Copier
from drumbeat.core.errors import DomainError

PREFIX = "whsec_"
TOLERANCE = timedelta(minutes=5)
LARGEST_BODY = 64 * 1024
LONGEST_ID = 200
LONGEST_TEXT = 5_000
LARGEST_DATA = 16 * 1024


@dataclass(frozen=True, slots=True)
class Signed:
    """A body that its sender signed. `message_id` is the same for every delivery of it."""

    message_id: str


def verified(secret: str, body: bytes, headers: Mapping[str, str], now: datetime) -> Signed | None:
    """Return what the headers prove, None when they prove nothing. Total; header names in lower case."""
    key = key_of(secret)
    if "webhook-signature" in headers:
        return _standard(key, body, headers, now)
    given = headers.get("x-signature", "").strip()
    expected = f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}"
    if not hmac.compare_digest(given.lower().encode(), expected.encode()):
        return None
    return Signed(f"sha256:{hashlib.sha256(body).hexdigest()}")


def key_of(secret: str) -> bytes:
    """Return the bytes that sign: what stands in base64 behind the prefix."""
    return base64.b64decode(secret.removeprefix(PREFIX))


def _standard(key: bytes, body: bytes, headers: Mapping[str, str], now: datetime) -> Signed | None:
    message_id, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not 0 < len(message_id) <= LONGEST_ID or not _is_near(moment, now):
        return None
    content = b".".join((message_id.encode(), moment.encode(), body))
    expected = hmac.new(key, content, hashlib.sha256).digest()
    for each in headers["webhook-signature"].split()[:10]:
        version, _, signature = each.partition(",")
        if version == "v1" and hmac.compare_digest(_decoded(signature), expected):
            return Signed(message_id)
    return None


def _is_near(moment: str, now: datetime) -> bool:
    if not (moment.isascii() and moment.isdecimal() and len(moment) <= 11):
        return False
    return abs(datetime.fromtimestamp(int(moment), UTC) - now) <= TOLERANCE


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a body says. One of `contact_id`, `email`, `phone` says of whom.

    `fields` and `custom`: what is known of them; `name` is that of a custom event or of a form.
    """

    email: str = ""
    phone: str = ""
    contact_id: int | None = None
    occurred_at: datetime | None = None
    external_id: str = ""
    name: str = ""
    note: str = ""
    data: Mapping[str, Any]
    fields: Mapping[str, str]
    custom: Mapping[str, str]


_TEXTS = ("email", "phone", "external_id", "name", "note")
_OBJECTS = ("data", "custom")


def read_body(raw: bytes, columns: frozenset[str]) -> Told:
    """Read a body; `columns` are the fields of contacts that it may carry beside what a hook knows.

    Raises DomainError `hook_body_invalid` with a sentence per key.
    """
    body, faults = _parsed(raw)
    unknown = body.keys() - {*_TEXTS, *_OBJECTS, *columns, "contact_id", "occurred_at"}
    faults |= {key[:60]: "There is no such key. Put what else there is into data." for key in sorted(unknown)}
    texts = {key: body[key] for key in (*_TEXTS, *sorted(columns)) if body.get(key) is not None}
    faults |= {
        key: f"Must be a text of at most {LONGEST_TEXT} characters."
        for key, value in texts.items()
        if not isinstance(value, str) or len(value) > LONGEST_TEXT
    }
    objects = {key: {} if body.get(key) is None else body[key] for key in _OBJECTS}
    faults |= {key: "Must be an object." for key, value in objects.items() if not isinstance(value, dict)}
    if len(json.dumps(objects["data"])) > LARGEST_DATA:
        faults["data"] = f"Must have at most {LARGEST_DATA} characters."
    contact_id = body.get("contact_id")
    if contact_id is not None and (isinstance(contact_id, bool) or not isinstance(contact_id, int)):
        faults["contact_id"] = "Must be a whole number."
    occurred_at = _moment(body.get("occurred_at"), faults)
    if not faults and contact_id is None and not (texts.get("email") or texts.get("phone")):
        faults["email"] = "Say of whom: email, phone or contact_id."
    if faults:
        raise _invalid(faults)
    return Told(
        contact_id=contact_id,
        occurred_at=occurred_at,
        data=objects["data"],
        custom={key: _text(value) for key, value in objects["custom"].items() if value is not None},
        fields={key: texts[key] for key in (*sorted(columns), "email", "phone") if key in texts},
        **{key: texts[key] for key in _TEXTS if key in texts},
    )


def _parsed(raw: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        loaded = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _invalid({"": "Must be a JSON object in UTF-8."}) from None
    copier = Copier()
    body = copier.copy(loaded, "")
    if not isinstance(body, dict):
        raise _invalid({"": "Must be a JSON object."})
    return body, dict(copier.problems)


def _moment(value: object, faults: dict[str, str]) -> datetime | None:
    if value is None:
        return None
    try:
        read = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        faults["occurred_at"] = "Must be a moment with its zone, such as 2026-01-31T09:30:00Z."
        return None
    try:
        return read.astimezone(UTC)
    except OverflowError:
        faults["occurred_at"] = "No calendar reaches that far."
        return None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value)


def _invalid(faults: Mapping[str, str]) -> DomainError:
    path, sentence = next(iter(faults.items()))
    return DomainError("hook_body_invalid", f"{path}: {sentence}".removeprefix(": "), dict(faults))
