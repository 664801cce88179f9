"""Stops: the fact, the wake and the veto, in this order and in the caller's transaction.

A veto and a hand-over meet on the touch's row lock; whichever commits first wins. A veto only withholds: the move that
the wake causes cancels, keeps or releases the touch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.core.addresses import base_email
from drumbeat.core.companies import TOLD_TO_COLLEAGUES
from drumbeat.core.facts import COMPANY_REPLY, EventKind
from drumbeat.core.touch import UNAPPROVED
from drumbeat.models import (
    ContactFact,
    Enrollment,
    Event,
    SenderProfile,
    Touch,
    Workspace,
)
from drumbeat.models import (
    Sequence as SequenceRow,
)
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import companies, jobs, sql, suppressions
from drumbeat.store.marks import address_hash
from drumbeat.store.suppressions import NewSuppression

_FACT_COLUMNS = ("workspace_id", "contact_id", "kind", "scope", "first_at", "last_at", "count")
_FACT_AGAIN = (
    'ON CONFLICT ("contact_id", "kind", "scope") DO UPDATE SET "last_at" = excluded."last_at", '
    '"count" = drumbeat_contactfact."count" + excluded."count"'
)


RELEASE_CHUNK = 500
"""Withheld touches released in one transaction."""


def record_fact(
    workspace_id: int,
    contact_ids: Sequence[int],
    kind: str,
    now: datetime,
    *,
    scope: str = "",
    count: int = 1,
) -> None:
    """Count one more event of this kind for each contact."""
    rows = [
        (workspace_id, contact_id, kind, scope, now, now, count) for contact_id in sorted(set(contact_ids))
    ]
    sql.insert(ContactFact, _FACT_COLUMNS, rows, _FACT_AGAIN)


def wake(enrollments: QuerySet[Enrollment], now: datetime) -> list[int]:
    """Make the planner look at these unfinished enrollments next; return their ids."""
    ids = sql.lock(enrollments.filter(UNFINISHED))
    if ids:
        Enrollment.objects.filter(id__in=ids).update(next_step_at=now, woken_at=now)
    return ids


def halt(enrollments: QuerySet[Enrollment], touches: QuerySet[Touch], now: datetime) -> list[int]:
    """Wake the enrollments, then withhold the touches that are not handed over; return who was woken.

    A touch that was planned between the two is withheld too; whose it is, a job wakes: locks go the other way round.
    """
    woken = wake(enrollments, now)
    late = veto_or_unclaim(touches, now).difference(woken)
    if late:
        jobs.enqueue(jobs.WAKE_THESE, {"enrollments": sorted(late)}, now)
    return woken


def stop_contacts(workspace_id: int, contact_ids: Sequence[int], kind: str, now: datetime) -> int:
    """Record what happened to the contacts, wake their enrollments, withhold what is not handed over.

    A reply or a meeting is told to their colleagues too, as far as their sequences heed it: all enrollments are
    locked at once, in one order. Returns how many enrollments of the contacts themselves were woken.
    """
    record_fact(workspace_id, contact_ids, kind, now)
    others = _colleagues(workspace_id, contact_ids, now) if kind in TOLD_TO_COLLEAGUES else []
    record_fact(workspace_id, others, COMPANY_REPLY, now)
    woken = _halt_contacts(workspace_id, [*contact_ids, *others], now)
    if not others:
        return len(woken)
    return Enrollment.objects.filter(id__in=woken, contact_id__in=contact_ids).count()


def _halt_contacts(workspace_id: int, contact_ids: Sequence[int], now: datetime) -> list[int]:
    return halt(
        Enrollment.objects.filter(workspace_id=workspace_id, contact_id__in=contact_ids),
        Touch.objects.filter(contact_id__in=contact_ids, enrollment__isnull=False),
        now,
    )


COLLEAGUES_AT_ONCE = 500
"""Colleagues told in one transaction; a job tells the others."""


def _colleagues(workspace_id: int, contact_ids: Sequence[int], now: datetime) -> list[int]:
    """Return who is to be told at once, and leave the others to a job."""
    if not companies.is_courteous(workspace_id):
        return []
    named = sorted(set(companies.companies_of(contact_ids).values()))
    found = companies.colleagues(workspace_id, named, contact_ids, limit=COLLEAGUES_AT_ONCE) if named else []
    if len(found) == COLLEAGUES_AT_ONCE:
        about = {"companies": named, "but": list(contact_ids)}
        jobs.enqueue(jobs.TELL_COLLEAGUES, about, now, workspace_id=workspace_id, cursor={"id": found[-1]})
    return found


def tell_colleagues(
    workspace_id: int, named: Sequence[str], but: Sequence[int], after: int, now: datetime
) -> list[int]:
    """Tell the next chunk of the companies' people, in the caller's transaction; return whom."""
    found = companies.colleagues(workspace_id, named, but, after=after, limit=COLLEAGUES_AT_ONCE)
    record_fact(workspace_id, found, COMPANY_REPLY, now)
    if found:
        _halt_contacts(workspace_id, found, now)
    return found


def suppress(
    workspace_id: int | None,
    *,
    channel: str,
    base_address: str,
    reason: str,
    source: str,
    now: datetime,
    scope: str = "",
    contact_id: int | None = None,
) -> None:
    """Suppress an address: the row, the wake of the enrollments concerned, a veto on every unhanded touch to it.

    Suppressing again changes nothing. `contact_id` tells people whom the hash stands for.
    """
    hashed = address_hash(base_address)
    suppressions.write(
        [
            NewSuppression(
                workspace_id, channel, hashed, reason, source, now, scope=scope, contact_id=contact_id
            )
        ]
    )
    touches = Touch.objects.filter(base_address=hashed, settled_at=None)
    if workspace_id is not None:
        touches = touches.filter(workspace_id=workspace_id)
    if channel:
        touches = touches.filter(kind=channel)
    if scope.startswith("sequence:"):
        touches = touches.filter(enrollment__sequence_id=int(scope.removeprefix("sequence:")))
    halt(Enrollment.objects.filter(id__in=touches.values("enrollment_id")), touches, now)


def hard_bounce(
    workspace_id: int, contact_id: int | None, address: str, touch_id: int | None, now: datetime
) -> None:
    """The address is dead: suppress it, tell every enrollment of the contact, keep the event."""
    with transaction.atomic():
        if contact_id is not None:
            rows: list[sql.Row] = [
                (
                    workspace_id,
                    EventKind.BOUNCED.value,
                    contact_id,
                    touch_id,
                    "smtp",
                    f"touch:{touch_id}",
                    now,
                    now,
                    {},
                )
            ]
            columns = (
                "workspace_id",
                "kind",
                "contact_id",
                "touch_id",
                "source",
                "external_id",
                "occurred_at",
            )
            sql.insert(Event, (*columns, "received_at", "payload"), rows, "ON CONFLICT DO NOTHING")
            stop_contacts(workspace_id, [contact_id], EventKind.BOUNCED, now)
        base = base_email(address)
        suppress(
            workspace_id,
            channel="email",
            base_address=base,
            reason="hard_bounce",
            source="smtp",
            now=now,
            contact_id=contact_id,
        )


def veto_or_unclaim(touches: QuerySet[Touch], now: datetime) -> set[int]:
    """Withhold touches of enrollments; a touch without one only loses its claim, its next guard decides.

    Returns the unfinished enrollments of which something is withheld now that was not before.
    """
    ids = sql.lock(touches.filter(handed_at=None, settled_at=None))
    if not ids:
        return set()
    rows = Touch.objects.filter(id__in=ids, handed_at=None, settled_at=None)
    free = rows.filter(enrollment__isnull=False, vetoed_at=None)
    running = free.exclude(enrollment__state="finished").values_list("enrollment_id", flat=True)
    concerned = set(running)
    free.update(vetoed_at=now)
    rows.filter(enrollment=None).update(lease_token="", lease_until=None)
    return concerned


def _withhold_claimed(
    workspace_id: int, senders: QuerySet[SenderProfile], concerned: Q, now: datetime
) -> None:
    """Wait for running claims by locking the senders, then withhold what is claimed and unhanded.

    A claim holds its sender's row and reads the flags after it has it, so every later claim sees the flag.
    """
    sql.lock(senders.filter(workspace_id=workspace_id))
    claimed = Touch.objects.filter(concerned, workspace_id=workspace_id).exclude(lease_token="")
    sender_ids = list(SenderProfile.objects.filter(workspace_id=workspace_id).values_list("id", flat=True))
    veto_or_unclaim(claimed.filter(sender_id__in=sender_ids), now)


def emergency_stop(workspace_id: int, by: str, now: datetime) -> None:
    """Let nothing leave the workspace after this transaction commits."""
    sql.lock(Workspace.objects.filter(id=workspace_id))
    Workspace.objects.filter(id=workspace_id).update(stopped_at=now, stopped_by=by)
    _withhold_claimed(workspace_id, SenderProfile.objects.all(), Q(), now)


def lift_emergency_stop(workspace_id: int, now: datetime) -> None:
    """Allow sending again; what is withheld is looked at anew and paced by caps and windows."""
    sql.lock(Workspace.objects.filter(id=workspace_id))
    Workspace.objects.filter(id=workspace_id).update(stopped_at=None, stopped_by="")
    _release_or_leave_to_job(workspace_id, Q(), {}, now)


def pause_sequence(sequence_id: int, now: datetime) -> None:
    """Pause: one flag, and a veto on what is claimed; nothing else is written per enrollment."""
    _close_sequence(sequence_id, "paused", now)


def archive_sequence(sequence_id: int, now: datetime) -> None:
    """Archive: nothing is claimed from the commit on; a job finishes the enrollments."""
    _close_sequence(sequence_id, "archived", now)


def _close_sequence(sequence_id: int, status: str, now: datetime) -> None:
    sql.lock(SequenceRow.objects.filter(id=sequence_id))
    SequenceRow.objects.filter(id=sequence_id).update(status=status, updated_at=now)
    workspace_id = SequenceRow.objects.values_list("workspace_id", flat=True).get(id=sequence_id)
    _withhold_claimed(workspace_id, SenderProfile.objects.all(), Q(enrollment__sequence_id=sequence_id), now)


def resume_sequence(sequence_id: int, now: datetime) -> None:
    """Resume a paused sequence: its waiting enrollments come due again, withheld touches go back to the queue."""
    sql.lock(SequenceRow.objects.filter(id=sequence_id))
    SequenceRow.objects.filter(id=sequence_id).update(status="active", updated_at=now)
    workspace_id = SequenceRow.objects.values_list("workspace_id", flat=True).get(id=sequence_id)
    only = {"sequence_id": sequence_id}
    _release_or_leave_to_job(workspace_id, Q(enrollment__sequence_id=sequence_id), only, now)


def _release_or_leave_to_job(workspace_id: int, which: Q, only: Mapping[str, int], now: datetime) -> None:
    """Release at once what one short transaction can; a job releases the rest in chunks of its own."""
    released = release_withheld(workspace_id, which, now)
    if len(released) == RELEASE_CHUNK:
        jobs.enqueue(jobs.RELEASE, only, now, workspace_id=workspace_id, cursor={"id": released[-1]})


def release_withheld(workspace_id: int, which: Q, now: datetime, *, after: int = 0) -> list[int]:
    """Give a chunk of withheld touches of enrollments that wait for them back to the queue; return their ids.

    One whose enrollment has an unheard stop stays withheld: its wake is still to be looked at, and that look decides.
    Releasing too much does no harm: the next guard withholds it again.
    """
    ready = Touch.objects.filter(
        which,
        workspace_id=workspace_id,
        id__gt=after,
        vetoed_at__isnull=False,
        handed_at=None,
        settled_at=None,
        enrollment__woken_at=None,
        enrollment__state="awaiting",
    ).exclude(status__in=UNAPPROVED)
    ids = sql.lock(
        Touch.objects.filter(id__in=list(ready.order_by("id").values_list("id", flat=True)[:RELEASE_CHUNK]))
    )
    Touch.objects.filter(id__in=ids, settled_at=None, handed_at=None).update(
        vetoed_at=None, lease_token="", lease_until=None
    )
    return ids


def disable_sender(sender_id: int, now: datetime) -> None:
    """Disable a sender: nothing of it leaves any more; its unhanded touches choose another sender."""
    workspace_id = SenderProfile.objects.values_list("workspace_id", flat=True).get(id=sender_id)
    sql.lock(SenderProfile.objects.filter(id=sender_id))
    SenderProfile.objects.filter(id=sender_id).update(enabled=False)
    concerned = Touch.objects.filter(
        workspace_id=workspace_id, sender_id=sender_id, settled_at=None, handed_at=None
    )
    halt(Enrollment.objects.filter(id__in=concerned.values("enrollment_id")), concerned, now)
