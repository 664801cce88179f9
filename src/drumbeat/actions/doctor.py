"""Why is nothing going out? What stops messages, from the whole installation down to single enrollments.

Each finding has a number where one helps, and says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Count, Max, Q, QuerySet

from drumbeat.actions import access
from drumbeat.actions.approvals import findings as approvals
from drumbeat.actions.enrollments.explaining import words
from drumbeat.actions.findings import Finding, Level
from drumbeat.actions.grants import findings as grants
from drumbeat.actions.numbers import findings as numbers
from drumbeat.actions.senders import findings as senders
from drumbeat.actions.senders.listing import cap_today, is_full
from drumbeat.agents import reach
from drumbeat.agents.endpoint import endpoint_of
from drumbeat.core.enrollment import BlockReason
from drumbeat.core.pacing import Ramp
from drumbeat.core.touch import CONTACT_FACING, HoldReason, TouchStatus
from drumbeat.core.window import OpenHours, next_open
from drumbeat.environment import environment
from drumbeat.models import (
    MAILBOXES,
    Enrollment,
    InboundMail,
    Job,
    Mailbox,
    Member,
    SenderProfile,
    SequenceStatus,
    Touch,
    Worker,
    Workspace,
)
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import suppressions
from drumbeat.store.senders import UTC, window_of, zone_named

__all__ = ["Finding", "Level", "examine"]

ALIVE = timedelta(seconds=30)
RECENT = timedelta(days=7)
LATE = timedelta(seconds=60)
"""A due enrollment that nobody looked at for this long is behind."""


@dataclass(frozen=True, slots=True)
class _Asked:
    member: Member
    workspace: Workspace
    now: datetime


Check = Callable[[_Asked], Iterable[Finding]]


def examine(member: Member, now: datetime) -> list[Finding]:
    """Return all findings, what stops most first."""
    asked = _Asked(member, Workspace.objects.get(id=member.workspace_id), now)
    return [finding for check in _CHECKS for finding in check(asked)]


def _worker(asked: _Asked) -> Iterable[Finding]:
    seen = Worker.objects.aggregate(seen=Max("seen_at"))["seen"]
    alive = Worker.objects.filter(seen_at__gt=asked.now - ALIVE).count()
    start = "Start it: drumbeat serve (or drumbeat worker)."
    if seen is None:
        yield Finding(level=Level.ERROR, code="worker_never_ran", text="No worker has ever run.", fix=start)
    elif not alive:
        text = f"No worker is alive; the last sign of life was at {seen:%Y-%m-%d %H:%M:%S} UTC."
        yield Finding(level=Level.ERROR, code="worker_dead", text=text, fix=start, at=seen)
    else:
        yield Finding(level=Level.OK, code="worker_alive", text="The worker is alive.", count=alive)


def _emergency_stop(asked: _Asked) -> Iterable[Finding]:
    if asked.workspace.stopped_at is None:
        return
    text = (
        f"Everything is stopped since {asked.workspace.stopped_at:%Y-%m-%d %H:%M} UTC "
        f"by {asked.workspace.stopped_by}."
    )
    yield Finding(
        level=Level.ERROR,
        code="emergency_stop",
        text=text,
        fix="Lift it: drumbeat stop-all --lift",
        name=asked.workspace.stopped_by,
        at=asked.workspace.stopped_at,
    )


def _suppression(asked: _Asked) -> Iterable[Finding]:
    try:
        suppressions.suppressed(asked.workspace.pk, ["0"])
    except (suppressions.SuppressionUnavailable, DatabaseError) as fault:
        yield Finding(
            level=Level.ERROR,
            code=HoldReason.COMPLIANCE_UNAVAILABLE_STUB,
            text=f"The suppression list cannot be read ({fault}), so nothing may be sent.",
            fix="Repair the database; what waits goes out by itself.",
            detail=str(fault),
        )
    else:
        yield Finding(level=Level.OK, code="suppression_readable", text="The suppression list can be read.")


def _sequences(asked: _Asked) -> Iterable[Finding]:
    ours = access.visible_to(asked.member, SequenceRow)
    active = ours.filter(status=SequenceStatus.ACTIVE).count()
    if not active:
        yield Finding(
            level=Level.WARNING,
            code="no_active_sequence",
            text="No sequence is active.",
            fix="Activate one: drumbeat sequence activate ID",
        )
    else:
        yield Finding(level=Level.OK, code="sequences_active", text="Sequences are active.", count=active)
    for row in ours.filter(status=SequenceStatus.PAUSED).annotate(
        waiting=Count("enrollment", filter=_RUNNING)
    ):
        yield Finding(
            level=Level.NOTE,
            code="sequence_paused",
            text=f"The sequence {row.name!r} is paused; its enrollments wait.",
            count=row.waiting,
            fix=f"Resume it: drumbeat sequence resume {row.pk}",
            name=row.name,
            object_id=row.pk,
        )


_RUNNING = ~Q(enrollment__state="finished")


def _senders(asked: _Asked) -> Iterable[Finding]:
    rows = list(access.visible_to(asked.member, SenderProfile).filter(kind__in=MAILBOXES))
    if not any(row.enabled for row in rows):
        yield Finding(
            level=Level.ERROR,
            code="no_sender",
            text="There is no enabled sender.",
            fix="Add one: drumbeat sender add ADDRESS --smtp URL",
        )
    yield from senders.of(asked.member, asked.now)
    for row in rows:
        for finding in (*_sender(row, asked), *senders.of_sender(row)):
            yield replace(finding, name=row.address, object_id=row.pk)


def _sender(row: SenderProfile, asked: _Asked) -> Iterable[Finding]:
    """Yield what keeps this sender from sending now, or that nothing does."""
    who = f"Sender {row.address}"
    waiting = Touch.objects.filter(_CLAIMABLE, sender=row).count()
    if not row.enabled:
        yield Finding(
            level=Level.WARNING if waiting else Level.NOTE,
            code="sender_disabled",
            text=f"{who} is disabled.",
            count=waiting,
            fix=f"Enable it: drumbeat sender enable {row.pk}",
        )
    elif row.down_until is not None and row.down_until > asked.now:
        yield _down(row, who, waiting)
    elif (opens := _opens(row, asked)) is not None:
        yield Finding(
            level=Level.NOTE,
            code="sender_window",
            text=f"{who} is outside its window until {opens:%a %Y-%m-%d %H:%M} UTC.",
            count=waiting,
            fix="Widen its window, or wait.",
            at=opens,
        )
    elif row.full_until is not None and is_full(row, asked.now):
        yield Finding(
            level=Level.NOTE,
            code="sender_cap",
            text=f"{who} has used up its cap{_today(row, asked)} until {row.full_until:%Y-%m-%d %H:%M} UTC.",
            count=waiting,
            fix="Raise its cap, or wait.",
            at=row.full_until,
        )
    else:
        yield Finding(level=Level.OK, code="sender_ready", text=f"{who} is ready.", count=waiting)


def _down(row: SenderProfile, who: str, waiting: int) -> Finding:
    because = f"{words(row.down_reason)}. {row.down_text}".strip()
    until, fix = grants.release(row)
    by_itself = grants.goes_on_by_itself(row)
    return Finding(
        level=Level.ERROR,
        code="sender_down" if by_itself else "sender_held",
        text=f"{who} is held until {until}: {because}",
        count=waiting,
        fix=fix,
        reason=row.down_reason,
        at=row.down_until if by_itself else None,
        detail=row.down_text,
    )


def _today(row: SenderProfile, asked: _Asked) -> str:
    """Say what the cap is today where a warm-up makes it less than people remember."""
    if row.warm_up is None:
        return ""
    row.workspace = asked.workspace
    return f" of {cap_today(row, asked.now)} today (warm-up {Ramp(**row.warm_up)})"


_CLAIMABLE = Q(handed_at=None, settled_at=None, vetoed_at=None, kind__in=CONTACT_FACING)


def _opens(row: SenderProfile, asked: _Asked) -> datetime | None:
    """Return when the sender's window opens next, None when it is open."""
    window = window_of(row.window)
    if window is None:
        return None
    zone = zone_named(row.time_zone) or zone_named(asked.workspace.time_zone) or UTC
    opens = next_open(asked.now, [OpenHours(window, zone)])
    return opens if opens is not None and opens > asked.now else None


def _due(asked: _Asked) -> Iterable[Finding]:
    running = access.visible_to(asked.member, Enrollment).filter(
        UNFINISHED, sequence__status=SequenceStatus.ACTIVE
    )
    behind = running.filter(next_step_at__lt=asked.now - LATE).count()
    if behind:
        yield Finding(
            level=Level.ERROR,
            code="enrollments_behind",
            text=f"Enrollments are due for more than {LATE.total_seconds():.0f} s and nobody looked at them.",
            count=behind,
            fix="Is the worker alive, and does its log show errors?",
        )
    coming = running.filter(next_step_at__gte=asked.now - LATE).order_by("next_step_at")
    if (first := coming.values_list("next_step_at", flat=True).first()) is not None:
        text = f"Enrollments wait for their time; the next is due at {first:%Y-%m-%d %H:%M:%S} UTC."
        yield Finding(level=Level.OK, code="enrollments_waiting", text=text, count=coming.count(), at=first)
    elif not behind:
        yield Finding(
            level=Level.NOTE, code="nothing_due", text="No enrollment of an active sequence is due."
        )


def _blocked(asked: _Asked) -> Iterable[Finding]:
    rows = access.visible_to(asked.member, Enrollment).filter(state="blocked")
    for reason, count in rows.order_by("reason").values_list("reason").annotate(n=Count("id")):
        example = rows.filter(reason=reason).values_list("id", flat=True).first()
        yield Finding(
            level=Level.ERROR if reason == BlockReason.ERROR else Level.WARNING,
            code=f"blocked_{reason}",
            text=f"Enrollments are blocked: {words(reason)}.",
            count=count,
            fix=f"See one: drumbeat enrollment why {example}",
            object_id=example,
            reason=reason,
        )


def _held(asked: _Asked) -> Iterable[Finding]:
    # By their senders: what waits is a small index there, and the workspace's touches are all that ever were.
    senders = SenderProfile.objects.filter(workspace=asked.workspace).values("id")
    rows = (
        access.visible_to(asked.member, Touch).filter(_CLAIMABLE, sender__in=senders).exclude(hold_reason="")
    )
    counted = rows.order_by("hold_reason").values_list("hold_reason").annotate(n=Count("id"))
    for reason, count in counted:
        yield Finding(
            level=Level.NOTE,
            code=f"held_{reason}",
            text=f"Touches are held: {words(reason)}.",
            count=count,
            reason=reason,
        )
    yield from _in_doubt(access.visible_to(asked.member, Touch))


def _in_doubt(touches: QuerySet[Touch]) -> Iterable[Finding]:
    count = touches.filter(status=TouchStatus.INTERRUPTED).count()
    if count:
        yield Finding(
            level=Level.WARNING,
            code="interrupted",
            text="Messages of which nobody knows whether they arrived.",
            count=count,
            fix="See them: drumbeat enrollment list --state blocked. Say for each: "
            "drumbeat enrollment resolve ID arrived|send-again|skip",
        )


def _inbound(asked: _Asked) -> Iterable[Finding]:
    poison = InboundMail.objects.exclude(fault="").filter(received_at__gt=asked.now - RECENT).count()
    unread = InboundMail.objects.filter(processed_at=None)
    behind = unread.filter(fault="", received_at__lt=asked.now - LATE).count()
    if poison:
        yield Finding(
            level=Level.WARNING,
            code="inbound_poison",
            text="Mails came in that could not be read.",
            count=poison,
            fix="The log names each; they are kept as they came.",
        )
    if behind:
        yield Finding(
            level=Level.ERROR,
            code="inbound_behind",
            text="Mails came in and nobody read them: replies may be missed.",
            count=behind,
            fix="Is the worker alive?",
        )


def _grants(asked: _Asked) -> Iterable[Finding]:
    return grants.of(asked.member)


def _mailboxes(asked: _Asked) -> Iterable[Finding]:
    rows = access.visible_to(asked.member, Mailbox).filter(enabled=True).exclude(fault="")
    for row in rows.order_by("id"):
        yield Finding(
            level=Level.ERROR,
            code="mailbox_down",
            text=f"Mailbox {row.address} cannot be read: {row.fault_text}. Replies to it are missed until it can.",
            fix=f"See what is in the way: drumbeat mailbox try {row.pk}",
            name=row.address,
            object_id=row.pk,
            reason=row.fault,
            at=row.fault_since,
            detail=row.fault_text,
        )


def _jobs(asked: _Asked) -> Iterable[Finding]:
    failed = Job.objects.filter(
        Q(workspace=asked.workspace) | Q(workspace=None),
        state="failed",
        finished_at__gt=asked.now - RECENT,
    )
    for job in failed.order_by("-id")[:5]:
        yield Finding(
            level=Level.WARNING,
            code="job_failed",
            text=f"Job {job.pk} ({job.kind}) failed: {job.fault.partition(chr(10))[0]}",
            fix="Mend the cause and start it again.",
            name=job.kind,
            object_id=job.pk,
            detail=job.fault.partition(chr(10))[0],
        )


def _model(_asked: _Asked) -> Iterable[Finding]:
    if (endpoint := endpoint_of(environment())) is not None and not environment().decider:
        seen = reach.look(endpoint)
        level = Level.OK if seen.is_ready else Level.WARNING
        yield Finding(level=level, code=seen.code, text=seen.text, fix=seen.fix, name=seen.model)


def _drafts(asked: _Asked) -> Iterable[Finding]:
    return approvals.of(asked.member, asked.now)


def _numbers(asked: _Asked) -> Iterable[Finding]:
    return numbers.of(asked.member, asked.now)


_CHECKS: Sequence[Check] = (
    _worker,
    _emergency_stop,
    _suppression,
    _senders,
    _sequences,
    _due,
    _blocked,
    _held,
    _inbound,
    _grants,
    _numbers,
    _mailboxes,
    _jobs,
    _model,
    _drafts,
)
"""Top down: what stops everything comes first."""
