"""What a text message weighs: its encoding, its segments, and what they cost.

The alphabet is that of 3GPP TS 23.038, section 6.2.1, with its extension table and no national ones: carriers that
Twilio hands to do not use them. One character outside it turns the whole message into UCS-2 (UTF-16 on the wire).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM7_EXTENSION = frozenset("\f^{}\\[~]|€")
"""Written as an escape and a letter: two septets that are never torn apart."""
LONGEST = 1600
"""Characters that Twilio takes in one message; more is refused with error 21617."""


class Encoding(StrEnum):
    GSM7 = "gsm-7"
    UCS2 = "ucs-2"


@dataclass(frozen=True, slots=True)
class _Room:
    """Units in a message of one segment, and in each of several: the header (UDH) takes six octets."""

    alone: int
    each: int


_ROOM: Mapping[Encoding, _Room] = {Encoding.GSM7: _Room(160, 153), Encoding.UCS2: _Room(70, 67)}


@dataclass(frozen=True, slots=True)
class Weight:
    """`units`: septets or 16-bit units. `left`: units that still fit into the last segment.

    `dear`: the characters that make the message UCS-2, each once, in the order of the text.
    """

    encoding: Encoding
    units: int
    segments: int
    left: int
    dear: tuple[str, ...] = ()


def weigh(text: str) -> Weight:
    """Count what a text takes. Total; an empty text has no segment."""
    dear = tuple(dict.fromkeys(char for char in text if char not in GSM7 and char not in GSM7_EXTENSION))
    encoding = Encoding.UCS2 if dear else Encoding.GSM7
    costs = [cost_of(char, encoding) for char in text]
    units, room = sum(costs), _ROOM[encoding]
    if units <= room.alone:
        return Weight(encoding, units, 1 if text else 0, room.alone - units, dear)
    segments, left = _fill(costs, room.each)
    return Weight(encoding, units, segments, left, dear)


def cost_of(char: str, encoding: Encoding) -> int:
    """Return the units of one character in a message of that encoding."""
    if encoding is Encoding.GSM7:
        return 2 if char in GSM7_EXTENSION else 1
    return 2 if char > "\uffff" else 1


def _fill(costs: list[int], room: int) -> tuple[int, int]:
    """Return how many segments are begun, and the room left in the last: what does not fit whole opens a new one."""
    segments, left = 1, room
    for cost in costs:
        if cost > left:
            segments, left = segments + 1, room
        left -= cost
    return segments, left


@dataclass(frozen=True, slots=True)
class Prices:
    """`by_prefix`: the price of one by the beginning of the number, `+1` or `+1876`; the longest one decides.

    One is a segment of a text, a message of WhatsApp, a minute of a call that was begun.
    """

    currency: str
    by_prefix: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Estimate:
    """From `least` to `most`, which are one where the number is known; None where no price is known for it."""

    currency: str
    least: Decimal | None
    most: Decimal | None


def estimate(count: int, number: str, prices: Prices) -> Estimate:
    """Say what so many cost to a number in E.164 form, or anywhere for "". Carriers' fees are in it or are not."""
    known = price_of(number, prices)
    each = list(prices.by_prefix.values()) if not number else [] if known is None else [known]
    return Estimate(
        prices.currency,
        min(each) * count if each else None,
        max(each) * count if each else None,
    )


def price_of(number: str, prices: Prices) -> Decimal | None:
    """Return the price of one to a number, or None where the table has none."""
    for length in range(len(number), 0, -1):
        if (price := prices.by_prefix.get(number[:length])) is not None:
            return price
    return None
