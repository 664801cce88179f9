"""Twilio's answer as a refusal, or as doubt where the message or call may have been taken.

Twilio knows no key under which a request could be repeated without harm, so only an answer that says no is a refusal.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta

from drumbeat.channels.base import PermanentRefusal, Refusal, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.email.answers import readable
from drumbeat.core.touch import FailureReason
from drumbeat.core.twilio_codes import UNREGISTERED, read_code

_BUSY = frozenset({408, 425, 429, 503})
_LATER_CODES = frozenset({20429, 20503})
_FIRST_CODE = 1_000
"""The library puts the HTTP status where an answer names no code."""
_WISH = re.compile(r"\d{1,9}")


class OptedOut(PermanentRefusal):
    """The person told Twilio, or WhatsApp, that we shall stop. It is an opt-out, not a dead number."""


class Unregistered(PermanentRefusal):
    """Carriers do not know the number that sends, or no more."""


def refused(status: int, code: int, text: str, retry_after: str = "") -> Refusal | Unclear:
    """Return what an answer other than success means.

    A 5xx says nothing about what happened to the message, save 503 and its code 20503: turned away at the door.
    """
    label = f"{status} {code}" if code >= _FIRST_CODE else str(status)
    if status in _BUSY or code in _LATER_CODES:
        return TemporaryRefusal(
            readable(text), code=label, scope=Scope.SENDER, retry_after=_wish(retry_after)
        )
    if status >= 500 or status < 300:
        return Unclear(readable(text), code=label)
    if status < 400:
        return PermanentRefusal(
            "Twilio's address answers with a redirect, which is not followed", code=label, scope=Scope.SENDER
        )
    if code >= _FIRST_CODE:
        return by_number(code, readable(text), label)
    return _without_code(status, readable(text), label)


def refused_page(status: int, body: str, retry_after: str = "") -> Refusal | Unclear:
    """Return what an answer means that the library did not read."""
    try:
        said = json.loads(body)
        code, text = int(said["code"]), str(said["message"])
    except (ValueError, TypeError, KeyError):
        code, text = 0, body
    return refused(status, code, text, retry_after)


def by_number(code: int, text: str, label: str) -> Refusal:
    """Return the refusal that a code stands for."""
    said = read_code(code)
    meaning, told = said.meaning, text or said.says
    if code in UNREGISTERED:
        return Unregistered(told, reason=meaning.reason, code=label, scope=meaning.scope)
    if said.opted_out:
        return OptedOut(told, reason=meaning.reason, code=label, suppress=True)
    if not meaning.permanent:
        return TemporaryRefusal(told, reason=meaning.reason, code=label, scope=meaning.scope)
    return PermanentRefusal(
        told, reason=meaning.reason, code=label, scope=meaning.scope, suppress=meaning.dead_address
    )


def _without_code(status: int, text: str, label: str) -> Refusal:
    if status in (401, 403):
        return TemporaryRefusal(text, reason=FailureReason.SENDER_AUTH, code=label, scope=Scope.SENDER)
    scope = Scope.SENDER if status in (402, 404, 405, 410) else Scope.RECIPIENT
    return PermanentRefusal(text, code=label, scope=scope)


def _wish(retry_after: str) -> timedelta | None:
    found = _WISH.fullmatch(retry_after.strip())
    return timedelta(seconds=int(found.group())) if found else None
