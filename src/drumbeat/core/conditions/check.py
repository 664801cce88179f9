"""What is wrong with a condition, said before it is used; the readings themselves never complain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import NamedTuple

from drumbeat.core.conditions.bounds import excess
from drumbeat.core.conditions.fields import (
    CONTACT_FIELDS,
    EVENT_PREFIX,
    EVENTS,
    LIST,
    OPERANDS,
    OPERATORS,
    TAG,
    FieldType,
    Operand,
    type_of,
)
from drumbeat.core.conditions.operands import comparable, wanted_names
from drumbeat.core.conditions.rules import Condition, Rule, rules_with_paths

FARTHEST_DAYS = 36_500


class ConditionProblem(NamedTuple):
    """`is_error`: the rule makes no sense. Otherwise it does, and its answer is always the same for now."""

    path: str
    code: str
    message: str
    is_error: bool = True


class Names(NamedTuple):
    """The tags (folded) and lists (as written) that there are, or that a flow will make; None: any may be."""

    tags: Collection[str] | None = None
    lists: Collection[str] | None = None


def check_condition(
    condition: Condition,
    known: Mapping[str, FieldType],
    steps: Container[str] | None = None,
    names: Names | None = None,
) -> list[ConditionProblem]:
    """Find the rules that can never mean what their author wants, in reading order, and what is too large.

    `known` are the workspace's own fields (`custom.<key>`); built-in ones are always known. `steps` are the
    step keys that events may name; None is outside a flow, where none may be named. Without `names` tags and
    lists are taken as they come.
    """
    found = [
        problem._replace(path=f"{path}.{problem.path}")
        for path, rule in rules_with_paths(condition)
        for problem in (*_problems(rule, known, steps), *_strange_names(rule, names))
    ]
    return [*found, *(ConditionProblem(path, "too_large", text) for path, text in excess(condition))]


def _strange_names(rule: Rule, names: Names | None) -> Iterator[ConditionProblem]:
    if names is None or rule.field not in (TAG, LIST):
        return
    there = names.tags if rule.field == TAG else names.lists
    if there is None:
        return
    for name in sorted(wanted_names(rule)):
        if name not in there:
            close = get_close_matches(name, there, n=1)
            hint = f"Did you mean {close[0]}?" if close else "Correct the name, or make it first."
            text = f"There is no {rule.field} {name!r:.80}, so nobody has it. {hint}"
            yield ConditionProblem("value", f"unknown_{rule.field}", text, is_error=False)


def _problems(
    rule: Rule, known: Mapping[str, FieldType], steps: Container[str] | None
) -> Iterator[ConditionProblem]:
    kind = type_of(rule.field, known)
    if kind is None:
        yield ConditionProblem("field", "unknown_field", _unknown(rule.field, known))
        return
    yield from _narrowing_problems(rule, kind, steps)
    if rule.operator not in OPERATORS[kind]:
        allowed = ", ".join(OPERATORS[kind])
        text = f"{rule.field} cannot be asked {rule.operator}. Choose one of: {allowed}."
        yield ConditionProblem("operator", "operator_not_allowed", text)
        return
    if fault := _VALUE_FAULTS[OPERANDS[rule.operator]](rule, kind):
        code, text = fault
        yield ConditionProblem("value", code, text)


def _unknown(name: str, known: Mapping[str, FieldType]) -> str:
    names = [*CONTACT_FIELDS, *known, TAG, LIST, *(f"{EVENT_PREFIX}{kind}" for kind in sorted(EVENTS))]
    close = get_close_matches(name, names, n=1)
    hint = f"Did you mean {close[0]}?" if close else "Choose a field of contacts, tag, list, or an event."
    return f"There is no field {name!r}. {hint}"


def _narrowing_problems(
    rule: Rule, kind: FieldType, steps: Container[str] | None
) -> Iterator[ConditionProblem]:
    if kind is not FieldType.EVENT:
        for name in ("step", "days"):
            if getattr(rule, name) is not None:
                text = f"Only events can be narrowed by {name}. Leave it away for {rule.field}."
                yield ConditionProblem(name, f"{name}_not_allowed", text)
        return
    if rule.step is None:
        return
    if steps is None:
        text = "A step can be named inside a flow only. Leave it away, or use days."
        yield ConditionProblem("step", "step_not_allowed", text)
    elif rule.step not in steps:
        yield ConditionProblem(
            "step", "unknown_step", f"No step is called {rule.step!r}. Choose another one."
        )


Fault = tuple[str, str] | None

_WANTED: Mapping[FieldType, str] = MappingProxyType(
    {
        FieldType.TEXT: "text",
        FieldType.NUMBER: "a number",
        FieldType.DATE: "a date such as 2026-03-01",
        FieldType.BOOLEAN: "true or false",
        FieldType.NAMES: "a name",
    }
)


def _fits(value: object, kind: FieldType) -> bool:
    return comparable(value, FieldType.TEXT if kind is FieldType.NAMES else kind) is not None


def _nothing_fault(rule: Rule, kind: FieldType) -> Fault:
    if rule.value is None:
        return None
    return "value_not_allowed", f"{rule.operator} takes no value. Leave it away."


def _one_fault(rule: Rule, kind: FieldType) -> Fault:
    if rule.value in (None, ""):
        return "value_missing", f"Say what {rule.field} is compared with: {_WANTED[kind]}."
    if _fits(rule.value, kind):
        return None
    return "value_type", f"{rule.field} is compared with {_WANTED[kind]}, not with {rule.value!r}."


def _many_fault(rule: Rule, kind: FieldType) -> Fault:
    if not isinstance(rule.value, tuple) or not rule.value:
        return "value_missing", f"Give a list of what {rule.field} may be."
    wrong = next((each for each in rule.value if not _fits(each, kind)), None)
    if wrong is None:
        return None
    return "value_type", f"{rule.field} is compared with {_WANTED[kind]}, not with {wrong!r}."


def _pair_fault(rule: Rule, kind: FieldType) -> Fault:
    if not isinstance(rule.value, tuple) or len(rule.value) != 2:
        return "value_missing", f"Give a list of two values, the lower and the upper bound of {rule.field}."
    if fault := _many_fault(rule, kind):
        return fault
    low, high = (comparable(each, kind) for each in rule.value)
    if low <= high:  # type: ignore[operator] # both are of one ordered kind
        return None
    return "value_out_of_range", f"{rule.value[0]} is above {rule.value[1]}. Turn them round."


def _days_fault(rule: Rule, kind: FieldType) -> Fault:
    if not isinstance(rule.value, int) or isinstance(rule.value, bool):
        return "value_type", f"{rule.operator} takes a whole number of days; negative ones lie in the future."
    if abs(rule.value) <= FARTHEST_DAYS:
        return None
    return "value_out_of_range", f"{rule.value} days are too far away. Choose at most {FARTHEST_DAYS}."


_VALUE_FAULTS: Mapping[Operand, Callable[[Rule, FieldType], Fault]] = MappingProxyType(
    {
        Operand.NOTHING: _nothing_fault,
        Operand.ONE: _one_fault,
        Operand.MANY: _many_fault,
        Operand.PAIR: _pair_fault,
        Operand.DAYS: _days_fault,
    }
)
