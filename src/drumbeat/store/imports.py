"""The text of an import in the database, in pieces of whole lines, and the rows that it refused.

In the database, since any worker on any host may take the next chunk; a file would bind the job to the host that took
the upload, which may have no worker, and go down with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from drumbeat.models import ContactImport, ImportPiece, ImportRefusal
from drumbeat.store import sql

PIECE_BYTES = 262_144
REFUSALS_A_QUERY = 1_000


def keep(file: ContactImport, copy: Path) -> None:
    """Put the text of `copy` into the database, in the caller's transaction; memory is bounded by a piece."""
    offset = 0
    with copy.open("rb") as lines:
        # A piece ends where a line does.
        while lines_of_piece := lines.readlines(PIECE_BYTES):
            data = b"".join(lines_of_piece)
            ImportPiece.objects.create(contact_import=file, offset=offset, data=data)
            offset += len(data)


def lines_from(file_id: int, offset: int) -> Iterator[bytes]:
    """Yield the lines of the text from byte `offset` on, which must begin a line. One piece at a time is held."""
    before = ImportPiece.objects.filter(contact_import_id=file_id, offset__lte=offset).order_by("-offset")
    begins = before.values_list("offset", flat=True).first()
    if begins is None:
        return
    while True:
        piece = ImportPiece.objects.filter(contact_import_id=file_id, offset=begins).first()
        if piece is None:
            return
        data = bytes(piece.data)
        yield from data[max(0, offset - begins) :].splitlines(keepends=True)
        begins += len(data)


def is_kept(file_id: int) -> bool:
    return ImportPiece.objects.filter(contact_import_id=file_id).exists()


def discard(file_id: int) -> None:
    """Remove the text; what is known about the import, and what it refused, stays."""
    ImportPiece.objects.filter(contact_import_id=file_id).delete()


def refuse(file_id: int, refused: Sequence[tuple[int, Sequence[str], str]]) -> None:
    """Keep refused rows: line, cells and reason of each."""
    rows = [(file_id, line, list(cells), reason) for line, cells, reason in refused]
    sql.insert(ImportRefusal, ("contact_import_id", "line", "cells", "reason"), rows)


def refusals(file_id: int) -> Iterator[ImportRefusal]:
    """Yield the refused rows in the order of the file; memory is bounded by a query's page."""
    last = 0
    while True:
        rows = ImportRefusal.objects.filter(contact_import_id=file_id, id__gt=last).order_by("id")
        page = list(rows[:REFUSALS_A_QUERY])
        yield from page
        if len(page) < REFUSALS_A_QUERY:
            return
        last = page[-1].pk
