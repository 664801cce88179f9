"""What the words of a refusal or bounce say, where its codes are vague or wrong.

A table of phrases, most telling first. Only three reasons speak of a dead address, so whatever speaks
about us (policy, spam, authentication) or of a passing state is looked for before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class BounceReason(StrEnum):
    """`policy` speaks about the sender: hold it, never suppress the person. `delayed` is no failure."""

    USER_UNKNOWN = "user_unknown"
    HOST_UNKNOWN = "host_unknown"
    MOVED = "moved"
    MAILBOX_FULL = "mailbox_full"
    DISABLED = "disabled"
    FILTERED = "filtered"
    TOO_BIG = "too_big"
    POLICY = "policy"
    TEMPORARY = "temporary"
    DELAYED = "delayed"
    COMPLAINT = "complaint"
    OTHER = "other"


MEANINGS: Mapping[BounceReason, str] = MappingProxyType(
    {
        BounceReason.USER_UNKNOWN: "nobody has this address",
        BounceReason.HOST_UNKNOWN: "its domain does not exist, or takes no mail",
        BounceReason.MOVED: "the person has another address now",
        BounceReason.MAILBOX_FULL: "the mailbox is full",
        BounceReason.DISABLED: "the mailbox is closed or suspended for now",
        BounceReason.FILTERED: "a filter or program there refused it; whether somebody has the address is not certain",
        BounceReason.TOO_BIG: "the message is too big",
        BounceReason.POLICY: "we were refused: block list, spam, authentication, missing PTR, relaying, limits",
        BounceReason.TEMPORARY: "it was tried until it was given up: network, time-out, greylisting",
        BounceReason.DELAYED: "it is still being tried; not a bounce",
        BounceReason.COMPLAINT: "the person reported the message as spam",
        BounceReason.OTHER: "nothing certain is said",
    }
)
"""Published in `docs/reference/bounce-reasons.md`."""

HARD = frozenset({BounceReason.USER_UNKNOWN, BounceReason.HOST_UNKNOWN, BounceReason.MOVED})

_WHO = (
    r"(?:user|mailbox|mail box|recipient|account|address|alias|addressee|local part|person|customer|member"
    r"|recipient name)"
)
_IS = r"(?:is |was |are |could |can |has |have |been |be |currently |temporarily )*"

_CERTAIN: tuple[tuple[BounceReason, tuple[str, ...]], ...] = (
    (
        BounceReason.HOST_UNKNOWN,
        (
            r"unrouteable address",
            r"all (?:relevant mx records point to non-?existent|host address lookups failed permanently)",
        ),
    ),
    (
        BounceReason.USER_UNKNOWN,
        (
            r"not (?:listed|found) in (?:the )?(?:domino directory|public name & address book)",
            r"répertorié dans l'annuaire domino|en el directorio de domino|domino ?ディレクトリ",
            r"the recipient name is not recognized",
            r"because the address couldn't be found\. check for typos",
            r"(?:^|\s)unknown user: \S+@|invalid final delivery userid",
            r"no valid recipients for this mm\b",
            r"delivery error: dd (?:this user doesn't have an? |requested mail action aborted, mailbox not found)",
            r"no mailbox here by that name|there is no user by that name at this server",
            r"l'adresse de messagerie[^.]{0,40} n'existe pas",
            r"the e-?mail account does not exist at the organi[sz]ation",
        ),
    ),
)
_OF_HOSTS: tuple[tuple[re.Pattern[str], re.Pattern[str], BounceReason], ...] = (
    # Mobile carriers of Japan: the same words stand for a filter or for nobody, told apart by the address.
    (re.compile(r"\b(?:ezweb\.ne\.jp|au\.com)\b"), re.compile(r"550 : user unknown"), BounceReason.FILTERED),
    (re.compile(r"\b(?:ezweb\.ne\.jp|au\.com)\b"), re.compile(r">: user unknown"), BounceReason.USER_UNKNOWN),
    # How Exchange Online says that a directory does not know an address.
    (
        re.compile(r"\boutlook\.com\b"),
        re.compile(r"5\.4\.1 .{0,400}recipient address rejected: access denied"),
        BounceReason.USER_UNKNOWN,
    ),
)
_NAMES = re.compile(r"https?://\S+|\b(?:[a-z0-9_-]+\.){2,}[a-z]{2,}\b(?!@)", re.IGNORECASE)

_PHRASES: tuple[tuple[BounceReason, tuple[str, ...]], ...] = (
    (
        BounceReason.USER_UNKNOWN,
        (
            r"recipnotfound",
            r"#5\.1\.0 address rejected",
            r"returned unknown recipient",
            r"recipient (?:address )?rejected\.?\s*(?:$|\()",
        ),
    ),
    (
        BounceReason.FILTERED,
        (
            r"recipient preferences",
            r"badrcptto",
            r"domain ?filter",
            r"procmail|maildrop:|command (?:output|died)",
        ),
    ),
    (BounceReason.TEMPORARY, (r"unexpected name server reply", r"host or domain name lookup.{0,20}tempor")),
    (
        BounceReason.MAILBOX_FULL,
        (
            r"quota",
            r"(?:mailbox|inbox|mail box|mail ?folder|storage|account|user|maildir|space)(?: \S+){0,3} "
            r"(?:is |was |are )?(?:full|exceeded|over)\b",
            r"insufficient (?:disk|storage|system storage|space)",
            r"disk (?:space|full)",
            r"exceed(?:s|ed)? (?:the |its |his |storage |mailbox |disk |allowed ){1,3}"
            r"(?:limit|allocation|space|size)",
            r"not enough (?:storage )?space|mailbox size limit|mailbox full|too much mail data"
            r"|boite pleine",
        ),
    ),
    (
        BounceReason.TOO_BIG,
        (
            r"(?:message|mail|size|data|attachment)(?: \S+){0,3} (?:too (?:big|large|long)|exceeds"
            r"|exceeded)",
            r"exceeds (?:the )?(?:maximum|fixed|size|max)|too (?:big|large) (?:message|mail|for)",
            r"message size|size limit",
        ),
    ),
    (
        BounceReason.POLICY,
        (
            r"spam|black ?list|block ?list|\bdnsbl|\brbl\b|reputation|\bspf\b|\bdkim\b|\bdmarc\b|\bptr\b",
            r"reverse (?:dns|lookup|hostname)|rdns|no reverse|authenticat|polic(?:y|ies)",
            r"relay(?:ing)?\b.{0,20}(?:denied|prohibited|not)|(?:not permitted|unable|cannot"
            r"|not allowed) to relay",
            r"relay access|we do not relay|greylist|rate limit|too many|unsolicited|\bbulk\b|\bjunk\b"
            r"|virus",
            r"infected|access denied|not allowed to send|blocked|banned|refused(?: your)? (?:ip"
            r"|connection)",
            r"untrusted|sender (?:address )?(?:rejected|denied|refused|verif)|domain of sender"
            r"|sender domain",
            r"abuse|suspicious",
            r"\b[eh][eh]lo (?:command|name|host)|client host|cannot find your|your host ?name|sending (?:host|domain)",
            r"\bsender\b[^.]{0,30}(?:unknown|not exist|invalid|not found)",
        ),
    ),
    (
        BounceReason.DISABLED,
        (
            rf"{_WHO}(?: \S+){{0,4}} {_IS}"
            r"(?:disabled|deactivated|inactive|suspended|locked|closed|expired|not active)",
            rf"(?:disabled|inactive|suspended|deactivated|closed|locked|invalid/inactive) {_WHO}",
            r"not accepting (?:mail|messages)|discontinued|out of service",
        ),
    ),
    (
        BounceReason.MOVED,
        (
            r"(?:has|have) moved|moved to|has been replaced|no longer (?:at|with) this|new address",
            r"address (?:has )?changed",
        ),
    ),
    (
        BounceReason.HOST_UNKNOWN,
        (
            r"(?:host|domain)(?: name)?(?: \S+){0,2} (?:is |was )?(?:unknown|not found|not exist"
            r"|does ?n[o']t exist|does not exist|invalid|lookup (?:failed|failure)|non-?existent"
            r"|(?<=domain is )not reachable)",
            r"(?:unknown|no such|non-?existent|invalid|unrouteable|illegal) (?:mail )?(?:host|domain)",
            r"name service error|no (?:mx|a) (?:record|found)|no mx record|nxdomain"
            r"|couldn't find any host|cannot resolve"
            r"|unresolvable",
            r"bad destination (?:host|system)|null ?mx|doesn't receive email",
        ),
    ),
    (
        BounceReason.USER_UNKNOWN,
        (
            r"(?:no such|unknown|invalid|non-?existent|unrouteable|unrecognized|not a (?:valid|known)"
            r"|\bbad|undefined"
            r"|isn't a valid|no valid|wrong|incorrect|illegal) "
            rf"(?:local |destination |recipient |virtual |e-?mail |mail |user )*{_WHO}",
            rf"{_WHO}(?: \S+){{0,4}} {_IS}"
            r"(?:un ?known|not found|no found|not (?:known|exist|listed|valid|recognized|registered"
            r"|here|our|in\b)"
            r"|not (?:a valid|on this|have)|does ?n[o']t exist|does not exist|invalid|unrouteable|no longer"
            r"|non-?existent|undeliverable)",
            r"(?:does not|doesn't|don't) have an? (?:\S+ )?(?:account|mailbox|user)|no (?:mailbox"
            r"|account)\b",
            r"(?:does not|doesn't|do not) like recipient|not listed in"
            r"|no (?:longer )?(?:valid )?recipients?",
            r"unknown (?:local part|or illegal alias)|unable to (?:deliver to|find) (?:recipient|user)",
            r"no longer accepts mail|there is no one at this address|nessun utente|usuario desconocido"
            r"|destinatario desconocido|utilisateur inconnu|destinataire inconnu|unbekannter (?:benutzer|empf)"
            r"|empf(?:ä|ae)nger unbekannt|onbekende (?:gebruiker|ontvanger)|ユーザー?が(?:見つかりません|存在しません)",
            r"this user does ?n[o']t|no one by that name|mailbox unavailable|not a user|not our customer",
        ),
    ),
    (
        BounceReason.TEMPORARY,
        (
            r"timed? ?out|temporar|try again|retry (?:time|timeout)|too long|too many hops"
            r"|loops? back|deferred",
            r"connection (?:refused|reset|lost|dropped|failed)|unreachable|not responding"
            r"|couldn't establish",
            r"routing loop|service unavailable|network|not reachable",
        ),
    ),
)
_TABLE = tuple((reason, re.compile("|".join(phrases), re.IGNORECASE)) for reason, phrases in _PHRASES)
_SURE = tuple((reason, re.compile("|".join(phrases), re.IGNORECASE)) for reason, phrases in _CERTAIN)


def said_reason(text: str) -> BounceReason:
    """Return the first reason of the table that the words name, else OTHER. Total; reads 2,000 characters."""
    text = " ".join(_NAMES.sub("it", text[:2_000]).split())
    return next((reason for reason, phrases in _TABLE if phrases.search(text)), BounceReason.OTHER)


def certain_reason(text: str) -> BounceReason | None:
    """Return what a directory itself says, whenever it says it; no filter hides behind these sentences."""
    text = " ".join(text[:2_000].split())
    return next((reason for reason, phrases in _SURE if phrases.search(text)), None)


def host_reason(host: str, words: str) -> BounceReason | None:
    """Return what words mean where one provider, `host` or named in the words, always means the same by them."""
    where, said = f"{host} {words}".lower(), words.lower()
    return next(
        (reason for hosts, phrase, reason in _OF_HOSTS if hosts.search(where) and phrase.search(said)), None
    )
