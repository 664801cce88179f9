"""Asks for the decisions that AI steps wait for: a few at a time, each in a thread, never inside a transaction.

The threads touch no database. What a dead worker was asking is asked again when its lease is over.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue

from django.db import transaction

from drumbeat.agents.base import Answer, Decider, Question
from drumbeat.store import decisions
from drumbeat.store.decisions import Given
from drumbeat.store.questions import questions_of

log = logging.getLogger(__name__)

AT_ONCE = 4


@dataclass(slots=True)
class Asker:
    """One worker's questions that are out. `worker` names its leases, which the worker renews."""

    worker: str
    decider: Decider
    at_once: int = AT_ONCE
    _out: int = 0
    _came: SimpleQueue[tuple[int, Answer | Exception]] = field(default_factory=SimpleQueue)

    def turn(self, now: datetime) -> bool:
        """Store what was answered, ask what is waiting; return whether there was anything to do."""
        return any([self._store(now), self._ask(now)])

    def _store(self, now: datetime) -> bool:
        stored = False
        while True:
            try:
                decision_id, came = self._came.get_nowait()
            except Empty:
                return stored
            stored = True
            try:
                _settle(decision_id, came, now)
            except Exception:
                self._came.put((decision_id, came))  # our lease is renewed, so nobody else would ask
                raise
            self._out -= 1

    def _ask(self, now: datetime) -> bool:
        room = self.at_once - self._out
        if room <= 0:
            return False
        with transaction.atomic():
            asked = decisions.claim(f"{self.worker}.decider", room, now)
            questions = questions_of(asked) if asked else {}
        for decision_id, question in questions.items():
            self._out += 1
            if question is None:
                self._came.put((decision_id, Answer(choice="", reason="The step is gone.")))
                continue
            name = f"decide-{decision_id}"
            threading.Thread(target=self._carry, args=(decision_id, question), name=name, daemon=True).start()
        return bool(asked)

    def _carry(self, decision_id: int, question: Question) -> None:
        try:
            self._came.put((decision_id, self.decider.decide(question)))
        except Exception as fault:  # whatever a decider does, the question stays open and is asked again
            self._came.put((decision_id, fault))


def _settle(decision_id: int, came: Answer | Exception, now: datetime) -> None:
    if isinstance(came, Exception):
        log.error("decision %s could not be asked for", decision_id, exc_info=came)
        decisions.failed(decision_id, f"{type(came).__name__}: {came}", now)
    else:
        decisions.record(decision_id, _given(came), now)


def _given(answer: Answer) -> Given:
    return Given(
        answer=answer.choice,
        reason=answer.reason,
        score=answer.score,
        confidence=answer.confidence,
        model=answer.model,
        cost=answer.cost,
    )
