"""What a model is asked for besides drafts of steps: its place in the day is taken before, its cost written after."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from drumbeat.agents.usage import NOTHING_USED, Usage
from drumbeat.models import Agent, Writing
from drumbeat.store import sql
from drumbeat.store.draft_outcomes import kept_cost
from drumbeat.store.evidence import storable

LAST = 20
MINUTE = timedelta(minutes=1)


def lock(agent: Agent) -> None:
    """Let one after the other ask whether there is room, in the caller's transaction."""
    sql.lock(Agent.objects.filter(id=agent.pk))


def trials_in_last_minute(agent: Agent, now: datetime) -> int:
    """Return how many trials were begun for this agent within a minute."""
    return Writing.objects.filter(agent=agent, is_trial=True, at__gt=now - MINUTE).count()


def reserve(agent: Agent, now: datetime, *, is_trial: bool) -> Writing:
    """Take a place in the agent's day, at the price of the dearest of its last answers until the true one is known.

    Who dies meanwhile leaves it taken: the model may have been asked.
    """
    last = Writing.objects.filter(agent=agent, cost__isnull=False).order_by("-at")
    costs = [cost for cost in last.values_list("cost", flat=True)[:LAST] if cost is not None]
    return Writing.objects.create(
        workspace_id=agent.workspace_id, agent=agent, at=now, cost=max(costs, default=None), is_trial=is_trial
    )


def settle(writing_id: int, cost: Decimal | None, used: Usage = NOTHING_USED, model: str = "") -> None:
    """Write what the answer did cost instead."""
    Writing.objects.filter(id=writing_id).update(
        cost=kept_cost(cost), tokens_in=used.tokens_in, tokens_out=used.tokens_out, model=storable(model, 100)
    )


def release(writing_id: int) -> None:
    """Give the place back: nothing was asked."""
    Writing.objects.filter(id=writing_id).delete()
