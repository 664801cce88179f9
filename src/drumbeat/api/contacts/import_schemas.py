"""What the routes of imports take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from drumbeat.actions.enrollments import newcomers
from drumbeat.actions.imports.columns import Choices, NewField
from drumbeat.api.bodies import Body, Id
from drumbeat.models import FieldType
from drumbeat.store.contacts import OnDuplicate

Type = Literal["text", "number", "date", "boolean"]


class ImportColumnOut(Schema):
    """A column of the file. `target`: a field of contacts, `custom.<key>`, or "" for none.

    `is_new`: the target is a field that is to be made.
    """

    name: str
    samples: list[str]
    target: str
    type: Type
    is_new: bool


class ImportProgressOut(Schema):
    """`state`: uploaded, waiting, running, done, failed or cancelled. `done` of `total` counts lines.

    `seconds_left` at the pace so far; null where nobody can say.
    """

    state: str
    done: int
    total: int
    created: int
    updated: int
    skipped: int
    refused: int
    enrolled: int
    seconds_left: int | None
    fault: str
    finished_at: datetime | None


class ImportOut(Schema):
    id: int
    name: str
    size: int
    lines: int
    encoding: str
    delimiter: str
    by: str
    created_at: datetime
    progress: ImportProgressOut


class ImportPreviewOut(ImportOut):
    """An uploaded file: what its columns are taken for, and its first rows."""

    columns: list[ImportColumnOut]
    rows: list[list[str]]


class NewFieldIn(Body):
    label: str = Field(max_length=200)
    type: Type = "text"


class ImportChoicesIn(Body):
    """`targets`: for each column a field of contacts, `custom.<key>`, or "" to leave it out. `new_fields` by key.

    `sequence_id`: where those begin who are created; null for nowhere, left out for the default sequence.
    """

    targets: list[str] = Field(max_length=200)
    new_fields: dict[str, NewFieldIn] = Field(default_factory=dict, max_length=200)
    on_duplicate: OnDuplicate = OnDuplicate.FILL
    list_name: str = Field(default="", max_length=200)
    tags: list[str] = Field(default_factory=list, max_length=20)
    sequence_id: Id | None = None

    def choices(self) -> Choices:
        new = {key: NewField(each.label, FieldType(each.type)) for key, each in self.new_fields.items()}
        return Choices(
            targets=self.targets,
            new_fields=new,
            on_duplicate=self.on_duplicate,
            list_name=self.list_name,
            tags=self.tags,
            sequence_id=self.sequence_id if "sequence_id" in self.model_fields_set else newcomers.DEFAULT,
        )


class ImportRefusalOut(Schema):
    line: int
    reason: str


class SequenceRef(Schema):
    id: int
    name: str


class ImportForeseenOut(Schema):
    """What the first `rows` rows would do; `is_all`: that is the whole file. `refusals` are the first of `refused`.

    `sequence`: where those begin who are created, `enrolled`: how many of them it takes.
    """

    rows: int
    is_all: bool
    created: int
    updated: int
    skipped: int
    refused: int
    sequence: SequenceRef | None
    enrolled: int
    refusals: list[ImportRefusalOut]
