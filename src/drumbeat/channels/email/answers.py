"""A server's answer as a refusal: the table of `core.smtp_codes`, read in the phase it came in."""

from __future__ import annotations

import re
from enum import Enum, auto

from drumbeat.channels.base import PermanentRefusal, Refusal, Scope, TemporaryRefusal
from drumbeat.core.smtp_codes import find_status, read_answer
from drumbeat.core.touch import FailureReason

_KEPT_TEXT = 500
_UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_STATUS = re.compile(r"^\s*[245]\.\d{1,3}\.\d{1,3}\s", re.MULTILINE)
_TOO_BIG = frozenset({"5.2.3", "5.3.4"})


class Phase(Enum):
    """How far the conversation had come."""

    SESSION = auto()  # greeting, EHLO, TLS
    LOGIN = auto()
    MAIL = auto()
    RCPT = auto()
    DATA = auto()


def refusal(code: int, text: str, phase: Phase) -> Refusal:
    """Return what a 4xx or 5xx answer means for the touch and for its sender.

    Until the recipient is named, an answer can only be about us; a message that is too big
    is about the message. A session that was refused never fails the touch.
    """
    status = find_status(text)
    meaning = read_answer(code, status, text)
    scope, label, said = (
        meaning.scope,
        f"{code} {status}".strip(),
        readable(text),
    )
    if phase in {Phase.SESSION, Phase.LOGIN}:
        login = meaning.reason is FailureReason.SENDER_AUTH or (phase is Phase.LOGIN and code >= 500)
        reason = FailureReason.SENDER_AUTH if login else FailureReason.PROVIDER_ERROR
        return TemporaryRefusal(said, reason=reason, code=label, scope=Scope.SENDER)
    if phase is Phase.MAIL and code != 552 and status not in _TOO_BIG:
        scope = Scope.SENDER
    if not meaning.permanent:
        return TemporaryRefusal(said, reason=meaning.reason, code=label, scope=scope)
    # Who takes the recipient and refuses after DATA may be filtering, unless the status says it.
    dead = meaning.dead_address and (phase is Phase.RCPT or status.startswith("5.1."))
    return PermanentRefusal(said, reason=meaning.reason, code=label, scope=scope, suppress=dead)


def sick(text: str, reason: FailureReason = FailureReason.PROVIDER_ERROR) -> TemporaryRefusal:
    """Return the refusal of a server that cannot be talked to: its sender is held, nobody else."""
    return TemporaryRefusal(readable(text), reason=reason, scope=Scope.SENDER)


def readable(text: str) -> str:
    """Return a server's text on one bounded line, without its code and what no page can show."""
    return _UNSHOWABLE.sub(" ", _STATUS.sub("", text)).strip()[:_KEPT_TEXT]
