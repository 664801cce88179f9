"""The engine's rounds at moments that a test chooses: planner, jobs and dispatcher over a wire that accepts all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from drumbeat.engine import jobs
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import Ended, Happening, Ready
from drumbeat.store.claims import Claimed
from tests.support.hand_wire import ACCEPTED


@dataclass
class AcceptingWire:
    """Ready at once, accepted at once. `left`: what was handed over, with the moment."""

    now: datetime | None = None
    left: list[tuple[datetime, Claimed]] = field(default_factory=list)
    begun: int = 0
    _happened: list[Happening] = field(default_factory=list)

    def begin(self, claimed: Claimed) -> None:
        self.begun += 1
        self._happened.append(Ready(claimed))

    def decide(self, claims: Iterable[Claimed], *, transmit: bool) -> None:
        for claimed in claims:
            if transmit:
                assert self.now is not None
                self.left.append((self.now, claimed))
            self._happened.append(Ended(claimed, ACCEPTED if transmit else None))

    def happenings(self, wait_seconds: float) -> list[Happening]:
        happened, self._happened = self._happened, []
        return happened

    def close_sender(self, sender_id: int) -> None:
        pass

    def stop(self) -> None:
        pass


class Clockwork:
    """One worker's work, moved by hand."""

    def __init__(self, name: str = "clockwork") -> None:
        self.wire = AcceptingWire()
        self._planner, self._dispatcher = Planner(), Dispatcher(name, self.wire)

    def run(self, now: datetime) -> list[Claimed]:
        """Work until nothing is due at this moment; return what left."""
        self.wire.now, before = now, len(self.wire.left)
        while True:
            worked = self._planner.plan_once(now)
            while jobs.run_once(now):
                worked += 1
            while self._dispatcher.turn(now, wait_seconds=0):
                worked += 1
            if not worked:
                return [claimed for _, claimed in self.wire.left[before:]]

    @property
    def moments(self) -> list[datetime]:
        """Return when each message left."""
        return [at for at, _ in self.wire.left]
