"""Asks the name servers, within a few seconds."""

from __future__ import annotations

from collections.abc import Sequence

import dns.exception
import dns.resolver
from dns.rdatatype import MX, TXT

SECONDS = 5.0
_TYPES = {"MX": MX, "TXT": TXT}


def lookup(name: str, kind: str) -> Sequence[str] | None:
    """Return the answers for a name and MX or TXT; () where there are none, None where nobody could tell."""
    try:
        answer = dns.resolver.resolve(name, _TYPES[kind], lifetime=SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except (dns.exception.DNSException, OSError, ValueError, UnicodeError):
        return None
    if kind == "TXT":
        return [b"".join(row.strings).decode("utf-8", "replace") for row in answer]
    return [f"{row.preference} {row.exchange}" for row in answer]
