"""Trying a step out that a model decides."""

from __future__ import annotations

from typing import Any

from ninja import Router, Schema

from drumbeat.actions.agents import amount
from drumbeat.actions.sequences.trying_decisions import try_decision
from drumbeat.agents.named import decider_of
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.document import read_step
from drumbeat.environment import environment

router = Router(tags=["sequences"])


class TryDecisionIn(Body):
    """`step` as it stands in the document, an `ai_decide` or `ai_qualify`."""

    step: dict[str, Any]
    contact_id: int


class TriedDecisionOut(Schema):
    """The way that the contact would take: a branch, `qualified`, `unqualified`, `unclear` or `else`.

    `is_fallback`: no answer counted, so it is the way for that. `confidence` is from 0 to 1, `score` from 0 to 100,
    `cost` an amount in the provider's currency, null where no price is known.
    """

    way: str
    is_fallback: bool
    reason: str
    confidence: float | None
    score: float | None
    model: str
    cost: str | None


@router.post(
    "/sequences/{int:sequence_id}/decide",
    response={200: TriedDecisionOut, **REFUSALS},
    operation_id="try_decision",
)
def try_a_decision(request: MemberRequest, sequence_id: int, body: TryDecisionIn) -> TriedDecisionOut:
    """Ask what an AI step would decide for a contact; nothing is stored and nobody moves. It may take a minute."""
    step = read_step(body.step)
    decider, now = decider_of(environment()), SystemClock().now()
    tried = try_decision(request.member, sequence_id, step, body.contact_id, decider, now)
    return TriedDecisionOut(
        way=tried.way,
        is_fallback=tried.is_fallback,
        reason=tried.reason,
        confidence=tried.confidence,
        score=tried.score,
        model=tried.model,
        cost=None if tried.cost is None else amount(tried.cost),
    )
