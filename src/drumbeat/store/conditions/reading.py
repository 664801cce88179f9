"""The SQL reading of conditions: `where`, outside a flow. Agrees with `core.conditions.holds` on every contact."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from drumbeat.core.conditions.bounds import excess
from drumbeat.core.conditions.rules import Condition, Group, Operator, Rule
from drumbeat.core.errors import DomainError
from drumbeat.models import Contact
from drumbeat.store.conditions.columns import ALWAYS
from drumbeat.store.conditions.ground import Ground, survey
from drumbeat.store.conditions.leaves import leaf


def where(workspace_id: int, condition: Condition, now: datetime, *, leads: bool = True) -> Q:
    """Return the contacts of the workspace for which `condition` holds, for `filter`; each once.

    Without `leads` every contact is asked in turn, for a caller that looks at a bounded number of them.
    Raises DomainError `condition_too_large`, with the path of what goes beyond the bounds.
    """
    if beyond := dict(excess(condition)):
        raise DomainError("condition_too_large", next(iter(beyond.values())), beyond)
    return _group(condition, survey(workspace_id, condition, now), leads=leads)


def _group(group: Group, ground: Ground, *, leads: bool) -> Q:
    if not group.rules:
        return ~ALWAYS if group.negated else ALWAYS
    if leads and len(group.rules) > 1 and group.combinator == "or" and _is_narrow(group):
        return _united(group, ground)
    leads = leads and not group.negated and (group.combinator == "and" or len(group.rules) == 1)
    each = [_entry(entry, ground, leads=leads) for entry in group.rules]
    joined = reduce(and_ if group.combinator == "and" else or_, each)
    return ~joined if group.negated else joined


def _united(group: Group, ground: Ground) -> Q:
    """Start from what answers each part: joined by OR, they would be asked of every contact in turn."""
    contacts = Contact.objects.filter(workspace_id=ground.workspace_id).order_by()
    first, *others = (
        contacts.filter(_entry(entry, ground, leads=True)).values("id") for entry in group.rules
    )
    return Q(id__in=first.union(*others))


_NARROW = frozenset(
    {Operator.EQUALS, Operator.ONE_OF, Operator.STARTS_WITH, Operator.WITHIN_DAYS, Operator.HAPPENED}
)
"""Operators whose answers an index finds, mostly few of all."""


def _is_narrow(entry: Rule | Group) -> bool:
    if isinstance(entry, Rule):
        return entry.operator in _NARROW
    parts = [_is_narrow(part) for part in entry.rules]
    return not entry.negated and (all(parts) and bool(parts) if entry.combinator == "or" else any(parts))


def _entry(entry: Rule | Group, ground: Ground, *, leads: bool) -> Q:
    if isinstance(entry, Group):
        return _group(entry, ground, leads=leads)
    return leaf(entry, ground, leads=leads)
