"""Carrying out an import: the next rows read, written and followed up in one transaction, with what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from drumbeat.actions.contacts.input import Fields
from drumbeat.actions.enrollments import newcomers
from drumbeat.actions.imports import reading
from drumbeat.actions.imports.columns import CUSTOM
from drumbeat.actions.imports.csv_files import Place, read_lines
from drumbeat.core import remaining
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind
from drumbeat.models import Contact, ContactImport, Job
from drumbeat.store import (
    contact_events,
    contacts,
    enrolling,
    jobs,
    lists,
    replanning,
    stages,
    statistics,
    tags,
    upserting,
)
from drumbeat.store import imports as texts
from drumbeat.store.contacts import OnDuplicate
from drumbeat.store.jobs import Progress

ROWS_A_CHUNK = 1000
SOURCE = "import"


def chunk(job: Job, now: datetime) -> Progress:
    """Import the next rows; their contacts, their refusals and the progress are written together."""
    asked: Mapping[str, Any] = job.arguments
    file_id = int(asked.get("import", 0))
    if not texts.is_kept(file_id):
        raise gone(str(asked.get("source", "this import")))
    place = Place(job.cursor["offset"], job.cursor["line"])
    pace = remaining.go_on(remaining.from_json(job.cursor.get("pace", {})), place.line, now)
    delimiter = ContactImport.objects.values_list("delimiter", flat=True).get(id=file_id)
    rows, after = read_lines(texts.lines_from(file_id, place.offset), delimiter, place, ROWS_A_CHUNK)
    fields = contacts.known_fields(job.workspace_id or 0)
    found = reading.read(rows, asked["targets"], fields)
    finished = len(rows) < ROWS_A_CHUNK
    with transaction.atomic():
        if "sequence" in asked:
            enrolling.hold_sequence(asked["sequence"])  # before contacts: the order in which all lock
        written = upserting.upsert(
            job.workspace_id or 0, found.inputs, now, OnDuplicate(asked["on_duplicate"])
        )
        begun = _follow_up(job, written, fields, now)
        refused = all_refused(found, written)
        texts.refuse(file_id, [(row.line, row.cells, sentence) for row, sentence in refused])
        progress = Progress(
            done=after.line,
            total=job.total,
            cursor={"offset": after.offset, "line": after.line, "pace": remaining.to_json(pace)},
            result=_added(job, written, len(refused), begun),
            finished=finished,
        )
        jobs.save(job, progress, now)
        if finished:
            texts.discard(file_id)
    statistics.follow(Contact, progress.result["created"])
    return progress


def all_refused(found: reading.RowsRead, written: upserting.Upserted) -> reading.Refused:
    """Return who could not be read and who could not be written, in the order of the file."""
    clashing = [(found.taken[position], sentence) for position, sentence in written.refused.items()]
    return sorted(found.refused + clashing, key=lambda pair: pair[0].line)


def _follow_up(job: Job, written: upserting.Upserted, fields: Fields, now: datetime) -> dict[str, int]:
    """Write the events of new contacts, and put all on the list and under the tags that were chosen.

    Who is new begins in the sequence of the import; returns how many that are.
    """
    workspace_id, asked = job.workspace_id or 0, job.arguments
    created = EventKind.CONTACT_CREATED
    contact_events.add(workspace_id, created, written.created_ids, now, source=SOURCE)
    contact_events.changed(workspace_id, _changes(written, fields), now, source=SOURCE)
    if written.changes:
        replanning.follow(written.changes, now)
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


def _changes(written: upserting.Upserted, fields: Fields) -> dict[int, list[str]]:
    """Return the names of what changed by contact, as every other change tells them."""
    names = {id_: f"{CUSTOM}{key}" for key, (id_, _) in fields.items()}
    return {
        contact_id: [*columns, *sorted(names[id_] for id_ in written.custom_changes[contact_id])]
        for contact_id, columns in written.changes.items()
    }


def _move_on(workspace_id: int, changed: Mapping[int, str], now: datetime) -> None:
    by_stage: dict[str, list[int]] = {}
    for contact_id, stage in changed.items():
        by_stage.setdefault(stage, []).append(contact_id)
    for stage, contact_ids in by_stage.items():
        kind, payload = EventKind.STAGE_CHANGED, {"stage": stage}
        contact_events.add(workspace_id, kind, contact_ids, now, source=SOURCE, payload=payload)
    stages.reached(workspace_id, changed, now)


def gone(name: str) -> DomainError:
    return DomainError(
        "import_file_gone",
        f"The text of {name} is not kept any more. Import the file again; contacts that are there already are "
        "not made twice.",
    )


def _added(job: Job, written: upserting.Upserted, refused: int, begun: Mapping[str, int]) -> dict[str, int]:
    now = {
        "created": written.created,
        "updated": written.updated,
        "skipped": written.skipped,
        "refused": refused,
        **begun,
    }
    return {name: int(job.result.get(name, 0)) + count for name, count in now.items()}
