"""What becomes of an answer that was asked for: written, put off, or given up. Each function is a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from drumbeat.agents.drafting import Drafted
from drumbeat.agents.faults import ModelFault
from drumbeat.agents.usage import NOTHING_USED
from drumbeat.core.autonomy import Because
from drumbeat.models import AnswerDraft, AnswerOutcome, AnswerState
from drumbeat.models.answer_draft import ANSWER_WANTED
from drumbeat.store import answer_drafts, sql, writings
from drumbeat.store.draft_outcomes import LONGEST_TEXT, risk_of, shown
from drumbeat.store.evidence import storable

TRIES_APART = timedelta(seconds=10)
LONGEST_APART = timedelta(minutes=10)
PATIENCE = timedelta(hours=1)
"""How long a model that does not answer is asked again, at least once; then a person writes without."""


def account(writing_id: int, came: Drafted | Exception) -> None:
    """Write what an answer did cost, whatever becomes of it; who was asked for none has its place back."""
    if isinstance(came, Drafted):
        writings.settle(writing_id, came.cost, came.used, came.model)
    elif isinstance(came, ModelFault) and came.used != NOTHING_USED:
        writings.settle(writing_id, came.cost, came.used)
    else:
        writings.release(writing_id)


def record(draft_id: int, token: str, drafted: Drafted, fingerprint: str, now: datetime) -> None:
    """Keep what was written for a person to read, and from what."""
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is None:
            return
        if not answer_drafts.may_be_answered(draft):
            _withdraw(draft, now)
            return
        concerns, prompt = list(drafted.concerns), drafted.prompt
        draft.text = storable(drafted.draft.text, LONGEST_TEXT)
        draft.concerns, draft.risk = shown(concerns), risk_of(concerns)
        draft.model, draft.said = storable(drafted.model, 100), storable(drafted.said, LONGEST_TEXT)
        draft.prompt = storable(f"{prompt.system}\n\n{prompt.user}", 100_000) if prompt is not None else ""
        draft.state, draft.written_at, draft.fault = AnswerState.WAITING, now, ""
        draft.fingerprint = fingerprint
        draft.lease_token, draft.lease_until = "", None
        draft.save()


def failed(
    draft_id: int, token: str, fault: Exception, now: datetime, because: Because = Because.MODEL_FAULT
) -> None:
    """Ask again later, with growing waits, while that may help; then a person writes without."""
    said = fault.text if isinstance(fault, ModelFault) else f"{type(fault).__name__}: {fault}"
    passes = not isinstance(fault, ModelFault) or fault.passes
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is None:
            return
        AnswerDraft.objects.filter(id=draft.pk).update(
            fault=storable(said, 2_000),
            because=because,
            tries=min(draft.tries + 1, 1_000),
            not_before=now + min(TRIES_APART * 2 ** min(draft.tries, 10), LONGEST_APART),
            lease_token="",
            lease_until=None,
        )
        if not passes or (draft.tries and now - draft.asked_at >= PATIENCE):
            _give_up(draft, because, now)


def withdraw(draft_id: int, token: str, now: datetime) -> None:
    """There will be no draft: the contact is not to be written to."""
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is not None:
            _withdraw(draft, now)


def _withdraw(draft: AnswerDraft, now: datetime) -> None:
    answer_drafts.close(AnswerDraft.objects.filter(id=draft.pk), AnswerOutcome.WITHDRAWN, now)


def give_up(draft_id: int, token: str, because: Because, now: datetime) -> None:
    """There will be no draft: nobody may write it."""
    with transaction.atomic():
        if (draft := _ours(draft_id, token)) is not None:
            _give_up(draft, because, now)


def _give_up(draft: AnswerDraft, because: Because, now: datetime) -> None:
    rows = AnswerDraft.objects.filter(id=draft.pk)
    if draft.text:  # there is an earlier one, only the wish was not met
        rows.update(state=AnswerState.WAITING, because=because, lease_token="", lease_until=None)
    else:
        answer_drafts.close(rows, AnswerOutcome.NOT_WRITTEN, now, because)


def put_off(draft: AnswerDraft, because: Because, until: datetime) -> None:
    """Let a claimed draft wait until the caps of the day begin anew; no model is asked for it before."""
    AnswerDraft.objects.filter(id=draft.pk).update(
        because=because, not_before=until, asked_at=until, lease_token="", lease_until=None
    )


def _ours(draft_id: int, token: str) -> AnswerDraft | None:
    """Lock the draft; None when it is written, closed, or somebody else's."""
    ids = sql.lock(AnswerDraft.objects.filter(ANSWER_WANTED, id=draft_id, lease_token=token))
    return AnswerDraft.objects.filter(id__in=ids).select_related("message").first()
