"""Work that waits for others: a few at a time, each in a thread of its own that touches no database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from django.db import InterfaceError, OperationalError

AT_ONCE = 4
PATIENCE = timedelta(minutes=2)
"""How long one piece of work may take; then it is begun again later, and its place is free."""
MOST_STUCK = 16
"""No thread can be ended from outside: with so many that took too long nothing more is begun before one ends."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Errand:
    """A piece of work that is out, as long as its thread lives. `row_id`: the row that it is for."""

    row_id: int
    until: datetime


@dataclass(slots=True)
class Aside(Generic[T]):
    """One worker's errands. What comes back is a value, or what was raised instead."""

    name: str
    at_once: int = AT_ONCE
    _out: set[Errand] = field(default_factory=set)
    _stuck: set[Errand] = field(default_factory=set)
    _came: SimpleQueue[tuple[Errand, T | Exception]] = field(default_factory=SimpleQueue)

    @property
    def room(self) -> int:
        """How many more may be begun now."""
        return max(0, min(self.at_once - len(self._out), MOST_STUCK - len(self._stuck)))

    def begin(self, row_id: int, work: Callable[[], T], now: datetime) -> None:
        """Do the work in a thread."""
        errand = Errand(row_id, now + PATIENCE)
        self._out.add(errand)
        name = f"{self.name}-{row_id}"
        threading.Thread(target=self._carry, args=(errand, work), name=name, daemon=True).start()

    def _carry(self, errand: Errand, work: Callable[[], T]) -> None:
        came: T | Exception = RuntimeError("it ended without an answer")
        try:
            came = work()
        except Exception as fault:  # whatever it does, the row stays open and it is begun again
            came = fault
        finally:
            self._came.put((errand, came))

    def store(self, settle: Callable[[int, T | Exception, bool], None]) -> bool:
        """Hand over what came back, with whether it was given up; return whether anything did.

        What a database that is away could not take is handed over again.
        """
        stored = False
        while True:
            try:
                errand, came = self._came.get_nowait()
            except Empty:
                return stored
            stored = True
            try:
                settle(errand.row_id, came, errand in self._stuck)
            except (OperationalError, InterfaceError):
                self._came.put((errand, came))  # our lease is renewed, so nobody else would do it
                raise
            self._out.discard(errand)
            self._stuck.discard(errand)

    def give_up(self, now: datetime, tell: Callable[[int], None]) -> bool:
        """Give up what takes too long and tell whose it was; what still comes of it may count."""
        late = [errand for errand in self._out if errand.until <= now]
        for errand in late:
            tell(errand.row_id)
            self._out.remove(errand)
            self._stuck.add(errand)
        return bool(late)
