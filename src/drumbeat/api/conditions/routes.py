"""Conditions: what a builder offers, and who matches one now."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from drumbeat.actions import conditions
from drumbeat.actions.sequences.sending_steps import sending_steps
from drumbeat.api.auth import MemberRequest
from drumbeat.api.conditions.schemas import (
    ConditionExampleOut,
    ConditionFieldOut,
    ConditionFieldsOut,
    ConditionIn,
    ConditionMatchesOut,
    ConditionOperatorOut,
    ConditionStepOut,
    ConditionValuesOut,
    problems_out,
)
from drumbeat.api.problems import REFUSALS
from drumbeat.clock import SystemClock
from drumbeat.core.conditions.fields import OPERANDS

router = Router(tags=["conditions"])


@router.get(
    "/condition-fields", response={200: ConditionFieldsOut, **REFUSALS}, operation_id="list_condition_fields"
)
def list_condition_fields(request: MemberRequest, sequence_id: int | None = None) -> ConditionFieldsOut:
    """List what a condition may ask here, and with a sequence which of its steps rules may name."""
    member = request.member
    found = conditions.offered(member)
    steps = [] if sequence_id is None else sending_steps(member, sequence_id)
    return ConditionFieldsOut(
        fields=[
            ConditionFieldOut(
                name=each.name,
                label=each.label,
                type=each.type,
                group=each.group,
                operators=list(each.operators),
                suggests=each.is_suggested,
            )
            for each in found
        ],
        operators=[ConditionOperatorOut(name=name, operand=shape) for name, shape in OPERANDS.items()],
        steps=[ConditionStepOut(key=step.key, name=step.name, kind=step.kind) for step in steps],
    )


@router.get(
    "/condition-values", response={200: ConditionValuesOut, **REFUSALS}, operation_id="list_condition_values"
)
def list_condition_values(
    request: MemberRequest,
    field: Annotated[str, Query(max_length=100)],
    q: Annotated[str, Query(max_length=200)] = "",
) -> ConditionValuesOut:
    """List values that contacts have in a field and that begin like `q`, at most 50."""
    return ConditionValuesOut(values=conditions.suggested(request.member, field, q))


@router.post(
    "/conditions/matches", response={200: ConditionMatchesOut, **REFUSALS}, operation_id="match_condition"
)
def match_condition(request: MemberRequest, body: ConditionIn) -> ConditionMatchesOut:
    """Say who matches a condition now: how many contacts, some of them, and what is wrong with it."""
    found = conditions.matches(request.member, body.condition, SystemClock().now())
    return ConditionMatchesOut(
        count=found.count,
        is_more=found.is_more,
        examples=[
            ConditionExampleOut(
                id=row.pk,
                name=" ".join(filter(None, (row.first_name, row.last_name))),
                email=row.email,
                company=row.company,
            )
            for row in found.examples
        ],
        unmet=list(found.unmet),
        has_contacts=found.has_contacts,
        problems=problems_out(found.problems),
    )
