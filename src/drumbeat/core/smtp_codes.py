"""What SMTP reply codes (RFC 5321) and enhanced status codes (RFC 3463, IANA registry) say.

One table for what a server answers while we send and for what a bounce reports
afterwards: whom it speaks about, whether trying again helps, and whether the
address itself is dead. Only a dead address may ever be suppressed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from drumbeat.core.bounce_reasons import HARD, BounceReason, said_reason
from drumbeat.core.touch import FailureReason


class Scope(StrEnum):
    """Whom a refusal speaks about, and so what is held because of it."""

    RECIPIENT = "recipient"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Meaning:
    """`permanent`: the same message would be answered the same. `dead_address`: nobody is there."""

    permanent: bool
    scope: Scope
    reason: FailureReason
    dead_address: bool = False


_AUTH = Meaning(False, Scope.SENDER, FailureReason.SENDER_AUTH)
_SENDER_LATER = Meaning(False, Scope.SENDER, FailureReason.REJECTED_TEMPORARY)
_SENDER_NEVER = Meaning(True, Scope.SENDER, FailureReason.REJECTED_PERMANENT)
_LATER = Meaning(False, Scope.RECIPIENT, FailureReason.REJECTED_TEMPORARY)
_NEVER = Meaning(True, Scope.RECIPIENT, FailureReason.REJECTED_PERMANENT)
_DEAD = Meaning(True, Scope.RECIPIENT, FailureReason.REJECTED_PERMANENT, dead_address=True)

MEANINGS: Mapping[str, Meaning] = MappingProxyType(
    {
        # The session itself: decides before any enhanced code. A refused login is no verdict on
        # the touch, so it is temporary: the sender waits for its owner.
        "421": _SENDER_LATER,  # closing the connection
        "454": _SENDER_LATER,  # login or TLS not available now: no word on the password (RFC 4954, RFC 3207)
        "530": _AUTH,  # login or TLS required
        "534": _AUTH,  # mechanism too weak
        "535": _AUTH,  # credentials refused
        "538": _AUTH,  # encryption required for login
        # The address.
        "5.1.1": _DEAD,  # no such mailbox
        "5.1.2": _DEAD,  # no such host
        "5.1.3": _DEAD,  # address cannot exist
        "5.1.6": _DEAD,  # moved, no forwarding
        "5.1.10": _DEAD,  # null MX: the domain takes no mail (RFC 7505)
        "5.1.7": _SENDER_NEVER,  # bad sender address
        "5.1.8": _SENDER_NEVER,  # bad sender domain
        "4.1.7": _SENDER_LATER,
        "4.1.8": _SENDER_LATER,
        # The mail system of the other side, for everybody.
        "4.3": _SENDER_LATER,
        "4.3.0": _LATER,  # "other": used for single mailboxes
        "5.3.2": _NEVER,  # system does not accept messages
        # Policy speaks about us, except where it names the mailbox.
        "5.7": _SENDER_NEVER,
        "4.7": _SENDER_LATER,
        "4.7.1": _LATER,  # what greylisting answers
        "5.7.2": _NEVER,  # list expansion prohibited
        "5.7.17": _NEVER,  # mailbox has another owner now (RFC 7293)
        "5.7.18": _NEVER,  # domain has another owner now
        "5.7.124": _NEVER,  # not on the group's list of senders
        "5.7.133": _NEVER,  # mailbox takes only its organisation's mail
        "5.7.134": _NEVER,
        "5.7.135": _NEVER,
        "5.7.136": _NEVER,
        # Everything else by class.
        "4": _LATER,
        "5": _NEVER,
    }
)
"""Reply code, enhanced status, class.subject, or class; the most telling entry wins (`read_answer`)."""

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_VAGUE = frozenset({"", "5.0.0", "5.1.0", "5.2.0", "5.2.1", "5.3.0", "5.4.1", "5.5.0"})
_ALIVE = frozenset(BounceReason) - HARD - {BounceReason.OTHER, BounceReason.TEMPORARY}


def find_status(text: str) -> str:
    """Return the first enhanced status code in `text`, or an empty string."""
    found = _STATUS.search(text)
    return found.group(1) if found else ""


def read_answer(code: int, status: str = "", text: str = "") -> Meaning:
    """Say what an answer means. Total: an unknown or missing code is read by its class.

    The class of `code` decides over that of `status`; a `code` of 0 (a bounce that names none)
    leaves it to `status`. Text never turns a temporary answer into a permanent one: it only
    tells a dead address from another trouble where the codes are vague.
    """
    kind = str(code)[0] if code else status[:1]
    if kind not in {"4", "5"}:
        kind = "4"
    meaning = MEANINGS.get(str(code)) or _by_status(kind, status)
    said = said_reason(text)
    if meaning.dead_address and said in _ALIVE:
        return replace(meaning, dead_address=False)
    if meaning == _NEVER and status in _VAGUE and said in HARD:
        return _DEAD
    return meaning


def _by_status(kind: str, status: str) -> Meaning:
    _, _, rest = status.partition(".")
    exact = f"{kind}.{rest}"
    subject = f"{kind}.{rest.partition('.')[0]}"
    return MEANINGS.get(exact) or MEANINGS.get(subject) or MEANINGS[kind]
