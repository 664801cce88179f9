"""Leases: who works on what, until when, by the database's clock and no other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection

from drumbeat.models import AnswerDraft, Decision, Draft, SenderProfile, Touch, Worker
from drumbeat.store import sql

LEASE = timedelta(seconds=20)
RENEW_EVERY = timedelta(seconds=5)


def db_now() -> str:
    """Return the SQL expression of the database's clock, comparable with a stored lease."""
    return "clock_timestamp()" if sql.is_postgresql() else "strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now')"


def db_lease_end() -> str:
    """Return the SQL expression of the end of a lease that begins now."""
    seconds = int(LEASE.total_seconds())
    if sql.is_postgresql():
        return f"clock_timestamp() + interval '{seconds} seconds'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', 'now', '+{seconds} seconds')"


def lease_end() -> datetime:
    """Return the end of a lease that begins now, read from the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {db_lease_end()}", [])
        end = cursor.fetchone()[0]
    return end if isinstance(end, datetime) else datetime.fromisoformat(end).replace(tzinfo=UTC)


def _run(statement: str, values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


_LEASED = {
    "drumbeat_senderprofile": "",
    "drumbeat_touch": "AND settled_at IS NULL",
    "drumbeat_decision": "AND decided_at IS NULL",
    "drumbeat_draft": "AND state = 'wanted'",
    "drumbeat_answerdraft": "AND state = 'wanted'",
}
"""Tables whose rows workers lease, each with which of them are still open."""


def renew(worker: str) -> None:
    """Prolong every lease of this worker that has not ended; one that ended is lost for good."""
    for table, open_only in _LEASED.items():
        _run(
            f"UPDATE {table} SET lease_until = {db_lease_end()} "
            f"WHERE lease_until >= {db_now()} {open_only} AND lease_token LIKE %s",
            [f"{worker}.%"],
        )


def release_sender(sender_id: int, token: str) -> None:
    SenderProfile.objects.filter(id=sender_id, lease_token=token).update(lease_token="", lease_until=None)


def release(token: str) -> None:
    """Give back the senders leased and the touches claimed under `token`, without a death."""
    _release({"lease_token": token})


def release_all(worker: str) -> None:
    """Give back what this worker holds and did not hand over, as a graceful stop does: no death is counted."""
    _release({"lease_token__startswith": f"{worker}."})


def _release(held: dict[str, str]) -> None:
    SenderProfile.objects.filter(**held).update(lease_token="", lease_until=None)
    Touch.objects.filter(**held, handed_at=None, settled_at=None).update(lease_token="", lease_until=None)
    Decision.objects.filter(**held, decided_at=None).update(lease_token="", lease_until=None)
    Draft.objects.filter(**held, state="wanted").update(lease_token="", lease_until=None)
    AnswerDraft.objects.filter(**held, state="wanted").update(lease_token="", lease_until=None)


def void_all() -> None:
    """End every lease, for the one worker that holds SQLite's file lock: nobody else can hold one."""
    _end("lease_until IS NOT NULL", [])


def expire(worker: str) -> None:
    """End the leases of a worker as if its time were over (tests do not wait for the database's clock)."""
    _end("lease_until IS NOT NULL AND lease_token LIKE %s", [f"{worker}.%"])


def _end(condition: str, values: list[str]) -> None:
    for table in _LEASED:
        _run(f"UPDATE {table} SET lease_until = '2000-01-01 00:00:00' WHERE {condition}", values)


def beat(worker: str, pid: int, now: datetime) -> None:
    """Show that the worker lives."""
    Worker.objects.update_or_create(
        name=worker,
        defaults={"pid": pid, "seen_at": now},
        create_defaults={"pid": pid, "seen_at": now, "started_at": now},
    )
