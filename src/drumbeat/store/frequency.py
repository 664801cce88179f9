"""What contacts got of late, for the frequency cap: counted under a lock per contact, so that no two claims both go.

Only a workspace with a cap asks, and each question is one for the whole batch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import connection

from drumbeat.core.frequency import FrequencyCap, Recent
from drumbeat.core.touch import CONTACT_FACING, TouchStatus
from drumbeat.models import Call, Message, Touch, Workspace
from drumbeat.models.call import LIVE
from drumbeat.store import sql
from drumbeat.store.touch_rows import TouchRow


def cap_of(workspace: Workspace) -> FrequencyCap | None:
    """Return the workspace's cap, None when it is off."""
    most = workspace.frequency_cap
    return None if most is None else FrequencyCap(most, workspace.frequency_cap_days)


def recent_of(rows: Sequence[TouchRow], workspace: Workspace, now: datetime) -> dict[int, Recent]:
    """Return by touch what its contact got of sequences, in the transaction of the claim that locked the rows.

    Earlier rows of the batch count as under way. A contact whom another claim is deciding about gets nothing now: that
    claim is not waited for, since touches are locked already.
    """
    cap = cap_of(workspace)
    concerned = [row for row in rows if _counts(row)]
    if cap is None or not concerned:
        return {}
    contact_ids = {row.contact_id for row in concerned if row.contact_id is not None}
    free = _lock(contact_ids)
    sent = sent_to(free, now - cap.span)
    under_way = _under_way(free, {row.id for row in rows})
    _add_doubtful(sent, workspace.pk, free, now - cap.span)
    found = {}
    for row in concerned:
        contact_id = row.contact_id or 0
        busy = under_way[contact_id] if contact_id in free else cap.most
        found[row.id] = Recent(cap, tuple(sent.get(contact_id, ())), busy)
        under_way[contact_id] += 1
    return found


def _counts(row: TouchRow) -> bool:
    """What a person writes by hand neither counts nor is held."""
    return row.enrollment_id is not None and row.contact_id is not None and row.kind in CONTACT_FACING


def _lock(contact_ids: Collection[int]) -> set[int]:
    """Lock the contacts for claims until the end of the transaction; return those that were free.

    No row is locked, so nobody but claims is kept waiting. On SQLite the transaction's write lock is the lock.
    """
    if not sql.is_postgresql():
        return set(contact_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::bigint[]) AS id "
            "WHERE pg_try_advisory_xact_lock(hashtextextended('drumbeat frequency ' || id, 0))",
            [sorted(contact_ids)],
        )
        return {row[0] for row in cursor.fetchall()}


def sent_to(contact_ids: Iterable[int], since: datetime) -> dict[int, list[datetime]]:
    """Return when messages of sequences left for each contact after `since`."""
    found: dict[int, list[datetime]] = {}
    rows = Message.objects.filter(
        sql.among("contact_id", contact_ids), direction="out", enrollment__isnull=False, occurred_at__gt=since
    )
    for contact_id, at in rows.values_list("contact_id", "occurred_at"):
        if contact_id is not None:
            found.setdefault(contact_id, []).append(at)
    return found


def _under_way(contact_ids: Iterable[int], own: Collection[int]) -> Counter[int]:
    """Count by contact what is claimed or handed over and has not settled, calls that last included.

    The rows at hand are left out.
    """
    rows = Touch.objects.filter(
        sql.among("contact_id", contact_ids),
        enrollment__isnull=False,
        kind__in=CONTACT_FACING,
        lease_until__isnull=False,
        settled_at=None,
    )
    found = rows.exclude(contact=None).values_list("id", "contact_id")
    lasting = Call.objects.filter(LIVE, sql.among("contact_id", contact_ids), touch__lease_until=None)
    lasting = lasting.exclude(touch__status=TouchStatus.INTERRUPTED)  # what is in doubt is counted as such
    calls = lasting.exclude(touch__enrollment=None).values_list("touch_id", "contact_id")
    return Counter(contact_id or 0 for id_, contact_id in (*found, *calls) if id_ not in own)


def _add_doubtful(
    sent: dict[int, list[datetime]], workspace_id: int, contact_ids: Iterable[int], since: datetime
) -> None:
    """Count what may have arrived when its worker died as if it had."""
    rows = Touch.objects.filter(
        sql.among("contact_id", contact_ids),
        workspace_id=workspace_id,
        status=TouchStatus.INTERRUPTED,
        enrollment__isnull=False,
        kind__in=CONTACT_FACING,
        handed_at__gt=since,
    )
    for row in rows.only("contact_id", "handed_at"):
        if row.contact_id is not None and row.handed_at is not None:
            sent.setdefault(row.contact_id, []).append(row.handed_at)
