"""Approvals: drafts of agents that wait for a person. Which there are, how many, since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from drumbeat.actions import access
from drumbeat.models import Agent, Contact, Draft, DraftState, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import contact_search, draft_requests, drafts
from drumbeat.store.contact_search import ContactQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuery:
    """Which drafts. `view`: waiting for a person, writing (there is no text yet), decided. `risk` "none": no doubt."""

    view: str = "waiting"
    sequence_id: int | None = None
    agent_id: int | None = None
    channel: str = ""
    risk: str = ""
    older_than_hours: int | None = None
    q: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many drafts wait for a person, by sequence (id, name, drafts), and how many are being written."""

    waiting: int
    writing: int
    oldest_at: datetime | None
    sequences: Sequence[tuple[int, str, int]]


def rows_of(member: Member, asked: DraftQuery, now: datetime) -> QuerySet[Draft]:
    """Return the drafts that fit, unordered. DomainErrors `not_permitted`, `not_found` (others' sequence, agent)."""
    access.require(member, "approvals.view")
    rows = _in_view(access.visible_to(member, Draft), asked.view)
    if asked.sequence_id is not None:
        access.get(member, SequenceRow, asked.sequence_id, "sequence")
        rows = rows.filter(touch__enrollment__sequence_id=asked.sequence_id)
    if asked.agent_id is not None:
        rows = rows.filter(agent=access.get(member, Agent, asked.agent_id, "agent"))
    if asked.channel:
        rows = rows.filter(touch__kind=asked.channel)
    if asked.risk:
        rows = rows.filter(risk="" if asked.risk == "none" else asked.risk)
    if asked.older_than_hours is not None:
        rows = rows.filter(waits_since__lte=now - timedelta(hours=asked.older_than_hours))
    if asked.q.strip():
        people = access.visible_to(member, Contact)
        found = contact_search.matching(people, member.workspace_id, ContactQuery(q=asked.q))
        rows = rows.filter(touch__contact__in=found)
    return rows


def _in_view(rows: QuerySet[Draft], view: str) -> QuerySet[Draft]:
    match view:
        case "writing":
            return drafts.being_written(rows)
        case "decided":
            return rows.filter(state=DraftState.DONE, decided_at__isnull=False)
        case _:
            return drafts.waiting(rows)


def get(member: Member, draft_id: int) -> Draft:
    """Return one draft with all that is asked about it. DomainErrors `not_permitted`, `not_found`."""
    access.require(member, "approvals.view")
    rows = access.visible_to(member, Draft).select_related(*draft_requests.NEEDED, "decided_by")
    return access.first(rows.filter(pk=draft_id), "draft", draft_id)


def counts(member: Member) -> Waiting:
    """Count what waits, by sequence, and what is being written."""
    access.require(member, "approvals.view")
    rows = drafts.waiting(access.visible_to(member, Draft)).order_by()
    names = ("touch__enrollment__sequence_id", "touch__enrollment__sequence__name")
    found = [(id_ or 0, name, n) for id_, name, n in rows.values_list(*names).annotate(n=Count("id"))]
    return Waiting(
        waiting=sum(n for _, _, n in found),
        writing=drafts.being_written(access.visible_to(member, Draft)).count(),
        oldest_at=rows.aggregate(at=Min("waits_since"))["at"],
        sequences=sorted(found, key=lambda one: (one[1].casefold(), one[0])),
    )


def waiting_for(member: Member) -> int:
    """Return how many drafts wait for a person whom this member may see; 0 without the right."""
    if not access.may(member, "approvals.view"):
        return 0
    return drafts.waiting(access.visible_to(member, Draft)).count()
