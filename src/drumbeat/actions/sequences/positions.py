"""Where people put the nodes of a flow on the canvas. No part of the flow: no version, no revision, no file has it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.sequences import lock_editable
from drumbeat.models import Member, Sequence, SequenceDraft
from drumbeat.store import step_positions
from drumbeat.store.step_positions import Position


def read(member: Member, sequence_id: int) -> dict[str, Position]:
    """Return where steps of the working copy were put, by key; the others stand where the layout puts them."""
    access.require(member, "sequences.view")
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    steps = _steps(sequence)
    return {step: position for step, position in step_positions.of(sequence.pk).items() if step in steps}


def move(member: Member, sequence_id: int, changes: Mapping[str, Position | None]) -> dict[str, Position]:
    """Put steps there, or let them go (None); return where they all are then.

    Steps that the working copy has not are left out, and what is kept of them is dropped. What others do to other
    steps at the same time stays. DomainError as `lock_editable`.
    """
    access.require(member, "sequences.edit")
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        steps = _steps(sequence)
        before = step_positions.of(sequence.pk)
        put = {step: at for step, at in changes.items() if at is not None and step in steps}
        gone = [step for step in before if step not in steps or changes.get(step, before[step]) is None]
        step_positions.write(sequence.pk, put, gone)
        after = step_positions.of(sequence.pk)
    return {step: position for step, position in after.items() if step in steps}


def _steps(sequence: Sequence) -> frozenset[str]:
    document = SequenceDraft.objects.values_list("document", flat=True).get(sequence=sequence)
    return frozenset(step["key"] for step in document["steps"])
