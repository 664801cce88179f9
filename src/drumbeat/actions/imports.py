"""Importing contacts from a CSV file: started once, then chunk by chunk, so that it can go on after a crash.

Refused rows go to a CSV file beside, each with its line and reason.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from os import SEEK_END
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.contact_input import Fields, read_contact
from drumbeat.actions.csv_files import Normalised, Place, Row, normalise, read_rows
from drumbeat.core.errors import DomainError
from drumbeat.models import FieldType, Job, Member
from drumbeat.store import contacts, jobs, lists
from drumbeat.store.contacts import ContactInput, OnDuplicate
from drumbeat.store.jobs import Progress

ROWS_A_CHUNK = 1000
COPIES_KEPT = timedelta(days=7)
"""How long the copy of an import that was cancelled or gave up stays, for going on with it."""
ALIASES: Mapping[str, str] = {
    "email": "email",
    "e_mail": "email",
    "mail": "email",
    "email_address": "email",
    "e_mail_address": "email",
    "first_name": "first_name",
    "firstname": "first_name",
    "given_name": "first_name",
    "last_name": "last_name",
    "lastname": "last_name",
    "surname": "last_name",
    "family_name": "last_name",
    "phone": "phone",
    "phone_number": "phone",
    "telephone": "phone",
    "mobile": "phone",
    "whatsapp": "whatsapp",
    "company": "company",
    "company_name": "company",
    "organization": "company",
    "organisation": "company",
    "title": "title",
    "job_title": "title",
    "stage": "stage",
    "time_zone": "time_zone",
    "timezone": "time_zone",
    "language": "language",
}
"""Names of columns in files of other programs, as `slug` writes them."""

_NOT_A_NAME = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return a column's name as a key: lower case, digits and underscores, at most 63 characters."""
    key = _NOT_A_NAME.sub("_", name.strip().lower()).strip("_")[:63].rstrip("_")
    if not key:
        return "field"
    return f"field_{key}"[:63] if key[0].isdigit() else key


def map_header(header: Sequence[str]) -> list[str]:
    """Return for each column the contact's column, or `custom.<key>` for what is not known.

    DomainError `csv_no_address` when no column holds an address.
    """
    targets: list[str] = []
    for position, name in enumerate(header, 1):
        key = slug(name) if name else f"column_{position}"
        target = ALIASES.get(key, f"custom.{key}")
        if target in targets:
            target = _free(f"custom.{key}", targets)
        targets.append(target)
    if not {"email", "phone"} & set(targets):
        columns = ", ".join(repr(name) for name in header[:10])
        raise DomainError(
            "csv_no_address",
            f"No column holds an address; the first line has {columns}. Name one column email (or phone).",
        )
    return targets


def _free(name: str, taken: Sequence[str]) -> str:
    if name not in taken:
        return name
    return next(candidate for n in range(2, 10_000) if (candidate := f"{name}_{n}") not in taken)


def start(
    member: Member,
    path: Path,
    now: datetime,
    *,
    list_name: str | None = None,
    on_duplicate: OnDuplicate = OnDuplicate.FILL,
) -> int:
    """Read the header of a CSV file, create what it needs, and enqueue the import; return the job's id.

    The file is copied into the data folder: the caller may change or remove it at once.
    """
    access.require(member, "contacts.create")
    folder = settings.ENVIRONMENT.data / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder, now)
    copy = folder / f"{secrets.token_hex(8)}.csv"
    try:
        file = normalise(path, copy)
        arguments = {
            "copy": str(copy.resolve()),
            "refused": str(_beside(path, folder)),
            "source": path.name,
            "delimiter": file.delimiter,
            "header": list(file.header),
            "targets": map_header(file.header),
            "on_duplicate": on_duplicate.value,
        }
        with transaction.atomic():
            return _enqueue(member, arguments, file, list_name, now)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _sweep(folder: Path, now: datetime) -> None:
    """Remove copies of imports that were given up: they hold people's data."""
    for copy in folder.glob("*.csv"):
        with suppress(OSError):
            if now.timestamp() - copy.stat().st_mtime > COPIES_KEPT.total_seconds():
                copy.unlink()


def _enqueue(
    member: Member, arguments: dict[str, Any], file: Normalised, list_name: str | None, now: datetime
) -> int:
    targets = arguments["targets"]
    labels = {t.removeprefix("custom."): h for t, h in zip(targets, file.header, strict=True) if "." in t}
    contacts.ensure_fields(member.workspace_id, labels)
    if list_name:
        arguments["list"] = lists.ensure(member.workspace_id, list_name, now)
    first = {"offset": file.start.offset, "line": file.start.line, "refused_bytes": 0}
    return jobs.enqueue(
        jobs.IMPORT, arguments, now, workspace_id=member.workspace_id, total=file.lines, cursor=first
    )


def _beside(path: Path, otherwise: Path) -> Path:
    """Return where refused rows go: beside the file, or in the data folder where that cannot be written."""
    name = f"{path.stem}.refused.csv"
    probe = path.resolve().parent / f".{secrets.token_hex(4)}"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return otherwise.resolve() / name
    return probe.parent / name


def chunk(job: Job, now: datetime) -> Progress:
    """Import the next rows; their contacts, their refusals and the progress are written together."""
    asked: Mapping[str, Any] = job.arguments
    place = Place(job.cursor["offset"], job.cursor["line"])
    rows, after = read_rows(_copy_of(job), asked["delimiter"], place, ROWS_A_CHUNK)
    fields = _fields(job)
    inputs: list[ContactInput] = []
    taken: list[Row] = []
    refused: list[tuple[Row, str]] = []
    for row in rows:
        try:
            inputs.append(_read(row, asked["targets"], fields))
            taken.append(row)
        except DomainError as error:
            refused.append((row, error.message))
    finished = len(rows) < ROWS_A_CHUNK
    with transaction.atomic():
        written = contacts.upsert(job.workspace_id or 0, inputs, now, OnDuplicate(asked["on_duplicate"]))
        if "list" in asked:
            lists.join(job.workspace_id or 0, asked["list"], [id_ for id_ in written.ids if id_], now)
        refused += [(taken[position], sentence) for position, sentence in written.refused.items()]
        size = _write_refused(job, sorted(refused, key=lambda pair: pair[0].line))
        progress = Progress(
            done=after.line,
            total=job.total,
            cursor={"offset": after.offset, "line": after.line, "refused_bytes": size},
            result=_added(job, written.created, written.updated, len(refused)),
            finished=finished,
        )
        jobs.save(job, progress, now)
    if finished:
        discard(job)
    return progress


def discard(job: Job) -> None:
    """Remove the copy of the file; what was imported stays."""
    with suppress(OSError):
        Path(job.arguments["copy"]).unlink()


def _copy_of(job: Job) -> Path:
    copy = Path(job.arguments["copy"])
    if not copy.exists():
        raise DomainError(
            "import_file_gone",
            f"The copy of {job.arguments['source']} is not on this machine any more. Import the file again; "
            "contacts that are there already are not made twice.",
        )
    return copy


def _fields(job: Job) -> Fields:
    keys = [target.removeprefix("custom.") for target in job.arguments["targets"] if "." in target]
    labels = dict.fromkeys(keys, "")
    return (
        contacts.ensure_fields(job.workspace_id or 0, labels)
        if labels
        else dict[str, tuple[int, FieldType]]()
    )


def _read(row: Row, targets: Sequence[str], fields: Fields) -> ContactInput:
    if row.fault:
        raise DomainError("csv_row_unreadable", row.fault)
    if len(row.cells) > len(targets) and any(cell.strip() for cell in row.cells[len(targets) :]):
        raise DomainError(
            "csv_row_unreadable", f"It has {len(row.cells)} columns, the first line has {len(targets)}."
        )
    cells = dict(zip(targets, row.cells, strict=False))
    custom = {name.removeprefix("custom."): cell for name, cell in cells.items() if "." in name}
    return read_contact(cells, custom, fields)


def _added(job: Job, created: int, updated: int, refused: int) -> dict[str, Any]:
    before = job.result
    counts = {
        "created": before.get("created", 0) + created,
        "updated": before.get("updated", 0) + updated,
        "refused": before.get("refused", 0) + refused,
    }
    return counts | ({"refused_file": job.arguments["refused"]} if counts["refused"] else {})


def _write_refused(job: Job, refused: Sequence[tuple[Row, str]]) -> int:
    """Append the refused rows and return the file's size; what a rolled-back chunk left is cut off first."""
    path, size = Path(job.arguments["refused"]), int(job.cursor["refused_bytes"])
    if not refused:
        return size
    with path.open("r+b" if size and path.exists() else "w+b") as file:
        file.truncate(size)
        file.seek(0, SEEK_END)
        text = io.StringIO()
        writer = csv.writer(text, delimiter=job.arguments["delimiter"], lineterminator="\n")
        if size == 0:
            writer.writerow([*job.arguments["header"], "line", "reason"])
        width = len(job.arguments["header"])
        for row, sentence in refused:
            cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
            writer.writerow([*cells, row.line, sentence])
        file.write(text.getvalue().encode())
        return file.tell()
