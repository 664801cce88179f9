"""Has agents write what people may answer to contacts: a few at a time, never inside a transaction, and sends nothing.

What a dead worker had written is written again when its lease is over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from drumbeat import crash
from drumbeat.agents.drafting import Drafted, Drafter
from drumbeat.core.autonomy import Because, may_draft
from drumbeat.core.personas import ActionKind, Policy
from drumbeat.core.prompts import fingerprint_of
from drumbeat.engine.aside import PATIENCE, Aside, Errand
from drumbeat.store import agents, answer_drafts, answer_outcomes, answer_requests, writings
from drumbeat.store.answer_requests import Asked

log = logging.getLogger(__name__)
AT_ONCE = 2
"""People wait for answers, and contacts for first mails: neither may take all the places of the other."""


class Answering:
    """One worker's answers that are being written. `drafter` None: no model is configured."""

    def __init__(self, worker: str, drafter: Drafter | None, at_once: int = AT_ONCE) -> None:
        self._drafter = drafter
        self._aside = Aside[Drafted]("answer", f"{worker}.answerer", at_once)
        self._orders: dict[tuple[int, str], _Order] = {}
        """What was ordered of each answer that is out, whatever becomes of its draft meanwhile."""

    def turn(self, now: datetime) -> bool:
        """Keep what was written, ask for what is wanted; return whether there was anything to do."""
        self._aside.give_back(answer_drafts.give_back)
        return any(
            [
                self._aside.store(lambda errand, came, late: self._settle(errand, came, now, late=late)),
                self._aside.give_up(now, lambda errand: _give_up(errand, now)),
                self._ask(now),
            ]
        )

    def _ask(self, now: datetime) -> bool:
        if not (room := self._aside.room):
            return False
        with self._aside.token() as token:
            with transaction.atomic():
                claimed = answer_drafts.claim(token, room, now)
                broken: dict[int, Exception] = {}
                asked = answer_requests.load(claimed, now, broken)
                todo = [(one.draft.pk, self._todo_or_fault(one, token, now)) for one in asked]
                todo += [(id_, partial(_unread, id_, token, fault, now)) for id_, fault in broken.items()]
            crash.point("D4")
            for draft_id, act in todo:
                _each(draft_id, token, act, now)
        return bool(claimed)

    def _todo_or_fault(self, asked: Asked, token: str, now: datetime) -> Callable[[], None]:
        """Return what is to be done about a claimed draft. What cannot be read of one must not hold up the others."""
        try:
            return self._todo(asked, token, now)
        except DatabaseError:
            raise
        except Exception as fault:
            return partial(_unread, asked.draft.pk, token, fault, now)

    def _todo(self, asked: Asked, token: str, now: datetime) -> Callable[[], None]:
        draft, agent, request = asked.draft, asked.agent, asked.request
        if not answer_drafts.may_be_answered(draft):
            return partial(answer_outcomes.withdraw, draft.pk, token, now)
        if agent is None or request is None or self._drafter is None:
            because = Because.NO_AGENT if agent is None else Because.NO_MODEL
            return partial(answer_outcomes.give_up, draft.pk, token, because, now)
        counts = agents.counts_of(agent, ActionKind.REPLY, draft.workspace, now)
        verdict = may_draft(request.agent, ActionKind.REPLY, counts)
        if verdict.passes_by_itself and draft.text:  # better the text that is there than none until tomorrow
            return partial(answer_outcomes.give_up, draft.pk, token, verdict.because, now)
        if verdict.passes_by_itself:
            until = agents.tomorrow(draft.workspace, now)
            return partial(answer_outcomes.put_off, draft, verdict.because, until)
        if verdict.policy is Policy.DISABLED:
            return partial(answer_outcomes.give_up, draft.pk, token, Because.DISABLED, now)
        answer_drafts.entrust(draft, agent)
        taken = writings.reserve(agent, now, is_trial=False)
        order = _Order(taken.pk, fingerprint_of(request))
        return partial(self._begin, draft.pk, token, order, partial(self._drafter.draft, request), now)

    def _begin(
        self, draft_id: int, token: str, order: _Order, work: Callable[[], Drafted], now: datetime
    ) -> None:
        try:
            self._aside.begin(draft_id, token, work, now)
        except Exception:
            writings.release(order.writing_id)
            raise
        self._orders[draft_id, token] = order

    def _settle(self, errand: Errand, came: Drafted | Exception, now: datetime, *, late: bool) -> None:
        """Keep it. An answer that comes too late, or for a claim that is over, is only accounted for."""
        order = self._orders[errand.row_id, errand.token]
        if isinstance(came, Drafted):
            crash.point("D5")
        answer_outcomes.account(order.writing_id, came)
        _keep(errand, order.fingerprint, came, now, late=late)
        del self._orders[errand.row_id, errand.token]


@dataclass(frozen=True, slots=True)
class _Order:
    """Where an answer is accounted for, and from what it is written."""

    writing_id: int
    fingerprint: str


def _keep(errand: Errand, fingerprint: str, came: Drafted | Exception, now: datetime, *, late: bool) -> None:
    if isinstance(came, Drafted):
        try:
            answer_outcomes.record(errand.row_id, errand.token, came, fingerprint, now)
            crash.point("D6")
            return
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # what cannot be stored is no text
            came = fault
    if not late:
        log.error("answer %s could not be written", errand.row_id, exc_info=came)
        answer_outcomes.failed(errand.row_id, errand.token, came, now)


def _each(draft_id: int, token: str, act: Callable[[], None], now: datetime) -> None:
    """Do it to one claimed draft. What fails for one must not keep the others from being written."""
    try:
        act()
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        _unread(draft_id, token, fault, now)


def _unread(draft_id: int, token: str, fault: Exception, now: datetime) -> None:
    log.error("answer %s is put off", draft_id, exc_info=fault)
    answer_outcomes.failed(draft_id, token, fault, now, Because.OWN_FAULT)


def _give_up(errand: Errand, now: datetime) -> None:
    log.error("answer %s was not written in time", errand.row_id)
    fault = TimeoutError(f"no answer within {PATIENCE.total_seconds():.0f} s")
    answer_outcomes.failed(errand.row_id, errand.token, fault, now)
