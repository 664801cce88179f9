"""Conditions and dates over all contacts, in pages: who fits now, by the same SQL reading as segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.core.conditions import Condition
from drumbeat.core.facts import EventKind
from drumbeat.models import Contact, ContactFieldValue, Enrollment, Event
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import contact_events, jobs, listeners, sql
from drumbeat.store.conditions import where
from drumbeat.store.erasing import ERASED_SINCE

PAGE = 500
"""Contacts of a page at most: one short transaction."""
WINDOW = 10_000
"""Contacts that are asked for a page at most, however few of them fit."""
EVERY = timedelta(minutes=15)
SWEEP, LEARN = "sweep_starts", "learn_conditions"


@dataclass(frozen=True, slots=True)
class Page:
    """Contacts that fit, in id order, of all up to and with `up_to`; None on the last page."""

    contact_ids: Sequence[int]
    up_to: int | None


def fitting(sequence: SequenceRow, condition: Condition, after: int, now: datetime) -> Page:
    """Return the next page of contacts for which the condition holds.

    A page costs the same wherever it lies and however many fit: few are found by an index at once, many are asked in
    turn, a window of contacts at a time.
    """
    if after == 0 and len(few := _few(sequence, condition, now)) <= PAGE:
        return Page(few, None)
    end = _end_of_window(sequence.workspace_id, after)
    asked = where(sequence.workspace_id, condition, now, leads=False)
    rows = _known(sequence).filter(asked, id__gt=after).order_by("id")
    within = rows if end is None else rows.filter(id__lte=end)
    ids = list(within.values_list("id", flat=True)[:PAGE])
    return Page(ids, ids[-1] if len(ids) == PAGE else end)


def _few(sequence: SequenceRow, condition: Condition, now: datetime) -> list[int]:
    """Return all who fit, in id order, or more than a page of them in any order."""
    fits = where(sequence.workspace_id, condition, now)
    rows = _known(sequence).filter(fits).order_by()
    return sorted(rows.values_list("id", flat=True)[: PAGE + 1])


def _known(sequence: SequenceRow) -> QuerySet[Contact]:
    return Contact.objects.exclude(created_at=ERASED_SINCE).filter(workspace_id=sequence.workspace_id)


def _end_of_window(workspace_id: int, after: int) -> int | None:
    """Return the last contact of the window after `after`, None where it is the last window."""
    later = Contact.objects.filter(workspace_id=workspace_id, id__gt=after).order_by("id")
    return later.values_list("id", flat=True)[WINDOW - 1 : WINDOW].first()


def fitting_who_run(sequence: SequenceRow, condition: Condition, after: int, now: datetime) -> Page:
    """Return the next page of contacts that run through the sequence, with those for which the condition holds."""
    running = Enrollment.objects.filter(UNFINISHED, sequence=sequence, contact_id__gt=after)
    asked = list(running.order_by("contact_id").values_list("contact_id", flat=True)[:PAGE])
    fits = where(sequence.workspace_id, condition, now, leads=False)
    rows = _known(sequence).filter(fits, sql.among("id", asked)).order_by("id")
    return Page(list(rows.values_list("id", flat=True)), asked[-1] if len(asked) == PAGE else None)


def there_at(contact_ids: Sequence[int], moment: datetime) -> list[int]:
    """Return those of the contacts that were there at the moment."""
    rows = Contact.objects.filter(sql.among("id", contact_ids), created_at__lte=moment)
    return list(rows.values_list("id", flat=True))


@dataclass(frozen=True, slots=True)
class Dated:
    """A contact, the day that its date field holds, and the name of its zone ("" if it has none)."""

    contact_id: int
    day: date
    time_zone: str


def dated(workspace_id: int, key: str, between: tuple[date, date], after: int) -> list[Dated]:
    """Return a page of the contacts whose custom field `key` holds one of these days, in id order."""
    rows = ContactFieldValue.objects.filter(
        workspace_id=workspace_id, field__key=key, date__range=between, contact_id__gt=after
    ).order_by("contact_id")
    page = rows.values_list("contact_id", "date", "contact__time_zone")[:PAGE]
    return [Dated(id_, day, zone) for id_, day, zone in page if day is not None]


def tell_dates(
    workspace_id: int, field: str, days: int, reached: Iterable[tuple[Dated, datetime]], now: datetime
) -> None:
    """Write that dates were reached, each once however often it is found."""
    rows = [
        (
            workspace_id,
            EventKind.DATE_REACHED.value,
            one.contact_id,
            "clock",
            f"date:{one.contact_id}:{field}:{days}:{one.day.isoformat()}",
            {"field": field, "days": days, "date": one.day.isoformat()},
            at,
            now,
        )
        for one, at in reached
    ]
    sql.insert(Event, contact_events.COLUMNS, rows, "ON CONFLICT DO NOTHING")


def enqueue_due(now: datetime) -> int:
    """Write a job for each sequence whose rules wait for time and were not looked at for a while; return how many."""
    asked = listeners.by_the_clock()
    if not asked:
        return 0
    with transaction.atomic():
        late = Q(swept_at__isnull=True) | Q(swept_at__lte=now - EVERY)
        ids = sql.lock(SequenceRow.objects.filter(late, id__in=asked), skip=True)
        rows = SequenceRow.objects.filter(id__in=ids).values_list("id", "workspace_id", "swept_at")
        for sequence_id, workspace_id, since in rows:
            span = {"since": (since or now).isoformat(), "until": now.isoformat()}
            jobs.enqueue(SWEEP, {"sequence_id": sequence_id, **span}, now, workspace_id=workspace_id)
        SequenceRow.objects.filter(id__in=ids).update(swept_at=now)
    return len(ids)
