"""The text of a draft that waits: changed by a person, brought back, written anew; and a trial of what would come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from django.db import transaction

from drumbeat.actions import access, agents, approvals, audit, trials
from drumbeat.actions.approvals.words import SENTENCES
from drumbeat.actions.sequences import editable
from drumbeat.agents.drafting import Drafted, Drafter, grounds_of
from drumbeat.agents.faults import ModelFault
from drumbeat.core.autonomy import may_draft
from drumbeat.core.draft_checks import Concern, Grounds, concerns_about
from drumbeat.core.drafts import is_by_agent, made_of, text_hash
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel, JobType, SendStep, Step
from drumbeat.core.imagined import PERSON, source_of
from drumbeat.core.personas import ActionKind
from drumbeat.core.prompts import DraftRequest
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Agent as AgentRow
from drumbeat.models import Contact, Draft, DraftState, Member
from drumbeat.store import agents as agent_rows
from drumbeat.store import draft_requests, drafts
from drumbeat.store.draft_outcomes import LONGEST_TEXT, risk_of, shown

LONGEST_NOTE = 1_000
LONGEST_SUBJECT = 500


@dataclass(frozen=True, slots=True)
class Preview:
    """What an agent would write, and who it is; nothing of it is kept but what it cost.

    `as_step`: subject and text as Liquid sources that serve everybody; "" where they were written for a real contact.
    """

    agent: AgentRow
    drafted: Drafted
    as_step: tuple[str, str] = ("", "")


def check(member: Member, draft_id: int, subject: str, text: str, now: datetime) -> list[Concern]:
    """Return what should be looked at in a text that a person writes instead; nothing is kept."""
    return _concerns(approvals.get(member, draft_id), subject, text, now)


def edit(
    member: Member,
    draft_id: int,
    text: str,
    now: datetime,
    subject: str | None = None,
    read: str | None = None,
) -> Draft:
    """Keep a person's words; the draft goes on waiting. `read`: the `text_hash` of what they changed.

    DomainErrors `draft_not_waiting`, `draft_changed`, `draft_invalid`.
    """

    def act(draft: Draft) -> None:
        if read is not None and read != text_hash(draft.subject, draft.text):
            raise DomainError("draft_changed", SENTENCES["changed"])
        draft.subject = draft.subject if subject is None else _line(subject)
        draft.text = _text(text)
        _looked_at(draft, now)

    return _change(member, draft_id, act, "approvals.edit", now)


def restore(member: Member, draft_id: int, now: datetime) -> Draft:
    """Bring back what the agent wrote. DomainError `draft_not_waiting`."""

    def act(draft: Draft) -> None:
        draft.subject, draft.text = draft.original_subject, draft.original_text
        _looked_at(draft, now)

    return _change(member, draft_id, act, "approvals.restore", now)


def regenerate(member: Member, draft_id: int, note: str, now: datetime) -> Draft:
    """Have it written anew, with a wish. DomainErrors `draft_not_waiting`, `draft_invalid`."""
    if len(note) > LONGEST_NOTE:
        text = f"A wish has at most {LONGEST_NOTE:,} characters."
        raise DomainError("draft_invalid", text, {"note": text})

    def act(draft: Draft) -> None:
        drafts.want_anew([draft], now)
        Draft.objects.filter(id=draft.pk).update(note=note.strip())

    return _change(member, draft_id, act, "approvals.regenerate", now)


def _change(
    member: Member, draft_id: int, act: Callable[[Draft], None], recorded: str, now: datetime
) -> Draft:
    access.require(member, "approvals.edit")
    approvals.get(member, draft_id)
    with transaction.atomic():
        for draft in drafts.lock([draft_id]):
            if draft.state == DraftState.WAITING and draft.touch.status == TouchStatus.IN_APPROVAL:
                act(draft)
                audit.record(member, recorded, now, object_kind="draft", object_id=draft.pk)
                return approvals.get(member, draft_id)
    raise DomainError("draft_not_waiting", SENTENCES["not_waiting"])


def _looked_at(draft: Draft, now: datetime) -> None:
    concerns = _concerns(draft, draft.subject, draft.text, now)
    draft.concerns, draft.risk = shown(concerns), risk_of(concerns)
    draft.save(update_fields=["subject", "text", "concerns", "risk"])


def _text(text: str) -> str:
    if "\x00" in text or not text.strip() or len(text) > LONGEST_TEXT:
        sentence = f"Write a text of at most {LONGEST_TEXT:,} characters."
        raise DomainError("draft_invalid", sentence, {"text": sentence})
    return text.strip()


def _line(subject: str) -> str:
    line = " ".join(subject.split())
    if "\x00" in line or len(line) > LONGEST_SUBJECT:
        sentence = f"A subject has at most {LONGEST_SUBJECT} characters."
        raise DomainError("draft_invalid", sentence, {"subject": sentence})
    return line


def _concerns(draft: Draft, subject: str, text: str, now: datetime) -> list[Concern]:
    """Hold a text against what its agent may say; without an agent, against the step alone."""
    found = draft_requests.load([draft], now)
    request = found[0].request if found else None
    if request is not None:
        made = made_of(request.channel, request.job_type, text, subject)
        return concerns_about(made, grounds_of(request))
    step = found[0].step if found else None
    job = step.job_type if step is not None else JobType.INITIAL_OUTREACH
    made = made_of(Channel(draft.touch.kind), job, text, subject)
    return concerns_about(made, Grounds(job_type=job))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried out. Without a contact an imagined one is written to; `note` is a wish about `earlier`."""

    step: Step
    contact_id: int | None = None
    note: str = ""
    earlier: str = ""


def preview(
    member: Member, sequence_id: int, trial: Trial, drafter: Drafter | None, now: datetime
) -> Preview:
    """Have the agent of a sequence write what a step would say; nothing is stored or sent. It may take a minute.

    Its cost counts for the agent's day. No transaction is open while the model is asked. DomainErrors
    `agent_not_configured`, `model_not_configured`, `agent_disabled`, `draft_cap`, `cost_cap`, `throttled`,
    `model_fault`, `step_not_by_agent`, `not_found`.
    """
    access.require(member, "sequences.edit")
    sequence = editable(member, sequence_id)
    agent = agent_rows.writers_of([sequence.pk]).get(sequence.pk)
    if agent is None:
        raise DomainError("agent_not_configured", "There is no agent yet. Make one under Settings, Agents.")
    sender = sequence.sender.name if sequence.sender is not None else member.name
    return _written(member, agent, trial, drafter, now, sender)


def try_out(member: Member, agent_id: int, trial: Trial, drafter: Drafter | None, now: datetime) -> Preview:
    """Have an agent write with no sequence at hand, as `preview` does; the errors are the same."""
    access.require(member, "settings.edit")
    return _written(member, agents.get(member, agent_id), trial, drafter, now, member.name)


def _written(
    member: Member, agent: AgentRow, trial: Trial, drafter: Drafter | None, now: datetime, sender: str
) -> Preview:
    step = trial.step
    if not isinstance(step, SendStep) or not is_by_agent(step):
        raise DomainError("step_not_by_agent", "Only a message that an agent writes can be tried out so.")
    if drafter is None:
        raise DomainError("model_not_configured", "No model is configured. Set DRUMBEAT_MODEL_URL.")
    contact = _contact(member, trial.contact_id, now)
    told = draft_requests.told_about([contact.pk or 0])
    request = replace(
        draft_requests.request_for(agent, step, contact, told, now),
        earlier=trial.earlier[:LONGEST_TEXT],
        note=trial.note[:LONGEST_NOTE],
        sender_name=sender,
    )
    drafted = _asked(member, drafter, request, agent, now)
    if trial.contact_id is not None:
        return Preview(agent, drafted)
    said = (drafted.draft.subject, drafted.draft.text)
    return Preview(agent, drafted, (source_of(said[0], sender), source_of(said[1], sender)))


def _asked(
    member: Member, drafter: Drafter, request: DraftRequest, agent: AgentRow, now: datetime
) -> Drafted:
    kind = ActionKind(request.channel)
    judge = partial(may_draft, request.agent, kind)
    try:
        with trials.paid_by(agent, member.workspace, kind, judge, now) as bill:
            drafted = drafter.draft(request)
            bill.settle(drafted.cost, drafted.used, drafted.model)
    except ModelFault as fault:
        raise DomainError("model_fault", f"The model gave no text: {fault.text}") from fault
    return drafted


def _contact(member: Member, contact_id: int | None, now: datetime) -> Contact:
    if contact_id is not None:
        access.require(member, "contacts.view")
        return access.get(member, Contact, contact_id, "contact")
    return Contact(
        workspace_id=member.workspace_id,
        **PERSON,
        created_at=now,
        updated_at=now,
    )
