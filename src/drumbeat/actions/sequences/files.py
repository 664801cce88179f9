"""Sequences as files: exported, checked, compared, applied. Applying a file twice changes nothing.

A file is of the sequence that has its name, unless a caller names one. Its flow is the working copy, its settings the
live ones; the status stays out of it. A missing section `settings` leaves them as they are; what is missing within
it has its default.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from drumbeat.actions import access, sequences
from drumbeat.actions.sequences import checking, named_settings
from drumbeat.actions.sequences import settings as sequence_settings
from drumbeat.actions.sequences import tags as sequence_tags
from drumbeat.core.difference import StepChange, compare, sentences
from drumbeat.core.document import checksum, read_document, write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.lint import Problem
from drumbeat.core.sequence_file import FileFault, FileRead, SequenceFile, read_file, write_file
from drumbeat.models import Member, SequenceDraft, SequenceStatus, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import sql

_NO_WORD = re.compile(r"[^\w]+")
_LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Written:
    """A file: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    """A fault of a file, or what lint says of its flow; line and column count from 1."""

    severity: str
    code: str
    path: str
    line: int | None
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class SettingDifference:
    """A setting, `description` or `tags`, that the file says otherwise."""

    setting: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDifference:
    """What applying would change, or changed. `change`: created, changed, unchanged, or invalid (`problems` say why).

    `activates`: it would be published or started too.
    """

    change: str
    sequence_id: int | None = None
    name: str = ""
    steps: Sequence[StepChange] = ()
    settings: Sequence[SettingDifference] = ()
    activates: bool = False
    problems: Sequence[FileProblem] = ()

    @property
    def is_invalid(self) -> bool:
        return self.change == "invalid"

    @property
    def sentences(self) -> list[str]:
        """Return what changes, in words."""
        told = [*sentences(self.steps), *(_sentence(each) for each in self.settings)]
        return [*told, "Publishes it and lets it run."] if self.activates else told


def _sentence(each: SettingDifference) -> str:
    return f"Sets {each.setting} from {_word(each.before)} to {_word(each.after)}."


def _word(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A file that can be applied: to which sequence (None: a new one), with checked settings."""

    content: SequenceFile
    row: SequenceRow | None
    settings: Mapping[str, Any]
    difference: FileDifference


def export(member: Member, sequence_id: int) -> Written:
    """Write the working copy and the live settings of a sequence."""
    access.require(member, "sequences.view")
    row = access.get(member, SequenceRow, sequence_id, "sequence")
    content = SequenceFile(
        name=row.name,
        description=row.description,
        tags=tuple(sequence_tags.of(row)) or None,
        settings=named_settings.portable(row),
        flow=sequences.draft_flow(row),
    )
    return Written(f"{stem_of(row.name)}.yaml", write_file(content))


def stem_of(name: str) -> str:
    """Return a file name without its ending for a sequence of this name."""
    return _NO_WORD.sub("-", name.lower()).strip("-")[:_LONGEST_STEM] or "sequence"


def diff(
    member: Member, text: str, *, sequence_id: int | None = None, activate: bool = False
) -> FileDifference:
    """Check a file and say what applying it would change; nothing changes."""
    access.require(member, "sequences.view")
    planned = _planned(member, text, sequence_id, activate)
    return planned.difference if isinstance(planned, _Plan) else planned


def apply(
    member: Member,
    text: str,
    now: datetime,
    *,
    sequence_id: int | None = None,
    activate: bool = False,
) -> FileDifference:
    """Make a sequence what the file says, all of it or nothing.

    With `activate` it is published if its flow is not what runs, and started. DomainError `file_invalid` with the
    line of every fault.
    """
    access.require(member, "sequences.edit")
    with transaction.atomic():
        # Two who apply a file of one name at once must not both create it.
        sql.lock(Workspace.objects.filter(id=member.workspace_id))
        planned = _planned(member, text, sequence_id, activate)
        if not isinstance(planned, _Plan):
            raise refusal(planned)
        unchanged = planned.difference.change == "unchanged"
        return planned.difference if unchanged else _carry_out(member, planned, now)


def guarded_of(member: Member, text: str, sequence_id: int | None = None) -> int | None:
    """Return the sequence that a file is of, if a password guards it."""
    access.require(member, "sequences.edit")
    content = read_file(text).content
    if content is None:
        return None
    rows = access.visible_to(member, SequenceRow).exclude(status=SequenceStatus.ARCHIVED).exclude(password="")
    asked = rows.filter(pk=sequence_id) if sequence_id is not None else rows.filter(name=content.name)
    return asked.values_list("pk", flat=True).first()


def diff_set(
    member: Member, texts: Mapping[str, str], *, activate: bool = False
) -> dict[str, FileDifference]:
    """Say for each file of a set what applying all would change; two files of one name are a fault of the second."""
    found = {path: diff(member, text, activate=activate) for path, text in texts.items()}
    first: dict[str, str] = {}
    for path, difference in found.items():
        if difference.name and (other := first.setdefault(difference.name, path)) != path:
            said = f"{other} is of a sequence called {difference.name!r} too. Names are unique within a set."
            problem = FileProblem("error", "file_invalid", "name", None, None, said)
            found[path] = FileDifference(change="invalid", name=difference.name, problems=[problem])
    return found


def apply_set(
    member: Member, texts: Mapping[str, str], now: datetime, *, activate: bool = False
) -> dict[str, FileDifference]:
    """Apply the files of a set, all of them or, when one is invalid, none; each gets its own answer."""
    with transaction.atomic():
        found = diff_set(member, texts, activate=activate)
        if any(difference.is_invalid for difference in found.values()):
            return found
        return {path: apply(member, text, now, activate=activate) for path, text in texts.items()}


def refusal(difference: FileDifference) -> DomainError:
    """Return what an invalid file amounts to."""
    faults = [problem for problem in difference.problems if problem.severity == "error"]
    fields = {fault.path or "file": _with_line(fault) for fault in faults}
    count = "One fault" if len(faults) == 1 else f"{len(faults)} faults"
    return DomainError("file_invalid", f"{count} in this file. {_with_line(faults[0])}", fields)


def _with_line(fault: FileProblem) -> str:
    place = f"Line {fault.line}: " if fault.line is not None else ""
    return f"{place}{fault.message}"


def _planned(member: Member, text: str, sequence_id: int | None, activate: bool) -> _Plan | FileDifference:
    read = read_file(text)
    if read.content is None:
        return FileDifference(change="invalid", problems=[_fault(fault) for fault in read.faults])
    try:
        row = _row(member, read.content.name, sequence_id)
        sequence_tags.checked(read.content.tags or ())
        settings = _settings(member, read)
    except DomainError as fault:
        name = "name" if fault.code == "sequence_ambiguous" else ""
        within = "" if fault.code == "sequence_tags_invalid" else "settings."
        found = {f"{within}{path}": text for path, text in fault.fields.items()} or {name: fault.message}
        return _invalid(read, [_at(read, "error", fault.code, path, said) for path, said in found.items()])
    problems = checking.problems_of(member, read.content.flow, row.pk if row is not None else None)
    lint = [_of_lint(read, problem) for problem in problems]
    if activate and any(problem.severity == "error" for problem in lint):
        return _invalid(read, lint)
    difference = replace(_difference(read.content, row, settings, activate), problems=lint)
    return _Plan(content=read.content, row=row, settings=settings, difference=difference)


def _invalid(read: FileRead, problems: Sequence[FileProblem]) -> FileDifference:
    name = read.content.name if read.content else ""
    return FileDifference(change="invalid", name=name, problems=problems)


def _fault(fault: FileFault) -> FileProblem:
    line, column = (fault.place.line, fault.place.column) if fault.place else (None, None)
    return FileProblem("error", fault.code, fault.path, line, column, fault.message)


def _at(read: FileRead, severity: str, code: str, path: str, message: str) -> FileProblem:
    place = read.place_of(path)
    return FileProblem(
        severity, code, path, place.line if place else None, place.column if place else None, message
    )


def _of_lint(read: FileRead, problem: Problem) -> FileProblem:
    path = f"flow.{problem.path}" if problem.path else "flow"
    return _at(read, problem.severity.value, problem.code, path, problem.message)


def _row(member: Member, name: str, sequence_id: int | None) -> SequenceRow | None:
    """Return the sequence that a file is of; archived ones are over and count only when they are named."""
    if sequence_id is not None:
        return sequences.editable(member, sequence_id)
    rows = access.visible_to(member, SequenceRow).exclude(status=SequenceStatus.ARCHIVED)
    found = list(rows.filter(name=name).order_by("id"))
    if len(found) > 1:
        ids = ", ".join(str(row.pk) for row in found)
        raise DomainError(
            "sequence_ambiguous", f"{len(found)} sequences are called {name!r}. Name one by its id: {ids}."
        )
    return found[0] if found else None


def _settings(member: Member, read: FileRead) -> dict[str, Any]:
    """Return the settings of a file as they are stored, those that are missing with their defaults."""
    assert read.content is not None
    if read.content.settings is None:
        return {}
    asked = named_settings.stored(member, read.content.settings)
    return sequence_settings.read(member, {**sequence_settings.defaults(), **asked})


def _difference(
    content: SequenceFile, row: SequenceRow | None, settings: Mapping[str, Any], activate: bool
) -> FileDifference:
    old = sequence_settings.defaults() if row is None else sequence_settings.values(row)
    new = {**old, **settings}
    other = [SettingDifference(name, old[name], value) for name, value in new.items() if old[name] != value]
    if row is None:
        flow = read_document({"format": 1, "steps": []})
        return FileDifference(
            change="created",
            name=content.name,
            steps=compare(flow, content.flow),
            settings=other,
            activates=activate,
        )
    other += [
        SettingDifference(name, before, after)
        for name, before, after in _described(content, row)
        if before != after
    ]
    draft = sequences.draft_flow(row)
    activates = activate and (_is_news(content, row) or row.status != SequenceStatus.ACTIVE)
    same = write_document(draft) == write_document(content.flow) and not other and not activates
    return FileDifference(
        change="unchanged" if same else "changed",
        sequence_id=row.pk,
        name=content.name,
        steps=compare(draft, content.flow),
        settings=other,
        activates=activates,
    )


def _described(content: SequenceFile, row: SequenceRow) -> list[tuple[str, Any, Any]]:
    described, had = content.description, sequence_tags.of(row)
    wanted = had if content.tags is None else sorted(sequence_tags.checked(content.tags), key=str.casefold)
    return [
        ("name", row.name, content.name),
        ("tags", had, wanted),
        ("description", row.description, row.description if described is None else described.strip()),
    ]


def _is_news(content: SequenceFile, row: SequenceRow) -> bool:
    """Tell whether the flow is not what new enrollments get."""
    return row.current_version is None or row.current_version.checksum != checksum(content.flow)


def _carry_out(member: Member, plan: _Plan, now: datetime) -> FileDifference:
    content, difference = plan.content, plan.difference
    if plan.row is None:
        row = sequences.create(
            member,
            content.name,
            now,
            document=write_document(content.flow),
            description=sequence_settings.checked_description(content.description or ""),
        )
        if content.tags:
            sequence_settings.rename(member, row.pk, {"tags": list(content.tags)}, now)
        sequence_settings.change(member, row.pk, plan.settings, now)
    else:
        row = plan.row
        _edit(member, row, plan, now)
    if difference.activates:
        _start(member, row, content, now)
    return replace(difference, sequence_id=row.pk)


def _edit(member: Member, row: SequenceRow, plan: _Plan, now: datetime) -> None:
    described = {name: after for name, before, after in _described(plan.content, row) if before != after}
    if described:
        sequence_settings.rename(member, row.pk, described, now)
    sequence_settings.change(member, row.pk, plan.settings, now)
    if sequences.draft_flow(row) != plan.content.flow:
        revision = SequenceDraft.objects.values_list("revision", flat=True).get(sequence=row)
        sequences.save_draft(member, row.pk, write_document(plan.content.flow), now, revision=revision)


def _start(member: Member, row: SequenceRow, content: SequenceFile, now: datetime) -> None:
    row.refresh_from_db()
    if row.status != SequenceStatus.DRAFT and _is_news(content, row):
        sequences.publish(member, row.pk, now)
    sequences.activate(member, row.pk, now)
