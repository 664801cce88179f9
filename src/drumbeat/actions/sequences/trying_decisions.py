"""What an AI step would decide for one contact, asked now; nothing is stored and nobody moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

from drumbeat.actions import access, trials
from drumbeat.agents.base import Answer, Decider, Question
from drumbeat.agents.faults import ModelFault
from drumbeat.agents.usage import NOTHING_USED
from drumbeat.core.autonomy import within_caps
from drumbeat.core.decisions import FALLBACK, UNCLEAR, way_named
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import AiDecideStep, AiQualifyStep, AiStep, Step
from drumbeat.core.personas import ActionKind
from drumbeat.models import Contact, Member, Sequence
from drumbeat.store import agents
from drumbeat.store.questions import question_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """The way that the contact would take. `is_fallback`: no answer counted, so it is the step's way for that.

    `confidence` is from 0 to 1, `score` from 0 to 100; `cost` is in the provider's currency, None without a price.
    """

    way: str
    is_fallback: bool
    reason: str
    confidence: float | None
    score: float | None
    model: str
    cost: Decimal | None


def try_decision(
    member: Member, sequence_id: int, step: Step, contact_id: int, decider: Decider | None, now: datetime
) -> Tried:
    """Ask now what the step asks later. It may take a minute, so no transaction may be open.

    Its cost counts for the day of the sequence's agent, where there is one. DomainErrors `not_found`,
    `step_not_decided`, `step_without_content`, `decider_not_configured`, `draft_cap`, `cost_cap`, `throttled`,
    `model_fault`.
    """
    access.require(member, "sequences.edit")
    access.require(member, "contacts.view")
    access.get(member, Sequence, sequence_id, "sequence")
    contact = access.get(member, Contact, contact_id, "contact")
    if not isinstance(step, AiDecideStep | AiQualifyStep):
        raise DomainError("step_not_decided", "Only a step that a model decides can be tried out so.")
    question = question_for(step, contact)
    if not step.question.strip() or not question.choices:
        raise DomainError("step_without_content", "Ask a question and name the ways to choose from.")
    if decider is None:
        raise DomainError("decider_not_configured", "No model is configured. Set DRUMBEAT_MODEL_URL.")
    try:
        return _tried(step, _asked(member, sequence_id, decider, question, now))
    except DomainError:
        raise
    except ModelFault as fault:
        raise DomainError("model_fault", f"The model did not answer: {fault.text}") from fault
    except Exception as fault:  # whoever decides may be code of the operator's
        raise DomainError("model_fault", f"Whoever decides failed: {type(fault).__name__}.") from fault


def _asked(member: Member, sequence_id: int, decider: Decider, question: Question, now: datetime) -> Answer:
    agent = agents.writers_of([sequence_id]).get(sequence_id)
    if agent is None:
        return decider.decide(question)
    judge = partial(within_caps, agents.persona_of(agent))
    with trials.paid_by(agent, member.workspace, ActionKind.REPLY, judge, now) as bill:
        answer = decider.decide(question)
        bill.settle(answer.cost, NOTHING_USED, answer.model)
    return answer


def _tried(step: AiStep, answer: Answer) -> Tried:
    way = way_named(step, answer.choice)
    otherwise = FALLBACK if isinstance(step, AiDecideStep) else UNCLEAR
    return Tried(
        way=way or otherwise,
        is_fallback=not way,
        reason=answer.reason,
        confidence=answer.confidence,
        score=answer.score,
        model=answer.model,
        cost=answer.cost,
    )
