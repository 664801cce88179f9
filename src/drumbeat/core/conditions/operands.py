"""What a rule compares, ready to compare: shared by the in-memory and the SQL reading, so that both agree.

The type of the stored value decides. A rule's value of another type is never converted (the text "5" is not
the number 5, 1 is not true) and makes the comparison false. One exception: JSON has no dates, so a text in
the form 2026-03-01 is a day where a date is stored.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from drumbeat.core.conditions.days import days_ago
from drumbeat.core.conditions.fields import EVENT_PREFIX, MESSAGE_EVENTS, OPERANDS, TAG, FieldType, Operand
from drumbeat.core.conditions.rules import Operator, Rule

Comparable = str | float | bool | date
Wanted = Comparable | tuple[Comparable, ...]

_TYPES: Mapping[FieldType, type | tuple[type, ...]] = MappingProxyType(
    {
        FieldType.BOOLEAN: bool,  # before numbers: Python calls it an int
        FieldType.NUMBER: (int, float),
        FieldType.DATE: date,
        FieldType.TEXT: str,
    }
)


LONGEST_COMPARED = 500
"""Characters of a folded text that are compared; what follows does not count."""


def fold(text: str) -> str:
    """Return the copy on which texts are compared: NFKC, case folded, without blanks around it."""
    if text.isascii():  # its own composed form, and most texts of an import
        return text.lower().strip()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).strip()


def type_of_value(value: object) -> FieldType | None:
    return next((kind for kind, types in _TYPES.items() if isinstance(value, types)), None)


def comparable(value: object, kind: FieldType) -> Comparable | None:
    """Return `value` as it is compared as `kind`: folded text, finite float, day, truth.

    None: it is missing (an empty text is) or of another type.
    """
    match value:
        case bool():
            return value if kind is FieldType.BOOLEAN else None
        case int() | float():
            return _number(value) if kind is FieldType.NUMBER else None
        case date():
            return value if kind is FieldType.DATE else None
        case str():
            return _text(value, kind)
        case _:
            return None


def _text(value: str, kind: FieldType) -> str | date | None:
    if kind is FieldType.DATE:
        return _day(value)
    return comparable_text(value) or None if kind is FieldType.TEXT else None


def comparable_text(text: str) -> str:
    """Return what is compared of a text: its folded copy, as far as a database keeps it."""
    return fold(text)[:LONGEST_COMPARED]


def _number(value: float) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def operand(rule: Rule, kind: FieldType, today: date) -> Wanted | None:
    """Return what `rule` compares a stored value of `kind` with; None: nothing comparable, the rule is false.

    One comparable, those that fit of several for `one_of`, a pair for `between`. The relative operators
    become days: `before_days` n is the day n days ago, `within_days` n the pair from then to today; a
    negative n lies in the future.
    """
    shape = OPERANDS[rule.operator]
    if shape is Operand.ONE:
        return comparable(rule.value, kind)
    if shape is Operand.DAYS:
        return _relative(rule, today)
    values = rule.value if isinstance(rule.value, tuple) else ()
    found = tuple(value for each in values if (value := comparable(each, kind)) is not None)
    if shape is Operand.MANY:
        return found or None
    return found if len(found) == len(values) == 2 else None


def _relative(rule: Rule, today: date) -> date | tuple[date, date] | None:
    if not isinstance(rule.value, int) or isinstance(rule.value, bool):
        return None
    border = days_ago(today, rule.value)
    return border if rule.operator is Operator.BEFORE_DAYS else (min(border, today), max(border, today))


def wanted_names(rule: Rule) -> frozenset[str]:
    """Return the tags (folded) or lists (as written) that `rule` names."""
    many = OPERANDS[rule.operator] is Operand.MANY
    values = rule.value if many and isinstance(rule.value, tuple) else (rule.value,)
    names = [value for value in values if isinstance(value, str)]
    return frozenset(filter(None, map(fold, names) if rule.field == TAG else names))


def scope_of(rule: Rule, *, in_flow: bool) -> str:
    """Return the scope of the event fact that `rule` reads, as `ConditionView.events` knows it."""
    if rule.step:
        return f"step:{rule.step}"
    return "enrollment" if in_flow and rule.field.removeprefix(EVENT_PREFIX) in MESSAGE_EVENTS else ""
