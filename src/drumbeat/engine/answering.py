"""Has agents write what people may answer to contacts: a few at a time, never inside a transaction, and sends nothing.

What a dead worker had written is written again when its lease is over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from drumbeat import crash
from drumbeat.agents.drafting import Drafted, Drafter
from drumbeat.core.autonomy import Because, may_draft
from drumbeat.core.personas import ActionKind, Policy
from drumbeat.engine.aside import PATIENCE, Aside, Errand
from drumbeat.models import AnswerDraft
from drumbeat.store import agents, answer_drafts, answer_outcomes

log = logging.getLogger(__name__)
AT_ONCE = 2
"""People wait for answers, and contacts for first mails: neither may take all the places of the other."""


class Answering:
    """One worker's answers that are being written. `drafter` None: no model is configured."""

    def __init__(self, worker: str, drafter: Drafter | None, at_once: int = AT_ONCE) -> None:
        self._drafter = drafter
        self._aside = Aside[Drafted]("answer", f"{worker}.answerer", at_once)
        self._payers: dict[tuple[int, str], int] = {}
        """Which agent each answer that is out costs, whatever becomes of its draft meanwhile."""

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
                todo = [self._todo(one, token, now) for one in claimed]
            crash.point("D4")
            for act in todo:
                act()
        return bool(claimed)

    def _todo(self, draft: AnswerDraft, token: str, now: datetime) -> Callable[[], None]:
        """Return what is to be done about a claimed draft once the claim is committed."""
        if not answer_drafts.may_be_answered(draft):
            return partial(answer_outcomes.withdraw, draft.pk, token, now)
        agent = answer_drafts.writer_of(draft.message)
        if agent is None or self._drafter is None:
            because = Because.NO_AGENT if agent is None else Because.NO_MODEL
            return partial(answer_outcomes.give_up, draft.pk, token, because, now)
        request = answer_outcomes.request_of(draft, agent, now)
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
        return partial(self._begin, draft.pk, token, agent.pk, partial(self._drafter.draft, request), now)

    def _begin(
        self, draft_id: int, token: str, agent_id: int, work: Callable[[], Drafted], now: datetime
    ) -> None:
        self._payers[draft_id, token] = agent_id
        self._aside.begin(draft_id, token, work, now)

    def _settle(self, errand: Errand, came: Drafted | Exception, now: datetime, *, late: bool) -> None:
        """Keep it. An answer that comes too late, or for a claim that is over, is only accounted for."""
        payer = self._payers.get((errand.row_id, errand.token), 0)
        _keep(errand, payer, came, now, late=late)
        self._payers.pop((errand.row_id, errand.token), None)


def _keep(errand: Errand, payer: int, came: Drafted | Exception, now: datetime, *, late: bool) -> None:
    if isinstance(came, Drafted):
        crash.point("D5")
        try:
            answer_outcomes.record(errand.row_id, errand.token, payer, came, now)
            return
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # what cannot be stored is no text
            came = fault
    if not late:
        log.error("answer %s could not be written", errand.row_id, exc_info=came)
        answer_outcomes.failed(errand.row_id, errand.token, payer, came, now)


def _give_up(errand: Errand, now: datetime) -> None:
    log.error("answer %s was not written in time", errand.row_id)
    fault = TimeoutError(f"no answer within {PATIENCE.total_seconds():.0f} s")
    answer_outcomes.failed(errand.row_id, errand.token, 0, fault, now)
