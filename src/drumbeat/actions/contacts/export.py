"""Contacts as CSV, row by row, safe to open in a spreadsheet; importing it again gives the same contacts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.selection import fitting
from drumbeat.actions.imports.columns import OWN
from drumbeat.actions.imports.csv_files import safe_cell
from drumbeat.models import Contact, ContactField, ContactFieldValue, ContactTag, Member
from drumbeat.store.contact_search import ContactQuery

ROWS_A_QUERY = 1_000
Parts = Iterator[str]
MARK = "\ufeff"
"""Spreadsheets read a file as UTF-8 only with it."""


def export(member: Member, query: ContactQuery, now: datetime) -> Iterator[str]:
    """Return the text of the file in parts; memory is bounded by a page. The export is audited before the first.

    Cells that a spreadsheet would run begin with an apostrophe, which an import takes away.
    """
    access.require(member, "contacts.edit")
    rows = fitting(member, query, now)
    fields = list(access.visible_to(member, ContactField).order_by("key"))
    audit.record(member, "contacts.export", now, object_kind="contact", after={"contacts": rows.count()})
    return _parts(member, query, fields, now)


def _parts(
    member: Member, query: ContactQuery, fields: Sequence[ContactField], now: datetime
) -> Iterator[str]:
    yield MARK + line_of([*OWN, "owner", "tags", *(field.key for field in fields)])
    last = 0
    while True:
        rows = fitting(member, query, now).filter(id__gt=last).select_related("owner").order_by("id")
        page = list(rows[:ROWS_A_QUERY])
        if page:
            last = page[-1].pk
            yield "".join(_lines(page, fields))
        if len(page) < ROWS_A_QUERY:
            return


def _lines(page: Sequence[Contact], fields: Sequence[ContactField]) -> Iterator[str]:
    ids = [row.pk for row in page]
    tags: dict[int, list[str]] = {}
    for contact_id, name in (
        ContactTag.objects.filter(contact_id__in=ids)
        .order_by("tag__folded")
        .values_list("contact_id", "tag__name")
    ):
        tags.setdefault(contact_id, []).append(name)
    values: dict[tuple[int, int], str] = {}
    for value in ContactFieldValue.objects.filter(contact_id__in=ids):
        values[value.contact_id, value.field_id] = written(value)
    for row in page:
        own = [getattr(row, name) for name in OWN]
        owner = row.owner.name if row.owner else ""
        custom = [values.get((row.pk, field.pk), "") for field in fields]
        yield line_of([*own, owner, ", ".join(tags.get(row.pk, ())), *custom])


def written(value: ContactFieldValue) -> str:
    """Return a custom value as text that an import reads back."""
    if value.number is not None:
        return f"{value.number:.15g}"
    if value.date is not None:
        return value.date.isoformat()
    if value.boolean is not None:
        return "yes" if value.boolean else "no"
    return value.text or ""


def line_of(cells: Sequence[str]) -> str:
    """Return a line of a file that is safe to open in a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
