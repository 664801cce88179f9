"""Drafts as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Sum

from drumbeat.actions.agents import amount
from drumbeat.actions.approvals import showing
from drumbeat.actions.approvals.deciding import UNDO_WITHIN, Decided
from drumbeat.actions.approvals.editing import Preview
from drumbeat.api.approvals import schemas as out
from drumbeat.api.enrollments.schemas import SenderRef
from drumbeat.api.enrollments.view import contact_of, name_of
from drumbeat.core.draft_checks import Concern
from drumbeat.core.drafts import LIMITS, has_subject, text_hash, words_in
from drumbeat.core.flow import Channel, JobType, SendStep, Step
from drumbeat.core.prompts import Origin
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Draft, Writing
from drumbeat.store import draft_requests, flows
from drumbeat.store.draft_outcomes import is_edited
from drumbeat.store.draft_requests import NEEDED as OF_DRAFT
from drumbeat.store.flows import LoadedFlows

NEEDED = (*OF_DRAFT, "decided_by")
SHOWN = 240


def page(rows: Sequence[Draft], now: datetime) -> list[out.ApprovalOut]:
    """Shape rows that carry NEEDED; their flows are loaded together."""
    versions = {row.touch.enrollment.version_id for row in rows if row.touch.enrollment is not None}
    loaded = flows.load_flows(versions, {})
    outdated = outdated_of(rows, now)
    return [out.ApprovalOut(**_told(row, _step(row, loaded), outdated[row.pk])) for row in rows]


def outdated_of(rows: Sequence[Draft], now: datetime) -> Mapping[int, Sequence[Origin]]:
    """Return what changed since those were written that wait for a person."""
    waiting = [row for row in rows if _waits(row)]
    return {row.pk: () for row in rows} | draft_requests.outdated(waiting, now)


def _waits(row: Draft) -> bool:
    return row.state == "waiting" and row.touch.status == TouchStatus.IN_APPROVAL


def _step(row: Draft, loaded: LoadedFlows) -> Step | None:
    enrollment = row.touch.enrollment
    flow = loaded.get(enrollment.version_id) if enrollment is not None else None
    return flow.flow.steps.get(row.touch.step) if flow is not None else None


def _told(row: Draft, step: Step | None, outdated: Sequence[Origin]) -> dict[str, Any]:
    touch, enrollment = row.touch, row.touch.enrollment
    severities = [one["severity"] for one in row.concerns]
    waits = _waits(row)
    sequence = enrollment.sequence if enrollment is not None else None
    return {
        "id": row.pk,
        "status": touch.status,
        "contact": contact_of(touch.contact) if touch.contact is not None else None,
        "enrollment_id": touch.enrollment_id,
        "sequence": sequence.name if sequence is not None else "",
        "sequence_id": sequence.pk if sequence is not None else None,
        "step": touch.step,
        "step_name": name_of(step),
        "channel": touch.kind,
        "job_type": step.job_type.value if isinstance(step, SendStep) else "",
        "agent": out.AgentRef(id=row.agent.pk, name=row.agent.name) if row.agent is not None else None,
        "subject": row.subject,
        "preview": row.text[:SHOWN],
        "text_hash": text_hash(row.subject, row.text),
        "risk": row.risk or "none",
        "concerns": out.ConcernCountsOut(stop=severities.count("stop"), look=severities.count("look")),
        "because": row.because,
        "reason": showing.reason_of(row),
        "is_fallback": row.is_fallback,
        "is_edited": is_edited(row),
        "outdated": outdated,
        "note": row.note,
        "waits_since": row.waits_since if waits else None,
        "expires_at": _expires_at(row) if waits else None,
        "retry_at": row.not_before if row.state == "wanted" else None,
        "decision": row.decision,
        "decided_by": row.decided_by.name if row.decided_by is not None else "",
        "decided_at": row.decided_at,
        "undo_until": _undo_until(row),
    }


def _expires_at(row: Draft) -> datetime | None:
    if row.waits_since is None or is_edited(row):
        return None
    return row.waits_since + timedelta(days=row.workspace.draft_days)


def _undo_until(row: Draft) -> datetime | None:
    by_person = row.decided_by_id is not None and row.touch.status == TouchStatus.SCHEDULED
    return row.decided_at + UNDO_WITHIN if by_person and row.decided_at is not None else None


def detail(row: Draft, now: datetime) -> out.ApprovalDetailOut:
    """Shape one draft that carries NEEDED."""
    touch = row.touch
    loaded = flows.load_flows([touch.enrollment.version_id], {}) if touch.enrollment is not None else {}
    step = _step(row, loaded)
    send = step if isinstance(step, SendStep) else None
    channel = Channel(touch.kind)
    limits = LIMITS[channel]
    paid = _paid(row)
    return out.ApprovalDetailOut(
        **_told(row, step, outdated_of([row], now)[row.pk]),
        text=row.text,
        original_subject=row.original_subject,
        original_text=row.original_text,
        has_subject=has_subject(channel, send.job_type if send is not None else JobType.INITIAL_OUTREACH)
        or bool(row.subject),
        checks=_concerns(row.concerns),
        facts=row.facts,
        hints=_hints(send),
        words=words_in(row.text),
        limits=out.DraftLimitsOut(fewest=limits.fewest, most=limits.most, characters=limits.characters),
        difference=[out.DifferenceOut(kind=one.kind, text=one.text) for one in showing.difference(row)],
        conversation=[_said(one) for one in showing.conversation(row)],
        sender=SenderRef(id=touch.sender.pk, name=touch.sender.name, address=touch.sender.address),
        recipient=touch.recipient,
        due_at=touch.due_at,
        held=showing.held(row),
        model=row.model,
        cost=paid.cost,
        tokens=paid.tokens,
        written_at=row.written_at,
        fallback_text=showing.fallback_text(row, now),
    )


@dataclass(frozen=True, slots=True)
class _Paid:
    cost: str | None
    tokens: int


def _paid(row: Draft) -> _Paid:
    """Add up what was paid for all that was written for this touch."""
    told = Writing.objects.filter(draft=row).aggregate(
        cost=Sum("cost"), read=Sum("tokens_in"), written=Sum("tokens_out")
    )
    cost = None if told["cost"] is None else amount(told["cost"])
    return _Paid(cost, (told["read"] or 0) + (told["written"] or 0))


def _hints(step: SendStep | None) -> out.DraftHintsOut:
    if step is None:
        return out.DraftHintsOut(angle="", call_to_action="", value_proposition="")
    hints = step.hints
    return out.DraftHintsOut(
        angle=hints.angle, call_to_action=hints.call_to_action, value_proposition=hints.value_proposition
    )


def _said(said: showing.Said) -> out.DraftLineOut:
    return out.DraftLineOut(
        by_contact=said.by_contact, at=said.at, channel=said.channel, subject=said.subject, text=said.text
    )


def _concerns(told: Iterable[Mapping[str, str]]) -> list[out.ConcernOut]:
    return [out.ConcernOut.model_validate(dict(one)) for one in told]


def concerns(found: Iterable[Concern]) -> list[out.ConcernOut]:
    return [
        out.ConcernOut(code=one.code, severity=one.severity.value, text=one.text, excerpt=one.excerpt)
        for one in found
    ]


def decided(one: Decided) -> out.DecidedOut:
    return out.DecidedOut(
        id=one.id, code=one.code, detail=one.detail, status=one.status, undo_until=one.undo_until
    )


def preview(made: Preview) -> out.PreviewDraftOut:
    drafted = made.drafted
    known = made.agent.facts
    return out.PreviewDraftOut(
        subject=drafted.draft.subject,
        text=drafted.draft.text,
        source_subject=made.as_step[0],
        source_text=made.as_step[1],
        concerns=concerns(drafted.concerns),
        facts=[known[number - 1] for number in drafted.draft.facts if number <= len(known)],
        agent=out.AgentRef(id=made.agent.pk, name=made.agent.name),
        model=drafted.model,
        cost=None if drafted.cost is None else amount(drafted.cost),
    )
