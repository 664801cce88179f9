"""The hand-over mark and what came of it: one short transaction a wave."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import QuerySet

from drumbeat import crash
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.twilio.outbound import TextOutbound
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.retry import next_try
from drumbeat.core.touch import FailureReason, TouchKind, TouchStatus
from drumbeat.models import Attempt, Enrollment, Message, Touch
from drumbeat.store import leases, new_calls, sent_texts, spacing, sql, touch_rows
from drumbeat.store.claims import Claimed

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a claimed touch.

    `status`: sent, failed, interrupted, scheduled (deferred until `not_before`), sending (a call that was placed) or
    planned (given back untouched).
    """

    claimed: Claimed
    status: TouchStatus
    at: datetime
    reason: str = ""
    code: str = ""
    text: str = ""
    provider_id: str = ""
    not_before: datetime | None = None
    hold_reason: str = ""
    handed_at: datetime | None = None
    withheld: bool = False


def wave(outcomes: Sequence[Outcome], ready: Sequence[Claimed], now: datetime) -> list[Claimed]:
    """Record what came since the last wave, wake the enrollments, and mark the ready touches as handed over.

    Returns those of `ready` that may be transmitted; any other must not be. An outcome that cannot be written is
    written without its words; neither it nor a touch that cannot be handed over keeps any other from its turn.
    """
    if not outcomes and not ready:
        return []
    try:
        handed = _write_wave(outcomes, ready, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("a wave could not be written; each of its outcomes and touches is written alone")
        for outcome in outcomes:
            _record_alone(outcome, now)
        handed = _hand_over_alone(ready, now)
    crash.point("C9")
    return handed


def _write_wave(outcomes: Sequence[Outcome], ready: Sequence[Claimed], now: datetime) -> list[Claimed]:
    with transaction.atomic():
        full = spacing.lock(ready)
        record(outcomes, now)
        handed = hand_over(ready, now)
        new_calls.write(handed, now)
        spacing.begin(full, handed, now)
    return handed


def _hand_over_alone(ready: Sequence[Claimed], now: datetime) -> list[Claimed]:
    """Hand over one by one. Where the database goes away, what it took leaves all the same: it is marked."""
    handed: list[Claimed] = []
    for claimed in ready:
        try:
            handed += _write_wave([], [claimed], now)
        except (OperationalError, InterfaceError):
            log.exception("the database went away; touch %s and those after it wait", claimed.touch_id)
            break
        except Exception:
            log.exception("touch %s cannot be handed over", claimed.touch_id)
    return handed


def _record_alone(outcome: Outcome, now: datetime) -> None:
    claimed = outcome.claimed
    if isinstance(claimed.outbound, EmailOutbound):
        claimed = replace(
            claimed, outbound=replace(claimed.outbound, subject="", text="", html=None, shown_html=None)
        )
    if isinstance(claimed.outbound, TextOutbound):
        claimed = replace(claimed, outbound=replace(claimed.outbound, text=""))
    wordless = replace(outcome, code="", text="", claimed=claimed)
    for version in (outcome, wordless):
        try:
            with transaction.atomic():
                record([version], now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("what became of touch %s could not be written", outcome.claimed.touch_id)
        else:
            return


def hand_over(ready: Sequence[Claimed], now: datetime) -> list[Claimed]:
    """Set the mark on those that are still ours, unvetoed and in time, and return them."""
    if not ready:
        return []
    # Written so that no partial index fits, of all that waits or of all that is leased: where little is known of the
    # table, the database takes those for small and reads them whole.
    free = (
        "AND COALESCE(handed_at, vetoed_at) IS NULL AND (send_before IS NULL OR send_before > %s) "
        f"AND COALESCE(lease_until > {leases.db_now()}, FALSE)"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE drumbeat_touch SET handed_at = %s, status = 'sending', attempts = attempts + 1 "
            f"WHERE id IN ({_held(free)}) RETURNING id, lease_token",
            [sql.moment(now), *_holds(ready), sql.moment(now)],
        )
        marked = set(cursor.fetchall())
    return [claimed for claimed in ready if claimed.key in marked]


_CLAIM = "id || ' ' || lease_token"


def _held(which: str = "") -> str:
    """Return the statement that locks, in id order, unsettled touches that are held under the claims of `_holds`.

    All conditions stand where the lock is taken: what is locked is looked at once more as it is by then.
    """
    lock = "FOR NO KEY UPDATE" if sql.is_postgresql() else ""
    return (
        f"SELECT id FROM drumbeat_touch WHERE {sql.any_of('id')} AND settled_at IS NULL "
        f"AND {sql.any_of(_CLAIM)} {which} ORDER BY id {lock}"
    )


def _holds(claims: Sequence[Claimed]) -> list[Any]:
    """Return the parameters of `_held`."""
    keys = [f"{claimed.touch_id} {claimed.token}" for claimed in claims]
    return [sql.listed([claimed.touch_id for claimed in claims]), sql.listed(keys)]


_ATTEMPT = ("touch_id", "number", "handed_at", "ended_at", "outcome", "code", "text", "provider_id")
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
_SETTLES = frozenset({TouchStatus.SENT, TouchStatus.FAILED, TouchStatus.CANCELLED})
_GIVEN_BACK = frozenset({TouchStatus.PLANNED, TouchStatus.SCHEDULED})
_UNHANDS = _GIVEN_BACK | {TouchStatus.CANCELLED}
_UNTOLD = frozenset({TouchStatus.PLANNED, TouchStatus.SENDING})
"""Nothing came of it, or not yet: a call that was placed is an attempt when it has ended."""


def record(outcomes: Sequence[Outcome], now: datetime) -> None:
    """Write outcomes of touches that are still ours; enrollments whose touch settled are looked at next.

    A worker that was given up for dead can still say what became of the touch that it handed over and that is
    now `interrupted`: its own outcome is the best evidence there is. Another worker's is none.
    """
    if not outcomes:
        return
    touch_rows.look_again((outcome.claimed.enrollment_id for outcome in outcomes), now)
    groups = _alike(_heeding_stops(outcomes)).values()
    if len(groups) > 1:
        _lock(outcomes)
    kept = [outcome for alike in groups for outcome in _write(alike)]
    tried = [outcome for outcome in kept if outcome.status not in _UNTOLD]
    sql.insert(Attempt, _ATTEMPT, [_attempt_values(outcome) for outcome in tried])
    new_calls.follow(kept)
    sent = [outcome for outcome in kept if outcome.status is TouchStatus.SENT]
    mails = [(o, o.claimed.outbound) for o in sent if isinstance(o.claimed.outbound, EmailOutbound)]
    sql.insert(Message, _MESSAGE, [_message_values(outcome, mail) for outcome, mail in mails])
    texts = [(o, o.claimed.outbound) for o in sent if isinstance(o.claimed.outbound, TextOutbound)]
    Message.objects.bulk_create([_text_message(outcome, text) for outcome, text in texts])


def _heeding_stops(outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
    """Keep back what is given back after its enrollment ended or paused: that stop found it on the wire.

    The enrollments are locked, so a stop either sees the touch as it is now, or is seen here.
    """
    ids = {id_ for o in outcomes if o.status in _GIVEN_BACK and (id_ := o.claimed.enrollment_id) is not None}
    if not ids:
        return outcomes
    states = dict(Enrollment.objects.filter(id__in=ids).values_list("id", "state"))
    return [_heeding(o, states.get(o.claimed.enrollment_id or 0)) for o in outcomes]


def _heeding(outcome: Outcome, state: str | None) -> Outcome:
    if outcome.status not in _GIVEN_BACK or state in (None, EnrollmentState.AWAITING):
        return outcome
    if state == EnrollmentState.FINISHED:
        return replace(outcome, status=TouchStatus.CANCELLED, not_before=None, hold_reason="")
    return replace(outcome, withheld=True)


def _lock(outcomes: Sequence[Outcome]) -> None:
    """Lock what several statements will write, so that its order is that of the ids."""
    with connection.cursor() as cursor:
        cursor.execute(_held(), _holds([outcome.claimed for outcome in outcomes]))


def _alike(outcomes: Sequence[Outcome]) -> dict[tuple[object, ...], list[Outcome]]:
    """Group outcomes that are written alike: in a good wave there is one group."""
    groups: dict[tuple[object, ...], list[Outcome]] = {}
    for o in outcomes:
        groups.setdefault((o.status, o.reason, o.hold_reason, o.not_before, o.withheld, o.at), []).append(o)
    return groups


def _write(alike: Sequence[Outcome]) -> list[Outcome]:
    """Write outcomes that are alike, and return those whose touches are still ours."""
    first = alike[0]
    given_back = "handed_at = NULL, " if first.status in _UNHANDS else ""
    later = "not_before = %s, " if first.not_before is not None else ""
    withheld = "vetoed_at = COALESCE(vetoed_at, %s), " if first.withheld else ""
    counted = "0" if first.status is TouchStatus.PLANNED else "CASE WHEN handed_at IS NULL THEN 1 ELSE 0 END"
    settled_at = first.at if first.status in _SETTLES else None
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE drumbeat_touch SET {given_back}{later}{withheld}"
            "status = %s, reason = %s, hold_reason = %s, settled_at = %s, "
            f"attempts = attempts + {counted}, lease_token = '', lease_until = NULL, deaths = 0 "
            f"WHERE id IN ({_held()}) RETURNING id",
            [
                *([sql.moment(first.not_before)] if later else []),
                *([sql.moment(first.at)] if withheld else []),
                first.status.value,
                first.reason,
                first.hold_reason,
                sql.moment(settled_at),
                *_holds([outcome.claimed for outcome in alike]),
            ],
        )
        written = {row[0] for row in cursor.fetchall()}
    return [outcome for outcome in alike if outcome.claimed.touch_id in written]


def _attempt_values(outcome: Outcome) -> tuple[object, ...]:
    number = outcome.claimed.attempts + 1
    status = outcome.status.value
    return (
        outcome.claimed.touch_id,
        number,
        outcome.handed_at,
        outcome.at,
        status,
        outcome.code[:40],
        outcome.text[:2000],
        outcome.provider_id[:200],
    )


def _message_values(outcome: Outcome, mail: EmailOutbound) -> tuple[object, ...]:
    claimed = outcome.claimed
    return (
        claimed.workspace_id,
        claimed.contact_id,
        claimed.enrollment_id,
        claimed.touch_id,
        claimed.sender_id,
        "email",
        "out",
        claimed.kind,
        mail.sender_address,
        mail.recipient_address,
        mail.subject,
        mail.text,
        mail.shown_html or mail.html or "",
        mail.message_id,
        mail.in_reply_to,
        " ".join(mail.references),
        outcome.at,
    )


def _text_message(outcome: Outcome, text: TextOutbound) -> Message:
    claimed = outcome.claimed
    return sent_texts.message(
        text,
        workspace_id=claimed.workspace_id,
        contact_id=claimed.contact_id,
        enrollment_id=claimed.enrollment_id,
        touch_id=claimed.touch_id,
        sender_id=claimed.sender_id,
        sid=outcome.provider_id,
        at=outcome.at,
    )


def interrupt_abandoned(limit: int, now: datetime) -> int:
    """Call every touch interrupted that was handed over and whose worker's lease ended without an outcome.

    Nobody sends it again by himself; its enrollment blocks at the next look. Webhooks are not meant: see
    `repeat_abandoned`. Returns how many.
    """
    dead = _abandoned().exclude(kind=TouchKind.WEBHOOK)
    with transaction.atomic():
        found = dict(dead.order_by("id").values_list("id", "enrollment_id")[:limit])
        touch_rows.look_again(found.values(), now)
        ids = sql.lock(dead.filter(id__in=found))
        rows = Touch.objects.filter(id__in=ids)
        tries = [
            (t.id, max(1, t.attempts), t.handed_at, now, "interrupted", "", "the worker died", "")
            for t in rows
        ]
        sql.insert(Attempt, _ATTEMPT, tries)
        rows.update(
            status=TouchStatus.INTERRUPTED, lease_until=None
        )  # the token says whose word still counts
    return len(ids)


def _abandoned() -> QuerySet[Touch]:
    """Return what was handed over and has no outcome, although its worker's lease has ended."""
    dead = Touch.objects.filter(lease_until__isnull=False, settled_at=None, handed_at__isnull=False)
    return dead.extra(where=[f"drumbeat_touch.lease_until < {leases.db_now()}"])


def repeat_abandoned(limit: int, now: datetime) -> int:
    """Give back webhooks that were handed over by a worker that died: the receiver knows the second by its id.

    Each counts as a try that failed, so what kills workers or never answers comes to an end. Returns how many.
    """
    with transaction.atomic():
        found = list(_abandoned().filter(kind=TouchKind.WEBHOOK).order_by("id")[:limit])
        record([_died(row, now) for row in found], now)
    return len(found)


def _died(row: Touch, now: datetime) -> Outcome:
    again = next_try(row.attempts, row.key, now)
    claimed = Claimed(
        touch_id=row.pk,
        token=row.lease_token,
        workspace_id=row.workspace_id,
        sender_id=row.sender_id,
        enrollment_id=row.enrollment_id,
        contact_id=row.contact_id,
        kind=row.kind,
        recipient=row.recipient,
        attempts=max(0, row.attempts - 1),
        outbound=None,
    )
    return Outcome(
        claimed=claimed,
        status=TouchStatus.FAILED if again is None else TouchStatus.SCHEDULED,
        at=now,
        reason=FailureReason.PROVIDER_ERROR if again is None else "",
        text="the worker died; the call may have arrived",
        not_before=again,
        handed_at=row.handed_at,
    )
