"""Who must not be contacted, written and asked by keyed hash. When the table cannot answer, nothing may be sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import DatabaseError, connection, transaction

from drumbeat.models import Suppression
from drumbeat.store import sql
from drumbeat.store.marks import address_hash

__all__ = [
    "NewSuppression",
    "SuppressionRow",
    "SuppressionUnavailable",
    "address_hash",
    "suppressed",
    "write",
]


class SuppressionUnavailable(Exception):
    """The suppression store did not answer: callers must fail closed."""


@dataclass(frozen=True, slots=True)
class SuppressionRow:
    """`channel` is "" for all; `scope` is "" or `sequence:<id>`."""

    channel: str
    reason: str
    scope: str


class NewSuppression(NamedTuple):
    """One row; its names are the columns."""

    workspace_id: int | None
    channel: str
    hash: str
    reason: str
    source: str
    created_at: datetime
    kind: str = "address"
    scope: str = ""
    lifted_by: str = ""
    contact_id: int | None = None


def write(rows: Sequence[NewSuppression]) -> None:
    """Write what is not there yet; it stops nothing by itself."""
    sql.insert(Suppression, NewSuppression._fields, rows, "ON CONFLICT DO NOTHING")


def suppressed(workspace_id: int, hashes: Collection[str]) -> dict[str, list[SuppressionRow]]:
    """Return what is suppressed among `hashes`, in this workspace or installation-wide.

    Raises SuppressionUnavailable when the store cannot answer.
    """
    asked = {value for value in hashes if value}
    if not asked:
        return {}
    statement = (
        "SELECT hash, channel, reason, scope FROM drumbeat_suppression WHERE lifted_at IS NULL "
        f"AND (workspace_id = %s OR workspace_id IS NULL) AND {sql.any_of('hash')}"
    )
    found: dict[str, list[SuppressionRow]] = {}
    try:
        # The savepoint keeps the caller's transaction alive when this fails.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [workspace_id, sql.listed(asked)])
            for hash_, channel, reason, scope in cursor.fetchall():
                found.setdefault(hash_, []).append(SuppressionRow(channel, reason, scope))
    except DatabaseError as fault:
        raise SuppressionUnavailable(str(fault)) from fault
    return found
