"""A wire without a network: every touch is ready at once and accepted at once."""

from __future__ import annotations

from collections.abc import Iterable

from drumbeat.channels.base import Receipt
from drumbeat.engine.wire import Ended, Happening, Ready
from drumbeat.store.claims import Claimed

_RECEIPT = Receipt(code="250", text="OK")


class NullWire:
    def __init__(self) -> None:
        self._happened: list[Happening] = []

    def begin(self, claimed: Claimed) -> None:
        self._happened.append(Ready(claimed))

    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None:
        self._happened += [Ended(claimed, _RECEIPT if transmit else None) for claimed in claims]

    def happenings(self, wait_seconds: float) -> list[Happening]:
        happened, self._happened = self._happened, []
        return happened

    def close_sender(self, sender_id: int) -> None:
        pass

    def stop(self) -> None:
        pass
