"""Whether a domain is set up so that its mail arrives: what its DNS says of SPF, DKIM, DMARC and MX, and what to add.

Who looks names up is told elsewhere; here answers are read (RFC 7208, 6376, 7489, 5321).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import idna

Lookup = Callable[[str, str], Sequence[str] | None]
"""Returns the answers for a name and a type, () where there are none, None where nobody could tell."""


def dns_name(address: str) -> str:
    """Return the domain of an address as the DNS writes it; one that no DNS can hold is lowered only."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain


MOST_SPF_LOOKUPS = 10
"""RFC 7208 section 4.6.4: more, and receivers treat the record as broken."""


class Mark(StrEnum):
    """How a record stands."""

    OK = "ok"
    WARNING = "warning"
    MISSING = "missing"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How one record stands. `text` says what is so; `add` is the record to add, as TXT or MX at `name`."""

    what: str
    mark: Mark
    text: str
    name: str
    add: str = ""
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DkimKey:
    """The key with which mail of the domain is signed here."""

    name: str
    record: str


def examine(domain: str, key: DkimKey | None, lookup: Lookup, *, organization: str = "") -> list[Found]:
    """Return how the domain's records stand; `organization` is the registered domain above it, where it has one."""
    return [
        _mx(domain, lookup),
        _spf(domain, lookup),
        _dkim(key, domain, lookup),
        _dmarc(domain, organization, lookup),
    ]


_UNTOLD = "The name servers gave no answer. Try again."


def _mx(domain: str, lookup: Lookup) -> Found:
    answers = lookup(domain, "MX")
    if answers is None:
        return Found(what="mx", mark=Mark.UNKNOWN, text=_UNTOLD, name=domain)
    if not answers:
        return Found(
            what="mx",
            mark=Mark.MISSING,
            text="Nobody takes mail for this domain: replies and bounces are lost.",
            name=domain,
            add="10 mail.your-provider.example.",
        )
    if all(answer.rstrip().endswith(" .") for answer in answers):
        text = "The domain says that it takes no mail (RFC 7505): replies and bounces are lost."
        return Found(what="mx", mark=Mark.WRONG, text=text, name=domain, seen=tuple(answers))
    return Found(
        what="mx",
        mark=Mark.OK,
        text="Replies and bounces have somewhere to go.",
        name=domain,
        seen=tuple(answers),
    )


def _spf(domain: str, lookup: Lookup) -> Found:
    texts = lookup(domain, "TXT")
    if texts is None:
        return Found(what="spf", mark=Mark.UNKNOWN, text=_UNTOLD, name=domain)
    records = [text for text in texts if re.match(r"v=spf1(?: |$)", text, re.IGNORECASE)]
    seen = tuple(records)
    if not records:
        return Found(
            what="spf",
            mark=Mark.MISSING,
            text="No server may send for this domain. Name those of your provider.",
            name=domain,
            add="v=spf1 include:_spf.your-provider.example ~all",
        )
    if len(records) > 1:
        text = f"There are {len(records)} SPF records; receivers then believe none. Join them into one."
        return Found(what="spf", mark=Mark.WRONG, text=text, name=domain, add=_joined(records), seen=seen)
    mark, text = _judged(records[0], domain, lookup)
    return Found(what="spf", mark=mark, text=text, name=domain, seen=seen)


def _joined(records: Sequence[str]) -> str:
    terms = [term for record in records for term in record.split()[1:]]
    ends = [term for term in terms if term.lstrip("+-~?").lower() == "all"]
    kept = [term for term in dict.fromkeys(terms) if term not in ends]
    return " ".join(["v=spf1", *kept, *ends[-1:]])


def _judged(record: str, domain: str, lookup: Lookup) -> tuple[Mark, str]:
    terms = [term.lower() for term in record.split()[1:]]
    if "+all" in terms or "all" in terms:
        return Mark.WRONG, "It lets every server of the world send for this domain. End it with ~all or -all."
    count = _lookups(domain, record, lookup, {domain})
    if count > MOST_SPF_LOOKUPS:
        return (
            Mark.WRONG,
            f"It needs {count} look-ups; beyond {MOST_SPF_LOOKUPS} receivers treat it as broken.",
        )
    if not any(term.lstrip("+-~?") == "all" or term.startswith("redirect=") for term in terms):
        return Mark.WARNING, "It does not say what to do with other servers. End it with ~all or -all."
    return Mark.OK, "It says which servers may send."


_LOOKS_UP = re.compile(
    r"[+\-~?]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr(?::|$)|exists:)|redirect=", re.IGNORECASE
)
_LEADS_ON = re.compile(r"[+\-~?]?(?:include:|redirect=)([^\s%]+)$", re.IGNORECASE)


def _lookups(domain: str, record: str, lookup: Lookup, met: set[str]) -> int:
    """Count the look-ups of a record and of those that it includes, each once, until there are too many."""
    count = 0
    for term in record.split()[1:]:
        if not _LOOKS_UP.match(term):
            continue
        count += 1
        leads = _LEADS_ON.match(term)
        inner = leads.group(1).lower().rstrip(".") if leads else ""
        if inner and inner not in met and count <= MOST_SPF_LOOKUPS:
            met.add(inner)
            records = [text for text in lookup(inner, "TXT") or () if text.lower().startswith("v=spf1")]
            count += _lookups(inner, records[0], lookup, met) if records else 0
    return count


def _dkim(key: DkimKey | None, domain: str, lookup: Lookup) -> Found:
    if key is None:
        text = (
            "drumbeat does not sign for this domain. Fine if your mail server signs; else switch signing on."
        )
        return Found(what="dkim", mark=Mark.WARNING, text=text, name=f"<selector>._domainkey.{domain}")
    answers = lookup(key.name, "TXT")
    if answers is None:
        return Found(what="dkim", mark=Mark.UNKNOWN, text=_UNTOLD, name=key.name, add=key.record)
    seen = tuple(answers)
    if not answers:
        text = "The key is not published: signatures cannot be checked. Nothing is signed until it is."
        return Found(what="dkim", mark=Mark.MISSING, text=text, name=key.name, add=key.record)
    if not any(_key_of(answer) == _key_of(key.record) for answer in answers):
        text = "Another key is published than the one that signs: every signature fails."
        return Found(what="dkim", mark=Mark.WRONG, text=text, name=key.name, add=key.record, seen=seen)
    return Found(what="dkim", mark=Mark.OK, text="The key that signs is published.", name=key.name, seen=seen)


def _key_of(record: str) -> str:
    return re.sub(r"\s", "", _tags(record).get("p", ""))


def _tags(record: str) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}


def _dmarc(domain: str, organization: str, lookup: Lookup) -> Found:
    name = f"_dmarc.{domain}"
    for asked in dict.fromkeys((name, f"_dmarc.{organization or domain}")):
        texts = lookup(asked, "TXT")
        if texts is None:
            return Found(what="dmarc", mark=Mark.UNKNOWN, text=_UNTOLD, name=name)
        if records := [text for text in texts if text.lower().replace(" ", "").startswith("v=dmarc1")]:
            return _policy(asked, records)
    text = "There is no DMARC record: Gmail, Yahoo and Outlook refuse bulk mail without one."
    add = f"v=DMARC1; p=none; rua=mailto:dmarc@{domain}"
    return Found(what="dmarc", mark=Mark.MISSING, text=text, name=name, add=add)


def _policy(name: str, records: Sequence[str]) -> Found:
    seen = tuple(records)
    if len(records) > 1:
        text = "There are several DMARC records; receivers then believe none. Keep one."
        return Found(what="dmarc", mark=Mark.WRONG, text=text, name=name, seen=seen)
    tags = _tags(records[0])
    if tags.get("p", "").lower() not in {"none", "quarantine", "reject"}:
        text = "It names no policy: p= must be none, quarantine or reject."
        return Found(what="dmarc", mark=Mark.WRONG, text=text, name=name, add="v=DMARC1; p=none", seen=seen)
    strict = tags.get("aspf", "r").lower() == "s"
    aligned = "Mail is sent from this very domain, so that SPF and DKIM agree with From"
    text = f"Policy {tags['p'].lower()}. {aligned}{', strictly' if strict else ''}."
    return Found(what="dmarc", mark=Mark.OK, text=text, name=name, seen=seen)


def worst(found: Iterable[Found]) -> Mark:
    """Return the mark that says most about what is to be done."""
    order = (Mark.WRONG, Mark.MISSING, Mark.UNKNOWN, Mark.WARNING)
    marks = {each.mark for each in found}
    return next((mark for mark in order if mark in marks), Mark.OK)
