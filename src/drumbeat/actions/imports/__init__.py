"""Importing contacts from a CSV file: uploaded, looked at, then carried out chunk by chunk by any worker.

The text and the refused rows lie in the database, see `store.imports`; what a column means is in `import_columns`.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import Fields, read_contact
from drumbeat.actions.enrollments import newcomers
from drumbeat.actions.imports.columns import CUSTOM, Choices, check, map_header
from drumbeat.actions.imports.csv_files import Place, Row, bare_cell, normalise, read_lines
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.models import ContactField, ContactImport, Job, Member
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import contact_events, contacts, enrolling, jobs, lists, sql, stages, tags
from drumbeat.store import imports as texts
from drumbeat.store.contacts import ContactInput, OnDuplicate
from drumbeat.store.jobs import Progress

__all__ = ["begin", "cancel", "chunk", "foresee", "map_header", "start", "upload"]

ROWS_A_CHUNK = 1000
ROWS_FORESEEN = 5_000
TEXTS_KEPT = timedelta(days=7)
"""How long the text of an import that was not started, or gave up, stays."""
SOURCE = "import"


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
    if access.sees_own_contacts_only(member):
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
    inputs, taken, refused = _read_rows(rows, choices.targets, fields)
    seen = contacts.foresee(member.workspace_id, inputs, choices.on_duplicate)
    refused += [(taken[position], sentence) for position, sentence in seen.refused.items()]
    return Foreseen(
        rows=len(rows),
        is_all=len(rows) < ROWS_FORESEEN,
        created=seen.created,
        updated=seen.updated,
        skipped=seen.skipped,
        refused=sorted((row.line, sentence) for row, sentence in refused),
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
            raise _gone(file.name)
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


def seconds_left(job: Job, now: datetime) -> int | None:
    """Return how long an import still takes at its pace so far, None where nobody can say."""
    if job.finished_at is not None:
        return 0
    passed = (now - job.created_at).total_seconds()
    if not job.done or not job.total or passed <= 0:
        return None
    return round(passed / job.done * max(0, job.total - job.done))


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


def chunk(job: Job, now: datetime) -> Progress:
    """Import the next rows; their contacts, their refusals and the progress are written together."""
    asked: Mapping[str, Any] = job.arguments
    file_id = int(asked.get("import", 0))
    if not texts.is_kept(file_id):
        raise _gone(str(asked.get("source", "this import")))
    place = Place(job.cursor["offset"], job.cursor["line"])
    delimiter = ContactImport.objects.values_list("delimiter", flat=True).get(id=file_id)
    rows, after = read_lines(texts.lines_from(file_id, place.offset), delimiter, place, ROWS_A_CHUNK)
    inputs, taken, refused = _read_rows(rows, asked["targets"], contacts.known_fields(job.workspace_id or 0))
    finished = len(rows) < ROWS_A_CHUNK
    with transaction.atomic():
        if "sequence" in asked:
            enrolling.hold_sequence(asked["sequence"])  # before contacts: the order in which all lock
        written = contacts.upsert(job.workspace_id or 0, inputs, now, OnDuplicate(asked["on_duplicate"]))
        begun = _follow_up(job, written, now)
        refused += [(taken[position], sentence) for position, sentence in written.refused.items()]
        refused.sort(key=lambda pair: pair[0].line)
        texts.refuse(file_id, [(row.line, row.cells, sentence) for row, sentence in refused])
        progress = Progress(
            done=after.line,
            total=job.total,
            cursor={"offset": after.offset, "line": after.line},
            result=_added(job, written, len(refused), begun),
            finished=finished,
        )
        jobs.save(job, progress, now)
        if finished:
            texts.discard(file_id)
    return progress


def _follow_up(job: Job, written: contacts.Upserted, now: datetime) -> dict[str, int]:
    """Write the events of new contacts, and put all on the list and under the tags that were chosen.

    Who is new begins in the sequence of the import; returns how many that are.
    """
    workspace_id, asked = job.workspace_id or 0, job.arguments
    created = EventKind.CONTACT_CREATED
    contact_events.add(workspace_id, created, written.created_ids, now, source=SOURCE)
    contact_events.changed(workspace_id, written.changes, now, source=SOURCE)
    _move_on(workspace_id, written.stages, now)
    ids = [id_ for id_ in written.ids if id_]
    if "list" in asked:
        lists.join_and_tell(workspace_id, asked["list"], ids, now, source=SOURCE)
    for tag_id in asked.get("tags", ()):
        tags.add(workspace_id, tag_id, ids, now, source=SOURCE)
    if "sequence" not in asked:
        return {}
    answers = newcomers.begin(asked["sequence"], written.created_ids, now, source=SOURCE)
    return {"enrolled": sum(answers.get(word, 0) for word in newcomers.BEGUN)}


def _move_on(workspace_id: int, changed: Mapping[int, str], now: datetime) -> None:
    by_stage: dict[str, list[int]] = {}
    for contact_id, stage in changed.items():
        by_stage.setdefault(stage, []).append(contact_id)
    for stage, contact_ids in by_stage.items():
        kind, payload = EventKind.STAGE_CHANGED, {"stage": stage}
        contact_events.add(workspace_id, kind, contact_ids, now, source=SOURCE, payload=payload)
    stages.reached(workspace_id, changed, now)


def _gone(name: str) -> DomainError:
    return DomainError(
        "import_file_gone",
        f"The text of {name} is not kept any more. Import the file again; contacts that are there already are "
        "not made twice.",
    )


_Refused = list[tuple[Row, str]]


def _read_rows(
    rows: Sequence[Row], targets: Sequence[str], fields: Fields
) -> tuple[list[ContactInput], list[Row], _Refused]:
    """Return the contacts that the rows describe, the row of each, and the rows that describe none."""
    inputs: list[ContactInput] = []
    taken: list[Row] = []
    refused: _Refused = []
    for row in rows:
        try:
            inputs.append(_read(row, targets, fields))
            taken.append(row)
        except DomainError as error:
            refused.append((row, error.message))
    return inputs, taken, refused


def _read(row: Row, targets: Sequence[str], fields: Fields) -> ContactInput:
    if row.fault:
        raise DomainError("csv_row_unreadable", row.fault)
    if len(row.cells) > len(targets) and any(cell.strip() for cell in row.cells[len(targets) :]):
        raise DomainError(
            "csv_row_unreadable", f"It has {len(row.cells)} columns, the first line has {len(targets)}."
        )
    cells = {name: bare_cell(cell) for name, cell in zip(targets, row.cells, strict=False) if name}
    custom = {name.removeprefix(CUSTOM): cell for name, cell in cells.items() if name.startswith(CUSTOM)}
    gone = custom.keys() - fields.keys()
    return read_contact(cells, {key: cell for key, cell in custom.items() if key not in gone}, fields)


def _added(job: Job, written: contacts.Upserted, refused: int, begun: Mapping[str, int]) -> dict[str, int]:
    now = {
        "created": written.created,
        "updated": written.updated,
        "skipped": written.skipped,
        "refused": refused,
        **begun,
    }
    return {name: int(job.result.get(name, 0)) + count for name, count in now.items()}
