"""The client of these tests takes nothing unexpected: an answer that is spoilt anywhere is refused."""

from copy import deepcopy
from typing import Any

import pytest

from tests.api.compat.client import is_one_enrollment

ACTION = {"status": "completed", "executed_at": "2026-03-02T10:00:00Z", "estimated_execute_at": None}
STEP = {
    "position": 0,
    "delay_from_previous_step": 2,
    "delay_from_previous_step_unit": "days",
    "action_type": "automated_email",
    "action_properties": {"email_template_id": 1, "is_reply": False},
    "overdue": False,
    "action": {"data": ACTION, "meta": {"type": "action"}},
}
GOOD: Any = {
    "data": {
        "id": 1,
        "actor_id": 1,
        "resource_type": "lead",
        "resource_id": 1,
        "created_at": "2026-03-02T10:00:00Z",
        "updated_at": "2026-03-02T10:00:00Z",
        "state": "active",
        "current_step_position": 0,
        "finished_at": None,
        "finished_reason": None,
        "finished_actor_id": None,
        "sequence": {"data": {"id": 1, "name": "Hello"}, "meta": {"type": "sequence"}},
        "enrollment_steps": {
            "items": [{"data": STEP, "meta": {"type": "enrollment_step"}}],
            "meta": {"type": "collection", "count": 1},
        },
    },
    "meta": {"type": "sequence_enrollment"},
}
STEPS = ("data", "enrollment_steps", "items")
FIRST = (*STEPS, 0, "data")
DID = (*FIRST, "action", "data")


def test_a_good_answer_is_taken():
    is_one_enrollment(GOOD)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param(("data", "colour"), "red", id="an unknown field"),
        pytest.param(("data", "actor_id"), None, id="no actor"),
        pytest.param(("data", "current_step_position"), None, id="no position"),
        pytest.param(("data", "current_step_position"), 1, id="a position that no step has"),
        pytest.param(("data", "id"), "1", id="an id that is text"),
        pytest.param(("data", "state"), "paused", id="a state of ours"),
        pytest.param(("data", "finished_at"), "2026-03-02T10:00:00Z", id="an end of what runs"),
        pytest.param(("data", "created_at"), "yesterday", id="a time that is none"),
        pytest.param(("data", "sequence"), {"id": 1, "name": "Hello"}, id="a sequence without envelope"),
        pytest.param(("meta", "type"), "enrollment", id="another type"),
        pytest.param((*STEPS, 0), STEP, id="a step without envelope"),
        pytest.param((*FIRST, "position"), 1, id="positions that do not count up"),
        pytest.param((*FIRST, "action_type"), "email", id="a type of ours"),
        pytest.param((*FIRST, "action_properties"), {}, id="no properties"),
        pytest.param((*FIRST, "action"), ACTION, id="an action without envelope"),
        pytest.param((*DID, "status"), "sent", id="a status of ours"),
        pytest.param((*DID, "failure_reason"), "timeout", id="a reason of what did not fail"),
        pytest.param((*DID, "task_id"), None, id="a task of a mail"),
    ],
)
def test_a_spoilt_answer_is_refused(path, value):
    told = deepcopy(GOOD)
    place = told
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    with pytest.raises(AssertionError):
        is_one_enrollment(told)


@pytest.mark.parametrize("field", sorted(GOOD["data"]))
def test_a_missing_field_is_refused(field):
    told = deepcopy(GOOD)
    del told["data"][field]
    with pytest.raises(AssertionError):
        is_one_enrollment(told)
