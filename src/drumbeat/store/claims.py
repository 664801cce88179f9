"""Claims: a free sender is leased; its due touches are locked, guarded and budgeted in one transaction.

They are written as messages once that is committed: see `composing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from drumbeat import crash
from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.outbound import Outbound
from drumbeat.core.evolve import evolve
from drumbeat.core.guard import Drop, Go, Hold, may_send
from drumbeat.core.pacing import Caps
from drumbeat.core.spacing import rests_until
from drumbeat.core.touch import TouchKind, TouchStatus
from drumbeat.models import BUILT_IN_SENDERS, SenderProfile, Touch, Workspace
from drumbeat.store import budgets, composing, enrollments, leases, received, spacing, sql, touch_rows
from drumbeat.store.budgets import Purse, Reserved, Room
from drumbeat.store.claim_facts import ClaimFacts, load_claim_facts
from drumbeat.store.readings import Reading, columns_of, instance
from drumbeat.store.senders import UTC, caps_of, zone_named
from drumbeat.store.sql import Slot
from drumbeat.store.touch_rows import TouchRow

DEATHS_ALONE = 3
"""A touch whose claim died once in company and this often alone is parked with its enrollment, still suspect."""
_SOON = timedelta(seconds=1)
_NO_PLACE = Reserved(None, "")


@dataclass(frozen=True, slots=True)
class Claimed:
    """A touch that this worker may prepare; handing it over asks the database once more.

    `outbound` None: it was claimed by a worker that died, and what it said died with it. `weight`: bytes that it holds
    of files of a received mail.
    """

    touch_id: int
    token: str
    workspace_id: int
    sender_id: int
    enrollment_id: int | None
    contact_id: int | None
    kind: str
    recipient: str
    attempts: int
    outbound: Outbound | None
    spacing_seconds: int = 0
    weight: int = 0

    @property
    def key(self) -> tuple[int, str]:
        """Tell this claim from an earlier or later one of the same touch."""
        return self.touch_id, self.token

    @property
    def touch_key(self) -> str:
        return self.outbound.touch_key if self.outbound is not None else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim brought. `looked_at` counts held and dropped ones too.

    `suspect`: the sender's next touch may have killed a worker; it is claimed only `alone`. `rests_until`: the sender
    leaves time between two messages, so nothing more of it leaves before.
    """

    touches: Sequence[Claimed] = ()
    looked_at: int = 0
    suppression_silent: bool = False
    suspect: bool = False
    rests_until: datetime | None = None


_NOTHING = Claim()


@dataclass(slots=True)
class _Claiming:
    """One claim in the making: what it knows, and what it decided, written at its end."""

    facts: ClaimFacts
    sender: SenderProfile
    token: str
    lease_until: datetime
    rooms: Sequence[Room]
    now: datetime
    going: list[TouchRow] = field(default_factory=list)
    held: list[TouchRow] = field(default_factory=list)
    settled: list[TouchRow] = field(default_factory=list)
    parked: list[TouchRow] = field(default_factory=list)
    looked_at: int = 0
    rests_until: datetime | None = None

    def decide(self, row: TouchRow) -> None:
        self.looked_at += 1
        if row.lease_token:
            row = replace(row, deaths=row.deaths + 1, lease_token="", lease_until=None)
        if row.deaths > DEATHS_ALONE:
            self.parked.append(replace(row, deaths=1, vetoed_at=self.now))
            return
        match may_send(self.facts.guard[row.id], self.now):
            case Hold(until, why) if until is not None:
                self.held.append(replace(row, not_before=until, hold_reason=why))
            case Hold(_, why):
                self.held.append(replace(row, vetoed_at=self.now, hold_reason=why))
            case Drop(why):
                self._settle(row, TouchStatus.SKIPPED, why)
            case Go(send_before):
                self._go(row, send_before)

    def _settle(self, row: TouchRow, status: TouchStatus, reason: str) -> None:
        self.settled.append(replace(row, status=status, reason=reason, hold_reason="", settled_at=self.now))

    def _go(self, row: TouchRow, send_before: datetime | None) -> None:
        recipient, base_address = self.facts.address(row)
        ends = [end for end in (send_before, *(room.ends_at for room in self.rooms)) if end is not None]
        going = evolve(
            row,
            hold_reason="",
            recipient=recipient,
            base_address=base_address,
            send_before=min(ends, default=None),
            lease_token=self.token,
            lease_until=self.lease_until,
            reserved_at=self.now,
            reserved="".join(room.letters for room in self.rooms),
        )
        self.going.append(going)
        self.rests_until = rests_until(self.sender.spacing_seconds, row.key, self.now)


_FREE_SENDERS = """
    SELECT s.id FROM drumbeat_senderprofile s JOIN drumbeat_workspace w ON w.id = s.workspace_id
    WHERE s.enabled AND w.stopped_at IS NULL AND s.kind <> 'task'
      AND (s.down_until IS NULL OR s.down_until <= %(now)s) AND (s.full_until IS NULL OR s.full_until <= %(now)s)
      AND (s.lease_until IS NULL OR s.lease_until < {db_now})
      AND EXISTS (SELECT 1 FROM drumbeat_touch t WHERE t.sender_id = s.id AND t.handed_at IS NULL
                  AND t.settled_at IS NULL AND t.vetoed_at IS NULL AND t.priority IN (10, 20, 30)
                  AND t.not_before <= %(now)s)
    ORDER BY s.last_served_at, s.id LIMIT %(limit)s {lock}"""
_LEASE = """
    UPDATE drumbeat_senderprofile SET lease_token = %(token)s, lease_until = {until}, last_served_at = %(now)s
    WHERE id IN ({free}) RETURNING id"""


def lease_senders(token: str, limit: int, now: datetime) -> list[int]:
    """Lease up to `limit` free senders that have something to send, the longest unserved first."""
    lock = "FOR NO KEY UPDATE OF s SKIP LOCKED" if sql.is_postgresql() else ""
    free = _FREE_SENDERS.format(db_now=leases.db_now(), lock=lock)
    statement = _LEASE.format(until=leases.db_lease_end(), free=free)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"token": token, "now": sql.moment(now), "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def claim(
    sender_id: int,
    lease_token: str,
    token: str,
    limit: int,
    now: datetime,
    compliance_retry_at: datetime,
    *,
    alone: bool = True,
    room: int = received.MOST_HELD,
) -> Claim:
    """Claim up to `limit` touches of a sender leased under `lease_token`; holds and drops are written too.

    `alone`: nothing else is claimed, so a touch that kills the worker takes no other along. `room`: as for `bearable`.
    """
    if not (ids := touch_rows.next_ids(sender_id, limit, now)):
        return _NOTHING
    with sql.left_to_a_later_commit():
        if (sender := _lock_sender(sender_id, lease_token, now)) is None:
            return _NOTHING
        if (resting := _resting(sender, now)) is not None:
            return resting
        purses = purses_of(sender)
        rooms = [budgets.room(purse, now) for purse in purses]
        crash.point("C0")
        locked = received.bearable(touch_rows.lock(sender_id, ids), room)
        if (suspect := any(row.is_suspect for row in locked)) and not alone:
            return Claim(suspect=True)
        if not (rows := _fitting(locked, purses, rooms, now)):
            _mark_full(sender, rooms, locked)
            return _NOTHING
        facts = load_claim_facts(rows, sender, compliance_retry_at, now)
        claiming = _Claiming(facts, sender, token, leases.lease_end(), rooms, now)
        _decide_all(claiming, rows, purses)
        crash.point("C3")
    crash.point("C1")
    written, spoiled = composing.compose(claiming.going, facts, sender, now)
    composing.set_aside(spoiled, purses, now)
    touches = [_claimed(row, sender, outbound) for row, outbound in written]
    return Claim(touches, claiming.looked_at, facts.suppression_silent, suspect, claiming.rests_until)


def _resting(sender: SenderProfile, now: datetime) -> Claim | None:
    """Return what a claim of a sender brings that is full or may not send another one yet, None for any other."""
    if sender.full_until is not None and sender.full_until > now:
        return Claim(rests_until=sender.full_until if sender.spacing_seconds else None)
    return _NOTHING if sender.spacing_seconds and spacing.one_is_out(sender.pk) else None


def _decide_all(claiming: _Claiming, rows: Sequence[TouchRow], purses: Sequence[Purse]) -> None:
    """Decide and write. A sender with a spacing lets one go and leaves the others as they are."""
    for row in rows:
        claiming.decide(row)
        if claiming.going and claiming.sender.spacing_seconds:
            break
    going = {row.id for row in claiming.going}
    held = [_reserved(row) for row in rows if row.id in going]
    for purse in purses:
        budgets.spend(purse, held, claiming.now)
    if going:
        _begin_warm_up(claiming.sender, claiming.now)
    _write(claiming, claiming.now)
    if claiming.rests_until is not None:
        SenderProfile.objects.filter(id=claiming.sender.pk).update(full_until=claiming.rests_until)


def _begin_warm_up(sender: SenderProfile, now: datetime) -> None:
    """Count the days of a warm-up from the first message, not from the day on which somebody switched it on."""
    if sender.warm_up is not None and sender.warm_up_started_at is None:
        SenderProfile.objects.filter(id=sender.pk).update(warm_up_started_at=now)


def _reserved(row: TouchRow) -> Reserved:
    return Reserved(row.reserved_at, row.reserved)


def _fitting(
    rows: Sequence[TouchRow], purses: Sequence[Purse], rooms: Sequence[Room], now: datetime
) -> list[TouchRow]:
    """Return the rows for which there is room. One whose claim died has its place already."""
    left = {(i, unit): count for i, room in enumerate(rooms) for unit, count in room.left.items()}
    fitting = []
    for row in rows:
        held = _reserved(row) if row.lease_token else _NO_PLACE
        needed = [at for at in left if not budgets.holds(purses[at[0]], at[1], held, now)]
        if all(left[at] for at in needed):
            left.update({at: left[at] - 1 for at in needed})
            fitting.append(row)
    return fitting


def _claimed(row: TouchRow, sender: SenderProfile, outbound: Outbound) -> Claimed:
    return Claimed(
        touch_id=row.id,
        token=row.lease_token,
        workspace_id=row.workspace_id,
        sender_id=sender.pk,
        enrollment_id=row.enrollment_id,
        contact_id=row.contact_id,
        kind=row.kind,
        recipient=row.recipient,
        attempts=row.attempts,
        outbound=outbound,
        spacing_seconds=sender.spacing_seconds,
        weight=_weight(row, outbound),
    )


def _weight(row: TouchRow, outbound: Outbound) -> int:
    if row.kind != TouchKind.NOTICE or not isinstance(outbound, EmailOutbound):
        return 0
    return sum(len(one.encoded) for one in outbound.attachments)


def _lock_sender(sender_id: int, token: str, now: datetime) -> SenderProfile | None:
    """Lock the sender, then read its workspace: the statement that waits for the lock shows older flags.

    None where it must not send now: it is another's, down or disabled, or everything is stopped.
    """
    found = _LEASED_SENDERS.fetch([sender_id], [token])
    if not found:
        return None
    sender = instance(SenderProfile, found[0])
    if sender.down_until is not None and sender.down_until > now:
        return None
    sender.workspace = instance(Workspace, _WORKSPACES.fetch([sender.workspace_id])[0])
    return sender if sender.workspace.stopped_at is None else None


def _leased_senders(ids: Slot, tokens: Slot) -> QuerySet[SenderProfile, Any]:
    rows = SenderProfile.objects.filter(sql.among("id", ids), sql.among("lease_token", tokens), enabled=True)
    if sql.is_postgresql():
        rows = rows.select_for_update(no_key=True)
    return rows.values_list(*columns_of(SenderProfile))


_LEASED_SENDERS = Reading(_leased_senders)
_WORKSPACES = Reading(
    lambda ids: Workspace.objects.filter(sql.among("id", ids)).values_list(*columns_of(Workspace))
)


def purses_of(sender: SenderProfile) -> list[Purse]:
    """Return the caps that a touch of this sender counts against: the sender's and the workspace's.

    Webhooks and notices write to nobody outside, so they count against no cap.
    """
    if sender.kind in BUILT_IN_SENDERS:
        return []
    workspace = sender.workspace
    workspace_zone = zone_named(workspace.time_zone) or UTC
    zone = zone_named(sender.time_zone) or workspace_zone
    own = Purse(workspace.id, f"sender:{sender.id}", caps_of(sender), zone, sender.warm_up_started_at)
    shared = Purse(
        workspace.id, f"workspace:{workspace.id}", caps_of(workspace), workspace_zone, None, upper=True
    )
    return [purse for purse in (own, shared) if purse.caps != Caps()]


def _mark_full(sender: SenderProfile, rooms: Iterable[Room], waiting: Sequence[TouchRow]) -> None:
    """A full sender is not visited again before its bucket ends, unless a claim of it is not handed over yet.

    Should the worker of that claim die, another one finds the touches, and they have their places.
    """
    claimed = Touch.objects.filter(
        sender_id=sender.pk, lease_until__isnull=False, settled_at=None, handed_at=None
    )
    if not waiting or claimed.exists():
        return
    until = max((room.full_until for room in rooms if room.full_until), default=None)
    SenderProfile.objects.filter(id=sender.id).update(full_until=until)


def _write(decided: _Claiming, now: datetime) -> None:
    """Write all. Touches are locked already, so enrollments are taken without waiting: whose is busy waits a second."""
    ending = [*decided.settled, *decided.parked]
    free = set(touch_rows.lock_enrollments((row.enrollment_id for row in ending), skip=True))
    settled = [row for row in decided.settled if row.enrollment_id is None or row.enrollment_id in free]
    parked = [row for row in decided.parked if row.enrollment_id in free]
    ended = {row.id for row in (*settled, *parked)}
    busy = [
        replace(
            row,
            status=TouchStatus.PLANNED,
            reason="",
            settled_at=None,
            vetoed_at=None,
            not_before=now + _SOON,
        )
        for row in ending
        if row.id not in ended
    ]
    touch_rows.write([*decided.going, *decided.held, *settled, *parked, *busy])
    touch_rows.look_again([row.enrollment_id for row in settled if row.enrollment_id is not None], now)
    for locked in enrollments.read([row.enrollment_id for row in parked if row.enrollment_id is not None]):
        enrollments.park(
            locked, RuntimeError("the worker died each time this message was being written"), now
        )
