"""What stands around the contacts of a world: a field, a tag, a note, an uploaded file."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.db.models import Model

from drumbeat.actions import imports, segments
from drumbeat.actions.contacts import fields
from drumbeat.actions.contacts import view as contact_view
from drumbeat.models import Contact, ContactTag, FieldType, Member, Tag


def furnish(owner: Member, contact: Contact, mark: str, now: datetime) -> dict[str, Model]:
    """Name each with `mark`."""
    tag = Tag.objects.create(workspace=owner.workspace, name=f"{mark} tag", folded=f"{mark.lower()} tag")
    ContactTag.objects.create(workspace=owner.workspace, contact=contact, tag=tag, created_at=now)
    return {
        "field": fields.create(owner, f"{mark} field", FieldType.TEXT, now),
        "tag": tag,
        "import": _file(owner, mark, now),
        "segment": segments.create(owner, f"{mark} segment", _everybody(mark), now),
        **note_of(owner, contact, mark, now),
    }


def _everybody(mark: str) -> dict[str, object]:
    return {"rules": [{"field": "last_name", "operator": "equals", "value": mark}]}


def note_of(owner: Member, contact: Contact, mark: str, now: datetime) -> dict[str, Model]:
    return {"note": contact_view.add_note(owner, contact.pk, f"{mark} likes tea", now)}


def _file(owner: Member, mark: str, now: datetime) -> Model:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{mark}.csv"
        path.write_text(f"email,first_name\nnew@{mark.lower()}.test,{mark}\n", encoding="utf-8")
        return imports.upload(owner, path, path.name, now)
