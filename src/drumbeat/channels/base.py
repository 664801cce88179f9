"""What every channel promises the dispatcher.

Sending has two halves, so that the hand-over mark can be committed between them:
`prepare` gets as far as it can without handing anything over, `transmit` hands over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from drumbeat.core.smtp_codes import Scope
from drumbeat.core.touch import FailureReason

__all__ = [
    "Channel",
    "PermanentRefusal",
    "Prepared",
    "Receipt",
    "Refusal",
    "Scope",
    "TemporaryRefusal",
    "Unclear",
]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The far side took responsibility for the message."""

    provider_id: str = ""
    code: str = ""
    text: str = ""


class Refusal(Exception):
    """Known not to have been accepted. `code` is the far side's own, e.g. "550 5.1.1", or empty."""

    def __init__(
        self, text: str, *, reason: FailureReason, code: str = "", scope: Scope = Scope.RECIPIENT
    ) -> None:
        super().__init__(f"{code} {text}".strip())
        self.text = text
        self.code = code
        self.reason: FailureReason = reason
        self.scope = scope


class PermanentRefusal(Refusal):
    """Trying again would be answered the same. With sender scope the sender needs a person, not the touch.

    `suppress` is true only when the address itself is known to be dead.
    """

    def __init__(
        self,
        text: str,
        *,
        reason: FailureReason = FailureReason.REJECTED_PERMANENT,
        code: str = "",
        scope: Scope = Scope.RECIPIENT,
        suppress: bool = False,
    ) -> None:
        super().__init__(text, reason=reason, code=code, scope=scope)
        self.suppress = suppress


class TemporaryRefusal(Refusal):
    """May be tried again with the same key. `retry_after` is the far side's wish, where it gave one."""

    def __init__(
        self,
        text: str,
        *,
        reason: FailureReason = FailureReason.REJECTED_TEMPORARY,
        code: str = "",
        scope: Scope = Scope.RECIPIENT,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(text, reason=reason, code=code, scope=scope)
        self.retry_after = retry_after


class Unclear(Exception):
    """It may have gone out: nobody sends it again by himself."""

    def __init__(self, text: str, *, code: str = "") -> None:
        super().__init__(f"{code} {text}".strip())
        self.text = text
        self.code = code


class Prepared(Protocol):
    """A touch whose recipient is accepted and of which nothing has been handed over.

    Exactly one of the two is awaited, once.
    """

    async def transmit(self) -> Receipt:
        """Hand over. Raises a `Refusal` when it was not accepted, `Unclear` when that cannot be known."""
        ...

    async def abandon(self) -> None:
        """Give the connection back with nothing handed over. Never raises."""
        ...


OutboundT_contra = TypeVar("OutboundT_contra", contravariant=True)


class Channel(Protocol[OutboundT_contra]):
    """One sender's way out; `OutboundT_contra` is the channel's own frozen value."""

    async def prepare(self, outbound: OutboundT_contra) -> Prepared:
        """Go as far as possible without handing anything over. Raises a `Refusal`, never `Unclear`."""
        ...

    async def close(self) -> None:
        """Close what is idle; what is on the wire ends first."""
        ...
