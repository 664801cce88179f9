"""A provider's call at our address as it came, and a mail that one passed on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drumbeat.core.provider_lying import Lying
from drumbeat.core.providers import Half

LARGEST = 30 << 20
MOST_EVENTS = 10_000


class NotProven(Exception):
    """The call does not prove that the provider made it."""


class Unreadable(Exception):
    """It is proven and cannot be read: its text says why. `found`: what of it could be."""

    def __init__(self, text: str, found: Sequence[Lying | Passed] = ()) -> None:
        super().__init__(text)
        self.found = found


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it came. `address` is the one that we gave the provider: some sign it. Header names as sent."""

    half: Half
    address: str
    content_type: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A received mail that the provider passed on, whole."""

    event_id: str
    envelope_from: str
    envelope_to: tuple[str, ...]
    raw: bytes
