"""Importing contacts from a CSV file: uploaded, looked at, then carried out by any worker in `chunks`.

The text and the refused rows lie in the database, see `store.imports`; what a column means is in `columns`.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import Fields
from drumbeat.actions.enrollments import newcomers
from drumbeat.actions.imports import chunks, reading
from drumbeat.actions.imports.columns import CUSTOM, Choices, check, map_header
from drumbeat.actions.imports.csv_files import Place, Row, normalise, read_lines
from drumbeat.core import remaining
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactField, ContactImport, Job, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import contacts, jobs, lists, sql, tags, upserting
from drumbeat.store import imports as texts
from drumbeat.store.contacts import OnDuplicate
from drumbeat.store.owners import sees_own_contacts_only

__all__ = ["begin", "cancel", "foresee", "map_header", "start", "upload"]

ROWS_FORESEEN = 5_000
TEXTS_KEPT = timedelta(days=7)
"""How long the text of an import that was not started, or gave up, stays."""


def start(
    member: Member,
    path: Path,
    now: datetime,
    *,
    list_name: str | None = None,
    on_duplicate: OnDuplicate = OnDuplicate.FILL,
    sequence_id: int | None = newcomers.DEFAULT,
) -> int:
    """Import a file as its header suggests; unknown columns become custom fields. Returns the job's id.

    The caller may change or remove the file at once.
    """
    file = upload(member, path, path.name, now)
    try:
        targets = map_header(file.header)
        choices = Choices(
            targets=targets,
            new_fields={},
            on_duplicate=on_duplicate,
            list_name=list_name or "",
            sequence_id=sequence_id,
        )
        with transaction.atomic():
            labels = {
                t.removeprefix(CUSTOM): h for t, h in zip(targets, file.header, strict=True) if "." in t
            }
            contacts.ensure_fields(member.workspace_id, labels)
            return begin(member, file.pk, choices, now)
    except BaseException:
        file.delete()
        raise


def upload(member: Member, path: Path, name: str, now: datetime) -> ContactImport:
    """Read a file's encoding, delimiter and header and keep its text; nothing is imported yet.

    Raises DomainError `csv_…` for what is no table of contacts, `not_permitted`.
    """
    _require(member)
    _sweep(member.workspace_id, now)
    folder = settings.ENVIRONMENT.data
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".import-") as scratch:
        copy = Path(scratch) / "text.csv"
        read = normalise(path, copy)
        file = ContactImport.objects.create(
            workspace_id=member.workspace_id,
            member=member,
            name=Path(name).name[:300],
            encoding=read.encoding,
            delimiter=read.delimiter,
            header=list(read.header),
            size=path.stat().st_size,
            lines=read.lines,
            begins_offset=read.start.offset,
            begins_line=read.start.line,
            created_at=now,
        )
        try:
            texts.keep(
                file, copy
            )  # each piece in a transaction of its own: a large file must not block writers
        except BaseException:
            file.delete()
            raise
    return file


def _require(member: Member) -> None:
    """Refuse whoever may add no contacts, and whoever sees only some: files hold others, and change them."""
    access.require(member, "contacts.create")
    if sees_own_contacts_only(member):
        raise DomainError(
            "not_permitted", "You see your own contacts only; an import could change others. Ask an admin."
        )


def _sweep(workspace_id: int, now: datetime) -> None:
    """Remove texts that nobody goes on with: they hold people's data."""
    old = ContactImport.objects.filter(workspace_id=workspace_id, created_at__lt=now - TEXTS_KEPT)
    for file in old.filter(pieces__isnull=False).select_related("job").distinct()[:20]:
        if file.job is None or file.job.finished_at is not None:
            texts.discard(file.pk)


def rows_of(file: ContactImport, limit: int) -> list[Row]:
    """Return the first rows of an uploaded file, as they are written."""
    begins = Place(file.begins_offset, file.begins_line)
    return read_lines(texts.lines_from(file.pk, begins.offset), file.delimiter, begins, limit)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What an import would do with the first `rows` rows; `refused` has a line and a sentence each.

    `sequence` is where those begin who are created, `enrolled` how many of them it takes.
    """

    rows: int
    is_all: bool
    created: int
    updated: int
    skipped: int
    refused: Sequence[tuple[int, str]]
    sequence: SequenceRow | None
    enrolled: int


def foresee(member: Member, file_id: int, choices: Choices) -> Foreseen:
    """Say what `begin` would do, writing nothing; of a large file only the beginning is read."""
    file = find(member, file_id)
    fields = _fields_to_be(member.workspace_id, choices)
    check(choices, file.header, fields)
    sequence = newcomers.target(member, choices.sequence_id)
    rows = rows_of(file, ROWS_FORESEEN)
    found = reading.read(rows, choices.targets, fields)
    seen = upserting.foresee(member.workspace_id, found.inputs, choices.on_duplicate)
    refused = chunks.all_refused(found, seen)
    return Foreseen(
        rows=len(rows),
        is_all=len(rows) < ROWS_FORESEEN,
        created=seen.created,
        updated=seen.updated,
        skipped=seen.skipped,
        refused=[(row.line, sentence) for row, sentence in refused],
        sequence=sequence,
        enrolled=newcomers.foresee(sequence, seen.created_values) if sequence is not None else 0,
    )


def begin(member: Member, file_id: int, choices: Choices, now: datetime) -> int:
    """Create what the import needs, fields, list and tags, and enqueue it; return the job's id.

    Raises DomainError `mapping_invalid` by column, `import_started`, `import_file_gone`, `sequence_not_active`.
    """
    sequence = newcomers.target(member, choices.sequence_id)
    with transaction.atomic():
        file = find(member, file_id, lock=True)
        if file.job_id is not None:
            raise DomainError("import_started", "This import was started already.")
        if not texts.is_kept(file.pk):
            raise chunks.gone(file.name)
        check(choices, file.header, _fields_to_be(member.workspace_id, choices))
        _create_fields(member.workspace_id, choices)
        arguments: dict[str, Any] = {
            "import": file.pk,
            "targets": list(choices.targets),
            "on_duplicate": choices.on_duplicate.value,
            "tags": [tags.ensure(member.workspace_id, name) for name in choices.tags],
        }
        if choices.list_name.strip():
            arguments["list"] = lists.ensure(member.workspace_id, choices.list_name.strip()[:200], now)
        if sequence is not None:
            arguments["sequence"] = sequence.pk
        cursor = {"offset": file.begins_offset, "line": file.begins_line}
        file.job_id = jobs.enqueue(
            jobs.IMPORT, arguments, now, workspace_id=member.workspace_id, total=file.lines, cursor=cursor
        )
        file.save(update_fields=["job"])
        audit.record(
            member,
            "contacts.import",
            now,
            object_kind="import",
            object_id=file.pk,
            after={"lines": file.lines},
        )
        return file.job_id


def cancel(member: Member, file_id: int, now: datetime) -> ContactImport:
    """End an import; what was imported stays, the text is removed."""
    with transaction.atomic():
        file = find(member, file_id, lock=True)
        if file.job_id is not None:
            jobs.cancel(Job.objects.filter(id=file.job_id), now)
        texts.discard(file.pk)
    return file


def listed(member: Member) -> QuerySet[ContactImport]:
    """Return the imports of the member's workspace with their jobs. Raises DomainError `not_permitted`."""
    _require(member)
    return access.visible_to(member, ContactImport).select_related("job", "member")


def find(member: Member, file_id: int, *, lock: bool = False) -> ContactImport:
    """Return one of them; DomainError `not_found`."""
    rows = listed(member).filter(pk=file_id)
    if lock:
        sql.lock(ContactImport.objects.filter(pk__in=rows.values("pk")))
    return access.first(rows, "import", file_id)


def _fields_to_be(workspace_id: int, choices: Choices) -> Fields:
    new = {key: (-n, field.type) for n, (key, field) in enumerate(choices.new_fields.items(), 1)}
    return {**new, **contacts.known_fields(workspace_id)}


def _create_fields(workspace_id: int, choices: Choices) -> None:
    wanted = {target.removeprefix(CUSTOM) for target in choices.targets if target.startswith(CUSTOM)}
    for key, new in choices.new_fields.items():
        if key in wanted:
            ContactField.objects.get_or_create(
                workspace_id=workspace_id, key=key, defaults={"label": new.label.strip(), "type": new.type}
            )


def seconds_left(job: Job) -> int | None:
    """Return how long an import still takes at its pace, None where nobody can say."""
    if job.finished_at is not None:
        return 0
    if job.total is None:
        return None
    pace = remaining.from_json(job.cursor.get("pace", {}))
    return remaining.seconds_left(pace, job.total - job.done)


def write_refused(file: ContactImport, path: Path) -> None:
    """Write the refused rows of an import as a CSV file that can be mended and imported."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=file.delimiter, lineterminator="\n").writerows(refused_table(file))


def refused_table(file: ContactImport) -> Iterator[list[str]]:
    """Yield the header and the refused rows, each as it was written with its line and the reason."""
    yield [*file.header, "line", "reason"]
    width = len(file.header)
    for row in texts.refusals(file.pk):
        cells = [str(cell) for cell in row.cells[:width]]
        yield [*cells, *[""] * (width - len(cells)), str(row.line), row.reason]
