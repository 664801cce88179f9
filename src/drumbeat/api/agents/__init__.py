"""Agents: who writes for the workspace when no person does, and the model behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from ninja import Field, Router, Schema, Status

from drumbeat.actions import agents
from drumbeat.actions.agents import Work, amount
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.environment import environment
from drumbeat.models import Agent

router = Router(tags=["agents"])
ToneWord = Literal["friendly", "formal", "direct", "curious"]
AutonomyWord = Literal["assisted", "controlled", "full"]
PolicyWord = Literal["autonomous", "approval", "disabled"]
ActionWord = Literal["email", "sms", "whatsapp", "voice", "reply"]
MOST = 500


class AgentIn(Body):
    """What is left out stays as it is, or as a new agent has it. `cost_per_day` is an amount such as 12.50."""

    name: str | None = Field(default=None, max_length=MOST)
    persona: str | None = Field(default=None, max_length=10_000)
    tone: ToneWord | None = None
    language: str | None = Field(default=None, max_length=20)
    facts: list[str] | None = Field(default=None, max_length=MOST)
    banned: list[str] | None = Field(default=None, max_length=MOST)
    links: list[str] | None = Field(default=None, max_length=MOST)
    autonomy: AutonomyWord | None = None
    policies: dict[ActionWord, PolicyWord] | None = None
    warm_up: int | None = Field(default=None, ge=0, le=agents.MOST_WARM_UP)
    drafts_per_day: int | None = None
    cost_per_day: str | None = Field(default=None, max_length=40)


class AgentTodayOut(Schema):
    """Since midnight in the workspace's zone. `cost` null: no price is known."""

    drafts: int
    cost: str | None


class AgentSequenceOut(Schema):
    id: int
    name: str


class AgentOut(Schema):
    """An agent. `approved`: drafts that people let go, by kind; `waiting`: drafts in approval; `sequences` name it."""

    id: int
    name: str
    persona: str
    tone: ToneWord
    language: str
    facts: list[str]
    banned: list[str]
    links: list[str]
    autonomy: AutonomyWord
    policies: dict[ActionWord, PolicyWord]
    warm_up: int
    drafts_per_day: int | None
    cost_per_day: str | None
    is_default: bool
    today: AgentTodayOut
    approved: dict[str, int]
    waiting: int
    sequences: list[AgentSequenceOut]
    created_at: datetime
    updated_at: datetime


class AgentModelOut(Schema):
    """The model of the installation. `personal_data`: it is told who a contact is; `priced`: costs are known."""

    configured: bool
    model: str
    host: str
    personal_data: bool
    priced: bool


@router.get("/agents", response={200: Page[AgentOut], **REFUSALS}, operation_id="list_agents")
def list_agents(request: MemberRequest, page: Paged) -> Page[AgentOut]:
    """List the agents of the workspace, with what each has done today."""
    now = SystemClock().now()
    rows = agents.rows_of(request.member)
    return page_of(rows, ("id",), page, lambda found: _shaped(request, found, now))


@router.get("/agents/model", response={200: AgentModelOut, **REFUSALS}, operation_id="get_agent_model")
def get_agent_model(request: MemberRequest) -> AgentModelOut:
    """Say which model writes; the operator chooses it."""
    agents.rows_of(request.member)
    env = environment()
    return AgentModelOut(
        configured=bool(env.model_url),
        model=env.model,
        host=urlsplit(env.model_url).hostname or "",
        personal_data=env.model_personal_data,
        priced=env.model_price_in is not None or env.model_price_out is not None,
    )


@router.post("/agents", response={201: AgentOut, **REFUSALS}, operation_id="create_agent")
def create_agent(request: MemberRequest, body: AgentIn) -> Status[AgentOut]:
    """Make an agent. The first one writes wherever a sequence names none."""
    now = SystemClock().now()
    return Status(201, _one(request, agents.add(request.member, _named(body), now), now))


@router.get("/agents/{int:agent_id}", response={200: AgentOut, **REFUSALS}, operation_id="get_agent")
def get_agent(request: MemberRequest, agent_id: int) -> AgentOut:
    """Return one agent."""
    return _one(request, agents.get(request.member, agent_id), SystemClock().now())


@router.patch("/agents/{int:agent_id}", response={200: AgentOut, **REFUSALS}, operation_id="change_agent")
def change_agent(request: MemberRequest, agent_id: int, body: AgentIn) -> AgentOut:
    """Change an agent. It counts from the next draft on; what waits stays, unless its facts or links are others now."""
    now = SystemClock().now()
    return _one(request, agents.change(request.member, agent_id, _named(body), now), now)


@router.delete("/agents/{int:agent_id}", response={204: None, **REFUSALS}, operation_id="remove_agent")
def remove_agent(request: MemberRequest, agent_id: int) -> Status[None]:
    """Remove an agent; where it was named the default writes."""
    agents.remove(request.member, agent_id, SystemClock().now())
    return Status(204, None)


@router.post(
    "/agents/{int:agent_id}/default", response={200: AgentOut, **REFUSALS}, operation_id="make_agent_default"
)
def make_agent_default(request: MemberRequest, agent_id: int) -> AgentOut:
    """Let this agent write wherever a sequence names none."""
    now = SystemClock().now()
    return _one(request, agents.make_default(request.member, agent_id, now), now)


def _named(body: AgentIn) -> Mapping[str, object]:
    """Return what was named. Of the caps null is a value: no cap."""
    told = body.model_dump(exclude_unset=True)
    return {name: value for name, value in told.items() if value is not None or name in _CAPS}


_CAPS = frozenset({"drafts_per_day", "cost_per_day"})


def _one(request: MemberRequest, row: Agent, now: datetime) -> AgentOut:
    return _shaped(request, [row], now)[0]


def _shaped(request: MemberRequest, rows: list[Agent], now: datetime) -> list[AgentOut]:
    work = agents.work_of(request.member, rows, now)
    return [_out(row, work[row.pk]) for row in rows]


def _out(row: Agent, work: Work) -> AgentOut:
    told = {name: getattr(row, name) for name in agents.FIELDS if name != "cost_per_day"}
    return AgentOut(
        **told,
        id=row.pk,
        cost_per_day=None if row.cost_per_day is None else amount(row.cost_per_day),
        is_default=row.is_default,
        today=AgentTodayOut(
            drafts=work.today.drafts, cost=None if work.today.cost is None else amount(work.today.cost)
        ),
        approved=dict(work.approved),
        waiting=work.waiting,
        sequences=[AgentSequenceOut(id=id_, name=name) for id_, name in work.sequences],
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
