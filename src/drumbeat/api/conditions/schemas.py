"""What the routes of conditions and segments take and answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ninja import Field, Schema

from drumbeat.api.bodies import Body
from drumbeat.core.conditions import ConditionProblem


class ConditionOperatorOut(Schema):
    """`operand`: how the value of a rule looks: nothing, one, many, pair, days."""

    name: str
    operand: str


class ConditionFieldOut(Schema):
    """`group`: contact, custom, membership, messages, events. `suggests`: values can be looked up.

    Rules about events take `step` (inside a flow) and `days` instead of a value.
    """

    name: str
    label: str
    type: str
    group: str
    operators: list[str]
    suggests: bool


class ConditionStepOut(Schema):
    """A step of the sequence's working copy that sends a message: what `step` of a rule may name."""

    key: str
    name: str
    kind: str


class ConditionFieldsOut(Schema):
    fields: list[ConditionFieldOut]
    operators: list[ConditionOperatorOut]
    steps: list[ConditionStepOut]


class ConditionValuesOut(Schema):
    values: list[str]


class ConditionIn(Body):
    condition: dict[str, Any]


class ConditionProblemOut(Schema):
    """`path` leads to the place in the condition; a `warning` may stay."""

    path: str
    code: str
    severity: str
    message: str


class ConditionExampleOut(Schema):
    id: int
    name: str
    email: str
    company: str


class ConditionMatchesOut(Schema):
    """`count` is exact up to ten thousand, `is_more`: there are more; null where an error kept us from asking.

    Where nobody matches, `unmet` are the places in the condition's rules, from 0, that nobody meets even alone, and
    `has_contacts` tells whether there is anybody to ask. `examples` are the ten newest.
    """

    count: int | None
    is_more: bool
    examples: list[ConditionExampleOut]
    unmet: list[int]
    has_contacts: bool
    problems: list[ConditionProblemOut]


class SegmentIn(Body):
    name: str = Field(max_length=1_000)
    condition: dict[str, Any]


class SegmentChangeIn(Body):
    """Only what is given changes."""

    name: str | None = Field(default=None, max_length=1_000)
    condition: dict[str, Any] | None = None


class SegmentOut(Schema):
    """`problems`: what its condition asks for that is not there any more."""

    id: int
    name: str
    condition: dict[str, Any]
    problems: list[ConditionProblemOut]
    created_at: datetime
    updated_at: datetime


class SegmentCountOut(Schema):
    """`is_more`: there are more than `count`, which is as far as was counted."""

    count: int
    is_more: bool


def problems_out(problems: Iterable[ConditionProblem]) -> list[ConditionProblemOut]:
    return [
        ConditionProblemOut(
            path=each.path,
            code=each.code,
            severity="error" if each.is_error else "warning",
            message=each.message,
        )
        for each in problems
    ]
