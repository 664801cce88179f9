"""Answers that are kept for a moment, because many screens ask the same each second."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

AnswerT = TypeVar("AnswerT")

CHEAP_SECONDS = 0.02
SHARE = 10
LONGEST_SECONDS = 30.0
MOST_ANSWERS = 1_000


class Kept:
    """Keeps an answer ten times as long as it took: counting a large table costs a tenth of a core at most.

    What took less than 20 ms is not kept, nothing is kept longer than 30 s. The key names all that the answer depends
    on: whose contacts are counted too. Whether somebody may ask is said before: a kept answer asks nobody.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._answers: dict[Hashable, tuple[float, Any]] = {}

    def ask(self, key: Hashable, question: Callable[[], AnswerT]) -> AnswerT:
        """Return what `question` answers, or the kept answer to the same `key`."""
        began = self._ticks()
        until, answer = self._answers.get(key, (0.0, None))
        if began < until:
            return answer  # type: ignore[no-any-return]  # the key names the question, the question its type
        fresh = question()
        took = self._ticks() - began
        if took >= CHEAP_SECONDS:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            self._answers[key] = (began + took + min(took * SHARE, LONGEST_SECONDS), fresh)
        return fresh
