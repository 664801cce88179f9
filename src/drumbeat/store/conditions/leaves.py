"""What one rule asks of which table, as a condition on contacts.

Each answer is two-valued by its making: columns of contacts hold no NULL, and other tables are asked with IN or EXISTS
over columns without one. So NOT turns each of them round exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from drumbeat.core.conditions.days import days_ago, local_day
from drumbeat.core.conditions.fields import EVENT_PREFIX, LIST, TAG, FieldType
from drumbeat.core.conditions.operands import scope_of, wanted_names
from drumbeat.core.conditions.reading import ConditionView, holds
from drumbeat.core.conditions.rules import Group, Operator, Rule
from drumbeat.models import ContactFact, ContactFieldValue, ContactTag, ListMember
from drumbeat.store.conditions.columns import (
    ALWAYS,
    EMPTINESS,
    NEVER,
    Days,
    number_holds,
    number_is_there,
    text_holds,
    truth_holds,
)
from drumbeat.store.conditions.days import begins, beyond, borders
from drumbeat.store.conditions.ground import Ground
from drumbeat.store.contacts import COMPARED

_MOMENTS = ("created_at", "updated_at")
Rows = Callable[[Combinable], QuerySet[Any]]
"""Makes the rows of another table that answer a rule; it is told where the zone of their contact stands."""


def leaf(rule: Rule, ground: Ground, *, leads: bool) -> Q:
    """Return the contacts for which `rule` holds.

    `leads`: whatever fails it is out, so a database may start from the rows that answer it, and walk from them to
    contacts; elsewhere it is asked contact by contact.
    """
    if rule.field.startswith(EVENT_PREFIX):
        return _event(rule, ground, leads=leads)
    if rule.field in (TAG, LIST):
        return _names(rule, ground, leads=leads)
    if rule.field == "owner":
        return _owner(rule, ground)
    if rule.field in _MOMENTS:
        return _moment(rule, ground)
    if rule.field in COMPARED:
        return text_holds(f"{rule.field}_compared", rule)
    if rule.field in ground.fields:
        return _custom(rule, ground, leads=leads)
    return ALWAYS if rule.operator is Operator.IS_EMPTY else NEVER


def _has(rows: Rows, *, leads: bool) -> Q:
    if leads:
        return Q(id__in=rows(F("contact__time_zone")).values("contact_id"))
    return Q(Exists(rows(OuterRef("time_zone")).filter(contact_id=OuterRef("id"))))


def _event(rule: Rule, ground: Ground, *, leads: bool) -> Q:
    kind = rule.field.removeprefix(EVENT_PREFIX)
    if rule.operator not in (Operator.HAPPENED, Operator.NOT_HAPPENED):
        return NEVER
    happened = rule.operator is Operator.HAPPENED
    if scope_of(rule, in_flow=False) or not kind.replace("_", "").isalpha() or not kind.isascii():
        return NEVER if happened else ALWAYS  # a step is of an enrollment, and here is none

    def rows(zone: Combinable) -> QuerySet[Any]:
        known = ContactFact.objects.filter(
            workspace_id=ground.workspace_id, kind=kind, scope="", count__gte=1
        )
        if rule.days is None:
            return known
        ago = rule.days
        found = borders(ground.zones, lambda z: begins(days_ago(local_day(ground.now, z), ago), z))
        return known.filter(beyond("last_at", "gte", zone, found))

    return _has(rows, leads=leads) if happened else ~_has(rows, leads=False)


def _names(rule: Rule, ground: Ground, *, leads: bool) -> Q:
    ids = ground.tags if rule.field == TAG else ground.lists
    if rule.operator in EMPTINESS:
        there = _has(lambda _: _named_rows(rule.field).all(), leads=False)
        return ~there if EMPTINESS[rule.operator] else there
    wanted = wanted_names(rule)
    if not wanted or rule.operator not in (Operator.EQUALS, Operator.ONE_OF, Operator.NOT_EQUALS):
        return NEVER
    without = rule.operator is Operator.NOT_EQUALS
    known = sorted(ids[name] for name in wanted if name in ids)
    if not known:
        return ALWAYS if without else NEVER
    column = "tag_id__in" if rule.field == TAG else "contact_list_id__in"
    has = _has(lambda _: _named_rows(rule.field).filter(**{column: known}), leads=leads and not without)
    return ~has if without else has


def _named_rows(field: str) -> QuerySet[Any]:
    return ContactTag.objects.all() if field == TAG else ListMember.objects.all()


def _owner(rule: Rule, ground: Ground) -> Q:
    """Ask each member in memory: there are few, and their addresses are not kept folded."""
    asked = Group(rules=(rule,))

    def fits(address: str | None) -> bool:
        return holds(asked, ConditionView(fields={"owner": address}), ground.now)

    theirs = [id_ for id_, address in ground.owners.items() if fits(address)]
    owned = Q(owner_id__isnull=False, owner_id__in=theirs) if theirs else NEVER
    return owned | Q(owner_id__isnull=True) if fits(None) else owned


def _moment(rule: Rule, ground: Ground) -> Q:
    if rule.operator in EMPTINESS:
        return NEVER if EMPTINESS[rule.operator] else ALWAYS
    return Days(rule.field, "time_zone", ground.zones, ground.now, of_moments=True).holds(rule)


def _custom(rule: Rule, ground: Ground, *, leads: bool) -> Q:
    field_id, kind = ground.fields[rule.field]
    empty = EMPTINESS.get(rule.operator)

    def rows(zone: Combinable) -> QuerySet[Any]:
        values = ContactFieldValue.objects.filter(field_id=field_id)
        return values.filter(_is_there(kind) if empty is not None else _value(rule, kind, zone, ground))

    return ~_has(rows, leads=False) if empty else _has(rows, leads=leads)


def _is_there(kind: FieldType) -> Q:
    match kind:
        case FieldType.TEXT:
            return Q(text_folded__gt="")
        case FieldType.NUMBER:
            return number_is_there("number")
        case FieldType.DATE:
            return Q(date__isnull=False)
        case _:
            return Q(boolean__isnull=False)


def _value(rule: Rule, kind: FieldType, zone: Combinable, ground: Ground) -> Q:
    match kind:
        case FieldType.TEXT:
            return text_holds("text_folded", rule)
        case FieldType.NUMBER:
            return number_holds("number", rule)
        case FieldType.DATE:
            return Days("date", zone, ground.zones, ground.now, of_moments=False).holds(rule)
        case _:
            return truth_holds("boolean", rule)
