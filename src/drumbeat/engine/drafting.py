"""Has agents write what their steps wait for: a few at a time, never inside a transaction.

Who needs no draft is not held up: the planner and the dispatcher go on beside it. What a dead worker had written is
written again when its lease is over.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from drumbeat import crash
from drumbeat.agents.drafting import Drafted, Drafter
from drumbeat.core.autonomy import Because, Counts, may_draft
from drumbeat.core.personas import ActionKind, Policy
from drumbeat.core.prompts import DraftRequest, fingerprint_of, is_untrue
from drumbeat.engine.aside import AT_ONCE, PATIENCE, Aside, Errand
from drumbeat.models import Agent, Draft, Workspace
from drumbeat.store import agents, answer_drafts, draft_outcomes, draft_requests, drafts
from drumbeat.store.draft_requests import NEEDED, Asked

log = logging.getLogger(__name__)

RENEW_EVERY = timedelta(seconds=30)
ROUSE_EVERY = timedelta(seconds=5)
"""Never in each turn: very many may rest."""
RENEWED_AT_ONCE = 50
COMPARED_EVERY = timedelta(minutes=5)
"""How long a draft that waits for a person goes without a look at whether it still holds."""


class Drafting:
    """One worker's drafts that are being written. `drafter` None: no model is configured."""

    def __init__(self, worker: str, drafter: Drafter | None, at_once: int = AT_ONCE) -> None:
        self._drafter = drafter
        self._aside = Aside[_Written]("draft", f"{worker}.drafter", at_once)

    def turn(self, now: datetime) -> bool:
        """Store what was written, ask for what is wanted; return whether there was anything to do."""
        self._aside.give_back(drafts.give_back)
        return any(
            [
                self._aside.store(lambda errand, came, late: _settle(errand, came, now, late=late)),
                self._aside.give_up(now, lambda errand: _give_up(errand, now)),
                self._ask(now),
            ]
        )

    def _ask(self, now: datetime) -> bool:
        if not (room := self._aside.room):
            return False
        with self._aside.token() as token:
            with transaction.atomic():
                claimed = drafts.claim(token, room, now)
                broken: dict[int, Exception] = {}
                wanted = {asked.draft.pk: asked for asked in draft_requests.load(claimed, now, broken)}
                for draft_id, fault in broken.items():
                    log.error("draft %s cannot be read", draft_id, exc_info=fault)
                    draft_outcomes.put_off_faulty(draft_id, token, fault, now)
                day = _Day(now)
                todo = [
                    (one.pk, self._todo(one, token, wanted.get(one.pk), wanted, day, now))
                    for one in claimed
                    if one.pk not in broken
                ]
            crash.point("D1")
            for draft_id, act in todo:
                if act is not None:
                    _each(draft_id, token, act, now)
        return bool(claimed)

    def _todo(
        self,
        draft: Draft,
        token: str,
        asked: Asked | None,
        claimed: Collection[int],
        day: _Day,
        now: datetime,
    ) -> Callable[[], None] | None:
        """Return what is to be done about a claimed draft once the claim is committed."""
        if asked is not None and asked.request is not None and _still_holds(draft, asked.request):
            return partial(draft_outcomes.keep, draft.pk, token, now)
        if asked is not None and draft_outcomes.is_edited(draft):
            return partial(draft_outcomes.hold, draft.pk, token, now)
        if asked is None or asked.agent is None or asked.request is None:
            return partial(draft_outcomes.set_aside, draft.pk, token, Because.NO_AGENT, now)
        if self._drafter is None:
            return partial(draft_outcomes.set_aside, draft.pk, token, Because.NO_MODEL, now)
        kind = ActionKind(draft.touch.kind)
        counts = day.counts(asked.agent, kind, draft.workspace, claimed)
        verdict = may_draft(asked.request.agent, kind, counts)
        if verdict.passes_by_itself:
            draft_outcomes.put_off(draft, verdict.because, agents.tomorrow(draft.workspace, now))
            return None
        if verdict.policy is Policy.DISABLED:
            return partial(draft_outcomes.set_aside, draft.pk, token, Because.DISABLED, now)
        day.begun[asked.agent.pk] += 1
        drafts.entrust(draft, asked.agent)
        return partial(
            self._aside.begin, draft.pk, token, partial(_written, self._drafter, asked.request), now
        )


def _still_holds(draft: Draft, request: DraftRequest) -> bool:
    return bool(draft.text and draft.fingerprint) and not is_untrue(draft.fingerprint, request)


class _Day:
    """What limits the agents of one turn. Counted once for each, for nothing else is written in between."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._counted: dict[tuple[int, ActionKind], Counts] = {}
        self.begun: Counter[int] = Counter()

    def counts(self, agent: Agent, kind: ActionKind, workspace: Workspace, but: Collection[int]) -> Counts:
        """Return the counts of an agent, with what this turn has begun for it."""
        key = (agent.pk, kind)
        if key not in self._counted:
            self._counted[key] = agents.counts_of(agent, kind, workspace, self._now, but)
        counts = self._counted[key]
        return replace(counts, drafts_today=counts.drafts_today + self.begun[agent.pk])


def _each(draft_id: int, token: str, act: Callable[[], None], now: datetime) -> None:
    """Do it to one claimed draft. What fails for one must not keep the others from being written."""
    try:
        act()
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("draft %s is put off", draft_id)
        draft_outcomes.put_off_faulty(draft_id, token, fault, now)


@dataclass(frozen=True, slots=True)
class _Written:
    """What a drafter wrote, and the fingerprint of what it was told."""

    drafted: Drafted
    fingerprint: str


def _settle(errand: Errand, came: _Written | Exception, now: datetime, *, late: bool) -> None:
    """Store it. A text that comes too late, or for a claim that is over, is only accounted for."""
    if isinstance(came, _Written):
        crash.point("D2")
        try:
            draft_outcomes.record(errand.row_id, errand.token, came.drafted, came.fingerprint, now)
            crash.point("D3")
            return
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:  # what cannot be stored is no text
            came = fault
    if not late:
        log.error("draft %s could not be written", errand.row_id, exc_info=came)
        _fail(errand, came, now)


def _give_up(errand: Errand, now: datetime) -> None:
    log.error("draft %s was not written in time", errand.row_id)
    _fail(errand, TimeoutError(f"no answer within {PATIENCE.total_seconds():.0f} s"), now)


def _fail(errand: Errand, fault: Exception, now: datetime) -> None:
    act = partial(draft_outcomes.failed, errand.row_id, errand.token, fault, now)
    _each(errand.row_id, errand.token, act, now)


def _written(drafter: Drafter, request: DraftRequest) -> _Written:
    """Whoever writes is written by somebody else: what is no draft is a fault of theirs."""
    said = drafter.draft(request)
    if not isinstance(said, Drafted):
        raise TypeError(f"the drafter returned {type(said).__name__}, not a Drafted")
    return _Written(said, fingerprint_of(request))


def rouse_once(now: datetime) -> None:
    """Have what rested with a sequence, a contact or a workspace written where that goes on."""
    drafts.rouse(now)
    answer_drafts.rouse(now)


def renew_once(now: datetime) -> None:
    """Have drafts written anew that nobody answered for too long, or that rest on what is no longer so."""
    drafts.drop_unwanted()
    for draft_id in drafts.too_old(now, RENEWED_AT_ONCE):
        draft_outcomes.renew(draft_id, now)
    ids = drafts.unchecked(now - COMPARED_EVERY, RENEWED_AT_ONCE)
    rows = list(Draft.objects.filter(id__in=ids).select_related(*NEEDED))
    broken: dict[int, Exception] = {}
    for asked in draft_requests.load(rows, now, broken):
        if draft_requests.is_outdated(asked):
            draft_outcomes.outdate(asked.draft.pk, now)
    for draft_id, fault in broken.items():
        log.error("draft %s cannot be read", draft_id, exc_info=fault)
    Draft.objects.filter(id__in=ids).update(checked_at=now)
