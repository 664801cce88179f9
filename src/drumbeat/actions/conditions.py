"""Conditions of a workspace: what they may ask, what is wrong with one, and who matches it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.actions import access
from drumbeat.core.conditions import Condition, ConditionProblem, FieldType, Names, check_condition, fold
from drumbeat.core.conditions.catalogue import Offer, offers
from drumbeat.core.conditions.fields import LIST, TAG
from drumbeat.core.conditions.rules import rules_with_paths
from drumbeat.core.document import read_condition
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact, ContactField, ContactList, Member, Tag
from drumbeat.store.conditions import suggestions, where
from drumbeat.store.owners import sees_own_contacts_only

MOST_COUNTED = 10_000
EXAMPLES = 10
MOST_ASKED_ALONE = 10
MOST_NAMES = 5_000
_PRIVATE = frozenset({"email", "company", "title"})


@dataclass(frozen=True, slots=True)
class Matches:
    """`count` goes as far as was counted, `is_more` says that there are more. With errors nothing was asked.

    Where nobody matches, `unmet` are the places in the condition's rules that nobody meets even alone, and
    `has_contacts` tells whether there is anybody to ask.
    """

    problems: Sequence[ConditionProblem]
    count: int | None = None
    is_more: bool = False
    examples: Sequence[Contact] = ()
    unmet: Sequence[int] = ()
    has_contacts: bool = True


def offered(member: Member) -> list[Offer]:
    """Return every field that a condition may ask here, in the order of a menu."""
    access.require(member, "contacts.view")
    rows = access.visible_to(member, ContactField).order_by("label", "id")
    own = {
        f"custom.{key}": (label, FieldType(kind))
        for key, label, kind in rows.values_list("key", "label", "type")
    }
    return list(offers(own))


def suggested(member: Member, field: str, prefix: str) -> list[str]:
    """Return values of a field that begin like `prefix`, at most 50, as a rule names them.

    Whoever sees only their own contacts is told nothing of what stands in those of others.
    """
    access.require(member, "contacts.view")
    if field in (TAG, LIST, "owner"):
        return _begin(_names(member, field), prefix)
    limited = sees_own_contacts_only(member)
    if field.startswith("custom."):
        rows = access.visible_to(member, ContactField).filter(key=field.removeprefix("custom."), type="text")
        found = rows.values_list("id", flat=True).first()
        return [] if found is None or limited else suggestions.of_field(found, prefix)
    if limited and field in _PRIVATE:
        return []
    return suggestions.of_contacts(member.workspace_id, field, prefix)


def _begin(names: Iterator[str], prefix: str) -> list[str]:
    wanted = fold(prefix)
    return sorted({name for name in names if fold(name).startswith(wanted)}, key=fold)[: suggestions.MOST]


def _names(member: Member, field: str) -> Iterator[str]:
    if field == "owner":
        members = access.visible_to(member, Member).filter(deactivated_at=None)
        return iter(members.values_list("user__email", flat=True))
    model = Tag if field == TAG else ContactList
    return iter(access.visible_to(member, model).order_by("name").values_list("name", flat=True)[:MOST_NAMES])


def problems_of(member: Member, condition: Condition) -> list[ConditionProblem]:
    """Say what is wrong with a condition outside a flow."""
    return problems_of_each(member, [condition])[0]


def problems_of_each(member: Member, conditions: Sequence[Condition]) -> list[list[ConditionProblem]]:
    """Say it of several, in three queries."""
    types = {offer.name: offer.type for offer in offered(member) if offer.name.startswith("custom.")}
    names = names_asked(member, conditions)
    return [check_condition(condition, types, names=names) for condition in conditions]


def names_asked(member: Member, conditions: Sequence[Condition]) -> Names:
    """Return the tags and lists of the workspace, each only where a condition asks for some."""
    asked = {rule.field for condition in conditions for _, rule in rules_with_paths(condition)}
    tags = access.visible_to(member, Tag).values_list("folded", flat=True)
    lists = access.visible_to(member, ContactList).values_list("name", flat=True)
    return Names(
        frozenset(tags) if TAG in asked else None,
        frozenset(lists) if LIST in asked else None,
    )


def checked(member: Member, data: object) -> Condition:
    """Read a condition that may be used; DomainError `condition_invalid` with what is wrong by path."""
    condition = read_condition(data)
    errors = {each.path: each.message for each in problems_of(member, condition) if each.is_error}
    if errors:
        count = "One rule" if len(errors) == 1 else f"{len(errors)} places"
        raise DomainError(
            "condition_invalid", f"{count} must be mended: {next(iter(errors.values()))}", errors
        )
    return condition


def matches(member: Member, data: object, now: datetime) -> Matches:
    """Say who matches a condition now, among the contacts that the member sees: how many, and some of them."""
    access.require(member, "contacts.view")
    try:
        condition = read_condition(data)
    except DomainError as fault:
        return Matches(_unreadable(fault.fields))
    problems = problems_of(member, condition)
    if any(problem.is_error for problem in problems):
        return Matches(problems)
    everybody = access.visible_to(member, Contact).order_by()
    rows = everybody.filter(where(member.workspace_id, condition, now))
    ids = list(rows.values_list("id", flat=True)[: MOST_COUNTED + 1])
    if not ids:
        unmet = [
            place
            for place, rule in _rules_alone(condition)
            if not everybody.filter(where(member.workspace_id, rule, now)).exists()
        ]
        return Matches(problems, 0, unmet=unmet, has_contacts=everybody.exists())
    newest = sorted(ids, reverse=True)[:EXAMPLES]
    found = Contact.objects.in_bulk(newest)
    return Matches(
        problems,
        min(len(ids), MOST_COUNTED),
        len(ids) > MOST_COUNTED,
        [found[id_] for id_ in newest if id_ in found],
    )


def _rules_alone(condition: Condition) -> Iterator[tuple[int, Condition]]:
    """Yield the parts of which all must hold: each may be the one that nobody meets."""
    if condition.combinator == "and" and not condition.negated and len(condition.rules) > 1:
        for place, rule in enumerate(condition.rules[:MOST_ASKED_ALONE]):
            yield place, Condition(rules=(rule,))


def _unreadable(fields: Mapping[str, str]) -> list[ConditionProblem]:
    return [ConditionProblem(path, "unreadable", sentence) for path, sentence in fields.items()]


def count(member: Member, data: object, now: datetime) -> int:
    """Count exactly who matches a condition now; DomainError `condition_invalid`."""
    access.require(member, "contacts.view")
    condition = checked(member, data)
    rows = access.visible_to(member, Contact).filter(where(member.workspace_id, condition, now))
    return rows.order_by().count()
