"""Agents: who writes for a workspace when no person does. Made, changed, removed; one of them is the default."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from drumbeat.actions import access, audit
from drumbeat.core.errors import DomainError
from drumbeat.core.personas import ActionKind, Agent, Autonomy, Policy, Tone, problems_of
from drumbeat.models import Agent as AgentRow
from drumbeat.models import Draft, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.draft import BY_PEOPLE
from drumbeat.store import agents, answer_drafts, drafts, sql
from drumbeat.store.agents import Today

TEXTS = ("name", "persona", "tone", "language", "autonomy")
LISTS = ("facts", "banned", "links")
FIELDS = (*TEXTS, *LISTS, "policies", "warm_up", "drafts_per_day", "cost_per_day")
MOST_WARM_UP = 10_000
MOST_DRAFTS = 1_000_000
MOST_COST = Decimal(100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What an agent does: today's drafts and cost, what people approved by kind, what waits, whose it is."""

    today: Today
    approved: Mapping[str, int]
    waiting: int
    sequences: Sequence[tuple[int, str]]


def rows_of(member: Member) -> QuerySet[AgentRow]:
    """Return the agents of the member's workspace. DomainError `not_permitted`."""
    access.require(member, "settings.view")
    return access.visible_to(member, AgentRow)


def get(member: Member, agent_id: int) -> AgentRow:
    """Return one agent. DomainErrors `not_permitted`, `not_found`."""
    return access.first(rows_of(member).filter(pk=agent_id), "agent", agent_id)


def find(member: Member, asked: str) -> AgentRow:
    """Return the agent with this name or id. DomainErrors `not_permitted`, `not_found`."""
    return access.named(rows_of(member), asked, "agent")


def add(member: Member, values: Mapping[str, Any], now: datetime) -> AgentRow:
    """Make an agent; the first one of a workspace is its default. DomainErrors `agent_invalid`, `agent_name_taken`."""
    access.require(member, "settings.create")
    columns = _checked(agents.persona_of(AgentRow(name="")), values)
    with transaction.atomic():
        others = _locked(member)
        _require_free(others, columns["name"])
        agent = AgentRow.objects.create(
            workspace_id=member.workspace_id,
            **columns,
            is_default=not others,
            created_at=now,
            updated_at=now,
        )
        _record(member, "agents.create", agent, now, after=_told(agent))
    return agent


def change(member: Member, agent_id: int, values: Mapping[str, Any], now: datetime) -> AgentRow:
    """Change what is named; it counts from the next draft on, and what a cap held back is looked at again.

    DomainErrors as `add`, and `not_found`.
    """
    access.require(member, "settings.edit")
    with transaction.atomic():
        others = _locked(member)
        agent = access.first(access.visible_to(member, AgentRow).filter(pk=agent_id), "agent", agent_id)
        columns = _checked(agents.persona_of(agent), values)
        _require_free([one for one in others if one.pk != agent.pk], columns["name"])
        before = _told(agent)
        for name, value in columns.items():
            setattr(agent, name, value)
        after = _told(agent)
        if other := {name: value for name, value in after.items() if before[name] != value}:
            agent.updated_at = now
            agent.save()
            drafts.ask_again(agent, now)
            answer_drafts.look_again(member.workspace_id, now)
            _record(
                member, "agents.edit", agent, now, before={name: before[name] for name in other}, after=other
            )
    return agent


def make_default(member: Member, agent_id: int, now: datetime) -> AgentRow:
    """Let this agent write where a sequence names none, also what the cap of the last one held back.

    DomainError `not_found`.
    """
    access.require(member, "settings.edit")
    with transaction.atomic():
        _locked(member)
        agent = access.first(access.visible_to(member, AgentRow).filter(pk=agent_id), "agent", agent_id)
        if not agent.is_default:
            AgentRow.objects.filter(workspace_id=member.workspace_id, is_default=True).update(
                is_default=False
            )
            agent.is_default = True
            agent.updated_at = now
            agent.save(update_fields=["is_default", "updated_at"])
            drafts.ask_another(member.workspace_id, now)
            answer_drafts.look_again(member.workspace_id, now)
            _record(member, "agents.default", agent, now)
    return agent


def remove(member: Member, agent_id: int, now: datetime) -> None:
    """Remove an agent: the default writes where it was named; with the default, the oldest other becomes it.

    Where none is left, steps say their own text, or a person is asked.
    """
    access.require(member, "settings.delete")
    with transaction.atomic():
        others = _locked(member)
        agent = access.first(access.visible_to(member, AgentRow).filter(pk=agent_id), "agent", agent_id)
        _record(member, "agents.delete", agent, now, before=_told(agent))
        agent.delete()
        heirs = [one for one in others if one.pk != agent_id]
        if agent.is_default and heirs:
            AgentRow.objects.filter(id=heirs[0].pk).update(is_default=True, updated_at=now)
        drafts.ask_another(member.workspace_id, now)
        answer_drafts.look_again(member.workspace_id, now)


def work_of(member: Member, rows: Sequence[AgentRow], now: datetime) -> dict[int, Work]:
    """Return what each agent does, in a fixed number of queries."""
    ids = [row.pk for row in rows]
    today = agents.today_of(ids, member.workspace, now)
    by_people = Draft.objects.filter(BY_PEOPLE, agent_id__in=ids, is_fallback=False).order_by()
    approved: dict[int, dict[str, int]] = {}
    for agent_id, kind, count in by_people.values_list("agent_id", "touch__kind").annotate(n=Count("id")):
        approved.setdefault(agent_id or 0, {})[kind] = count
    waits = drafts.waiting(access.visible_to(member, Draft).filter(agent_id__in=ids)).order_by()
    waiting = dict(waits.values_list("agent_id").annotate(n=Count("id")))
    named: dict[int, list[tuple[int, str]]] = {}
    sequences = access.visible_to(member, SequenceRow).filter(agent_id__in=ids).exclude(status="archived")
    for id_, name, agent_id in sequences.order_by("name").values_list("id", "name", "agent_id"):
        named.setdefault(agent_id or 0, []).append((id_, name))
    return {
        id_: Work(
            today=today.get(id_, Today()),
            approved=approved.get(id_, {}),
            waiting=waiting.get(id_, 0),
            sequences=named.get(id_, ()),
        )
        for id_ in ids
    }


def amount(cost: Decimal) -> str:
    """Write an amount without the noughts that the column adds, but with cents."""
    whole, _, rest = f"{cost:f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


def _locked(member: Member) -> list[AgentRow]:
    """Lock the workspace's agents, so that one name and one default stay one."""
    rows = access.visible_to(member, AgentRow)
    ids = sql.lock(rows)
    return list(rows.filter(id__in=ids).order_by("id"))


def _require_free(others: Sequence[AgentRow], name: str) -> None:
    if any(one.name == name for one in others):
        text = f"There is an agent called {name} already. Choose another name."
        raise DomainError("agent_name_taken", text, {"name": text})


def _checked(known: Agent, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return all columns: those of `known`, changed by `values`. DomainError `agent_invalid` with every fault."""
    faults = {
        name: f"There is no such field. There are: {', '.join(FIELDS)}."
        for name in values
        if name not in FIELDS
    }
    told = {**_columns(known), **{name: values[name] for name in values if name in FIELDS}}
    read: dict[str, Any] = {}
    for name, value in told.items():
        try:
            read[name] = _READERS[name](value)
        except (ValueError, TypeError, AttributeError) as fault:
            faults[name] = str(fault)
    if not faults:
        faults = problems_of(Agent(**read))
    if faults:
        name, sentence = next(iter(faults.items()))
        raise DomainError("agent_invalid", sentence, {name: sentence, **faults})
    return _columns(Agent(**read))


def _columns(agent: Agent) -> dict[str, Any]:
    return {
        **{name: str(getattr(agent, name)) for name in TEXTS},
        **{name: list(getattr(agent, name)) for name in LISTS},
        "policies": {kind.value: policy.value for kind, policy in agent.policies.items()},
        "warm_up": agent.warm_up,
        "drafts_per_day": agent.drafts_per_day,
        "cost_per_day": agent.cost_per_day,
    }


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("Must be a text.")
    return value.strip()


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError("Must be a list of texts.")
    return tuple(dict.fromkeys(map(_text, value)))


def _word(words: type[Tone] | type[Autonomy]) -> Any:
    def read(value: Any) -> Tone | Autonomy:
        if value not in list(words):
            raise ValueError(f"Must be one of: {', '.join(words)}.")
        return words(value)

    return read


def _policies(value: Any) -> dict[ActionKind, Policy]:
    if not isinstance(value, Mapping) or not set(value) <= set(ActionKind):
        raise ValueError(f"Must be a policy by kind of action; the kinds are {', '.join(ActionKind)}.")
    if not set(value.values()) <= set(Policy):
        raise ValueError(f"A policy is one of: {', '.join(Policy)}.")
    return {ActionKind(kind): Policy(policy) for kind, policy in value.items()}


def _whole(most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            raise ValueError(f"Must be a whole number from 0 to {most:,}.")
        return value

    return read


def _drafts(value: Any) -> int | None:
    return None if value is None else _whole(MOST_DRAFTS)(value)


def _cost(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        cost = Decimal(value if isinstance(value, int | Decimal) else str(value))
    except InvalidOperation as fault:
        raise ValueError("Must be an amount such as 12.50, or none for no cap.") from fault
    if not cost.is_finite() or cost > MOST_COST:
        raise ValueError(f"Must be an amount up to {MOST_COST:,}.")
    return cost.quantize(Decimal("0.000001"))


_READERS: Mapping[str, Any] = {
    **dict.fromkeys(("name", "persona", "language"), _text),
    **dict.fromkeys(LISTS, _texts),
    "tone": _word(Tone),
    "autonomy": _word(Autonomy),
    "policies": _policies,
    "warm_up": _whole(MOST_WARM_UP),
    "drafts_per_day": _drafts,
    "cost_per_day": _cost,
}


def _told(agent: AgentRow) -> dict[str, Any]:
    """Return what the audit log keeps of an agent, as JSON values."""
    values = {name: getattr(agent, name) for name in FIELDS}
    return {**values, "cost_per_day": None if agent.cost_per_day is None else str(agent.cost_per_day)}


def _record(member: Member, act: str, agent: AgentRow, now: datetime, **more: Mapping[str, object]) -> None:
    audit.record(member, act, now, object_kind="agent", object_id=agent.pk, name=agent.name, **more)
