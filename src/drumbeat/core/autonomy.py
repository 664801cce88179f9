"""May an agent do this by itself: the one place where it is decided. Pure; counts are given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from drumbeat.core.personas import ActionKind, Agent, Autonomy, Policy


class Because(StrEnum):
    """What decided, or what there was no text for."""

    AUTONOMY = "autonomy"
    POLICY = "policy"
    WARM_UP = "warm_up"
    CONCERNS = "concerns"
    DRAFT_CAP = "draft_cap"
    COST_CAP = "cost_cap"
    DISABLED = "disabled"
    NO_AGENT = "no_agent"
    NO_MODEL = "no_model"
    MODEL_FAULT = "model_fault"
    OWN_FAULT = "own_fault"
    RESTS = "rests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Of this agent. Drafts and cost: today, in the workspace's zone. `approved`: by people, of this kind, ever."""

    drafts_today: int = 0
    cost_today: Decimal = Decimal(0)
    approved: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    policy: Policy
    because: Because

    @property
    def passes_by_itself(self) -> bool:
        """Tomorrow the answer may be another: the draft waits, nothing is skipped."""
        return self.because in {Because.DRAFT_CAP, Because.COST_CAP}


def may_draft(agent: Agent, kind: ActionKind, counts: Counts) -> Verdict:
    """Say whether a draft may be asked for now, and who must see it then.

    Caps hold drafts of every kind: what a cap refuses is refused whatever the autonomy.
    """
    wanted = _policy_of(agent, kind)
    if wanted.policy is Policy.DISABLED:
        return wanted
    if (full := within_caps(agent, counts)).policy is Policy.DISABLED:
        return full
    if wanted.policy is Policy.AUTONOMOUS and counts.approved < agent.warm_up:
        return Verdict(Policy.APPROVAL, Because.WARM_UP)
    return wanted


def within_caps(agent: Agent, counts: Counts) -> Verdict:
    """Say whether an agent may be asked anything more today, whatever it is."""
    if agent.drafts_per_day is not None and counts.drafts_today >= agent.drafts_per_day:
        return Verdict(Policy.DISABLED, Because.DRAFT_CAP)
    if agent.cost_per_day is not None and counts.cost_today >= agent.cost_per_day:
        return Verdict(Policy.DISABLED, Because.COST_CAP)
    return Verdict(Policy.APPROVAL, Because.AUTONOMY)


def may_send(agent: Agent, kind: ActionKind, approved: int, concerns: int) -> Verdict:
    """Say what becomes of a finished draft: caps no longer matter, concerns do. Nothing with one goes out unseen.

    `approved`: how many of this kind people have approved.
    """
    wanted = _policy_of(agent, kind)
    if wanted.policy is not Policy.AUTONOMOUS:
        return wanted
    if approved < agent.warm_up:
        return Verdict(Policy.APPROVAL, Because.WARM_UP)
    return Verdict(Policy.APPROVAL, Because.CONCERNS) if concerns else wanted


def may_answer(agent: Agent) -> bool:
    """Say whether an agent may draft answers: only where a member switched it on, for every reply costs a call.

    It may never send one by itself, whatever its policy: a person does.
    """
    return agent.autonomy is Autonomy.CONTROLLED and agent.policies.get(ActionKind.REPLY) in _ANSWERS


_ANSWERS: Final = (Policy.APPROVAL, Policy.AUTONOMOUS)


def goes_without_a_person(agent: Agent | None, kind: ActionKind) -> bool:
    """Say whether the step's own text may stand in for the agent's unseen.

    A person wrote it, and publishing looked at it: it waits only where a person wants to see what leaves.
    """
    return agent is None or _policy_of(agent, kind).policy is not Policy.APPROVAL


def _policy_of(agent: Agent, kind: ActionKind) -> Verdict:
    if agent.autonomy is Autonomy.CONTROLLED:
        return Verdict(agent.policies.get(kind, Policy.APPROVAL), Because.POLICY)
    return _BY_AUTONOMY[agent.autonomy]


_BY_AUTONOMY: Final = {
    Autonomy.ASSISTED: Verdict(Policy.APPROVAL, Because.AUTONOMY),
    Autonomy.FULL: Verdict(Policy.AUTONOMOUS, Because.AUTONOMY),
}
