"""Templates that a workspace kept: a flow with its settings, to begin other sequences with. The five of the product
are in `core.templates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.sequences import activate, checked_name, create, draft_flow
from drumbeat.actions.sequences import settings as sequence_settings
from drumbeat.core.delay import Delay
from drumbeat.core.document import write_document
from drumbeat.core.errors import DomainError
from drumbeat.models import Member, SequenceTemplate
from drumbeat.models import Sequence as SequenceRow

MOST = 100
"""Templates of a workspace: all are listed at once, with their documents."""
NOT_KEPT = frozenset({"sender_id", "agent_id"})
"""Settings that mean one installation or one person; a template begins without them."""


def of(member: Member) -> QuerySet[SequenceTemplate]:
    """Return the workspace's own templates, by name."""
    access.require(member, "sequences.view")
    return access.visible_to(member, SequenceTemplate).select_related("made_by").order_by("name", "id")


def find(member: Member, name_or_id: str) -> SequenceTemplate:
    """Return the template with this id or name; DomainError `not_found`."""
    asked = name_or_id.strip()
    rows = of(member)
    return access.first(
        rows.filter(pk=int(asked)) if asked.isdecimal() else rows.filter(name=asked), "template", asked
    )


def save(
    member: Member, sequence_id: int, now: datetime, *, name: str = "", description: str | None = None
) -> SequenceTemplate:
    """Keep the working copy and the settings of a sequence as a template.

    DomainError `template_name_taken`, `too_many_templates`.
    """
    access.require(member, "sequences.create")
    source = access.get(member, SequenceRow, sequence_id, "sequence")
    if access.visible_to(member, SequenceTemplate).count() >= MOST:
        raise DomainError("too_many_templates", f"A workspace keeps at most {MOST} templates. Delete some.")
    row = SequenceTemplate(
        workspace_id=member.workspace_id,
        name=checked_name(name or source.name),
        description=sequence_settings.checked_description(
            source.description if description is None else description
        ),
        document=write_document(draft_flow(source)),
        settings={k: v for k, v in sequence_settings.values(source).items() if k not in NOT_KEPT},
        made_by=member,
        created_at=now,
    )
    return _written(member, "templates.create", row, now)


def change(member: Member, template_id: int, changes: Mapping[str, Any], now: datetime) -> SequenceTemplate:
    """Rename or describe a template; what is not named stays."""
    access.require(member, "sequences.edit")
    row = access.get(member, SequenceTemplate, template_id, "template")
    if changes.get("name") is not None:
        row.name = checked_name(changes["name"])
    if changes.get("description") is not None:
        row.description = sequence_settings.checked_description(changes["description"])
    return _written(member, "templates.edit", row, now)


def _written(member: Member, act: str, row: SequenceTemplate, now: datetime) -> SequenceTemplate:
    try:
        with transaction.atomic():
            row.save()
            _record(member, act, row, now)
    except IntegrityError:
        text = f"A template is called {row.name!r} already. Choose another name."
        raise DomainError("template_name_taken", text, {"name": text}) from None
    return row


def remove(member: Member, template_id: int, now: datetime) -> None:
    """Delete a template; sequences that began with it stay."""
    access.require(member, "sequences.delete")
    row = access.get(member, SequenceTemplate, template_id, "template")
    with transaction.atomic():
        _record(member, "templates.delete", row, now)
        row.delete()


def _record(member: Member, act: str, row: SequenceTemplate, now: datetime) -> None:
    audit.record(member, act, now, object_kind="template", object_id=row.pk, name=row.name)


def begin(
    member: Member,
    template_id: int,
    name: str,
    now: datetime,
    *,
    description: str = "",
    sender_id: int | None = None,
    delays: Delay | None = None,
    active: bool = False,
) -> SequenceRow:
    """Create a draft with the flow and the settings of a template; the rest as `sequences.create`."""
    row = access.get(member, SequenceTemplate, template_id, "template")
    with transaction.atomic():
        made = create(
            member,
            name,
            now,
            document=row.document,
            description=description or row.description,
            sender_id=sender_id,
            delays=delays,
            of_others=True,
        )
        known = {key: value for key, value in row.settings.items() if key in sequence_settings.SETTINGS}
        new = sequence_settings.read(member, known)
        SequenceRow.objects.filter(pk=made.pk).update(**new)
        made.refresh_from_db()
        return activate(member, made.pk, now) if active else made
