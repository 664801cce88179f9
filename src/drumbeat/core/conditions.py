"""Rule groups: and / or / not over typed comparisons, and their in-memory reading.

The JSON form is the one form everywhere (branches, only_if, criteria, triggers, stop rules, segments).
The SQL reading lives in `store`; both are two-valued and must agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

RuleValue = str | int | float | bool | None | tuple[str | int | float, ...]


class Operator(StrEnum):
    """What a rule may ask. Comparisons with a missing value are false; only `is_empty` sees it."""

    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    ONE_OF = "one_of"
    LESS = "less"
    LESS_OR_EQUAL = "less_or_equal"
    GREATER = "greater"
    GREATER_OR_EQUAL = "greater_or_equal"
    BETWEEN = "between"
    IS_EMPTY = "is_empty"
    IS_NOT_EMPTY = "is_not_empty"
    WITHIN_DAYS = "within_days"
    BEFORE_DAYS = "before_days"
    HAPPENED = "happened"
    NOT_HAPPENED = "not_happened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One comparison.

    `field` names what is read: a contact field (`first_name`, `stage`, `custom.seats`), `tag`, `list`, or an event
    (`event.replied`, `event.opened`). For events, `step` narrows it to the message of that step of this enrollment and
    `days` to the last N days.
    """

    field: str
    operator: Operator
    value: RuleValue = None
    step: str | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rules and groups joined by one word, optionally negated. An empty group holds."""

    combinator: Literal["and", "or"] = "and"
    negated: bool = False
    rules: tuple[Rule | Group, ...] = ()


Condition = Group
