"""Importing contacts: upload, look, choose, start, follow, fetch what was refused."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import StreamingHttpResponse
from ninja import File, Router, Status
from ninja.files import UploadedFile

from drumbeat.actions import imports
from drumbeat.actions.contacts.export import line_of
from drumbeat.actions.imports.columns import CUSTOM, guess_type, suggest
from drumbeat.actions.imports.csv_files import MOST_BYTES, bare_cell
from drumbeat.api.auth import MemberRequest
from drumbeat.api.contacts.export import csv_file
from drumbeat.api.contacts.import_schemas import (
    ImportChoicesIn,
    ImportColumnOut,
    ImportForeseenOut,
    ImportOut,
    ImportPreviewOut,
    ImportProgressOut,
    ImportRefusalOut,
    SequenceRef,
    Type,
)
from drumbeat.api.paging import Page, Paged, page_of
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.errors import DomainError
from drumbeat.models import ContactImport
from drumbeat.store import contacts

router = Router(tags=["imports"])
ROWS_SHOWN = 8
ROWS_READ = 200
"""Rows from which the type of a new field is guessed."""
CELL_SHOWN = 200
REFUSALS_SHOWN = 100
_COUNTS = ("created", "updated", "skipped", "refused", "enrolled")
_TYPES: Mapping[str, Type] = {name: name for name in get_args(Type)}


@router.post("/imports", response={201: ImportPreviewOut, **REFUSALS}, operation_id="upload_import")
def upload_import(request: MemberRequest, file: File[UploadedFile]) -> Status[ImportPreviewOut]:
    """Upload a CSV file; nothing is imported yet. Tells its encoding, columns and first rows."""
    if (file.size or 0) > MOST_BYTES:
        raise DomainError("csv_too_large", f"The file is larger than {MOST_BYTES // 2**20} MB. Split it.")
    name = file.name or "contacts.csv"
    if isinstance(file, TemporaryUploadedFile):
        kept = imports.upload(request.member, Path(file.temporary_file_path()), name, SystemClock().now())
        return Status(201, _preview(kept))
    with tempfile.NamedTemporaryFile(suffix=".csv") as copy:
        for piece in file.chunks():
            copy.write(piece)
        copy.flush()
        kept = imports.upload(request.member, Path(copy.name), name, SystemClock().now())
    return Status(201, _preview(kept))


@router.get("/imports", response={200: Page[ImportOut], **REFUSALS}, operation_id="list_imports")
def list_imports(request: MemberRequest, page: Paged) -> Page[ImportOut]:
    """List the imports, the newest first."""
    rows = imports.listed(request.member)
    return page_of(rows, ("-id",), page, lambda found: [ImportOut(**_known(row)) for row in found])


@router.get("/imports/{import_id}", response={200: ImportOut, **REFUSALS}, operation_id="get_import")
def get_import(request: MemberRequest, import_id: int) -> ImportOut:
    """Tell how far an import is and what it did."""
    return ImportOut(**_known(imports.find(request.member, import_id)))


@router.get(
    "/imports/{import_id}/preview",
    response={200: ImportPreviewOut, **REFUSALS},
    operation_id="preview_import",
)
def preview_import(request: MemberRequest, import_id: int) -> ImportPreviewOut:
    """Show again what an uploaded file holds and what its columns are taken for."""
    return _preview(imports.find(request.member, import_id))


@router.post(
    "/imports/{import_id}/check", response={200: ImportForeseenOut, **REFUSALS}, operation_id="check_import"
)
def check_import(request: MemberRequest, import_id: int, body: ImportChoicesIn) -> ImportForeseenOut:
    """Say what the import would do, writing nothing; of a large file the beginning is read."""
    seen = imports.foresee(request.member, import_id, body.choices())
    return ImportForeseenOut(
        rows=seen.rows,
        is_all=seen.is_all,
        created=seen.created,
        updated=seen.updated,
        skipped=seen.skipped,
        refused=len(seen.refused),
        sequence=SequenceRef(id=seen.sequence.pk, name=seen.sequence.name) if seen.sequence else None,
        enrolled=seen.enrolled,
        refusals=[
            ImportRefusalOut(line=line, reason=reason) for line, reason in seen.refused[:REFUSALS_SHOWN]
        ],
    )


@router.post("/imports/{import_id}/start", response={200: ImportOut, **REFUSALS}, operation_id="start_import")
def start_import(request: MemberRequest, import_id: int, body: ImportChoicesIn) -> ImportOut:
    """Start the import; a worker carries it out."""
    imports.begin(request.member, import_id, body.choices(), SystemClock().now())
    return ImportOut(**_known(imports.find(request.member, import_id)))


@router.post(
    "/imports/{import_id}/cancel", response={200: ImportOut, **REFUSALS}, operation_id="cancel_import"
)
def cancel_import(request: MemberRequest, import_id: int) -> ImportOut:
    """End an import and remove its text; what was imported stays."""
    imports.cancel(request.member, import_id, SystemClock().now())
    return ImportOut(**_known(imports.find(request.member, import_id)))


@router.get("/imports/{import_id}/refused.csv", response=REFUSALS, operation_id="get_import_refusals")
def get_import_refusals(request: MemberRequest, import_id: int) -> StreamingHttpResponse:
    """Fetch the refused rows with line and reason; mended, they can be imported."""
    file = imports.find(request.member, import_id)
    parts: Iterator[str] = (line_of(cells) for cells in imports.refused_table(file))
    return csv_file(parts, f"import-{file.pk}-refused.csv")


def _known(file: ContactImport) -> dict[str, Any]:
    job = file.job
    result = job.result if job else {}
    counts = {name: int(result.get(name, 0)) for name in _COUNTS}
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "lines": file.lines,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "by": file.member.name if file.member else "",
        "created_at": file.created_at,
        "progress": ImportProgressOut(
            state=job.state if job else "uploaded",
            done=job.done if job else 0,
            total=file.lines,
            seconds_left=imports.seconds_left(job) if job else None,
            fault=job.fault if job else "",
            finished_at=job.finished_at if job else None,
            **counts,
        ),
    }


def _preview(file: ContactImport) -> ImportPreviewOut:
    rows = [row for row in imports.rows_of(file, ROWS_READ) if not row.fault]
    known = contacts.known_fields(file.workspace_id)
    columns = []
    for position, (name, target) in enumerate(zip(file.header, suggest(file.header), strict=True)):
        samples = [bare_cell(row.cells[position]) for row in rows if position < len(row.cells)]
        key = target.removeprefix(CUSTOM)
        is_new = target != key and key not in known
        type_ = known[key][1] if key in known and target != key else guess_type(samples)
        shown = [sample[:CELL_SHOWN] for sample in dict.fromkeys(samples) if sample.strip()][:3]
        columns.append(
            ImportColumnOut(name=name, samples=shown, target=target, type=_TYPES[type_.value], is_new=is_new)
        )
    cells = [[bare_cell(cell)[:CELL_SHOWN] for cell in row.cells] for row in rows[:ROWS_SHOWN]]
    return ImportPreviewOut(**_known(file), columns=columns, rows=cells)
