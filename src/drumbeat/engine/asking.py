"""Asks for the decisions that AI steps wait for: a few at a time, never inside a transaction.

What a dead worker was asking is asked again when its lease is over.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from drumbeat.agents.base import Answer, Decider, Question
from drumbeat.engine.aside import AT_ONCE, PATIENCE, Aside
from drumbeat.store import decisions
from drumbeat.store.decisions import Given
from drumbeat.store.questions import questions_of

log = logging.getLogger(__name__)


class Asker:
    """One worker's questions that are out. `worker` names its leases, which the worker renews."""

    def __init__(self, worker: str, decider: Decider, at_once: int = AT_ONCE) -> None:
        self._decider = decider
        self._aside = Aside[Answer]("decide", f"{worker}.decider", at_once)

    def turn(self, now: datetime) -> bool:
        """Store what was answered, ask what is waiting; return whether there was anything to do."""
        self._aside.give_back(decisions.give_back)
        return any(
            [
                self._aside.store(lambda errand, came, late: _settle(errand.row_id, came, now, late=late)),
                self._aside.give_up(now, lambda errand: _give_up(errand.row_id, now)),
                self._ask(now),
            ]
        )

    def _ask(self, now: datetime) -> bool:
        if not (room := self._aside.room):
            return False
        with self._aside.token() as token:
            with transaction.atomic():
                claimed = decisions.claim(token, room, now)
                broken: dict[int, Exception] = {}
                questions = questions_of(claimed, broken) if claimed else {}
            for decision_id, fault in broken.items():
                _settle(decision_id, fault, now, late=False)
            for decision_id, question in questions.items():
                if question is None:
                    _settle(decision_id, Answer(choice="", reason="The step is gone."), now, late=False)
                else:
                    self._aside.begin(decision_id, token, partial(self._decide, question), now)
        return bool(claimed)

    def _decide(self, question: Question) -> Answer:
        return _answer(self._decider.decide(question))


def _settle(decision_id: int, came: Answer | Exception, now: datetime, *, late: bool) -> None:
    """Store it. An answer that comes too late still counts if nobody was faster; a fault does not."""
    if isinstance(came, Answer):
        try:
            decisions.record(decision_id, _given(came), now)
            return
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # what cannot be stored is no answer
            came = fault
    if not late:
        log.error("decision %s could not be asked for", decision_id, exc_info=came)
        decisions.failed(decision_id, f"{type(came).__name__}: {came}", now)


def _give_up(decision_id: int, now: datetime) -> None:
    log.error("decision %s was not answered in time", decision_id)
    decisions.failed(decision_id, f"no answer within {PATIENCE.total_seconds():.0f} s", now)


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
