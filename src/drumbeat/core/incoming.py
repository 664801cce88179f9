"""What follows from a received mail: how far it is trusted decides what it may do.

A proven mail carries our mark. Without it a mail can be shown, and a reply can pause, but nothing ends, is
suppressed or is unsubscribed: From is not proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from drumbeat.core.addresses import base_email, normal_email
from drumbeat.core.bounce_reasons import BounceReason
from drumbeat.core.bounces import FailedRecipient
from drumbeat.core.errors import DomainError
from drumbeat.core.replies import MailKind, Verdict


class Word(StrEnum):
    """How a message that came in is called. `weak_reply`: a person confirms whose it is."""

    REPLY = "reply"
    WEAK_REPLY = "weak_reply"
    AUTO_REPLY = "auto_reply"
    OUT_OF_OFFICE = "out_of_office"
    OPT_OUT = "opt_out"
    BOUNCE = "bounce"
    SOFT_BOUNCE = "soft_bounce"
    COMPLAINT = "complaint"
    OTHER = "other"


class Question(StrEnum):
    """What a person is asked about a mail before it counts."""

    WHOSE_REPLY = "whose_reply"
    OPT_OUT = "opt_out"


_OF_A_PERSON = frozenset({MailKind.REPLY, MailKind.OPT_OUT})
_SAME_WORD = {kind: Word(kind.value) for kind in MailKind if kind is not MailKind.BOUNCE}


def word_for(verdict: Verdict, *, proven: bool, from_contact: bool, recipient: str = "") -> Word:
    """Return what the mail counts as. `recipient` is the address of the touch that it proves to answer."""
    if verdict.kind is MailKind.BOUNCE:
        return Word.BOUNCE if is_dead(recipient, verdict.recipients) else Word.SOFT_BOUNCE
    if verdict.kind in _OF_A_PERSON and not proven:
        return Word.WEAK_REPLY if from_contact else Word.OTHER
    return _SAME_WORD[verdict.kind]


def question_about(word: Word, *, unsubscribes: bool, is_weak: bool) -> Question | None:
    """Return what to ask: first whose the mail is, then whether words that may mean an opt-out do."""
    if word is Word.WEAK_REPLY:
        return Question.WHOSE_REPLY
    return Question.OPT_OUT if unsubscribes and is_weak and word is Word.REPLY else None


def is_dead(recipient: str, failed: Sequence[FailedRecipient]) -> bool:
    """Say whether a bounce reports that nobody is at `recipient` any more.

    What it says of that very address counts; where it names others (the far end of a forwarding), all must be
    dead.
    """
    told = [one for one in failed if one.reason is not BounceReason.DELAYED]
    own = [one for one in told if recipient and _base(one.address) == _base(recipient)]
    return bool(told) and all(one.hard for one in own or told)


def _base(address: str) -> str:
    try:
        return base_email(normal_email(address))
    except DomainError:
        return address.lower()
