"""Mailbox providers at which people have addresses of their own, and how much of a domain's mail each takes a day.

Gmail and Outlook.com treat a domain as a bulk sender, for good, once it writes about 5,000 mails a day to such
addresses; Yahoo names no number and is counted alike (their guidelines for senders, 2024 and 2025).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

MOST = 5_000
WARN_FROM = 4_000
"""80 %."""
WINDOW = timedelta(hours=24)


class Consumer(StrEnum):
    GMAIL = "gmail"
    OUTLOOK = "outlook"
    YAHOO = "yahoo"


TITLES: Mapping[Consumer, str] = MappingProxyType(
    {Consumer.GMAIL: "Gmail", Consumer.OUTLOOK: "Outlook.com", Consumer.YAHOO: "Yahoo"}
)
ENDINGS: Mapping[Consumer, tuple[str, ...]] = MappingProxyType(
    {
        Consumer.GMAIL: ("@gmail.com", "@googlemail.com"),
        Consumer.OUTLOOK: ("@msn.com",),
        Consumer.YAHOO: ("@aim.com", "@aol.com", "@rocketmail.com", "@ymail.com"),
    }
)
"""How addresses there end."""
EVERYWHERE: Mapping[Consumer, tuple[str, ...]] = MappingProxyType(
    {
        Consumer.OUTLOOK: ("@hotmail.", "@live.", "@outlook."),
        Consumer.YAHOO: ("@yahoo.",),
    }
)
"""What stands in addresses of those that have a domain in every country."""
_SHARED = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"})
_COUNTRY = 2


def primary_domain(domain: str) -> str:
    """Return the domain that its owner registered, by which they count; of co.uk and its like three labels."""
    labels = domain.lower().strip(".").split(".")
    has_shared_ending = len(labels) > _COUNTRY and len(labels[-1]) == _COUNTRY and labels[-2] in _SHARED
    return ".".join(labels[-3:] if has_shared_ending else labels[-2:])


def sentence(domain: str, consumer: Consumer, sent: int) -> str:
    """Say how near a domain is to being a bulk sender, "" while it is far from it."""
    if sent < WARN_FROM:
        return ""
    title = TITLES[consumer]
    said = f"{domain} has sent {sent:,} mails to people's own addresses at {title} within 24 hours"
    if sent < MOST:
        return f"{said}; from {MOST:,} on {title} treats it as a bulk sender for good."
    return f"{said}; {title} treats a domain as a bulk sender from {MOST:,} on."
