"""Decisions of AI steps: requested in the look's transaction, claimed to be asked, answered once.

The row is the request: who dies while asking leaves it open, and it is asked again when the lease is over.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.db.models import DateTimeField, Q
from django.db.models.expressions import RawSQL

from drumbeat.core.advance import AskDecision, GiveUpDecision
from drumbeat.core.decisions import way_named
from drumbeat.core.flow import AiStep
from drumbeat.models import Decision, Enrollment
from drumbeat.store import flows, leases, sql, touch_rows
from drumbeat.store.enrollments import Locked
from drumbeat.store.evidence import storable

TRIES_APART = timedelta(seconds=10)
LONGEST_APART = timedelta(minutes=10)
HIGHEST_COST = 1_000_000
N = TypeVar("N", float, Decimal)
_REQUEST = ("workspace_id", "enrollment_id", "step", "visit", "asked_at", "not_before")
_EMPTY = ("tries", "fault", "lease_token", "answer", "reason", "model", "fallback")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was answered: the name of a way, and how the one who decides came to it."""

    answer: str
    reason: str = ""
    score: float | None = None
    confidence: float | None = None
    model: str = ""
    cost: Decimal | None = None


def request(wanted: Sequence[tuple[Locked, AskDecision]], now: datetime) -> None:
    """Write that decisions are wanted; asking twice is asking once."""
    rows = [
        (row.workspace_id, row.value.id, ask.step, ask.visit, now, now, 0, "", "", "", "", "", False)
        for row, ask in wanted
    ]
    sql.insert(Decision, (*_REQUEST, *_EMPTY), rows, "ON CONFLICT DO NOTHING")


def give_up(wanted: Sequence[tuple[Locked, GiveUpDecision]], now: datetime) -> None:
    """Close what came too late: the fallback was taken."""
    for row, late in wanted:
        Decision.objects.filter(
            enrollment_id=row.value.id, step=late.step, visit=late.visit, decided_at=None
        ).update(decided_at=now, fallback=True, lease_token="", lease_until=None)


def claim(token: str, limit: int, now: datetime) -> list[Decision]:
    """Take up to `limit` open requests for the length of a lease, in the caller's transaction.

    Only what its enrollment still awaits, in a sequence that runs and a workspace that is not stopped. One that was
    woken is looked at first: what it heard, an opt-out for instance, acts before a model is asked.
    """
    free = Q(lease_until=None) | Q(lease_until__lt=RawSQL(leases.db_now(), [], DateTimeField()))
    rows = Decision.objects.filter(
        free,
        decided_at=None,
        not_before__lte=now,
        enrollment__state="awaiting",
        enrollment__woken_at=None,
        enrollment__sequence__status="active",
        workspace__stopped_at=None,
    ).select_related("enrollment__contact")
    if sql.is_postgresql():
        rows = rows.select_for_update(skip_locked=True, no_key=True, of=("self",))
    found = list(rows.order_by("not_before", "id")[:limit])
    lease_end = RawSQL(leases.db_lease_end(), [], DateTimeField())
    Decision.objects.filter(id__in=[row.pk for row in found]).update(lease_token=token, lease_until=lease_end)
    return found


def step_of(decision: Decision) -> AiStep | None:
    """Return the step that asks, None when the enrollment's version has it no more."""
    step = flows.flow_of(decision.enrollment.version_id).steps.get(decision.step)
    return step if isinstance(step, AiStep) else None


def record(decision_id: int, given: Given, now: datetime) -> bool:
    """Store the answer and wake its enrollment; False when it was decided before.

    What names no way of the step is stored as it was said; the fallback follows.
    """
    with transaction.atomic():
        decision = Decision.objects.select_related("enrollment").filter(id=decision_id).first()
        if decision is None:
            return False
        locked = touch_rows.lock_enrollments([decision.enrollment_id])
        if not Decision.objects.filter(id=decision_id, decided_at=None).update(**_told(decision, given, now)):
            return False
        Enrollment.objects.filter(id__in=locked).update(next_step_at=now, woken_at=now)
        return True


def _told(decision: Decision, given: Given, now: datetime) -> dict[str, object]:
    step, answer = step_of(decision), storable(given.answer, 200)
    return {
        "answer": answer,
        "reason": storable(given.reason, 5_000),
        "score": _within(given.score),
        "confidence": _within(given.confidence),
        "model": storable(given.model, 100),
        "cost": _within(given.cost, HIGHEST_COST),
        "fallback": step is None or not way_named(step, answer),
        "decided_at": now,
        "lease_token": "",
        "lease_until": None,
    }


def _within(value: N | None, limit: float = math.inf) -> N | None:
    """Leave away what the column cannot hold: the answer counts without it."""
    return value if value is not None and math.isfinite(value) and abs(value) < limit else None


def failed(decision_id: int, fault: str, now: datetime) -> None:
    """Keep the fault and ask again later, with growing waits, until the step's time is over."""
    with transaction.atomic():
        decision = Decision.objects.filter(id=decision_id, decided_at=None).first()
        if decision is None:
            return
        wait = min(TRIES_APART * 2 ** min(decision.tries, 10), LONGEST_APART)
        Decision.objects.filter(id=decision_id, decided_at=None).update(
            tries=decision.tries + 1,
            fault=storable(fault, 2000),
            not_before=now + wait,
            lease_token="",
            lease_until=None,
        )


def give_back(token: str, but: Sequence[int]) -> None:
    """Give back what was claimed under `token`, `but` these: for them somebody is being asked."""
    held = Decision.objects.filter(lease_token=token, decided_at=None)
    held.exclude(id__in=but).update(lease_token="", lease_until=None)


def drop_unwanted() -> int:
    """Delete requests whose enrollment has ended: nobody needs an answer."""
    ended = Decision.objects.filter(decided_at=None, enrollment__state="finished").order_by("id")
    return Decision.objects.filter(id__in=list(ended.values_list("id", flat=True)[:200])).delete()[0]
