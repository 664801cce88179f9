"""What a look decided, written: touches and tasks, tags and fields, notices, in set-based statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from drumbeat.core.advance import (
    Act,
    AskDecision,
    Effect,
    Escalate,
    Fate,
    GiveUpDecision,
    GiveUpTask,
    PlanTouch,
    StopTouch,
)
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel, TaskStep
from drumbeat.core.touch import (
    CONTACT_FACING,
    SETTLED,
    UNAPPROVED,
    SkipReason,
    TouchKind,
    TouchStatus,
    step_key,
)
from drumbeat.models import SenderKind, Task, Touch
from drumbeat.store import (
    actions_of_flow,
    decisions,
    drafts,
    escalating,
    new_tasks,
    new_touches,
    sql,
    stop_touches,
)
from drumbeat.store.actions_of_flow.happened import ENGINE, tell
from drumbeat.store.enrollments import Locked
from drumbeat.store.facts import Batch, contact_addresses
from drumbeat.store.flows import LoadedFlows
from drumbeat.store.marks import mark_of
from drumbeat.store.new_touches import NewTouch
from drumbeat.store.senders import built_in

Wanted = Sequence[tuple[Locked, Effect]]

_REUSE = (
    'ON CONFLICT ("workspace_id", "key") DO UPDATE SET '
    + ", ".join(
        f'"{name}" = excluded."{name}"'
        for name in (
            "kind",
            "sender_id",
            "recipient",
            "base_address",
            "status",
            "reason",
            "priority",
            "due_at",
            "not_before",
            "hold_reason",
        )
    )
    + ', "reserved" = CASE WHEN drumbeat_touch."sender_id" = excluded."sender_id"'
    + " THEN drumbeat_touch.\"reserved\" ELSE '' END"
    + ', "settled_at" = NULL, "vetoed_at" = NULL, "lease_token" = \'\', "lease_until" = NULL'
    + ' WHERE drumbeat_touch."handed_at" IS NULL'
)
"""Planning a key whose row was never handed uses that row again; a handed row is never reset.

The kind too: in another version the step of the same key may be of another one. What it has reserved counts for
its sender alone.
"""


def carry_out(wanted: Wanted, batch: Batch, loaded: LoadedFlows, now: datetime) -> None:
    """Write the effects of a batch, each kind in its own few statements."""
    plans = [(row, effect) for row, effect in wanted if isinstance(effect, PlanTouch)]
    acts = [(row, effect) for row, effect in wanted if isinstance(effect, Act)]
    given_up = [(row, effect) for row, effect in wanted if isinstance(effect, GiveUpTask)]
    _plan_touches(plans, batch, now)
    drafts.request(plans, loaded, now)
    new_tasks.create(_tasks(plans, loaded), batch, now)
    stop_touches.plan([(row, effect) for row, effect in wanted if isinstance(effect, StopTouch)], batch, now)
    _give_up_tasks(given_up, now)
    escalating.escalate([(r, e) for r, e in wanted if isinstance(e, Escalate)], batch, now)
    decisions.request([(r, e) for r, e in wanted if isinstance(e, AskDecision)], now)
    decisions.give_up([(r, e) for r, e in wanted if isinstance(e, GiveUpDecision)], now)
    actions_of_flow.carry_out(acts, batch, now)


def _plan_touches(plans: Sequence[tuple[Locked, PlanTouch]], batch: Batch, now: datetime) -> None:
    workspaces = {row.workspace_id for row, _ in plans}
    without = {plan.kind for _, plan in plans if plan.sender_id is None}
    own = {kind: built_in(workspaces, _BUILT_IN[kind]) for kind in sorted(without)}
    rows = [
        _touch(row, plan, batch.contacts[row.contact_id], own.get(plan.kind, {}), now) for row, plan in plans
    ]
    sql.insert(Touch, new_touches.COLUMNS, rows, _REUSE)


_BUILT_IN = {TouchKind.TASK: SenderKind.TASK, TouchKind.WEBHOOK: SenderKind.WEBHOOK}


def _touch(
    row: Locked,
    plan: PlanTouch,
    contact: Mapping[str, object],
    built_in_senders: Mapping[int, int],
    now: datetime,
) -> NewTouch:
    key = step_key(row.value.id, plan.step, plan.visit)
    is_task = plan.kind is TouchKind.TASK
    addresses = contact_addresses(contact)
    channel = Channel(plan.kind) if plan.kind in CONTACT_FACING else None
    return NewTouch(
        workspace_id=row.workspace_id,
        key=key,
        mark=mark_of(row.workspace_id, key),
        kind=plan.kind.value,
        sender_id=plan.sender_id if plan.sender_id is not None else built_in_senders[row.workspace_id],
        due_at=plan.due_at,
        not_before=plan.due_at,
        created_at=now,
        enrollment_id=row.value.id,
        contact_id=row.contact_id,
        step=plan.step,
        visit=plan.visit,
        recipient=addresses.by_channel.get(channel, "") if channel else "",
        base_address=addresses.hashes.get(channel, "") if channel else "",
        status=(TouchStatus.SCHEDULED if is_task else TouchStatus.PLANNED).value,
        priority=plan.priority,
    )


def _tasks(
    plans: Sequence[tuple[Locked, PlanTouch]], loaded: LoadedFlows
) -> dict[str, tuple[Locked, TaskStep]]:
    """Return the rows and steps of the tasks among the plans, by the keys of their touches."""
    found: dict[str, tuple[Locked, TaskStep]] = {}
    for row, plan in plans:
        if plan.kind is TouchKind.TASK:
            step = loaded[row.version_id].flow.steps[plan.step]
            assert isinstance(step, TaskStep)
            found[step_key(row.value.id, plan.step, plan.visit)] = row, step
    return found


def _give_up_tasks(given_up: Sequence[tuple[Locked, GiveUpTask]], now: datetime) -> None:
    keys = [step_key(row.value.id, effect.step, effect.visit) for row, effect in given_up]
    if not keys:
        return
    touches = Touch.objects.filter(workspace_id__in={row.workspace_id for row, _ in given_up}, key__in=keys)
    Task.objects.filter(touch__in=touches, settled_at=None).update(
        settled_at=now, outcome=SkipReason.TASK_EXPIRED
    )
    touches.filter(settled_at=None).update(
        status=TouchStatus.SKIPPED, reason=SkipReason.TASK_EXPIRED, settled_at=now
    )


def settle_touches(looks: Sequence[tuple[Locked, Fate, Enrollment]], batch: Batch, now: datetime) -> None:
    """Cancel, withhold or release the unhanded touches of what was looked at; handed ones are not recalled.

    A task that was created is cancelled by the end alone: a person has it.
    """
    by_fate: dict[tuple[Fate, bool], list[int]] = {}
    for row, fate, after in looks:
        if _has_open_touch(row, batch):
            by_fate.setdefault((fate, after.is_finished), []).append(row.value.id)
    for (fate, is_over), ids in by_fate.items():
        open_ones = Touch.objects.filter(enrollment_id__in=ids, handed_at=None, settled_at=None)
        locked = sql.lock(open_ones if is_over else open_ones.exclude(kind=TouchKind.TASK))
        touches = Touch.objects.filter(id__in=locked)
        match fate:
            case Fate.CANCEL:
                Task.objects.filter(touch__in=locked, settled_at=None).update(
                    settled_at=now, outcome="cancelled"
                )
                touches.update(status=TouchStatus.CANCELLED, settled_at=now, lease_token="", lease_until=None)
            case Fate.WITHHOLD:
                touches.filter(vetoed_at=None).update(vetoed_at=now)
            case Fate.RELEASE:
                touches.filter(vetoed_at__isnull=False).exclude(status__in=UNAPPROVED).update(
                    vetoed_at=None, lease_token="", lease_until=None
                )


def _has_open_touch(row: Locked, batch: Batch) -> bool:
    touch = batch.facts[row.value.id].touch
    return touch is not None and not touch.handed and touch.status not in SETTLED


def tell_finished(rows: Sequence[Locked], now: datetime) -> None:
    """Write the event that a sequence finished for a contact."""
    tell([(row, EventKind.SEQUENCE_FINISHED, {}) for row in rows], now, source=ENGINE)
