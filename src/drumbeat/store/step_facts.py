"""Facts that only some steps need, each asked only where a step of the batch does: waits, escalations, decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from drumbeat.core.facts import DecisionFacts
from drumbeat.core.flow import AiStep, TaskStep
from drumbeat.core.touch import CONTACT_FACING, TouchStatus, step_key
from drumbeat.models import Decision, Task, Touch
from drumbeat.store import sql
from drumbeat.store.enrollments import Locked
from drumbeat.store.flows import LoadedFlow


@dataclass(frozen=True, slots=True)
class StepFacts:
    """By enrollment: when its last message left, its decision at hand; `escalated` have a task that was handed on."""

    last_sent: Mapping[int, datetime]
    decisions: Mapping[int, DecisionFacts]
    escalated: frozenset[int]


def load_step_facts(rows: Sequence[Locked], flows: Mapping[int, LoadedFlow]) -> StepFacts:
    return StepFacts(
        last_sent=_last_sent([row.value.id for row in rows if _may_wait_for_events(row, flows)]),
        decisions=_decisions([row for row in rows if _is_at_an_ai_step(row, flows)]),
        escalated=_escalated([row for row in rows if _may_have_escalated(row, flows)]),
    )


def _may_wait_for_events(row: Locked, flows: Mapping[int, LoadedFlow]) -> bool:
    """Whoever is asked to move may come to such a step of another version in the same look."""
    return row.value.move_id is not None or flows[row.version_id].waits_for_events


def _is_at_an_ai_step(row: Locked, flows: Mapping[int, LoadedFlow]) -> bool:
    return isinstance(flows[row.version_id].flow.steps.get(row.value.step or ""), AiStep)


def _may_have_escalated(row: Locked, flows: Mapping[int, LoadedFlow]) -> bool:
    step = flows[row.version_id].flow.steps.get(row.value.step or "")
    return isinstance(step, TaskStep) and step.when_not_done == "escalate"


def _last_sent(enrollment_ids: Sequence[int]) -> dict[int, datetime]:
    if not enrollment_ids:
        return {}
    left = Touch.objects.filter(
        sql.among("enrollment_id", enrollment_ids),
        kind__in=CONTACT_FACING,
        status__in=(TouchStatus.SENT, TouchStatus.DELIVERED),
        settled_at__isnull=False,
    )
    times = left.values("enrollment_id").annotate(last=Max("settled_at")).order_by()
    return {row["enrollment_id"]: row["last"] for row in times}


def _decisions(rows: Sequence[Locked]) -> dict[int, DecisionFacts]:
    if not rows:
        return {}
    at_hand = {(row.value.id, row.value.step, row.value.visit) for row in rows}
    asked = Decision.objects.filter(sql.among("enrollment_id", [row.value.id for row in rows]))
    return {
        id_: DecisionFacts(asked_at=asked_at, answer=answer, decided_at=decided_at)
        for id_, step, visit, asked_at, answer, decided_at in asked.values_list(
            "enrollment_id", "step", "visit", "asked_at", "answer", "decided_at"
        )
        if (id_, step, visit) in at_hand
    }


def _escalated(rows: Sequence[Locked]) -> frozenset[int]:
    if not rows:
        return frozenset()
    keys = [step_key(row.value.id, row.value.step or "", row.value.visit) for row in rows]
    handed_on = Task.objects.filter(
        sql.among("touch__key", keys),
        touch__workspace_id__in={row.workspace_id for row in rows},
        escalated_at__isnull=False,
    )
    return frozenset(id_ for id_ in handed_on.values_list("touch__enrollment_id", flat=True) if id_)
