"""Work that waits for others: a few at a time, each in a thread of its own that touches no database.

Every claim has a token of its own: what comes back for a row that was asked for anew meanwhile is known by the old one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
    """A piece of work that is out, as long as its thread lives: the row that it is for, the claim that took it."""

    row_id: int
    token: str
    until: datetime


@dataclass(slots=True)
class Aside(Generic[T]):
    """One worker's errands. What comes back is a value, or what was raised instead. `tokens` begins its tokens."""

    name: str
    tokens: str
    at_once: int = AT_ONCE
    _count: int = 0
    _doubtful: list[str] = field(default_factory=list)
    _out: set[Errand] = field(default_factory=set)
    _stuck: set[Errand] = field(default_factory=set)
    _came: SimpleQueue[tuple[Errand, T | Exception]] = field(default_factory=SimpleQueue)

    @property
    def room(self) -> int:
        """How many more may be begun now."""
        return max(0, min(self.at_once - len(self._out), MOST_STUCK - len(self._stuck)))

    @contextmanager
    def token(self) -> Iterator[str]:
        """Yield a new token. What it may hold after a failure is to be given back: it would be renewed for ever."""
        self._count += 1
        token = f"{self.tokens}.{self._count}"
        try:
            yield token
        except Exception:
            self._doubtful.append(token)
            raise

    def give_back(self, release: Callable[[str, list[int]], None]) -> None:
        """Have released what a failed claim may hold, but the rows for which work is out."""
        while self._doubtful:
            token = self._doubtful[-1]
            release(token, [one.row_id for one in self._out | self._stuck if one.token == token])
            self._doubtful.pop()

    def begin(self, row_id: int, token: str, work: Callable[[], T], now: datetime) -> None:
        """Do the work in a thread."""
        errand = Errand(row_id, token, now + PATIENCE)
        name = f"{self.name}-{row_id}"
        threading.Thread(target=self._carry, args=(errand, work), name=name, daemon=True).start()
        self._out.add(errand)  # only now: a thread that cannot be started takes no place

    def _carry(self, errand: Errand, work: Callable[[], T]) -> None:
        came: T | Exception = RuntimeError("it ended without an answer")
        try:
            came = work()
        except Exception as fault:  # whatever it does, the row stays open and it is begun again
            came = fault
        finally:
            self._came.put((errand, came))

    def store(self, settle: Callable[[Errand, T | Exception, bool], None]) -> bool:
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
                settle(errand, came, errand in self._stuck)
            except (OperationalError, InterfaceError):
                self._came.put((errand, came))  # our lease is renewed, so nobody else would do it
                raise
            self._out.discard(errand)
            self._stuck.discard(errand)

    def give_up(self, now: datetime, tell: Callable[[Errand], None]) -> bool:
        """Give up what takes too long and tell whose it was; what still comes of it may count."""
        late = [errand for errand in self._out if errand.until <= now]
        for errand in late:
            tell(errand)
            self._out.remove(errand)
            self._stuck.add(errand)
        return bool(late)
