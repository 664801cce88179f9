"""Claimed touches as messages. What cannot be written is set aside; nothing else of its claim waits for it.

Composing runs after the claim is committed: no lock waits for a template, and a worker that dies of one leaves a
lease behind by which the touch is known.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat import crash
from drumbeat.channels.outbound import Outbound
from drumbeat.core import merge
from drumbeat.core.errors import DomainError
from drumbeat.core.touch import FailureReason, TouchStatus
from drumbeat.models import SenderProfile, Touch
from drumbeat.store import budgets, enrollments, sql, touch_rows
from drumbeat.store.budgets import Purse, Reserved
from drumbeat.store.claim_facts import ClaimFacts
from drumbeat.store.touch_rows import TouchRow

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A claimed touch that cannot be written, and why."""

    row: TouchRow
    fault: Exception

    @property
    def is_defect(self) -> bool:
        """Tell a fault of ours, to be tried again, from a text that cannot be merged for this contact."""
        return not isinstance(self.fault, merge.MergeError | DomainError)


def compose(
    rows: Iterable[TouchRow], facts: ClaimFacts, sender: SenderProfile, now: datetime
) -> tuple[list[tuple[TouchRow, Outbound]], list[Spoiled]]:
    """Return the rows with their messages, and those that have none."""
    written: list[tuple[TouchRow, Outbound]] = []
    spoiled: list[Spoiled] = []
    for row in rows:
        crash.point("C2")
        try:
            written.append((row, facts.compose(row, sender, now)))
        except Exception as fault:
            spoiled.append(Spoiled(row, fault))
    return written, spoiled


def set_aside(spoiled: Sequence[Spoiled], purses: Sequence[Purse], now: datetime) -> None:
    """Settle claimed touches as failed (`render_error`); a defect parks the enrollment, so that mending it helps."""
    if not spoiled:
        return
    by_id = {one.row.id: one for one in spoiled}
    with transaction.atomic():
        touch_rows.lock_enrollments(one.row.enrollment_id for one in spoiled)
        held = [by_id[id_] for id_ in sql.lock(_still_claimed(spoiled))]
        for purse in purses:
            budgets.give_back(purse, [Reserved(one.row.reserved_at, one.row.reserved) for one in held])
        parked = {id_: one for one in held if one.is_defect and (id_ := one.row.enrollment_id) is not None}
        failed = [one.row for one in held if one.row.enrollment_id not in parked]
        ends = {"status": TouchStatus.FAILED, "reason": FailureReason.RENDER_ERROR, "settled_at": now}
        touch_rows.write(
            [
                *(_free(row, **ends) for row in failed),
                *(_free(one.row, vetoed_at=now) for one in parked.values()),
            ]
        )
        touch_rows.look_again([row.enrollment_id for row in failed if row.enrollment_id is not None], now)
        for locked in enrollments.read(list(parked)):
            one = parked[locked.value.id]
            log.error("touch %s cannot be written and is parked", one.row.id, exc_info=one.fault)
            enrollments.park(locked, one.fault, now)


def _still_claimed(spoiled: Sequence[Spoiled]) -> QuerySet[Touch]:
    tokens = {one.row.lease_token for one in spoiled}
    ids = [one.row.id for one in spoiled]
    return Touch.objects.filter(id__in=ids, lease_token__in=tokens, handed_at=None, settled_at=None)


def _free(row: TouchRow, **changes: object) -> TouchRow:
    return replace(row, lease_token="", lease_until=None, reserved_at=None, reserved="", **changes)  # type: ignore[arg-type]
