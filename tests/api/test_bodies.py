"""What a request may carry, on every route: nothing that the route did not ask for, whatever a model is called."""

from dataclasses import replace
from typing import Any

import pytest

from drumbeat.models import Role
from tests.api.matrix.asking import Operation, ask, content_of, holdings, operations, signed_in
from tests.api.matrix.row import PUBLIC
from tests.api.matrix.rows import ROWS
from tests.api.matrix.world import MARK, furnish

pytestmark = pytest.mark.django_db

UNREADABLE = 422
READ_ONLY = {
    "id": 1,
    "workspace": 1,
    "workspace_id": 1,
    "member_id": 1,
    "is_owner": True,
    "is_staff": True,
    "is_superuser": True,
    "sent_at": "2026-01-01T00:00:00Z",
    "created_at": "2026-01-01T00:00:00Z",
    "handed_at": "2026-01-01T00:00:00Z",
    "hash": "0",
    "narrowed_to": ["users.edit"],
}
TAKING_A_BODY = [each for each in operations() if each.body is not None and each.id in ROWS]


def extras_of(operation: Operation) -> dict[str, Any]:
    """Return the fields of models that this route does not name."""
    assert operation.body is not None
    asked = operation.body.get("properties", {})
    return {name: value for name, value in READ_ONLY.items() if name not in asked}


@pytest.fixture
def ours():
    return furnish("Ours", MARK)


def test_every_json_body_says_that_it_takes_nothing_else():
    open_ones = [
        each.id for each in TAKING_A_BODY if each.body and each.body.get("additionalProperties") is not False
    ]
    assert open_ones == []


def test_fields_that_no_route_names_are_refused_each_and_change_nothing(ours, subtests):
    before = holdings(ours.ids["workspace"])
    client = signed_in(ours.members[Role.ADMIN])
    for operation in TAKING_A_BODY:
        row = ROWS[operation.id]
        if not isinstance(row.body, dict) or row.right == PUBLIC:
            continue
        extras = extras_of(operation)
        with subtests.test(operation.id):
            answer = ask(client, operation, replace(row, body={**row.body, **extras}), ours)
            assert answer.status_code == UNREADABLE, content_of(answer)
            refused = {path.rpartition(".")[2] for path in answer.json()["fields"]}
            assert set(extras) <= refused
    assert holdings(ours.ids["workspace"]) == before
