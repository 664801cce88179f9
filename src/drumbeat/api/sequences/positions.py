"""Where people put the nodes of a flow on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from ninja import Field, Router, Schema
from pydantic import StrictInt

from drumbeat.actions.sequences import positions
from drumbeat.api.auth import MemberRequest
from drumbeat.api.bodies import Body
from drumbeat.api.problems import REFUSALS, UNSEEN
from drumbeat.core.document import MOST_STEPS
from drumbeat.core.step_fields import KeyField

router = Router(tags=["sequences"])

FARTHEST = 200_000
"""Pixels from the start of a flow; the longest one is laid out within half of it."""
Pixels = Annotated[StrictInt, Field(ge=-FARTHEST, le=FARTHEST)]


class PositionIn(Body):
    """The upper left corner of a node in pixels, from the middle of the top of the flow's start."""

    x: Pixels
    y: Pixels


class PositionsIn(Body):
    """By the key of a step; null lets it go to where the layout puts it. Steps that are not named stay."""

    positions: Annotated[dict[KeyField, PositionIn | None], Field(max_length=MOST_STEPS)]


class PositionOut(Schema):
    """The upper left corner of a node in pixels."""

    x: int
    y: int


class PositionsOut(Schema):
    """Where steps were put, by their keys; the others stand where the layout puts them."""

    positions: dict[str, PositionOut]


@router.get(
    "/sequences/{int:sequence_id}/positions",
    response={200: PositionsOut, **UNSEEN},
    operation_id="get_step_positions",
)
def get_step_positions(request: MemberRequest, sequence_id: int) -> PositionsOut:
    """Show where on the canvas people put steps of the working copy."""
    return _shown(positions.read(request.member, sequence_id))


@router.patch(
    "/sequences/{int:sequence_id}/positions",
    response={200: PositionsOut, **REFUSALS},
    operation_id="move_steps_on_canvas",
)
def move_steps_on_canvas(request: MemberRequest, sequence_id: int, body: PositionsIn) -> PositionsOut:
    """Put steps elsewhere on the canvas, for everybody; nothing of the flow changes, nor does its revision.

    Steps that the saved working copy has not are left out.
    """
    wanted = {step: None if at is None else (at.x, at.y) for step, at in body.positions.items()}
    return _shown(positions.move(request.member, sequence_id, wanted))


def _shown(found: Mapping[str, tuple[int, int]]) -> PositionsOut:
    return PositionsOut(positions={step: PositionOut(x=x, y=y) for step, (x, y) in found.items()})
