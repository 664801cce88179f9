"""Asking a model only to see what it says, within the caps of the agent that pays for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from drumbeat.agents.faults import ModelFault
from drumbeat.core.autonomy import Because, Counts, Verdict
from drumbeat.core.errors import DomainError
from drumbeat.core.personas import ActionKind, Policy
from drumbeat.models import Agent, Workspace, Writing
from drumbeat.store import agents, writings

MOST_A_MINUTE = 30
"""Of one agent: a person who tries things out needs fewer, a program that goes astray would need more."""
Settle = Callable[..., None]
Judge = Callable[[Counts], Verdict]
_FULL: Mapping[str, str] = MappingProxyType(
    {
        Because.DRAFT_CAP: "The agent has written as many drafts as it may in a day. Go on tomorrow, or raise the cap.",
        Because.COST_CAP: "The agent has cost as much as it may in a day. Go on tomorrow, or raise the cap.",
    }
)


@dataclass(frozen=True, slots=True)
class Bill:
    """What is asked for: `settle` says what it did cost, as `store.writings.settle` does."""

    settle: Settle


@contextmanager
def paid_by(
    agent: Agent, workspace: Workspace, kind: ActionKind, judge: Judge, now: datetime
) -> Iterator[Bill]:
    """Take a place in the agent's day before the model is asked; no transaction is open meanwhile.

    What fails with a ModelFault is paid for as it says; what fails otherwise was not asked. DomainErrors `draft_cap`,
    `cost_cap`, `agent_disabled`, `throttled`.
    """
    taken = _taken(agent, workspace, kind, judge, now)
    bill = Bill(lambda *args: writings.settle(taken.pk, *args))
    try:
        yield bill
    except ModelFault as fault:
        bill.settle(fault.cost, fault.used)
        raise
    except BaseException:
        writings.release(taken.pk)
        raise


def _taken(agent: Agent, workspace: Workspace, kind: ActionKind, judge: Judge, now: datetime) -> Writing:
    with transaction.atomic():
        writings.lock(agent)
        verdict = judge(agents.counts_of(agent, kind, workspace, now))
        if verdict.policy is Policy.DISABLED:
            code = verdict.because if verdict.passes_by_itself else "agent_disabled"
            text = _FULL.get(verdict.because, f"{agent.name} may not write on this channel.")
            raise DomainError(code, text)
        if writings.trials_in_last_minute(agent, now) >= MOST_A_MINUTE:
            text = f"{agent.name} was asked {MOST_A_MINUTE} times within a minute. Wait a minute, then try again."
            raise DomainError("throttled", text)
        return writings.reserve(agent, now, is_trial=True)
