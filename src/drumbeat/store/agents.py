"""Agents as values, who writes for a sequence, and what has been written today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum

from drumbeat.core.autonomy import Counts
from drumbeat.core.personas import ActionKind, Agent, Autonomy, Policy, Tone
from drumbeat.models import Agent as AgentRow
from drumbeat.models import Draft, Workspace, Writing
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.draft import BY_PEOPLE, WANTED
from drumbeat.store.senders import UTC, zone_named


def persona_of(row: AgentRow) -> Agent:
    """Return an agent as a value."""
    return Agent(
        name=row.name,
        persona=row.persona,
        tone=Tone(row.tone),
        language=row.language,
        facts=tuple(row.facts),
        banned=tuple(row.banned),
        links=tuple(row.links),
        autonomy=Autonomy(row.autonomy),
        policies={ActionKind(kind): Policy(policy) for kind, policy in row.policies.items()},
        warm_up=row.warm_up,
        drafts_per_day=row.drafts_per_day,
        cost_per_day=row.cost_per_day,
    )


def writers_of(sequence_ids: Collection[int]) -> dict[int, AgentRow]:
    """Return who writes for each sequence: its own agent, else the workspace's default; nobody: it is not there."""
    sequences = SequenceRow.objects.filter(id__in=sequence_ids).values_list("id", "workspace_id", "agent_id")
    rows = list(sequences)
    wanted = Q(id__in={agent_id for _, _, agent_id in rows})
    default = Q(is_default=True, workspace_id__in={workspace_id for _, workspace_id, _ in rows})
    agents = list(AgentRow.objects.filter(wanted | default))
    by_id = {agent.pk: agent for agent in agents}
    defaults = {agent.workspace_id: agent for agent in agents if agent.is_default}
    found: dict[int, AgentRow] = {}
    for id_, place, agent_id in rows:
        if (agent := by_id.get(agent_id or 0, defaults.get(place))) is not None:
            found[id_] = agent
    return found


def defaults_of(workspace_ids: Collection[int]) -> dict[int, AgentRow]:
    """Return the default agent of each workspace that has one."""
    rows = AgentRow.objects.filter(is_default=True, workspace_id__in=workspace_ids)
    return {row.workspace_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class Today:
    """What an agent has written since the day began; `cost` None: no price is known."""

    drafts: int = 0
    cost: Decimal | None = None


def today_of(agent_ids: Collection[int], workspace: Workspace, now: datetime) -> Mapping[int, Today]:
    """Return what each agent has written today, in the workspace's zone; a preview counts as well."""
    rows = Writing.objects.filter(agent_id__in=agent_ids, at__gte=day_begins(workspace, now)).order_by()
    counted = rows.values_list("agent_id").annotate(n=Count("id"), cost=Sum("cost"))
    return {agent_id: Today(n, cost) for agent_id, n, cost in counted if agent_id is not None}


def counts_of(
    agent: AgentRow, kind: ActionKind, workspace: Workspace, now: datetime, but: Collection[int] = ()
) -> Counts:
    """Return what limits an agent. Drafts that are being written now, `but` these, count; their cost is not known."""
    today = today_of([agent.pk], workspace, now).get(agent.pk, Today())
    leased = Draft.objects.filter(WANTED, agent=agent).exclude(lease_token="")
    return Counts(
        drafts_today=today.drafts + leased.exclude(id__in=but).count(),
        cost_today=today.cost or Decimal(0),
        approved=approved_by_people(agent, kind),
    )


def approved_by_people(agent: AgentRow, kind: ActionKind) -> int:
    """Return how many drafts of this kind people have approved, counted no further than the warm-up asks."""
    if not agent.warm_up:
        return 0
    rows = Draft.objects.filter(BY_PEOPLE, agent=agent, touch__kind=kind.value, is_fallback=False)
    return len(rows.order_by().values_list("id")[: agent.warm_up])


def day_begins(workspace: Workspace, now: datetime) -> datetime:
    zone = zone_named(workspace.time_zone) or UTC
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def tomorrow(workspace: Workspace, now: datetime) -> datetime:
    """Return when the day's caps begin anew."""
    zone = zone_named(workspace.time_zone) or UTC
    noon = now.astimezone(zone).replace(hour=12) + timedelta(days=1)
    return noon.replace(hour=0, minute=0, second=0, microsecond=0)
