"""What becomes of a draft that was asked for: its text stored, put off, stood in for, written anew.

Each function is a transaction of its own, and does nothing for a draft that nobody needs any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from drumbeat.agents.drafting import Drafted
from drumbeat.agents.faults import ModelFault
from drumbeat.agents.usage import NOTHING_USED, Usage
from drumbeat.core.autonomy import Because, goes_without_a_person, may_send
from drumbeat.core.draft_checks import Concern, Severity
from drumbeat.core.drafts import words_of
from drumbeat.core.personas import ActionKind, Policy
from drumbeat.core.touch import SkipReason, TouchStatus
from drumbeat.models import Agent as AgentRow
from drumbeat.models import Draft, DraftState, Touch, Writing
from drumbeat.models.draft import WANTED
from drumbeat.store import agents, draft_requests, drafts, sql
from drumbeat.store.draft_requests import Asked
from drumbeat.store.evidence import storable

TRIES_APART = timedelta(seconds=10)
LONGEST_APART = timedelta(minutes=10)
LONGEST_APART_UNREAD = timedelta(hours=1)
PATIENCE = timedelta(hours=1)
"""How long a model that does not answer is asked again, at least once, before the draft is given up."""
MOST_RENEWALS = 4
OUTDATED_APART = timedelta(minutes=5)
MOST_WRITTEN = 5
"""How often a draft is written before it is not written anew for what it rests on: each text costs."""
MOST_TRIES = 1_000
"""What is counted of them: one that can never be read is tried for ever, and the column is small."""
LONGEST_TEXT = 20_000
_LONGEST = {"model": 100, "prompt": 100_000, "said": LONGEST_TEXT, "fault": 2_000}
_BY_PERSON = ("approved", "edited")
_BY_AGENT = "autonomous"
HIGHEST_COST = Decimal(1_000_000)
NOTHING_WRITTEN = Concern("empty", Severity.STOP, "There is no text: write one, or reject the draft.")


def record(draft_id: int, token: str, drafted: Drafted, fingerprint: str, now: datetime) -> None:
    """Store what was written, and let it leave or wait as the agent may. What it cost is kept in any case.

    `fingerprint` is of what it was written from: stored with the text, so that neither is ever of another time.
    """
    with transaction.atomic():
        draft = _ours(draft_id, token)
        _account(draft_id, drafted, now)
        if draft is None:
            return
        made, concerns = drafted.draft, list(drafted.concerns)
        draft.subject = draft.original_subject = storable(made.subject, LONGEST_TEXT)
        draft.text = draft.original_text = storable(made.text, LONGEST_TEXT)
        draft.is_fallback, draft.model, draft.fingerprint = False, storable(drafted.model, 100), fingerprint
        draft.concerns, draft.risk = shown(concerns), risk_of(concerns)
        draft.facts, draft.fault, draft.written_at = _facts_used(draft, made.facts), "", now
        policy, because = _may_leave(draft)
        _let(draft, because, now, goes=policy is Policy.AUTONOMOUS)


def _may_leave(draft: Draft) -> tuple[Policy, Because]:
    """Ask the agent as it is now: it may have been told otherwise since it was asked to write."""
    writer = _writer(draft)
    if writer is None:
        return Policy.APPROVAL, Because.NO_AGENT
    kind = ActionKind(draft.touch.kind)
    approved = agents.approved_by_people(writer, kind)
    verdict = may_send(agents.persona_of(writer), kind, approved, len(draft.concerns))
    return verdict.policy, verdict.because


def _writer(draft: Draft) -> AgentRow | None:
    enrollment = draft.touch.enrollment
    sequence_id = enrollment.sequence_id if enrollment is not None else 0
    return agents.writers_of([sequence_id]).get(sequence_id)


def _facts_used(draft: Draft, numbers: tuple[int, ...]) -> list[str]:
    known = draft.agent.facts if draft.agent is not None else []
    return [known[number - 1] for number in numbers if number <= len(known)]


def shown(concerns: list[Concern]) -> list[dict[str, str]]:
    return [{**asdict(one), "severity": one.severity.value} for one in concerns]


def risk_of(concerns: list[Concern]) -> str:
    """Return the worst of the concerns as a word, "" for none."""
    found = {one.severity for one in concerns}
    return next((one.value for one in Severity if one in found), "")


def keep(draft_id: int, token: str, now: datetime) -> None:
    """Let the text stand that there is: nothing that it rests on has changed since it was written.

    What a person let go leaves; what the agent let go leaves if it still may.
    """
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is None:
            return
        if draft.decision in _BY_PERSON:
            drafts.release(draft, leaving(draft), now)
            _put(draft, DraftState.DONE)
            drafts.wake([draft], now)
        else:
            policy, because = _may_leave(draft)
            _let(draft, because, now, goes=draft.decision == _BY_AGENT and policy is Policy.AUTONOMOUS)


def hold(draft_id: int, token: str, now: datetime) -> None:
    """Ask again about words of a person: what they rest on has changed, and nobody else may change them."""
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is not None:
            _, because = _may_leave(draft)
            _let(draft, because, now, goes=False)


def leaving(draft: Draft) -> dict[str, str] | None:
    """Return what leaves; None for a step's own text that nobody changed: its HTML goes with it."""
    if draft.is_fallback and not is_edited(draft):
        return None
    return words_of(draft.subject, draft.text)


def is_edited(draft: Draft) -> bool:
    return (draft.subject, draft.text) != (draft.original_subject, draft.original_text)


def failed(draft_id: int, token: str, fault: Exception, now: datetime) -> None:
    """Ask again later, with growing waits, while that may help; then give up."""
    text = _said_of(fault)
    passes = not isinstance(fault, ModelFault) or fault.passes
    with transaction.atomic():
        draft = _ours(draft_id, token)
        if isinstance(fault, ModelFault) and fault.used != NOTHING_USED:
            _write(_agent_of(draft_id), draft_id, now, used=fault.used, cost=fault.cost, fault=text)
        if draft is None:
            return
        if passes and (not draft.tries or now - draft.asked_at < PATIENCE):
            _later(draft, Because.MODEL_FAULT, text, now)
        else:
            _stand_in(draft, Because.MODEL_FAULT, text, now)


def put_off_faulty(draft_id: int, token: str, fault: Exception, now: datetime) -> None:
    """Look at a draft again later about which not even a failure can be told; others go on meanwhile."""
    with transaction.atomic():
        ids = sql.lock(Draft.objects.filter(WANTED, id=draft_id, lease_token=token))
        for draft in Draft.objects.filter(id__in=ids):
            _later(draft, Because.OWN_FAULT, _said_of(fault), now, LONGEST_APART_UNREAD)


def _said_of(fault: Exception) -> str:
    said = fault.text if isinstance(fault, ModelFault) else f"{type(fault).__name__}: {fault}"
    return storable(said, _LONGEST["fault"])


def _later(
    draft: Draft, because: Because, fault: str, now: datetime, longest: timedelta = LONGEST_APART
) -> None:
    wait = min(TRIES_APART * 2 ** min(draft.tries, 10), longest)
    Draft.objects.filter(id=draft.pk).update(
        tries=min(draft.tries + 1, MOST_TRIES),
        fault=fault,
        because=because,
        not_before=now + wait,
        lease_token="",
        lease_until=None,
    )


def set_aside(draft_id: int, token: str, because: Because, now: datetime) -> None:
    """There will be no draft: the step's own text stands in, or a person writes."""
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is not None:
            _stand_in(draft, because, "", now)


def _stand_in(draft: Draft, because: Because, fault: str, now: datetime) -> None:
    found = draft_requests.load([draft], now)
    if not found:  # the version has no such step any more: the planner moves on
        _put(draft, DraftState.DONE)
        return
    (asked,) = found
    fallback = draft_requests.fallback_of(asked, now)
    subject, text = fallback or ("", "")
    concerns = [] if fallback else [NOTHING_WRITTEN]
    draft.subject = draft.original_subject = subject
    draft.text = draft.original_text = text
    draft.is_fallback, draft.agent, draft.model, draft.fingerprint = bool(fallback), asked.agent, "", ""
    draft.concerns, draft.risk, draft.facts = shown(concerns), risk_of(concerns), []
    draft.fault, draft.written_at = fault, now
    _let(draft, because, now, goes=bool(fallback) and _goes_by_itself(asked))


def _goes_by_itself(asked: Asked) -> bool:
    persona = agents.persona_of(asked.agent) if asked.agent is not None else None
    return goes_without_a_person(persona, ActionKind(asked.draft.touch.kind))


def _let(draft: Draft, because: Because, now: datetime, *, goes: bool) -> None:
    """Let a locked draft leave, or wait for a person; store what it says."""
    draft.because = because
    if goes:
        drafts.release(draft, leaving(draft), now)
        draft.decision, draft.decided_at = _BY_AGENT, now
        _put(draft, DraftState.DONE)
    else:
        drafts.hold_for_approval(draft, now)
        draft.decision, draft.decided_at, draft.decided_by = "", None, None
        draft.waits_since = draft.checked_at = now
        _put(draft, DraftState.WAITING)
    drafts.wake([draft], now)


def _put(draft: Draft, state: DraftState) -> None:
    draft.state, draft.lease_token, draft.lease_until = state, "", None
    draft.save()


def _ours(draft_id: int, token: str) -> Draft | None:
    """Lock the draft; None when it is written, somebody else's, or its touch needs no text any more."""
    for draft in drafts.lock([draft_id]):
        wanted = draft.state == DraftState.WANTED and draft.touch.status == TouchStatus.DRAFTING
        if wanted and draft.lease_token == token:
            return draft
    return None


def _account(draft_id: int, drafted: Drafted, now: datetime) -> None:
    prompt = drafted.prompt
    told = f"{prompt.system}\n\n{prompt.user}" if prompt is not None else ""
    agent = _agent_of(draft_id)
    kept = {"model": drafted.model, "prompt": told, "said": drafted.said}
    _write(agent, draft_id, now, used=drafted.used, cost=drafted.cost, **kept)


def _agent_of(draft_id: int) -> AgentRow | None:
    return AgentRow.objects.filter(drafts=draft_id).first()


def _write(
    agent: AgentRow | None,
    draft_id: int,
    now: datetime,
    *,
    used: Usage = NOTHING_USED,
    cost: Decimal | None = None,
    **told: str,
) -> None:
    """Keep what one answer was told, said and cost; not for an agent that is gone."""
    if agent is None:
        return
    Writing.objects.create(
        workspace_id=agent.workspace_id,
        agent=agent,
        draft_id=draft_id,
        at=now,
        **{name: storable(text, _LONGEST[name]) for name, text in told.items()},
        tokens_in=used.tokens_in,
        tokens_out=used.tokens_out,
        cost=kept_cost(cost),
    )


def kept_cost(cost: Decimal | None) -> Decimal | None:
    """Leave away what the column cannot hold."""
    return cost if cost is not None and cost.is_finite() and abs(cost) < HIGHEST_COST else None


def put_off(draft: Draft, because: Because, until: datetime) -> None:
    """Let a claimed draft wait until the caps of the day begin anew; no model is asked for it before."""
    Draft.objects.filter(id=draft.pk).update(
        because=because, not_before=until, asked_at=until, lease_token="", lease_until=None
    )


def renew(draft_id: int, now: datetime) -> None:
    """Write a draft anew that waited too long; one that nobody answered for so often is skipped.

    Who has read that it is old held no lock: a person may have changed it meanwhile.
    """

    def act(draft: Draft) -> None:
        if is_edited(draft) or not drafts.is_too_old(draft, now):
            return
        if draft.renewals < MOST_RENEWALS:
            drafts.want_anew([draft], now)
            Draft.objects.filter(id=draft.pk).update(renewals=draft.renewals + 1)
            return
        Touch.objects.filter(id=draft.touch_id).update(
            status=TouchStatus.SKIPPED, reason=SkipReason.DRAFT_EXPIRED, settled_at=now
        )
        _put(draft, DraftState.DONE)
        drafts.wake([draft], now)

    _while_it_waits(draft_id, act)


def outdate(draft_id: int, now: datetime) -> None:
    """Write a draft anew if, with the lock held, what it rests on is no longer so.

    Each time later than the last, and not for ever: what changes all the time then waits as it is, and whoever
    approves it is told.
    """

    def act(draft: Draft) -> None:
        written = Writing.objects.filter(draft=draft).count()
        if written >= MOST_WRITTEN or now - (draft.written_at or now) < OUTDATED_APART * 4 ** (written - 1):
            return
        if any(map(draft_requests.is_outdated, draft_requests.load([draft], now, {}))):
            drafts.want_anew([draft], now)

    _while_it_waits(draft_id, act)


def _while_it_waits(draft_id: int, act: Callable[[Draft], None]) -> None:
    with transaction.atomic():
        for draft in drafts.lock([draft_id]):
            if draft.state == DraftState.WAITING and draft.touch.status == TouchStatus.IN_APPROVAL:
                act(draft)
