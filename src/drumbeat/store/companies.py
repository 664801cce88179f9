"""Contacts by company: how many of it run through a sequence, and who else of it is written to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from django.db.models import Count, QuerySet

from drumbeat.core.companies import company_of
from drumbeat.core.pacing import stable_hash
from drumbeat.models import Contact, Enrollment
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import sql
from drumbeat.store.contacts import in_ids

LOCKS = 64
"""Companies share so many locks per sequence: one transaction may concern very many companies."""


def companies_of(contact_ids: Sequence[int]) -> Mapping[int, str]:
    """Return the company of each contact that has one; free mail and no address are none."""
    rows = Contact.objects.filter(id__in=in_ids(contact_ids)).values_list("id", "email_domain")
    return {id_: company for id_, domain in rows if (company := company_of(domain))}


def beyond_limit(sequence_id: int, contact_ids: Iterable[int], limit: int) -> list[int]:
    """Return those of the contacts, taken in id order, whose company has its number of people running already.

    Inside a transaction the companies are held until it ends, so that of two requests the second counts the first.
    Call it after the contacts are locked.
    """
    known = companies_of(sorted(set(contact_ids)))
    _hold(sequence_id, known.values())
    running = _running(sequence_id, set(known.values()))
    beyond = []
    for contact_id in sorted(known):
        company = known[contact_id]
        if running[company] >= limit:
            beyond.append(contact_id)
        else:
            running[company] += 1
    return beyond


def _hold(sequence_id: int, companies: Iterable[str]) -> None:
    """SQLite has one writer anyway."""
    if not sql.is_postgresql() or not connection.in_atomic_block:
        return
    places = sorted({stable_hash("company", company) % LOCKS for company in companies})
    with connection.cursor() as cursor:
        for place in places:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [sequence_id % (1 << 31), place])


def _running(sequence_id: int, companies: set[str]) -> Counter[str]:
    rows = Enrollment.objects.filter(
        UNFINISHED,
        sql.among("contact__email_domain", sorted(companies)),
        sequence_id=sequence_id,
    )
    counted = rows.values_list("contact__email_domain").annotate(people=Count("id")).order_by()
    return Counter(dict(counted))


def is_courteous(workspace_id: int) -> bool:
    """Say whether a sequence of the workspace heeds what colleagues of its contacts answer."""
    return _courteous(workspace_id).exists()


def colleagues(
    workspace_id: int, companies: Iterable[str], but: Sequence[int], *, after: int = 0, limit: int
) -> list[int]:
    """Return contacts of the companies, without `but`, who run through a sequence that heeds their colleagues."""
    rows = Enrollment.objects.filter(
        UNFINISHED,
        workspace_id=workspace_id,
        sequence_id__in=_courteous(workspace_id).values("id"),
        contact__in=Contact.objects.filter(
            workspace_id=workspace_id, email_domain__in=sorted(set(companies))
        ),
        contact_id__gt=after,
    ).exclude(contact_id__in=list(but))
    return list(rows.order_by("contact_id").values_list("contact_id", flat=True).distinct()[:limit])


def _courteous(workspace_id: int) -> QuerySet[SequenceRow]:
    return SequenceRow.objects.filter(workspace_id=workspace_id).exclude(exit_on_company_reply="off")
