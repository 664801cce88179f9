"""Fetches what was only named: a few at a time, each in a thread, never inside a transaction.

The threads touch no database. What a dead worker was fetching is tried again when its lease is over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import Generic, TypeAlias, TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Model

from drumbeat.core.errors import DomainError

AT_ONCE = 2
Came: TypeAlias = bytes | Exception | None
"""What came of a fetch: the bytes, what went wrong, or None for what brings nothing."""


WishT = TypeVar("WishT", bound=Model)


@dataclass(frozen=True, slots=True)
class Kind(Generic[WishT]):
    """What is fetched. `claim` takes what is due; `begin` returns the work for a thread; `settle` writes what came.

    `begin` raises DomainError, KeyError, ValueError or TypeError for what cannot be asked for.
    """

    claim: Callable[[int, datetime], Sequence[WishT]]
    begin: Callable[[WishT], Callable[[], bytes | None]]
    settle: Callable[[WishT, Came, datetime], None]


@dataclass(slots=True)
class Fetcher(Generic[WishT]):
    """One worker's fetches that are under way; an answer takes a bounded time, so each place is free again."""

    kind: Kind[WishT]
    at_once: int = AT_ONCE
    _out: int = 0
    _came: SimpleQueue[tuple[WishT, Came]] = field(default_factory=SimpleQueue)

    def turn(self, now: datetime) -> bool:
        """Store what came, begin what is due; return whether there was anything to do."""
        return any([self._store(now), self._begin(now)])

    @property
    def busy(self) -> bool:
        return bool(self._out)

    def _store(self, now: datetime) -> bool:
        stored = False
        while True:
            try:
                wish, came = self._came.get_nowait()
            except Empty:
                return stored
            stored = True
            try:
                self.kind.settle(wish, came, now)
            except (OperationalError, InterfaceError):
                self._came.put((wish, came))
                raise
            self._out -= 1

    def _begin(self, now: datetime) -> bool:
        if self._out >= self.at_once:
            return False
        with transaction.atomic():
            claimed = self.kind.claim(self.at_once - self._out, now)
        for wish in claimed:
            self._out += 1
            try:
                work = self.kind.begin(wish)
            except (DomainError, KeyError, ValueError, TypeError) as fault:
                self._came.put((wish, fault))
                continue
            threading.Thread(
                target=self._carry, args=(wish, work), name=f"fetch-{wish.pk}", daemon=True
            ).start()
        return bool(claimed)

    def _carry(self, wish: WishT, work: Callable[[], bytes | None]) -> None:
        came: Came = RuntimeError("the fetch ended without an answer")
        try:
            came = work()
        except Exception as fault:  # whatever the far side does, it is tried again and then set aside
            came = fault
        finally:
            self._came.put((wish, came))
