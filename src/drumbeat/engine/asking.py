"""Asks for the decisions that AI steps wait for: a few at a time, each in a thread, never inside a transaction.

The threads touch no database. What a dead worker was asking is asked again when its lease is over.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from django.db import InterfaceError, OperationalError, transaction

from drumbeat.agents.base import Answer, Decider, Question
from drumbeat.store import decisions
from drumbeat.store.decisions import Given
from drumbeat.store.questions import questions_of

log = logging.getLogger(__name__)

AT_ONCE = 4
PATIENCE = timedelta(minutes=2)
"""How long one question may take; then it is asked again later, and its place is free."""
MOST_STUCK = 16
"""No thread can be ended from outside: with so many that took too long nothing more is asked before one ends."""


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A question that is out, as long as its thread lives."""

    decision_id: int
    until: datetime


@dataclass(slots=True)
class Asker:
    """One worker's questions that are out. `worker` names its leases, which the worker renews."""

    worker: str
    decider: Decider
    at_once: int = AT_ONCE
    _out: set[_Asked] = field(default_factory=set)
    _stuck: set[_Asked] = field(default_factory=set)
    _came: SimpleQueue[tuple[_Asked, Answer | Exception]] = field(default_factory=SimpleQueue)

    def turn(self, now: datetime) -> bool:
        """Store what was answered, ask what is waiting; return whether there was anything to do."""
        return any([self._store(now), self._give_up(now), self._ask(now)])

    def _store(self, now: datetime) -> bool:
        stored = False
        while True:
            try:
                asked, came = self._came.get_nowait()
            except Empty:
                return stored
            stored = True
            try:
                self._settle(asked, came, now)
            except (OperationalError, InterfaceError):
                self._came.put((asked, came))  # our lease is renewed, so nobody else would ask
                raise
            self._out.discard(asked)
            self._stuck.discard(asked)

    def _settle(self, asked: _Asked, came: Answer | Exception, now: datetime) -> None:
        """Store it. An answer that comes too late still counts if nobody was faster; a fault does not."""
        if isinstance(came, Answer):
            try:
                decisions.record(asked.decision_id, _given(came), now)
                return
            except (OperationalError, InterfaceError):
                raise
            except Exception as fault:  # what cannot be stored is no answer
                came = fault
        if asked not in self._stuck:
            log.error("decision %s could not be asked for", asked.decision_id, exc_info=came)
            decisions.failed(asked.decision_id, f"{type(came).__name__}: {came}", now)

    def _give_up(self, now: datetime) -> bool:
        late = [asked for asked in self._out if asked.until <= now]
        for asked in late:
            log.error("decision %s was not answered in time", asked.decision_id)
            decisions.failed(asked.decision_id, f"no answer within {PATIENCE.total_seconds():.0f} s", now)
            self._out.remove(asked)
            self._stuck.add(asked)
        return bool(late)

    def _ask(self, now: datetime) -> bool:
        room = min(self.at_once - len(self._out), MOST_STUCK - len(self._stuck))
        if room <= 0:
            return False
        with transaction.atomic():
            claimed = decisions.claim(f"{self.worker}.decider", room, now)
            questions = questions_of(claimed) if claimed else {}
        for decision_id, question in questions.items():
            asked = _Asked(decision_id, now + PATIENCE)
            self._out.add(asked)
            if question is None:
                self._came.put((asked, Answer(choice="", reason="The step is gone.")))
                continue
            name = f"decide-{decision_id}"
            threading.Thread(target=self._carry, args=(asked, question), name=name, daemon=True).start()
        return bool(claimed)

    def _carry(self, asked: _Asked, question: Question) -> None:
        came: Answer | Exception = RuntimeError("the decider ended without an answer")
        try:
            came = _answer(self.decider.decide(question))
        except Exception as fault:  # whatever a decider does, the question stays open and is asked again
            came = fault
        finally:
            self._came.put((asked, came))


def _answer(said: object) -> Answer:
    """Whoever decides is written by somebody else: what is no answer is a fault of theirs."""
    if not isinstance(said, Answer):
        raise TypeError(f"the decider returned {type(said).__name__}, not an Answer")
    return said


def _given(answer: Answer) -> Given:
    return Given(
        answer=answer.choice,
        reason=answer.reason,
        score=answer.score,
        confidence=answer.confidence,
        model=answer.model,
        cost=answer.cost,
    )
