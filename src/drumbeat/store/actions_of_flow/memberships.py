"""Tags and lists: what a contact has, or is on. Only what really changes is written and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from drumbeat.core.conditions import fold
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import ListStep, TagStep
from drumbeat.models import ContactList, ContactTag, ListMember, Tag
from drumbeat.store import sql
from drumbeat.store.actions_of_flow.happened import tell
from drumbeat.store.enrollments import Locked

Named = tuple[int, str]
"""A workspace and a name in it, as it is compared."""
Change = tuple[Locked, int, bool]
"""The row, the tag or list, and whether the contact gets it or loses it."""


def tag(wanted: Sequence[tuple[Locked, TagStep]], now: datetime) -> None:
    """Add and remove tags; adding one that is there, or removing one that is not, changes nothing."""
    if not wanted:
        return
    first = list(reversed(wanted))  # the spelling that is met first is kept
    added = {(row.workspace_id, fold(step.tag)): step.tag for row, step in first if step.action == "add"}
    rows = [(workspace_id, name, folded) for (workspace_id, folded), name in sorted(added.items())]
    sql.insert(Tag, ("workspace_id", "name", "folded"), rows, "ON CONFLICT DO NOTHING")
    ids = _ids(Tag, "folded", [(row.workspace_id, fold(step.tag)) for row, step in wanted])
    asked = [(row, ids.get((row.workspace_id, fold(step.tag))), step.action) for row, step in wanted]
    names = {ids.get((row.workspace_id, fold(step.tag))): step.tag for row, step in first}
    changes = _settle(ContactTag, "tag_id", asked, now)
    _tell(changes, EventKind.TAG_ADDED, EventKind.TAG_REMOVED, lambda id_: {"tag": names[id_]}, now)


def put_on_lists(wanted: Sequence[tuple[Locked, ListStep]], now: datetime) -> None:
    """Put contacts on lists and take them off; a list that somebody is put on is made if need be."""
    if not wanted:
        return
    made = sorted({(row.workspace_id, step.list) for row, step in wanted if step.action == "add"})
    columns = ("workspace_id", "name", "created_at")
    sql.insert(ContactList, columns, [(*one, now) for one in made], "ON CONFLICT DO NOTHING")
    ids = _ids(ContactList, "name", [(row.workspace_id, step.list) for row, step in wanted])
    asked = [(row, ids.get((row.workspace_id, step.list)), step.action) for row, step in wanted]
    changes = _settle(ListMember, "contact_list_id", asked, now)
    names = {ids.get((row.workspace_id, step.list)): step.list for row, step in wanted}
    _tell(
        changes,
        EventKind.LIST_JOINED,
        EventKind.LIST_LEFT,
        lambda id_: {"list": id_, "list_name": names[id_]},
        now,
    )


def _ids(model: type[Model], column: str, wanted: Iterable[Named]) -> Mapping[Named, int]:
    asked = set(wanted)
    rows = model._default_manager.filter(
        sql.among(column, sorted({name for _, name in asked})),
        workspace_id__in={workspace_id for workspace_id, _ in asked},
    )
    return {
        (workspace_id, name): id_
        for id_, workspace_id, name in rows.values_list("id", "workspace_id", column)
    }


def _settle(
    model: type[Model], column: str, asked: Sequence[tuple[Locked, int | None, str]], now: datetime
) -> list[Change]:
    """Replay what is asked over what there is, write the difference, and return each change in its order."""
    known = [(row, id_, action == "add") for row, id_, action in asked if id_ is not None]
    rows = model._default_manager.filter(
        sql.among("contact_id", sorted({row.contact_id for row, _, _ in known})),
        sql.among(column, sorted({id_ for _, id_, _ in known})),
    )
    before = {(contact_id, of): id_ for id_, contact_id, of in rows.values_list("id", "contact_id", column)}
    after = set(before)
    changes: list[Change] = []
    for row, id_, gets in known:
        place = row.contact_id, id_
        if gets == (place in after):
            continue
        changes.append((row, id_, gets))
        after.symmetric_difference_update({place})
    workspaces = {row.contact_id: row.workspace_id for row, _, _ in known}
    new = [
        (workspaces[contact_id], contact_id, id_, now) for contact_id, id_ in sorted(after - before.keys())
    ]
    sql.insert(model, ("workspace_id", "contact_id", column, "created_at"), new, "ON CONFLICT DO NOTHING")
    gone = sorted(before[place] for place in before.keys() - after)
    if gone:
        model._default_manager.filter(sql.among("id", gone)).delete()
    return changes


def _tell(
    changes: Sequence[Change],
    got: EventKind,
    lost: EventKind,
    payload: Callable[[int], Mapping[str, Any]],
    now: datetime,
) -> None:
    tell([(row, got if gets else lost, payload(id_)) for row, id_, gets in changes], now)
