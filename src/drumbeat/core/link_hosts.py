"""The host under which a sending domain's tracked links lead: a name below the domain, proven by its DNS.

A link in a mail that names a domain other than the sender's is what spam filters look at first. Whoever could name any
host would have links of others' domains: so each workspace proves each host by a record of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drumbeat.core.domain_records import Lookup, dns_name

LONGEST = 253
PATH = "/.well-known/drumbeat"
"""Where an installation says who it is: the host must lead there."""
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")


@dataclass(frozen=True, slots=True)
class Needed:
    """A record to publish, of type `kind` at `name`."""

    kind: str
    name: str
    value: str


def host_of(typed: str) -> str:
    """Return a host as the DNS writes it, without what stands around it in an address. Total."""
    return dns_name(typed.strip().removeprefix("https://").removeprefix("http://").partition("/")[0])


def problem_of(host: str, domain: str, public_host: str) -> str:
    """Return why a host cannot carry the links of a domain, "" when it can. Total."""
    if len(host) > LONGEST or not _HOST.fullmatch(host):
        return f"{host[:60]!r} is no name of a host. Name one like links.{domain}."
    if not host.endswith(f".{domain}"):
        return f"The host must lie below {domain}, for example links.{domain}."
    if host == public_host:
        return "This is the address of drumbeat itself: links lead there already."
    return ""


def needed(host: str, public_host: str, proof: str) -> tuple[Needed, Needed]:
    """Return the records that let the host lead here and say whose it is."""
    return (
        Needed("CNAME", host, f"{public_host}."),
        Needed("TXT", f"_drumbeat.{host}", f"drumbeat={proof}"),
    )


def unproven(host: str, proof: str, lookup: Lookup) -> str:
    """Return what the DNS lacks as a sentence, "" when the host is proven."""
    name = f"_drumbeat.{host}"
    texts = lookup(name, "TXT")
    if texts is None:
        return "The name servers gave no answer. Try again."
    if f"drumbeat={proof}" in (text.strip() for text in texts):
        return ""
    return f"The TXT record at {name} is not there yet. The DNS may need some minutes to show it."
