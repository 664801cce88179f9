"""Why one recipient was refused, from codes and words together: hard only where both allow it.

A server that says "no such user" after it had taken the mail, or to nobody in particular, may be filtering.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from drumbeat.core.bounce_reasons import HARD, BounceReason, certain_reason, host_reason, said_reason
from drumbeat.core.smtp_codes import Scope, find_status, read_answer

CATEGORIES: Mapping[str, BounceReason] = MappingProxyType(
    {
        "bad-domain": BounceReason.HOST_UNKNOWN,
        "bad-mailbox": BounceReason.USER_UNKNOWN,
        "inactive-mailbox": BounceReason.DISABLED,
        "quota-issues": BounceReason.MAILBOX_FULL,
        "spam-related": BounceReason.POLICY,
        "policy-related": BounceReason.POLICY,
        "virus-related": BounceReason.POLICY,
    }
)
"""What PowerMTA writes into `X-PowerMTA-BounceCategory` where its own reading is sure."""

_CLAIMS = HARD | {BounceReason.OTHER, BounceReason.FILTERED}
_VAGUE = frozenset({BounceReason.OTHER, BounceReason.TEMPORARY})
_OF_SENDER = frozenset({"5.1.7", "5.1.8"})
_BY_STATUS = {
    "5.1.2": BounceReason.HOST_UNKNOWN,
    "5.1.6": BounceReason.MOVED,
    "5.2.1": BounceReason.DISABLED,
    "5.2.2": BounceReason.MAILBOX_FULL,
    "5.2.3": BounceReason.TOO_BIG,
    "5.3.4": BounceReason.TOO_BIG,
}
_CODE = re.compile(r"(?<![\d.])([245]\d\d)(?=[ \-])")
_AT_RCPT = re.compile(
    r"(?:reply to|response to|after|following|like our|>>>|<<<|command was:?|rcpt:|smtp:|progress was) *(?:the )?RCPT\b"
    r"|smtp command:? *RCPT|\[RCPT_TO\]|RCPT TO response"
    r"|does not like recipient|\(state 14\)"  # the latter is Gmail's
    r"|^\s*RCPT TO:",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_DATA = re.compile(
    r"(?:reply to|response to|after) *(?:the )?(?:end of )?(?:message )?DATA\b"
    r"|smtp command:? *DATA|\[(?:DATA|EOM)\]|\(state 1[5-8]\)",
    re.IGNORECASE,
)
_AT_SENDER = re.compile(
    r"(?:reply to|response to|after|like our|smtp command:?|smtp:) *(?:the )?"
    r"(?:MAIL\b|[EH][EH]LO\b|AUTH\b|STARTTLS\b|initial connection|banner)|\[MAIL_FROM\]|\(state (?:8|9|12|13)\)",
    re.IGNORECASE,
)


def judge(
    status: str, words: str, around: str = "", host: str = "", *, in_fields: bool = False
) -> BounceReason:
    """Weigh codes and words. `words` is what the server said, `around` what else the report says of it.

    A status of 5.1.x, the refusal at RCPT, or a sentence that only a directory can say makes "unknown user"
    hard. `in_fields`: `words` stood in the fields of a report; a plain 550 there, with no status beside it, is
    meant as it stands.
    """
    found = _CODE.search(words)
    code = found.group(1) if found else ""
    named = status
    status = status if status and not status.endswith(".0.0") else find_status(words) or status
    said = said_reason(words)
    if (status or code).startswith("4"):
        return BounceReason.TEMPORARY if said in _CLAIMS else said
    if said_reason(around) is BounceReason.MAILBOX_FULL:
        return BounceReason.MAILBOX_FULL
    if status in _OF_SENDER or _AT_SENDER.search(f"{words}\n{around}"):  # before it was asked for anybody
        return BounceReason.POLICY if said in _CLAIMS else said
    known = host_reason(host, words)
    if known is None and said in _CLAIMS:
        known = certain_reason(words) or certain_reason(around)
    if known is not None:
        return known
    if said is BounceReason.USER_UNKNOWN:
        is_bare = in_fields and not named and code == "550"
        return _unknown_user(status, words, around, is_bare=is_bare)
    if said is BounceReason.HOST_UNKNOWN and _AFTER_DATA.search(f"{words}\n{around}"):
        return BounceReason.FILTERED  # whose domain it means is not certain
    return _by_codes(said, int(code) if code else 0, status)


def _unknown_user(status: str, words: str, around: str, *, is_bare: bool) -> BounceReason:
    if status == "5.1.6":
        return BounceReason.MOVED
    at_rcpt = is_bare or status.startswith(("5.1.", "5.4.1")) or bool(_AT_RCPT.search(f"{words}\n{around}"))
    hard = at_rcpt and not _AFTER_DATA.search(f"{words}\n{around}")
    return BounceReason.USER_UNKNOWN if hard else BounceReason.FILTERED


def _by_codes(said: BounceReason, code: int, status: str) -> BounceReason:
    meaning = read_answer(code, status)
    if said in _VAGUE and meaning.dead_address:
        return _BY_STATUS.get(status, BounceReason.USER_UNKNOWN)
    if said is BounceReason.OTHER and status in _BY_STATUS:
        return _BY_STATUS[status]
    if said is BounceReason.OTHER and meaning.scope is Scope.SENDER and meaning.permanent:
        return BounceReason.POLICY
    return said
