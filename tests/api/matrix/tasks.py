"""The rows of the routes of tasks."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from tests.api.matrix.row import Row
from tests.api.matrix.world import CONTACT, TASK

OK, CREATED = HTTPStatus.OK, HTTPStatus.CREATED
MISSING, REFUSED = HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY
LATER = "2126-01-01T00:00:00Z"

TASKS: Mapping[str, Row] = {
    "list_tasks": Row("tasks.view"),
    "count_tasks": Row("tasks.view"),
    "get_task": Row("tasks.view", path={"task_id": TASK}, limited=MISSING),
    "complete_task": Row("tasks.edit", path={"task_id": TASK}, body={}, limited=MISSING),
    "skip_task": Row("tasks.edit", path={"task_id": TASK}, body={}, limited=MISSING),
    "snooze_task": Row(
        "tasks.edit", path={"task_id": TASK}, body={"until": LATER}, ok=REFUSED, limited=MISSING
    ),
    "reassign_task": Row("tasks.edit", path={"task_id": TASK}, body={"member_id": None}, limited=MISSING),
    "create_task": Row(
        "tasks.create", body={"contact_id": CONTACT, "title": "Send the offer"}, ok=CREATED, limited=MISSING
    ),
    "take_back_task": Row("tasks.edit", path={"task_id": TASK}, ok=REFUSED, limited=MISSING),
    "try_task_again": Row(
        "tasks.edit",
        path={"task_id": TASK},
        body={"outcome": "busy", "until": LATER},
        ok=REFUSED,
        limited=MISSING,
    ),
    "snooze_tasks": Row("tasks.edit", body={"ids": [TASK], "until": LATER}, foreign=OK, limited=OK),
    "reassign_tasks": Row("tasks.edit", body={"ids": [TASK], "member_id": None}, foreign=OK, limited=OK),
    "take_back_tasks": Row("tasks.edit", body={"ids": [TASK]}, foreign=OK, limited=OK),
    "complete_tasks": Row("tasks.edit", body={"ids": [TASK]}, foreign=OK, limited=OK),
    "skip_tasks": Row("tasks.edit", body={"ids": [TASK]}, foreign=OK, limited=OK),
}
