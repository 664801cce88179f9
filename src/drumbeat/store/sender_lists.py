"""Senders as a list: what each has sent today, what waits for it, what is still to come, in a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from drumbeat.core.pacing import BucketUnit, bucket_start
from drumbeat.core.touch import CONTACT_FACING
from drumbeat.models import Budget, Enrollment, Message, SenderProfile, Touch
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.models.touch import CLAIMABLE
from drumbeat.store.senders import UTC, zone_named


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """`used` counts against the cap, claimed ones included; `sent` left, `waiting` is written, `due` still to be."""

    used: int = 0
    sent: int = 0
    waiting: int = 0
    due: int = 0


def days_of(
    senders: Sequence[SenderProfile], now: datetime, day_starts_at: datetime, day_ends_at: datetime
) -> Mapping[int, Day]:
    """Return each sender's day. The senders carry their workspace and are of one."""
    if not senders:
        return {}
    workspace_id = senders[0].workspace_id
    ids = [sender.pk for sender in senders]
    used = _used(senders, now)
    sent = dict(
        Message.objects.filter(
            workspace_id=workspace_id, direction="out", contact__isnull=False, occurred_at__gte=day_starts_at
        )
        .order_by()
        .values_list("sender_id")
        .annotate(n=Count("id"))
    )
    waiting = dict(
        Touch.objects.filter(CLAIMABLE, sender_id__in=ids, kind__in=CONTACT_FACING)
        .order_by()
        .values_list("sender_id")
        .annotate(n=Count("id"))
    )
    due = _due(workspace_id, day_ends_at)
    return {
        id_: Day(
            used=used.get(id_, 0), sent=sent.get(id_, 0), waiting=waiting.get(id_, 0), due=due.get(id_, 0)
        )
        for id_ in ids
    }


def _used(senders: Sequence[SenderProfile], now: datetime) -> dict[int, int]:
    """Return what is used of each daily cap: a day is that of the sender's zone."""
    wanted = {}
    for sender in senders:
        zone = zone_named(sender.time_zone) or zone_named(sender.workspace.time_zone) or UTC
        wanted[f"sender:{sender.pk}", bucket_start(BucketUnit.DAY, now, zone)] = sender.pk
    rows = Budget.objects.filter(
        workspace_id=senders[0].workspace_id,
        unit=BucketUnit.DAY.value,
        scope__in=[scope for scope, _ in wanted],
        start__in={start for _, start in wanted},
    ).values_list("scope", "start", "used")
    return {wanted[scope, start]: used for scope, start, used in rows if (scope, start) in wanted}


def _due(workspace_id: int, day_ends_at: datetime) -> dict[int, int]:
    """Count the enrollments that fall due today, by the sender that is chosen already."""
    active = SequenceRow.objects.filter(workspace_id=workspace_id, status="active").values("id")
    rows = Enrollment.objects.filter(
        UNFINISHED, Q(state="active"), sequence_id__in=active, next_step_at__lt=day_ends_at
    ).order_by()
    counted = rows.annotate(by=Coalesce("step_sender_id", "chosen_sender_id")).values_list("by")
    return {id_: count for id_, count in counted.annotate(n=Count("id")) if id_ is not None}
