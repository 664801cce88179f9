"""Whether a person asks, in his own words, to be left alone. Plain code, before any model.

Conservative: only short texts, only whole phrases. A long answer that mentions the word is an answer.
"""

from __future__ import annotations

import re

from drumbeat.core.mail import Mail

_MAX_LENGTH = 300
_WHOLE = frozenset(
    {"unsubscribe", "unsubscribe me", "unsubscribe please", "please unsubscribe"}
    | {"please unsubscribe me", "unsubscribe now", "stop", "stop it", "please stop"}
    | {"stop please", "stop emails", "stop all", "remove", "remove me"}
    | {"please remove me", "remove me please", "please remove", "opt out", "optout"}
    | {"opt me out", "please opt me out", "take me off", "no more emails"}
    | {"no more mails", "cancel", "abmelden", "bitte abmelden", "abmeldung", "austragen"}
    | {"bitte austragen", "abbestellen", "bitte abbestellen", "stopp", "stop bitte"}
    | {"bitte stopp", "bitte entfernen", "bitte löschen", "keine mails mehr"}
    | {"keine weiteren mails", "keine werbung", "bitte keine mails mehr"}
)
_LIST = (
    r"(?:your |this |the |ihr\w* |dem |diesem |eurem )?(?:e-?mail |mailing )?"
    r"(?:list|lists|verteiler|database|liste)"
)
_MAILS = r"(?:e-?mails|mails|nachrichten|werbung|zusendungen)"
_PHRASES = re.compile(
    rf"(?:remove|take|delete) (?:me|us|my (?:e-?mail|address|name)\b[^.!?]{{0,20}}) (?:off|from"
    rf"|out of) {_LIST}"
    r"|unsubscribe (?:me|us|this|my)\b|(?:please|kindly) unsubscribe"
    r"|i(?: would|'d)? (?:want|like|wish) to unsubscribe|want to be removed|opt(?:ing)? (?:me )?out\b"
    r"|(?:stop|quit) (?:e-?mailing|contacting|writing|messaging|spamming|sending|bothering)"
    r"|(?:do not|don't|never) (?:e-?mail|contact|write(?: to)?|message|bother) (?:me|us)"
    r"|no (?:more|further) (?:e-?mails|mails|messages|contact)\b|leave me alone"
    r"|(?:nehmen|nimm|streichen?) (?:sie )?(?:mich|uns|meine adresse)\b[^.!?]{0,30}(?:verteiler|liste)"
    r"|(?:entfernen|löschen) sie (?:mich|uns|meine|unsere)\b|melden sie mich\b[^.!?]{0,30}\bab\b"
    rf"|bitte\b[^.!?]{{0,20}}abmelden|keine weiteren {_MAILS}|keine {_MAILS}\b[^.!?]{{0,20}}\bmehr\b"
    r"|(?:kontaktieren|schreiben|mailen) sie (?:mich|mir|uns)\b[^.!?]{0,20}nicht"
    r"|von (?:der|ihrer) liste (?:nehmen|streichen|entfernen)"
    r"|widerspr(?:eche|uch)\b[^.!?]{0,60}(?:werbung|daten|kontakt)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:don't|do not|didn't|never|won't|not|nicht|kein\w*)\b[^.!?]{0,25}"
    r"\b(?:unsubscribe|opt out|remove|abmelden|entfernen)|\bhow (?:do|can|would) (?:your|our|the) "
    r"|\b(?:stopped|hab\w*)\b[^.!?]{0,60}\b(?:using|bekommen|erhalten)\b",
    re.IGNORECASE,
)
_NOISE = re.compile(r"[^\w\s'äöüß-]+")
_POLITE = re.compile(
    r"^(?:hi|hello|hallo|dear \w+|guten tag|sehr geehrte[^\n]*|hey)\b[ ,!.]*(?:\w+[,!.])?", re.IGNORECASE
)
_CLOSING = re.compile(
    r"\n\s*(?:thanks|thank you|thx|best|regards|kind regards|cheers|danke|gruß|grüße|mfg"
    r"|mit freundlichen grüßen"
    r"|viele grüße|vg)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def asks_to_stop(words: str, subject: str = "") -> bool:
    """Tell whether `words`, the writer's own part of a reply, ask for no more mail. Total.

    An empty mail whose subject is an opt-out word counts too: so do links of the kind mailto:.
    """
    own = _CLOSING.sub("", words.strip())
    own = _POLITE.sub("", own).strip()
    if not own:
        return _plain(subject) in _WHOLE
    if len(own) > _MAX_LENGTH:
        return False
    if _plain(own) in _WHOLE:
        return True
    return bool(_PHRASES.search(own)) and not _DENIED.search(own)


def is_unsubscribe_link(mail: Mail) -> bool:
    """Tell whether a mail program sent this for its owner, who chose "unsubscribe" there (RFC 2369)."""
    return "x-apple-unsubscribe" in mail.headers or _plain(mail.subject) == "unsubscribe"


def _plain(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text).casefold().split())
