"""Who must not be contacted, asked by keyed hash. When the table cannot answer, nothing may be sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.db.models import Q

from drumbeat.models import Suppression
from drumbeat.store.marks import address_hash

__all__ = ["SuppressionRow", "SuppressionUnavailable", "address_hash", "suppressed"]


class SuppressionUnavailable(Exception):
    """The suppression store did not answer: callers must fail closed."""


@dataclass(frozen=True, slots=True)
class SuppressionRow:
    """`channel` is "" for all; `scope` is "" or `sequence:<id>`."""

    channel: str
    reason: str
    scope: str


def suppressed(workspace_id: int, hashes: Collection[str]) -> dict[str, list[SuppressionRow]]:
    """Return what is suppressed among `hashes`, in this workspace or installation-wide.

    Raises SuppressionUnavailable when the store cannot answer.
    """
    asked = {value for value in hashes if value}
    if not asked:
        return {}
    rows = Suppression.objects.filter(
        Q(workspace_id=workspace_id) | Q(workspace_id=None), hash__in=asked, lifted_at=None
    ).values_list("hash", "channel", "reason", "scope")
    found: dict[str, list[SuppressionRow]] = {}
    try:
        with transaction.atomic():  # a savepoint: the caller's transaction survives the failure
            for hash_, channel, reason, scope in rows:
                found.setdefault(hash_, []).append(SuppressionRow(channel, reason, scope))
    except DatabaseError as fault:
        raise SuppressionUnavailable(str(fault)) from fault
    return found
