"""What makes a mail look like spam to filters and to people: hints by code, from tables. Nothing here blocks anything.

The patterns are those that filters publish rules for (SpamAssassin's rule set names most of them) and that readers
report; English and German.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

LONGEST_SUBJECT = 70
MOST_LINKS = 4
MOST_EXCLAMATIONS = 3

SHORTENERS = frozenset({
    "adf.ly", "bit.ly", "bl.ink", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "j.mp", "lnkd.in", "ow.ly",
    "rb.gy", "rebrand.ly", "s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tiny.one", "tinyurl.com",
    "trib.al", "v.gd",
})  # fmt: skip
PHRASES = (
    *("100% free", "act now", "as seen on", "buy now", "call now", "cash bonus", "cheap", "click here"),
    *("congratulations", "double your", "earn money", "extra income", "for free", "free gift"),
    *("free trial", "get paid", "limited time", "lowest price", "make money", "money back", "no cost"),
    *("no obligation", "offer expires", "once in a lifetime"),
    *("order now", "risk-free", "satisfaction guaranteed", "special promotion", "this is not spam", "urgent", "winner"),
    *("100% gratis", "100 % gratis", "bargeld", "bestpreis", "geld verdienen", "geld zurück", "gewonnen", "gratis"),
    *("herzlichen glückwunsch", "hier klicken", "jetzt bestellen", "jetzt kaufen", "jetzt sichern", "jetzt zugreifen"),
    *("kein spam", "klicken sie hier", "kostenlos", "nur für kurze zeit", "nur heute", "ohne risiko", "schnäppchen"),
    *("sonderangebot", "unverbindlich", "zusatzeinkommen"),
)  # fmt: skip
_REPLIES = re.compile(r"\s*(?:re|aw|antw|fw|fwd|wg)\s*:", re.IGNORECASE)
_MONEY = re.compile(r"[$€£]{2,}|(?:(?<![\w.,])\d[\d.,]*+\s?(?:million|mio\.?|billion)\b)", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
_HOST_IS_NUMBER = re.compile(r"[\d.]+|\[.*\]")
_PHRASES = re.compile("|".join(rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in PHRASES))


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it would leave, without what is added below it. `is_first`: the contact had none before."""

    subject: str
    text: str
    html: str = ""
    is_first: bool = True


def hints(mail: Mail) -> dict[str, str]:
    """Return what looks like spam, a sentence by code, in the order of the table. Total."""
    seen = _Seen(mail, _links(mail))
    return {code: said for code, find in HINTS.items() if (said := find(seen))}


@dataclass(frozen=True, slots=True)
class _Seen:
    mail: Mail
    links: tuple[tuple[str, str], ...]  # address, words


def _links(mail: Mail) -> tuple[tuple[str, str], ...]:
    """Return the links of the HTML, and what mail programs make links of in the words."""
    nodes = LexborHTMLParser(mail.html).css("a[href]") if mail.html else []
    found = [((node.attributes.get("href") or "").strip(), node.text().strip()) for node in nodes]
    links = [link for link in found if link[0].lower().startswith(("http:", "https:"))]
    bare = [address.rstrip(".,;:!?)]") for address in _ADDRESS.findall(mail.text)]
    return (*links, *((address, address) for address in bare if address not in dict(links)))


def _host(address: str) -> str:
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _shouts(seen: _Seen) -> str:
    letters = [char for char in seen.mail.subject if char.isalpha()]
    large = sum(char.isupper() for char in letters)
    is_loud = len(letters) >= 8 and large > len(letters) / 2
    return (
        "The subject is mostly capitals, which reads as shouting. Write it as a sentence." if is_loud else ""
    )


def _exclaims(seen: _Seen) -> str:
    count = seen.mail.subject.count("!") + seen.mail.text.count("!")
    is_loud = count > MOST_EXCLAMATIONS or "!" in seen.mail.subject or "!!" in seen.mail.text
    return (
        f"{count} exclamation marks, or one in the subject: filters count them. Keep one." if is_loud else ""
    )


def _pretends(seen: _Seen) -> str:
    pretends = seen.mail.is_first and _REPLIES.match(seen.mail.subject)
    return "A first mail that begins with Re: pretends an earlier one. Leave it out." if pretends else ""


def _is_long(seen: _Seen) -> str:
    length = len(seen.mail.subject)
    said = f"The subject has {length} characters; phones show about 40, filters mind more than {LONGEST_SUBJECT}."
    return f"{said} Shorten it." if length > LONGEST_SUBJECT else ""


def _offers(seen: _Seen) -> str:
    found = _PHRASES.findall(f"{seen.mail.subject}\n{seen.mail.text}".lower())
    words = ", ".join(f"“{phrase}”" for phrase in dict.fromkeys(found))
    return f"{words}: filters know these words from advertising. Say it in your own." if words else ""


def _boasts(seen: _Seen) -> str:
    found = _MONEY.search(f"{seen.mail.subject}\n{seen.mail.text}")
    return f"“{found.group()}” looks like a promise of money. Say what it is about." if found else ""


def _shortens(seen: _Seen) -> str:
    hosts = dict.fromkeys(host for address, _ in seen.links if (host := _host(address)) in SHORTENERS)
    said = f"{', '.join(hosts)} hides where a link leads, as spammers do. Write the address itself."
    return said if hosts else ""


def _leads_by_number(seen: _Seen) -> str:
    numbers = any(_HOST_IS_NUMBER.fullmatch(_host(address)) for address, _ in seen.links)
    return "A link leads to a number instead of a name. Use the name of the host." if numbers else ""


def _disguises(seen: _Seen) -> str:
    for address, words in seen.links:
        shown = _ADDRESS.match(words)
        if shown and _host(shown.group()) != _host(address):
            return (
                f"A link reads {_host(shown.group())} and leads to {_host(address)}. Let it read as it leads."
            )
    return ""


def _links_much(seen: _Seen) -> str:
    count = len({address for address, _ in seen.links})
    said = f"{count} links: a mail that somebody wrote by hand has one or two. Keep those that matter."
    return said if count > MOST_LINKS else ""


HINTS: Mapping[str, Callable[[_Seen], str]] = MappingProxyType(
    {
        "subject_shouts": _shouts,
        "exclamation_marks": _exclaims,
        "pretends_reply": _pretends,
        "subject_long": _is_long,
        "advertising_words": _offers,
        "promises_money": _boasts,
        "link_shortener": _shortens,
        "link_to_number": _leads_by_number,
        "link_disguised": _disguises,
        "many_links": _links_much,
    }
)
"""Each hint and what finds it: a sentence that says what to do, "" where there is nothing to say."""
