"""What an answer used up: tokens, as the server counts them, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

_MILLION = Decimal(1_000_000)
_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Usage:
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)


NOTHING_USED = Usage()


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of a million tokens, in whatever currency the operator thinks. None: nobody said."""

    per_million_in: Decimal | None = None
    per_million_out: Decimal | None = None

    def of(self, used: Usage) -> Decimal | None:
        """Return what it cost, exactly; None when no price is known."""
        if self.per_million_in is None and self.per_million_out is None:
            return None
        read = (self.per_million_in or Decimal(0)) * used.tokens_in
        written = (self.per_million_out or Decimal(0)) * used.tokens_out
        return (read + written) / _MILLION


NO_PRICES = Prices()


def usage_in(answer: Mapping[str, object]) -> Usage:
    """Return what the server says was used. Total: nonsense counts as nothing."""
    said = answer.get("usage")
    if not isinstance(said, Mapping):
        return NOTHING_USED
    return Usage(_count(said.get("prompt_tokens")), _count(said.get("completion_tokens")))


def _count(said: object) -> int:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 <= said <= _MOST else 0
