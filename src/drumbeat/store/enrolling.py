"""Many contacts into one sequence, in a fixed number of statements; the unique index decides every race."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from drumbeat.core.enrollment import EnrollmentState
from drumbeat.models import Contact, ContactFact, Enrollment
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import sql
from drumbeat.store.contacts import in_ids
from drumbeat.store.erasing import ERASED_SINCE


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnrollments:
    """What all enrollments of one request have in common."""

    workspace_id: int
    sequence_id: int
    version_id: int
    start: str | None
    review: bool
    chosen_sender_id: int | None
    enrolled_by_id: int | None
    source: str


def hold_sequence(sequence_id: int) -> SequenceRow:
    """Return the sequence; its status stays until the transaction ends, others may enroll meanwhile."""
    held = hold_sequences([sequence_id])
    if sequence_id not in held:
        raise SequenceRow.DoesNotExist(f"there is no sequence {sequence_id}")
    return held[sequence_id]


def hold_sequences(sequence_ids: Iterable[int]) -> dict[int, SequenceRow]:
    """Hold several, in id order; one that is gone is left out."""
    ids = sorted(set(sequence_ids))
    if sql.is_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM drumbeat_sequence WHERE id = ANY(%s) ORDER BY id FOR SHARE", [ids])
    return SequenceRow.objects.in_bulk(ids)


def lock_contacts(workspace_id: int, contact_ids: Sequence[int]) -> list[int]:
    """Lock those of the contacts that are in the workspace, in id order, and return them."""
    known = Contact.objects.filter(workspace_id=workspace_id, id__in=in_ids(contact_ids))
    return sql.lock(known.exclude(created_at=ERASED_SINCE))


Runs = dict[int, list[tuple[int, bool]]]
"""By contact: the sequences it runs through, each with whether it tolerates no other."""


def runs_of(contact_ids: Sequence[int]) -> Runs:
    """Return the unfinished enrollments of the contacts. Call it after they are locked."""
    rows = Enrollment.objects.filter(UNFINISHED, contact_id__in=in_ids(contact_ids))
    found: Runs = {}
    for contact_id, sequence_id, exclusive in rows.values_list(
        "contact_id", "sequence_id", "sequence__one_at_a_time"
    ):
        found.setdefault(contact_id, []).append((sequence_id, exclusive))
    return found


def last_ends(sequence_ids: Iterable[int], contact_ids: Sequence[int]) -> dict[tuple[int, int], datetime]:
    """Return when the last enrollment ended, by sequence and contact, for those that had one."""
    rows = Enrollment.objects.filter(
        sql.among("sequence_id", sorted(set(sequence_ids))),
        contact_id__in=in_ids(contact_ids),
        finished_at__isnull=False,
    ).order_by("finished_at")
    return {
        (sequence_id, contact_id): at
        for sequence_id, contact_id, at in rows.values_list("sequence_id", "contact_id", "finished_at")
        if at
    }


Heard = dict[int, list[tuple[str, str, int]]]
"""By contact: kind, scope and count of each fact."""


def facts_of(contact_ids: Sequence[int]) -> Heard:
    """Return every fact of the contacts that some sequence hears."""
    facts = ContactFact.objects.filter(
        Q(scope="") | Q(scope__startswith="sequence:"), contact_id__in=in_ids(contact_ids)
    )
    found: Heard = {}
    for contact_id, kind, scope, count in facts.values_list("contact_id", "kind", "scope", "count"):
        found.setdefault(contact_id, []).append((kind, scope, count))
    return found


def heard(
    sequence_id: int, contact_ids: Sequence[int], facts: Heard | None = None
) -> dict[int, dict[str, int]]:
    """Return how often each kind of fact has happened to each contact, for any sequence or for this one."""
    known = facts_of(contact_ids) if facts is None else facts
    scopes = ("", f"sequence:{sequence_id}")
    found: dict[int, dict[str, int]] = {}
    for contact_id in contact_ids:
        for kind, scope, count in known.get(contact_id, ()):
            if scope in scopes:
                kinds = found.setdefault(contact_id, {})
                kinds[kind] = kinds.get(kind, 0) + count
    return found


def contact_addresses(workspace_id: int, contact_ids: Sequence[int]) -> Iterable[Mapping[str, Any]]:
    """Return what reaching the workspace's contacts among these needs, in id order."""
    return (
        Contact.objects.filter(workspace_id=workspace_id, id__in=in_ids(contact_ids))
        .order_by("id")
        .values("id", "email_normal", "phone_normal", "whatsapp", "consent")
    )


_SHARED = (
    "workspace_id",
    "sequence_id",
    "version_id",
    "state",
    "reason",
    "step",
    "visits",
    "origin_at",
    "next_step_at",
    "chosen_sender_id",
    "enrolled_by_id",
    "source",
    "faults",
    "fault",
    "created_at",
    "updated_at",
)
_ROWS = {
    "postgresql": "unnest(%s::bigint[], %s::text[]) AS v(contact_id, heard)",
    "sqlite": "(SELECT json_extract(value, '$[0]') AS contact_id, json_extract(value, '$[1]') AS heard "
    "FROM json_each(%s)) AS v",
}
_CASTS = {
    "visits": "%s::jsonb",
    "origin_at": "%s::timestamptz",
    "next_step_at": "%s::timestamptz",
    "created_at": "%s::timestamptz",
    "updated_at": "%s::timestamptz",
    "chosen_sender_id": "%s::bigint",
    "enrolled_by_id": "%s::bigint",
    "step": "%s::text",
}
"""PostgreSQL cannot tell the type of a bare parameter in a select list."""


def insert(new: NewEnrollments, heard_by: Mapping[int, Mapping[str, int]], now: datetime) -> dict[int, int]:
    """Enroll the contacts that are keys of `heard_by`; return the ids of the new enrollments by contact.

    A contact that has an unfinished enrollment in the sequence is left out: the index decides, whoever raced.
    """
    state = EnrollmentState.PENDING_REVIEW if new.review else EnrollmentState.ACTIVE
    shared: dict[str, Any] = {
        "workspace_id": new.workspace_id,
        "sequence_id": new.sequence_id,
        "version_id": new.version_id,
        "state": state.value,
        "reason": "",
        "step": new.start,
        "visits": json.dumps({new.start: 1} if new.start else {}),
        "origin_at": sql.moment(now),
        "next_step_at": None if new.review else sql.moment(now),
        "chosen_sender_id": new.chosen_sender_id,
        "enrolled_by_id": new.enrolled_by_id,
        "source": new.source,
        "faults": 0,
        "fault": "",
        "created_at": sql.moment(now),
        "updated_at": sql.moment(now),
    }
    ids = sorted(heard_by)
    texts = [json.dumps(dict(heard_by[id_]), separators=(",", ":")) for id_ in ids]
    rows = (
        [sql.array(ids), sql.array(texts)]
        if sql.is_postgresql()
        else [json.dumps(list(zip(ids, texts, strict=True)))]
    )
    with connection.cursor() as cursor:
        cursor.execute(_insert_sql(), [*(shared[name] for name in _SHARED), *rows])
        return {contact_id: id_ for id_, contact_id in cursor.fetchall()}


def _insert_sql() -> str:
    postgresql = sql.is_postgresql()
    names = ", ".join(f'"{name}"' for name in _SHARED)
    values = ", ".join(_CASTS.get(name, "%s") if postgresql else "%s" for name in _SHARED)
    heard_column = "v.heard::jsonb" if postgresql else "v.heard"
    return (
        f'INSERT INTO drumbeat_enrollment ({names}, "contact_id", "heard") '
        f"SELECT {values}, v.contact_id, {heard_column} FROM {_ROWS[connection.vendor]} WHERE true "
        'ORDER BY v.contact_id ON CONFLICT DO NOTHING RETURNING "id", "contact_id"'
    )
