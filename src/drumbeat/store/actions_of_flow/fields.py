"""Fields and stages of contacts, set by flows: own ones by their column, custom ones by their type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from drumbeat.core.conditions import FieldType
from drumbeat.core.conditions.operands import comparable
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import SetFieldStep, SetStageStep
from drumbeat.models import Contact, ContactField, ContactFieldValue
from drumbeat.store import contacts, replanning, sql, stages
from drumbeat.store.actions_of_flow.happened import tell
from drumbeat.store.enrollments import Locked

_OWN = ("company", "first_name", "language", "last_name", "stage", "time_zone", "title")
_LONGEST = {field.name: getattr(field, "max_length", None) for field in Contact._meta.get_fields()}
_VALUES = ("text", "text_folded", "number", "date", "boolean")
_AGAIN = 'ON CONFLICT ("contact_id", "field_id") DO UPDATE SET ' + ", ".join(
    f'"{name}" = excluded."{name}"' for name in _VALUES
)


def set_fields(wanted: Sequence[tuple[Locked, SetFieldStep | SetStageStep]], now: datetime) -> None:
    """Set fields and stages; a field that does not exist, or cannot hold the value, is left alone."""
    if not wanted:
        return
    asked = [(row, *_named(step)) for row, step in wanted]
    reached = _other_stages(asked)
    for name in _OWN:
        values = {row.contact_id: _line(name, value) for row, of, value in asked if of == name}
        rows = [(id_, value, now) for id_, value in sorted(values.items())]
        sql.update(Contact, ("id", name, "updated_at"), rows)
    _set_custom(
        [(row, name.removeprefix("custom."), value) for row, name, value in asked if name not in _OWN]
    )
    _search_anew(sorted({row.contact_id for row, name, _ in asked if name in _OWN}))
    tell([(row, *_told(step)) for row, step in wanted], now)
    moved = sorted({row.contact_id for row, name, _ in asked if name == replanning.ZONE})
    replanning.leave_to_a_job(moved, now)
    for workspace_id, found in reached.items():
        stages.leave_to_a_job(workspace_id, found, now)


def _other_stages(asked: Sequence[tuple[Locked, str, Any]]) -> dict[int, dict[int, str]]:
    """Return the stages that contacts get who are in another one, by workspace."""
    new = {row.contact_id: (row.workspace_id, _line("stage", to)) for row, of, to in asked if of == "stage"}
    if not new:
        return {}
    rows = Contact.objects.filter(sql.among("id", sorted(new))).values_list("id", "stage")
    found: dict[int, dict[int, str]] = {}
    for id_, before in rows:
        workspace_id, stage = new[id_]
        if stage != before:
            found.setdefault(workspace_id, {})[id_] = stage
    return found


def _named(step: SetFieldStep | SetStageStep) -> tuple[str, Any]:
    """Return what is set, an own column or `custom.<key>`, and to what."""
    if isinstance(step, SetStageStep):
        return "stage", step.stage
    name = step.field.removeprefix("contact.")
    return (name if name in _OWN else f"custom.{name.removeprefix('custom.')}"), step.value


def _line(name: str, value: Any) -> str:
    return str(value or "").replace("\x00", "")[: _LONGEST[name]]


def _told(step: SetFieldStep | SetStageStep) -> tuple[EventKind, Mapping[str, Any]]:
    if isinstance(step, SetStageStep):
        return EventKind.STAGE_CHANGED, {"stage": step.stage}
    return EventKind.FIELD_CHANGED, {"field": step.field}


def _search_anew(contact_ids: Sequence[int]) -> None:
    """Fold anew what contacts are found and compared by."""
    if not contact_ids:
        return
    rows = Contact.objects.filter(sql.among("id", contact_ids)).values("id", *contacts.COLUMNS)
    sql.update(Contact, ("id", *contacts.SEARCHED), [(row["id"], *contacts.searched(row)) for row in rows])


def _set_custom(asked: Sequence[tuple[Locked, str, Any]]) -> None:
    if not asked:
        return
    fields = ContactField.objects.filter(
        sql.among("key", sorted({key for _, key, _ in asked})),
        workspace_id__in={row.workspace_id for row, _, _ in asked},
    )
    known = {(field.workspace_id, field.key): field for field in fields}
    values: dict[tuple[int, int], tuple[Any, ...]] = {}
    for row, key, value in asked:
        field = known.get((row.workspace_id, key))
        typed = _typed(field.type, value) if field is not None else None
        if field is not None and typed is not None:
            place = row.contact_id, field.pk
            values[place] = (row.workspace_id, *place, *typed)
    columns = ("workspace_id", "contact_id", "field_id", *_VALUES)
    sql.insert(ContactFieldValue, columns, [values[place] for place in sorted(values)], _AGAIN)


def _typed(type_: str, value: Any) -> Sequence[Any] | None:
    """Return the columns of the value, all empty for None; None where it is of another type."""
    if value is None:
        return (None,) * len(_VALUES)
    if type_ == FieldType.TEXT:
        return contacts.typed(str(value).replace("\x00", ""))
    kept = comparable(value, FieldType(type_))
    return None if kept is None else contacts.typed(kept)
