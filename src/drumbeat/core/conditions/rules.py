"""Rule, Group and Operator: a condition as a value. Their annotations describe its JSON form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

RuleValue = str | int | float | bool | None | tuple[str | int | float, ...]


class Operator(StrEnum):
    """What a rule may ask. A comparison with a missing value is false; only `is_empty` sees it."""

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

    `field` names what is read: a contact field (`first_name`, `stage`, `custom.seats`), `tag`, `list`, or an
    event (`event.replied`, `event.opened`). For events, `step` narrows it to the message of that step of this
    enrollment and `days` to the last N days.
    """

    field: str
    operator: Operator
    value: RuleValue = None
    step: str | None = None
    days: Annotated[int, Field(ge=0, le=3650)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rules and groups joined by one word, optionally negated. An empty group holds."""

    combinator: Literal["and", "or"] = "and"
    negated: bool = False
    rules: tuple[Entry, ...] = ()


Condition = Group

RULE_TAG, GROUP_TAG = "<rule>", "<group>"


def _tag(entry: object) -> str:
    if isinstance(entry, dict):
        return GROUP_TAG if "rules" in entry or not {"field", "operator"} & entry.keys() else RULE_TAG
    return GROUP_TAG if isinstance(entry, Group) else RULE_TAG


Entry = Annotated[Annotated[Rule, Tag(RULE_TAG)] | Annotated[Group, Tag(GROUP_TAG)], Discriminator(_tag)]


def rules_with_paths(condition: Condition) -> Iterator[tuple[str, Rule]]:
    """Yield every rule of `condition` in reading order with its path, such as `rules[0].rules[2]`."""
    stack: list[tuple[str, Rule | Group]] = [("", condition)]
    while stack:
        path, entry = stack.pop()
        if isinstance(entry, Rule):
            yield path, entry
            continue
        prefix = f"{path}." if path else ""
        stack.extend(
            (f"{prefix}rules[{index}]", entry.rules[index]) for index in reversed(range(len(entry.rules)))
        )
