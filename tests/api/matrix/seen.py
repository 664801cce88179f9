"""The rows of what a sequence shows while people run through it and others look at it."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.matrix.row import Row
from tests.api.matrix.world import SEQUENCE

ONE = {"sequence_id": SEQUENCE}

SEEN: Mapping[str, Row] = {
    "tell_presence": Row("sequences.view", path=ONE, body={}),
    "get_step_positions": Row("sequences.view", path=ONE),
    "move_steps_on_canvas": Row("sequences.edit", path=ONE, body={"positions": {"first": None}}),
    "get_sequence_engagement": Row("sequences.view", path=ONE),
    "get_step_numbers": Row("sequences.view", path=ONE),
}
