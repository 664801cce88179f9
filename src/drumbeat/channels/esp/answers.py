"""A provider's answer as a refusal, or as doubt where the mail may have been taken.

The status decides what kind of refusal it is; a code or a field that the provider names, whom it speaks about, else
its words: a domain that is not verified or an account that may not send concerns the sender, and no mail is given up
for it.
"""

from __future__ import annotations

import re
import ssl
from datetime import timedelta
from typing import Any

from drumbeat.channels.base import PermanentRefusal, Refusal, Scope, TemporaryRefusal, Unclear
from drumbeat.channels.email.answers import readable, sick
from drumbeat.core.provider_codes import Whose, whose
from drumbeat.core.touch import FailureReason

_ABOUT_US = re.compile(
    r"\b(?:sender|from|reply[- ]?to|account|api[_ -]?key|token|credential|authori[sz]|permission|unauthori[sz]|verif"
    r"|not (?:been )?(?:activated|confirmed|approved|allowed|enabled)|pending approval|suspend|sandbox|trial|quota"
    r"|credits?|plan|limit exceeded|billing|payment|domain|stream|forbidden|blocked ip|ip address)",
    re.IGNORECASE,
)
_ABOUT_THEM = re.compile(
    r"recipient|\bto\b['\"]? ?(?:address|field|email|parameter)|marked as inactive|\bto\[|'to'|\"to\"",
    re.IGNORECASE,
)
_DEAD = re.compile(r"inactive|hard[-_ ]?bounce", re.IGNORECASE)
_LATER = frozenset({408, 409, 421, 425, 429, 503, 529})
_TOO_BIG = 413
_HANDSHAKE = frozenset(
    {"SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL"}
)
"""Faults of TLS, by OpenSSL's names, that only the agreement about a connection has."""
_WISH = re.compile(r"\d{1,9}")
_NO_JSON = (ValueError, RecursionError)
"""What a text is answered with that is no JSON, or one nested without an end."""


def refused(provider: str, response: Any) -> Refusal | Unclear:
    """Return what an answer other than success means. A 5xx says nothing about what happened to the mail.

    A code that is known does, whatever the status.
    """
    status, wish = response.status_code, _wish(response.headers.get("Retry-After", ""))
    said, code = readable(words_of(response)), str(status)
    about = whose(provider, _named(response), status)
    if about is not None:
        return _about(about, said, code, wish)
    return _by_words(status, said, wish)


def _named(response: Any) -> Any:
    """Return the answer's JSON. Amazon names the error in a header."""
    try:
        answer = response.json()
    except _NO_JSON:
        answer = {}
    kind = response.headers.get("x-amzn-ErrorType", "").partition(":")[0]
    return {"__type": kind} if kind else answer


def _about(whose: Whose, said: str, code: str, wish: timedelta | None) -> Refusal:
    if whose is Whose.AUTH:
        return TemporaryRefusal(said, reason=FailureReason.SENDER_AUTH, code=code, scope=Scope.SENDER)
    if whose is Whose.SENDER:
        return _of_sender(said, code)
    if whose is Whose.LATER:
        return TemporaryRefusal(said, code=code, scope=Scope.SENDER, retry_after=wish)
    return PermanentRefusal(said, code=code, suppress=whose is Whose.DEAD)


def _by_words(status: int, said: str, wish: timedelta | None) -> Refusal | Unclear:
    code = str(status)
    if status in (401, 403) and not _speaks_of_recipient(said):
        return TemporaryRefusal(said, reason=FailureReason.SENDER_AUTH, code=code, scope=Scope.SENDER)
    if status in _LATER:
        return TemporaryRefusal(said, code=code, scope=Scope.SENDER, retry_after=wish)
    if status >= 500 or status < 300:
        return Unclear(said, code=code)
    if status < 400 or status in (402, 404, 405, 410):
        return _of_sender(said or "the provider's address has changed", code)
    if status != _TOO_BIG and _ABOUT_US.search(said) and not _speaks_of_recipient(said):
        return _of_sender(said, code)
    return PermanentRefusal(said, code=code, suppress=_is_dead(said))


def not_taken(status: str, text: str) -> Refusal:
    """Return the refusal of a recipient by an answer that is a success otherwise."""
    said = readable(text)
    return PermanentRefusal(said or f"the provider says: {status}", code=status, suppress=_is_dead(said))


def unheard(fault: Exception) -> Refusal | Unclear:
    """Return what a fault of the connection means: before it stood nothing was said on it."""
    import requests
    from urllib3.exceptions import NameResolutionError, NewConnectionError

    from drumbeat.channels.esp.guarded import NotAllowed

    text = f"{type(fault).__name__}: {fault}"
    if isinstance(fault, requests.exceptions.ConnectTimeout):
        return sick("the provider cannot be reached: no answer in time", FailureReason.TIMEOUT)
    if isinstance(fault, requests.exceptions.SSLError) and _in_handshake(fault):
        return sick(f"the provider cannot be reached: {text}")
    if isinstance(fault, requests.exceptions.TooManyRedirects):
        return _of_sender("the provider answers with a redirect, which is not followed", "3xx")
    reason = getattr(fault.args[0] if fault.args else None, "reason", None)
    if isinstance(reason, NotAllowed):
        return sick(str(reason).partition(": ")[2])
    if isinstance(reason, (NewConnectionError, NameResolutionError)):
        return sick("the provider cannot be reached")
    return Unclear(readable(f"the connection was lost before the answer ({type(fault).__name__})"))


def _in_handshake(fault: BaseException) -> bool:
    """Say whether a fault of TLS is of its beginning for certain: any other may have come after the call was made."""
    found: object = fault
    while isinstance(found, BaseException):
        if isinstance(found, ssl.SSLError):
            return (
                isinstance(found, ssl.SSLCertVerificationError) or getattr(found, "reason", "") in _HANDSHAKE
            )
        found = getattr(found, "reason", None) or (found.args[0] if found.args else None)
    return False


def words_of(response: Any) -> str:
    """Return what a provider says in an answer: the sentences of its JSON, or its text."""
    try:
        said = list(_sentences(response.json()))
    except _NO_JSON:
        said = []
    return "; ".join(dict.fromkeys(said))[:500] or str(response.text)[:500]


_SPEAKING = re.compile(
    r"message|error|detail|description|reason|title|type|code|name|ErrorCode|ErrorMessage", re.I
)


def _sentences(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        for name, inner in list(value.items())[:30]:
            yield from _sentences(inner, name)
    elif isinstance(value, list):
        for inner in value[:10]:
            yield from _sentences(inner, key)
    elif isinstance(value, str) and value and (not key or _SPEAKING.search(key) or " " in value):
        yield value


def _speaks_of_recipient(said: str) -> bool:
    return bool(_ABOUT_THEM.search(said))


def _is_dead(said: str) -> bool:
    return bool(_DEAD.search(said)) and _speaks_of_recipient(said)


def _of_sender(said: str, code: str) -> Refusal:
    return TemporaryRefusal(said, reason=FailureReason.REJECTED_PERMANENT, code=code, scope=Scope.SENDER)


def _wish(retry_after: str) -> timedelta | None:
    found = _WISH.fullmatch(retry_after.strip())
    return timedelta(seconds=int(found.group())) if found else None
