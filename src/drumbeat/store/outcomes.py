"""The hand-over mark and what came of it: one short transaction a wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.db import connection, transaction

from drumbeat import crash
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Attempt, Message, Touch
from drumbeat.store import leases, sql, touch_rows
from drumbeat.store.claims import Claimed


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a claimed touch.

    `status`: sent, failed, interrupted, scheduled (deferred until `not_before`) or planned (given back untouched).
    """

    claimed: Claimed
    status: TouchStatus
    at: datetime
    reason: str = ""
    code: str = ""
    text: str = ""
    not_before: datetime | None = None
    hold_reason: str = ""


def wave(outcomes: Sequence[Outcome], ready: Sequence[Claimed], now: datetime) -> set[int]:
    """Record what came since the last wave, wake the enrollments, and mark the ready touches as handed over.

    Returns the ids of the touches that may be transmitted; any other must not be.
    """
    if not outcomes and not ready:
        return set()
    crash.point("C4")
    with transaction.atomic():
        record(outcomes, now)
        crash.point("C9")
        handed = hand_over(ready, now)
    return handed


def hand_over(ready: Sequence[Claimed], now: datetime) -> set[int]:
    """Set the mark on those that are still ours, unvetoed and in time; return their ids."""
    if not ready:
        return set()
    ids = [claimed.touch_id for claimed in ready]
    if sql.is_postgresql():
        sql.lock(Touch.objects.filter(id__in=ids))
    pairs = " OR ".join(["(id = %s AND lease_token = %s)"] * len(ready))
    values = [value for claimed in ready for value in (claimed.touch_id, claimed.token)]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE drumbeat_touch SET handed_at = %s, status = 'sending', attempts = attempts + 1 "
            f"WHERE ({pairs}) AND handed_at IS NULL AND vetoed_at IS NULL AND settled_at IS NULL "
            f"AND (send_before IS NULL OR send_before > %s) AND lease_until > {leases.db_now()} RETURNING id",
            [sql.moment(now), *values, sql.moment(now)],
        )
        return {row[0] for row in cursor.fetchall()}


_SET = (
    "id",
    "status",
    "reason",
    "hold_reason",
    "handed_at",
    "settled_at",
    "lease_token",
    "lease_until",
    "not_before",
    "deaths",
    "attempts",
)
_ATTEMPT = ("touch_id", "number", "handed_at", "ended_at", "outcome", "code", "text")
_MESSAGE = (
    "workspace_id",
    "contact_id",
    "enrollment_id",
    "touch_id",
    "sender_id",
    "channel",
    "direction",
    "kind",
    "from_address",
    "to_address",
    "subject",
    "text",
    "html",
    "message_id",
    "in_reply_to",
    "references",
    "occurred_at",
)
_SETTLES = frozenset({TouchStatus.SENT, TouchStatus.FAILED})
_GIVEN_BACK = frozenset({TouchStatus.PLANNED, TouchStatus.SCHEDULED})


@dataclass(frozen=True, slots=True)
class _Own:
    """A locked touch of which this worker may still write the outcome."""

    id: int
    workspace_id: int
    contact_id: int | None
    kind: str
    lease_token: str
    handed_at: datetime | None
    not_before: datetime
    attempts: int
    deaths: int


_OWN = tuple(field.name for field in fields(_Own))


def record(outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write outcomes of touches that are still ours; enrollments whose touch settled are looked at next.

    A worker that was given up for dead can still say what became of the touch that it handed over and that is now
    `interrupted`: its own outcome is the best evidence there is. Another worker's is none.
    """
    if not outcomes:
        return
    locked = touch_rows.lock_enrollments(outcome.claimed.enrollment_id for outcome in outcomes)
    kept = _still_ours(outcomes)
    sql.update(Touch, _SET, [_touch_values(outcome, own) for outcome, own in kept])
    tried = [(outcome, own) for outcome, own in kept if outcome.status is not TouchStatus.PLANNED]
    sql.insert(Attempt, _ATTEMPT, [_attempt_values(outcome, own) for outcome, own in tried])
    sent = [(outcome, own) for outcome, own in kept if outcome.status is TouchStatus.SENT]
    sql.insert(Message, _MESSAGE, [_message_values(outcome, own) for outcome, own in sent])
    stirred = {o.claimed.enrollment_id for o, _ in kept if o.status not in _GIVEN_BACK}
    touch_rows.look_again([id_ for id_ in locked if id_ in stirred], now)


def _still_ours(outcomes: Sequence[Outcome]) -> list[tuple[Outcome, _Own]]:
    by_id = {outcome.claimed.touch_id: outcome for outcome in outcomes}
    rows = Touch.objects.filter(id__in=by_id, settled_at=None).order_by("id")
    if sql.is_postgresql():
        rows = rows.select_for_update(no_key=True)
    kept = []
    for row in rows.values_list(*_OWN):
        own, outcome = _Own(*row), by_id[row[0]]
        if own.lease_token == outcome.claimed.token:
            kept.append((outcome, own))
    return kept


def _touch_values(outcome: Outcome, own: _Own) -> tuple[object, ...]:
    return (
        own.id,
        outcome.status.value,
        outcome.reason,
        outcome.hold_reason,
        None if outcome.status in _GIVEN_BACK else own.handed_at,
        outcome.at if outcome.status in _SETTLES else None,
        "",
        None,
        outcome.not_before or own.not_before,
        0,
        _tries(outcome, own),
    )


def _tries(outcome: Outcome, own: _Own) -> int:
    """The hand-over counts a try; a refusal before it counts here."""
    counts = own.handed_at is None and outcome.status is not TouchStatus.PLANNED
    return own.attempts + 1 if counts else own.attempts


def _attempt_values(outcome: Outcome, own: _Own) -> tuple[object, ...]:
    return own.id, _tries(outcome, own), own.handed_at, outcome.at, outcome.status.value, outcome.code[:40], outcome.text[:2000]


def _message_values(outcome: Outcome, own: _Own) -> tuple[object, ...]:
    mail = outcome.claimed.outbound
    return (
        own.workspace_id,
        own.contact_id,
        outcome.claimed.enrollment_id,
        own.id,
        outcome.claimed.sender_id,
        "email",
        "out",
        own.kind,
        mail.sender_address,
        mail.recipient_address,
        mail.subject,
        mail.text,
        mail.html or "",
        mail.message_id,
        mail.in_reply_to,
        " ".join(mail.references),
        outcome.at,
    )


def interrupt_abandoned(limit: int, now: datetime) -> int:
    """Call every touch interrupted that was handed over and whose worker's lease ended without an outcome.

    Nobody sends it again by himself; its enrollment blocks at the next look. Returns how many.
    """
    dead = Touch.objects.filter(lease_until__isnull=False, settled_at=None, handed_at__isnull=False)
    dead = dead.extra(where=[f"drumbeat_touch.lease_until < {leases.db_now()}"])  # noqa: S610 - our own expression
    with transaction.atomic():
        found = dict(dead.order_by("id").values_list("id", "enrollment_id")[:limit])
        locked = touch_rows.lock_enrollments(found.values())
        ids = sql.lock(dead.filter(id__in=found))
        rows = Touch.objects.filter(id__in=ids)
        tries = [(t.id, max(1, t.attempts), t.handed_at, now, "interrupted", "", "the worker died") for t in rows]
        sql.insert(Attempt, _ATTEMPT, tries)
        rows.update(status=TouchStatus.INTERRUPTED, lease_until=None)  # the token says whose word still counts
        touch_rows.look_again([id_ for id_ in locked if id_ in {found[i] for i in ids}], now)
    return len(ids)
