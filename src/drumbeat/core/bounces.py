"""Mails that say a mail did not arrive: whose address failed, why, and which mail it was.

First the fields that standards define (RFC 3464), then the free words of servers that know none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drumbeat.core.bounce_judgement import CATEGORIES, judge
from drumbeat.core.bounce_reasons import HARD, BounceReason
from drumbeat.core.bounce_words import (
    ADDRESS,
    REPORTED,
    about,
    failed_addresses,
    is_delay,
    is_report,
    split,
    unforwarded,
)
from drumbeat.core.mail import Mail, read_fields
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.smtp_codes import find_status

_MAX_RECIPIENTS = 20
_MAX_TEXT = 20_000
_MAX_WORDS = 500
_GAP = re.compile(r"\n\s*\n")
# There the owner of a domain writes the answer himself, "no such mailbox" included.
_RULES_OF_OWNERS = re.compile(r"\binbound-smtp\.[a-z0-9-]+\.amazonaws\.com", re.IGNORECASE)
_WHO = ("original-recipient", "final-recipient", "x-actual-recipient")


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """`hard`: nobody is there any more. `about_sender`: the refusal speaks about us, not about the person."""

    address: str
    reason: BounceReason
    status: str = ""
    diagnostic: str = ""

    @property
    def hard(self) -> bool:
        return self.reason in HARD

    @property
    def about_sender(self) -> bool:
        return self.reason is BounceReason.POLICY


@dataclass(frozen=True, slots=True)
class Bounce:
    """`failed`: some mail did not arrive, even if nobody said whose."""

    recipients: tuple[FailedRecipient, ...]
    original: Mapping[str, str]
    failed: bool


def read_bounce(mail: Mail) -> Bounce | None:
    """Return what a mail says about another mail's delivery, or None when it is no such report. Total."""
    text = unforwarded(mail, (_text_of(mail))[:_MAX_TEXT])
    head, tail = split(text)
    if mail.wrapped is not None and not mail.reports and is_report(mail, head):
        return read_bounce(mail.wrapped)
    original = mail.original or read_fields(tail)
    groups = [
        group for group in (mail.reports or _groups_in(text))[: _MAX_RECIPIENTS + 1] if _addresses_of(group)
    ]
    if groups and (mail.reports or is_report(mail, head) or text != _text_of(mail)[:_MAX_TEXT]):
        told = tuple(_from_groups(groups, head, mail.reports[0] if mail.reports else {}))
        return Bounce(told, original, any(one.reason is not BounceReason.DELAYED for one in told))
    if not is_report(mail, head):
        return None
    delayed = is_delay(mail, head)
    return Bounce(tuple(_from_words(mail, head, original, delayed)), original, failed=not delayed)


def _text_of(mail: Mail) -> str:
    text = mail.text.strip() or text_from_html(mail.html)
    # A report whose boundaries are wrong lies outside its parts.
    return f"{mail.preamble.strip()}\n\n{text}" if ADDRESS.search(mail.preamble) else text


def _groups_in(text: str) -> list[Mapping[str, str]]:
    """Return the field groups of a report that lost its MIME structure on the way."""
    if not REPORTED.search(text):
        return []
    parts = [part for part in _GAP.split(text) if REPORTED.search(part)]
    return [read_fields(part) for part in parts[:_MAX_RECIPIENTS]]


def _addresses_of(group: Mapping[str, str]) -> list[str]:
    """Return the address that we wrote to, then the one that it was forwarded to."""
    found = (ADDRESS.search(group.get(name, "").partition(";")[2] or group.get(name, "")) for name in _WHO)
    return list({one.group().lower(): one.group() for one in found if one}.values())


def _arrived(group: Mapping[str, str]) -> bool:
    return _action(group) in {"delivered", "relayed", "expanded"}


def _action(group: Mapping[str, str]) -> str:
    return group.get("action", "").partition(" ")[0].partition(";")[0].lower()


def _from_groups(
    groups: list[Mapping[str, str]], head: str, whole: Mapping[str, str]
) -> Iterator[FailedRecipient]:
    everybody = [address for group in groups for address in _addresses_of(group)]
    by = whole.get("reporting-mta", "")
    for group in groups:
        if not _arrived(group):
            own = _addresses_of(group)
            others = [address for address in everybody if address not in own]
            for address in own:
                yield _from_group(address, group, about(address, head, others), by)


def _from_group(address: str, group: Mapping[str, str], around: str, by: str) -> FailedRecipient:
    status = find_status(group.get("status", ""))
    diagnostic = group.get("diagnostic-code", "").partition(";")[2] or group.get("diagnostic-code", "")
    words = " ".join((diagnostic or around).split())
    if _action(group) not in {"failed", ""}:
        return FailedRecipient(address, BounceReason.DELAYED, status, words[:_MAX_WORDS])
    reason = CATEGORIES.get(group.get("x-powermta-bouncecategory", "").strip().lower())
    if reason is None or status.startswith("4"):
        host = group.get("remote-mta", "")
        reason = judge(status, words, around, host, in_fields=bool(diagnostic))
    if reason in HARD and _RULES_OF_OWNERS.search(by):
        reason = BounceReason.FILTERED
    return FailedRecipient(address, reason, status, words[:_MAX_WORDS])


def _from_words(
    mail: Mail, head: str, original: Mapping[str, str], delayed: bool
) -> Iterator[FailedRecipient]:
    failed = failed_addresses(mail, head, original)[:_MAX_RECIPIENTS]
    for address in failed:
        words = about(address, head, failed)
        status = find_status(words)
        reason = BounceReason.DELAYED if delayed else judge(status, " ".join(words.split()), words)
        yield FailedRecipient(address, reason, status, " ".join(words.split())[:_MAX_WORDS])
