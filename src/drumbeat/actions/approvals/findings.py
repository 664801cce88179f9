"""What keeps agents from writing, and what they wrote from leaving, for the doctor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from drumbeat.actions import access
from drumbeat.actions.findings import Finding, Level
from drumbeat.core.autonomy import Because
from drumbeat.models import Draft, Member
from drumbeat.store import drafts

_CAPS = (Because.DRAFT_CAP, Because.COST_CAP)


def of(member: Member, now: datetime) -> Iterable[Finding]:
    """Yield what waits for a person, what waits for tomorrow, and what the model does not write."""
    rows = access.visible_to(member, Draft)
    yield from _waiting(drafts.waiting(rows).order_by().aggregate(n=Count("id"), at=Min("waits_since")))
    unwritten = drafts.being_written(rows).order_by()
    if held := unwritten.filter(because__in=_CAPS).count():
        yield Finding(
            level=Level.NOTE,
            code="drafts_at_cap",
            text=f"{held:,} {_texts(held)} for tomorrow: the agent has written or cost as much as it may in a day.",
            count=held,
            fix="Raise the agent's caps under Settings, Agents.",
        )
    yield from _faulty(
        unwritten.filter(because=Because.MODEL_FAULT),
        "drafts_not_written",
        "for the model",
        "See what the model says; after an hour a fallback text stands in, or a person is asked.",
    )
    yield from _faulty(
        unwritten.filter(because=Because.OWN_FAULT),
        "drafts_not_asked_for",
        "though the model is not at fault",
        "Mend what it names. It is tried again, once an hour at least.",
    )


def _faulty(rows: QuerySet[Draft], code: str, waits: str, fix: str) -> Iterable[Finding]:
    if (count := rows.count()) and (last := rows.order_by("-not_before").first()) is not None:
        yield Finding(
            level=Level.WARNING,
            code=code,
            text=f"{count:,} {_texts(count)} {waits}: {last.fault}",
            count=count,
            fix=fix,
            detail=last.fault,
        )


def _waiting(found: dict[str, object]) -> Iterable[Finding]:
    count, since = found["n"], found["at"]
    if not isinstance(count, int) or not count:
        return
    yield Finding(
        level=Level.NOTE,
        code="drafts_waiting",
        text=f"{count:,} {'draft waits' if count == 1 else 'drafts wait'} for a person to say yes.",
        count=count,
        fix="Look at them under Approvals.",
        at=since if isinstance(since, datetime) else None,
    )


def _texts(count: int) -> str:
    return "draft waits" if count == 1 else "drafts wait"
