"""The SQL reading of conditions: `where`, outside a flow. Agrees with `core.conditions.holds` on every contact."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from drumbeat.core.conditions.bounds import excess
from drumbeat.core.conditions.rules import Condition, Group, Rule
from drumbeat.core.errors import DomainError
from drumbeat.store.conditions.columns import ALWAYS
from drumbeat.store.conditions.ground import Ground, survey
from drumbeat.store.conditions.leaves import leaf


def where(workspace_id: int, condition: Condition, now: datetime) -> Q:
    """Return the contacts of the workspace for which `condition` holds, for `filter`; each once.

    Raises DomainError `condition_too_large`, with the path of what goes beyond the bounds.
    """
    if beyond := dict(excess(condition)):
        raise DomainError("condition_too_large", next(iter(beyond.values())), beyond)
    return _group(condition, survey(workspace_id, condition, now), leads=True)


def _group(group: Group, ground: Ground, *, leads: bool) -> Q:
    if not group.rules:
        return ~ALWAYS if group.negated else ALWAYS
    leads = leads and not group.negated and (group.combinator == "and" or len(group.rules) == 1)
    each = [_entry(entry, ground, leads=leads) for entry in group.rules]
    joined = reduce(and_ if group.combinator == "and" else or_, each)
    return ~joined if group.negated else joined


def _entry(entry: Rule | Group, ground: Ground, *, leads: bool) -> Q:
    if isinstance(entry, Group):
        return _group(entry, ground, leads=leads)
    return leaf(entry, ground, leads=leads)
