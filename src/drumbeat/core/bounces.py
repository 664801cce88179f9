"""Mails that say a mail did not arrive: whose address failed, why, and which mail it was.

First the fields that standards define (RFC 3464), then the free words of servers that know none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from drumbeat.core.bounce_reasons import HARD, BounceReason, said_reason
from drumbeat.core.mail import Mail, read_fields
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.smtp_codes import Scope, find_status, read_answer

_MAX_RECIPIENTS = 20
_MAX_TEXT = 20_000
_MAX_WORDS = 500
_CLAIMS = HARD | {BounceReason.OTHER, BounceReason.FILTERED}
_BY_STATUS = {
    "5.1.2": BounceReason.HOST_UNKNOWN,
    "5.1.6": BounceReason.MOVED,
    "5.2.1": BounceReason.DISABLED,
    "5.2.2": BounceReason.MAILBOX_FULL,
    "5.2.3": BounceReason.TOO_BIG,
    "5.3.4": BounceReason.TOO_BIG,
}
_VAGUE = frozenset({BounceReason.OTHER, BounceReason.TEMPORARY, BounceReason.DISABLED})
# There the owner of a domain writes the answer himself, "no such mailbox" included.
_RULES_OF_OWNERS = re.compile(r"\binbound-smtp\.[a-z0-9-]+\.amazonaws\.com", re.IGNORECASE)
_GAP = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:=\"'@]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,250}[A-Za-z0-9])?")
_CODE = re.compile(r"(?<![\d.])([245]\d\d)(?=[ \-])")
_REPORTED = re.compile(r"^>?\s*final-recipient:", re.IGNORECASE | re.MULTILINE)
_AT_RCPT = re.compile(
    r"(?:reply to|response to|after|like our|>>>|<<<|command was:?|rcpt:) *(?:the )?RCPT\b"
    r"|does not like recipient"
    r"|^\s*RCPT TO:",
    re.IGNORECASE | re.MULTILINE,
)
_AFTER_DATA = re.compile(
    r"(?:reply to|response to|after) *(?:the )?(?:end of )?(?:message )?DATA\b", re.IGNORECASE
)
_SERVER = re.compile(
    r"mailer-?daemon|mail[.-]?delivery|post_?master|mdaemon|mail-?system|^ndr@|^bounces?@|^sysadmin@"
    r"|mail_service",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|deliver\w*(?: has)? (?:status|fail|problem|error)|fail\w* (?:notice|delivery)"
    r"|return(?:ed|ing) (?:mail|to)|not (?:be )?delivered|mail failure|processing error"
    r"|error sending your mail"
    r"|non-?deliver|user unknown|unzustellbar|non (?:remis|délivr|recensé)|no entregad|не доставлено"
    r"|rejected mail|problem delivering",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"^(?:re|aw|fwd?|wg|sv|antw):", re.IGNORECASE)
_DELAY = re.compile(
    r"\bdelay(?:ed)?\b|not yet been delivered|will be retried|still trying|could not send message for past",
    re.IGNORECASE,
)
_SAYS_FAILED = re.compile(
    r"could ?n[o']t be (?:delivered|sent|reached)|could not be (?:delivered|sent|reached)|undeliver"
    r"|did not reach"
    r"|delivery (?:has )?fail|failed (?:to deliver|permanently)|permanent (?:fatal )?(?:error"
    r"|failure)|bounced"
    r"|unable to deliver|not (?:be )?delivered|cannot be delivered|error delivering|rejected by"
    r"|delivery error"
    r"|problem delivering|error message below",
    re.IGNORECASE,
)
_COPY = re.compile(
    r"^(?:[-=*_ ]{2,}[^\n]{0,60}(?:copy of|original|header|message follows)[^\n]{0,80}"
    r"|[^\n]{0,40}(?:message follows|headers follow|unsent message below)[^\n]{0,40}|original message:"
    r"|(?:return-path|received|message-id|mime-version|dkim-signature|x-mailer|content-type): [^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(r"^[A-Za-z][A-Za-z0-9-]{1,40}:", re.MULTILINE)
_LIST_BEGINS = re.compile(r"following (?:recipient|address|destination|users?)[^\n]{0,60}", re.IGNORECASE)
_NOT_A_PERSON = re.compile(
    r"^(?:mailer-daemon|postmaster|abuse|support|help\w*|admin\w*|noc)@", re.IGNORECASE
)


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
    text = (mail.text.strip() or text_from_html(mail.html))[:_MAX_TEXT]
    head, tail = _split(text)
    original = mail.original or read_fields(tail)
    groups = [
        group for group in (mail.reports or _groups_in(text))[: _MAX_RECIPIENTS + 1] if _address_of(group)
    ]
    if groups and (mail.reports or _is_report(mail, head)):
        by = mail.reports[0].get("reporting-mta", "") if mail.reports else ""
        told = tuple(_from_group(group, head, by) for group in groups if not _arrived(group))
        return Bounce(told, original, any(one.reason is not BounceReason.DELAYED for one in told))
    if not _is_report(mail, head):
        return None
    delayed = _is_delay(mail, head)
    return Bounce(tuple(_from_words(mail, head, original, delayed)), original, failed=not delayed)


def _groups_in(text: str) -> list[Mapping[str, str]]:
    """Return the field groups of a report that lost its MIME structure on the way."""
    if not _REPORTED.search(text):
        return []
    parts = [part for part in _GAP.split(text) if _REPORTED.search(part)]
    return [read_fields(part) for part in parts[:_MAX_RECIPIENTS]]


def _is_report(mail: Mail, head: str) -> bool:
    if "x-failed-recipients" in mail.headers or mail.reports:
        return True
    by_server = mail.return_path == "" or not mail.from_address or bool(_SERVER.search(mail.from_address))
    subject, words = bool(_SUBJECT.search(mail.subject)), bool(_SAYS_FAILED.search(head[:3_000]))
    if by_server:
        return subject or words or bool(_DELAY.search(mail.subject))
    return subject and words and not mail.in_reply_to and not _ANSWERS.match(mail.subject)


def _address_of(group: Mapping[str, str]) -> str:
    """The address that we wrote to goes before the one it was forwarded to."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        found = _ADDRESS.search(group.get(name, "").partition(";")[2] or group.get(name, ""))
        if found:
            return found.group()
    return ""


def _arrived(group: Mapping[str, str]) -> bool:
    return _action(group) in {"delivered", "relayed", "expanded"}


def _is_delay(mail: Mail, head: str) -> bool:
    return bool(_DELAY.search(mail.subject)) or (bool(_DELAY.search(head)) and not _SAYS_FAILED.search(head))


def _action(group: Mapping[str, str]) -> str:
    return group.get("action", "").partition(" ")[0].partition(";")[0].lower()


def _from_group(group: Mapping[str, str], head: str, by: str) -> FailedRecipient:
    address = _address_of(group)
    status = find_status(group.get("status", ""))
    diagnostic = group.get("diagnostic-code", "").partition(";")[2] or group.get("diagnostic-code", "")
    around = _about(address, head)
    words = " ".join((diagnostic or around).split())
    if _action(group) not in {"failed", ""}:
        return FailedRecipient(address, BounceReason.DELAYED, status, words[:_MAX_WORDS])
    reason = judge(status, words, around)
    if reason in HARD and _RULES_OF_OWNERS.search(by):
        reason = BounceReason.FILTERED
    return FailedRecipient(address, reason, status, words[:_MAX_WORDS])


def judge(status: str, words: str, around: str = "") -> BounceReason:
    """Weigh codes and words: hard only where both allow it.

    A status of 5.1.x, or the address being refused at RCPT, is what makes "unknown user" hard: a server
    that refuses later, or says so without either, may be filtering.
    """
    found = _CODE.search(words)
    code = found.group(1) if found else ""
    status = status if status and not status.endswith(".0.0") else find_status(words) or status
    said = said_reason(words)
    if (status or code).startswith("4"):
        return BounceReason.TEMPORARY if said in _CLAIMS else said
    if said_reason(around) is BounceReason.MAILBOX_FULL:
        return BounceReason.MAILBOX_FULL
    meaning = read_answer(int(code) if code else 0, status)
    if said is BounceReason.USER_UNKNOWN:
        at_rcpt = status.startswith(("5.1.", "5.4.1")) or bool(_AT_RCPT.search(f"{words}\n{around}"))
        return said if at_rcpt and not _AFTER_DATA.search(around) else BounceReason.FILTERED
    if said in _VAGUE and meaning.dead_address:
        return _BY_STATUS.get(status, BounceReason.USER_UNKNOWN)
    if said is BounceReason.OTHER and status in _BY_STATUS:
        return _BY_STATUS[status]
    if said is BounceReason.OTHER and meaning.scope is Scope.SENDER and meaning.permanent:
        return BounceReason.POLICY
    return said


def _from_words(
    mail: Mail, head: str, original: Mapping[str, str], delayed: bool
) -> Iterator[FailedRecipient]:
    for address in _failed_addresses(mail, head, original)[:_MAX_RECIPIENTS]:
        words = _about(address, head)
        status = find_status(words)
        reason = BounceReason.DELAYED if delayed else judge(status, " ".join(words.split()), words)
        yield FailedRecipient(address, reason, status, " ".join(words.split())[:_MAX_WORDS])


def _failed_addresses(mail: Mail, head: str, original: Mapping[str, str]) -> list[str]:
    named = _ADDRESS.findall(mail.headers.get("x-failed-recipients", ""))
    if named:
        return list(dict.fromkeys(named))
    own = {
        found.lower()
        for value in (
            mail.headers.get("to", ""),
            mail.headers.get("delivered-to", ""),
            original.get("from", ""),
        )
        for found in _ADDRESS.findall(value)
    } | {mail.from_address.lower()}
    sent_to = [found.lower() for found in _ADDRESS.findall(original.get("to", ""))]
    begins = _LIST_BEGINS.search(head)
    for words in ([head[begins.end() :]] if begins else []) + [head]:
        seen = {found.lower(): found for found in _ADDRESS.findall(words) if found.lower() not in own}
        meant = [found for low, found in seen.items() if low in sent_to]
        people = meant or [found for found in seen.values() if not _NOT_A_PERSON.match(found)]
        if people:
            return people
    return [found for found in sent_to if found not in own]


def _about(address: str, head: str) -> str:
    """Return the words that concern an address: from its line to the next address, or all there are."""
    lines = head.split("\n")
    begin = next((n for n, line in enumerate(lines) if address.lower() in line.lower()), None)
    if begin is None:
        return head
    end = begin + 1
    while end < len(lines) and not _names_another(lines[end], address):
        end += 1
    others = {found.lower() for found in _ADDRESS.findall(head)} - {address.lower()}
    return "\n".join(lines[begin:end]) if others else head


def _names_another(line: str, address: str) -> bool:
    return any(found.lower() != address.lower() for found in _ADDRESS.findall(line))


def _split(text: str) -> tuple[str, str]:
    """Return a report's own words and the returned message that follows them."""
    for found in _COPY.finditer(text):
        rest = text[found.start() :]
        first = _HEADER_LINE.search(rest)
        if first and len(_HEADER_LINE.findall(rest[:3_000])) >= 3:
            return text[: found.start()], rest[first.start() :]
        if not first and found.group().lstrip().startswith(("-", "=", "*", "_")):
            return text[: found.start()], ""
    return text, ""
