"""Where people put the nodes of a flow on the canvas: a row for each sequence and step, beside the flow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from drumbeat.models import StepPosition

Position: TypeAlias = tuple[int, int]


def of(sequence_id: int) -> dict[str, Position]:
    """Return what is kept, also of steps that the flow has no more."""
    rows = StepPosition.objects.filter(sequence_id=sequence_id).order_by("step")
    return {step: (x, y) for step, x, y in rows.values_list("step", "x", "y")}


def write(sequence_id: int, put: Mapping[str, Position], gone: Collection[str]) -> None:
    """Keep these; whoever writes a step last is right. Forget the ones of `gone`."""
    if gone:
        StepPosition.objects.filter(sequence_id=sequence_id, step__in=gone).delete()
    StepPosition.objects.bulk_create(
        [StepPosition(sequence_id=sequence_id, step=step, x=x, y=y) for step, (x, y) in sorted(put.items())],
        update_conflicts=True,
        unique_fields=["sequence", "step"],
        update_fields=["x", "y"],
    )
