"""The full cycle of a touch (plan, claim, guard, null channel, record, next) beside plain SQL with the same writes.

Both run in this process on the same database, in transactions of the same sizes; the figure is their ratio.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from bench import world
from bench.null_wire import NullWire
from drumbeat.core.touch import step_key
from drumbeat.engine.dispatcher import BATCH, Dispatcher
from drumbeat.engine.planner import BATCH as PLANNED
from drumbeat.engine.planner import Planner
from drumbeat.models import Attempt, Enrollment, JournalEntry, Message, SenderProfile, SequenceVersion, Touch
from drumbeat.store import sql
from drumbeat.store.marks import mark_of
from drumbeat.store.new_touches import COLUMNS, NewTouch

COUNT = 4_000


def measure(count: int = COUNT) -> dict[str, float]:
    """Return touches per second of the engine and of plain SQL, and the ratio, best of two runs each."""
    owner = world.a_workspace()
    sender = world.a_sender(owner.workspace)
    people = iter(world.contacts(owner.workspace, count * 4))
    engine, plain = [], []
    for run in range(2):
        version = world.a_sequence(owner, sender, f"Engine {run}")
        world.enroll(version, [next(people) for _ in range(count)])
        engine.append(count / _timed(_run_engine))
        version = world.a_sequence(owner, sender, f"Plain {run}")
        world.enroll(version, [next(people) for _ in range(count)], due_at=world.LATER)
        rows = list(Enrollment.objects.filter(version=version).values_list("id", "contact_id"))
        plain.append(count / _timed(partial(_run_plain, version, sender, rows)))
    best, floor = max(engine), max(plain)
    return {"engine_touches_per_second": best, "plain_sql_per_second": floor, "ratio": best / floor}


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _run_engine() -> None:
    planner, dispatcher = Planner(), Dispatcher("bench", NullWire())
    while planner.plan_once(world.START) or dispatcher.busy:
        while dispatcher.turn(world.START):
            pass


def _chunks(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


_STATE = ("id", "state", "step", "visits", "origin_at", "due_at", "next_step_at", "resume_at", "reason", "heard",
          "step_sender_id", "approved_at", "finished_at", "woken_at", "updated_at")  # fmt: skip
_JOURNAL = ("workspace_id", "enrollment_id", "at", "rule", "step", "visit", "reason", "facts")
_CLAIM = (
    "id",
    "status",
    "not_before",
    "send_before",
    "lease_token",
    "lease_until",
    "reserved_at",
    "reserved",
)
_RECORD = ("id", "status", "handed_at", "settled_at", "lease_token", "lease_until", "not_before", "attempts")
_MESSAGE = ("workspace_id", "contact_id", "enrollment_id", "touch_id", "sender_id", "channel", "direction", "kind",
            "from_address", "to_address", "subject", "text", "html", "message_id", "in_reply_to", "references",
            "occurred_at")  # fmt: skip


def _run_plain(version: SequenceVersion, sender: SenderProfile, rows: list[tuple[int, int]]) -> None:
    """Write what the engine writes for a touch, with nothing read and nothing decided."""
    now, workspace_id = world.START, version.workspace_id
    for planned in _chunks(rows, PLANNED):
        with transaction.atomic():
            _state(planned, "awaiting", "first", None, sender.pk, now)
            keys = [step_key(id_, "first", 1) for id_, _ in planned]
            sql.insert(Touch, COLUMNS, [
                NewTouch(workspace_id, key, mark_of(workspace_id, key), "email", sender.pk, now, now, now, id_,
                         contact_id, "first", 1, "someone@people.test", "0" * 64)
                for key, (id_, contact_id) in zip(keys, planned, strict=True)
            ])  # fmt: skip
            _journal(workspace_id, planned, "planned", now)
        touches = list(
            Touch.objects.filter(workspace_id=workspace_id, key__in=keys).values_list(
                "id", "enrollment_id", "contact_id"
            )
        )
        for wave in _chunks(touches, BATCH):
            _carry(workspace_id, sender, wave, now)
        with transaction.atomic():
            _state(planned, "active", "second", world.LATER, sender.pk, now)
            _journal(workspace_id, planned, "settled", now)


def _carry(
    workspace_id: int, sender: SenderProfile, wave: Sequence[tuple[int, int, int]], now: datetime
) -> None:
    with transaction.atomic():
        sql.update(
            Touch, _CLAIM, [(id_, "planned", now, None, "bench.1", now, now, "d") for id_, _, _ in wave]
        )
    with transaction.atomic():
        ids = [id_ for id_, _, _ in wave]
        Touch.objects.filter(id__in=ids).update(handed_at=now, status="sending", attempts=1)
    with transaction.atomic():
        sql.update(Touch, _RECORD, [(id_, "sent", now, now, "", None, now, 1) for id_ in ids])
        columns = ("touch_id", "number", "handed_at", "ended_at", "outcome", "code", "text")
        sql.insert(Attempt, columns, [(id_, 1, now, now, "sent", "250", "OK") for id_ in ids])
        sql.insert(Message, _MESSAGE, [
            (workspace_id, contact_id, enrollment_id, id_, sender.pk, "email", "out", "email", sender.address,
             "someone@people.test", "A question, First", "x" * 150, "y" * 200, f"{id_}@bench.test", "", "", now)
            for id_, enrollment_id, contact_id in wave
        ])  # fmt: skip
        Enrollment.objects.filter(id__in=[e for _, e, _ in wave]).update(next_step_at=now)


def _state(
    rows: Sequence[tuple[int, int]],
    state: str,
    step: str,
    due: datetime | None,
    sender_id: int,
    now: datetime,
) -> None:
    values: list[sql.Row] = [
        (id_, state, step, {step: 1}, now, due, due, None, "", {}, sender_id, None, None, None, now)
        for id_, _ in rows
    ]
    sql.update(Enrollment, _STATE, values)


def _journal(workspace_id: int, rows: Sequence[tuple[int, int]], rule: str, now: datetime) -> None:
    sql.insert(
        JournalEntry, _JOURNAL, [(workspace_id, id_, now, rule, "first", 1, "email", {}) for id_, _ in rows]
    )
