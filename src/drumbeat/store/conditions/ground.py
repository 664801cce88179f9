"""What a condition names, looked up before it is read: fields, tags, lists, members, zones. At most five queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from drumbeat.core.conditions.fields import EVENT_PREFIX, LIST, TAG, FieldType, type_of
from drumbeat.core.conditions.operands import wanted_names
from drumbeat.core.conditions.rules import Condition, Rule, rules_with_paths
from drumbeat.models import Contact, ContactField, ContactList, Member, Tag, Workspace
from drumbeat.store.conditions.days import Zones
from drumbeat.store.senders import UTC, zone_named

CUSTOM = "custom."
MOST_ZONES = 2_000


@dataclass(frozen=True, slots=True)
class Ground:
    """`fields` are id and type by name (`custom.<key>`), `tags` and `lists` ids by name, `owners` addresses by id."""

    workspace_id: int
    now: datetime
    zones: Zones
    fields: Mapping[str, tuple[int, FieldType]]
    tags: Mapping[str, int]
    lists: Mapping[str, int]
    owners: Mapping[int, str]


def survey(workspace_id: int, condition: Condition, now: datetime) -> Ground:
    """Look up what `condition` names in the workspace; what is not there is left out."""
    rules = [rule for _, rule in rules_with_paths(condition)]
    fields = _fields(workspace_id, {rule.field for rule in rules if rule.field.startswith(CUSTOM)})
    types = {name: kind for name, (_, kind) in fields.items()}
    return Ground(
        workspace_id=workspace_id,
        now=now,
        zones=_zones(workspace_id, any(_has_days(rule, types) for rule in rules)),
        fields=fields,
        tags=_tags(workspace_id, _named(rules, TAG)),
        lists=_lists(workspace_id, _named(rules, LIST)),
        owners=_owners(workspace_id) if any(rule.field == "owner" for rule in rules) else {},
    )


def _has_days(rule: Rule, types: Mapping[str, FieldType]) -> bool:
    if rule.field.startswith(EVENT_PREFIX):
        return rule.days is not None
    return type_of(rule.field, types) is FieldType.DATE


def _named(rules: Iterable[Rule], field: str) -> set[str]:
    """Return the names that rules about `field` hold, without those that no database stores."""
    named = {name for rule in rules if rule.field == field for name in wanted_names(rule)}
    return {name for name in named if _is_text(name)}


def _is_text(name: str) -> bool:
    return "\x00" not in name and not any("\ud800" <= letter <= "\udfff" for letter in name)


def _fields(workspace_id: int, names: set[str]) -> dict[str, tuple[int, FieldType]]:
    keys = [key for name in names if _is_text(key := name.removeprefix(CUSTOM))]
    if not keys:
        return {}
    rows = ContactField.objects.filter(workspace_id=workspace_id, key__in=keys)
    return {
        f"{CUSTOM}{key}": (id_, FieldType(type_)) for id_, key, type_ in rows.values_list("id", "key", "type")
    }


def _tags(workspace_id: int, folded: set[str]) -> dict[str, int]:
    if not folded:
        return {}
    rows = Tag.objects.filter(workspace_id=workspace_id, folded__in=folded)
    return dict(rows.values_list("folded", "id"))


def _lists(workspace_id: int, names: set[str]) -> dict[str, int]:
    if not names:
        return {}
    rows = ContactList.objects.filter(workspace_id=workspace_id, name__in=names)
    return dict(rows.values_list("name", "id"))


def _owners(workspace_id: int) -> dict[int, str]:
    rows = Member.objects.filter(workspace_id=workspace_id)
    return dict(rows.values_list("id", "user__email"))


_NAMES_OF_ZONES = f"""
    WITH RECURSIVE named(zone) AS (
        SELECT MIN(time_zone) FROM {Contact._meta.db_table} WHERE workspace_id = %s
        UNION ALL
        SELECT (SELECT MIN(c.time_zone) FROM {Contact._meta.db_table} c
                WHERE c.workspace_id = %s AND c.time_zone > named.zone)
        FROM named WHERE named.zone IS NOT NULL)
    SELECT zone FROM named WHERE zone > '' LIMIT {MOST_ZONES}"""
"""Steps from name to name over an index: as many steps as names, however many contacts."""


def _zones(workspace_id: int, wanted: bool) -> Zones:
    home = Workspace.objects.values_list("time_zone", flat=True).get(id=workspace_id) if wanted else ""
    names: list[str] = []
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_NAMES_OF_ZONES, [workspace_id, workspace_id])
            names = [row[0] for row in cursor.fetchall()]
    return Zones(zone_named(home) or UTC, {name: zone for name in names if (zone := zone_named(name))})
