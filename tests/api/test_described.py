"""The API against its own description: whatever is sent, no route fails, and every answer is a described one."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from drumbeat.actions.members import keys
from drumbeat.api import problems, schema
from drumbeat.clock import SystemClock
from drumbeat.models import Role
from drumbeat.wsgi import application
from tests.api.matrix.undoing import kept_for_a_module, undone
from tests.api.matrix.world import MARK, furnish

pytestmark = pytest.mark.django_db

EXAMPLES = 5
"""For each route; `make soak` asks thousands."""
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
DESCRIBED = schemathesis.openapi.from_dict(schema.description())
DESCRIBED.app = application


def grouped() -> Iterator[object]:
    """Return the operations by the resource that their paths begin with."""
    found = sorted(_operations(), key=resource_of)
    for resource, operations in groupby(found, resource_of):
        yield pytest.param(list(operations), id=resource)


def _operations() -> Iterator[Any]:
    for each in DESCRIBED.get_all_operations():
        assert isinstance(each, Ok), each
        yield each.ok()


def resource_of(operation: Any) -> str:
    return str(operation.path.split("/")[2])


@pytest.fixture(scope="module")
def key(django_db_setup, django_db_blocker):
    with kept_for_a_module(django_db_blocker):
        owner = furnish("Ours", MARK).members[Role.ADMIN]
        yield keys.create(owner, "any", SystemClock().now())[1]


@pytest.mark.parametrize("operations", list(grouped()))
def test_no_route_fails_and_every_answer_is_described(key, subtests, operations: Sequence[Any]):
    for operation in operations:
        with subtests.test(operation.label):
            asks_anything(operation, key)


def asks_anything(operation, key: str) -> None:
    """Send examples that fit the description, and some that nearly do."""

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case) -> None:
        with undone():
            answer = case.call(headers={"Authorization": f"Bearer {key}"})
            described = str(answer.status_code) in operation.definition.raw["responses"]
            if described:
                case.validate_response(answer, checks=CHECKS)
            else:
                assert_is_a_problem(case, answer)

    ask()


def assert_is_a_problem(case, answer) -> None:
    """Any route may refuse what it cannot read, and what is not there, in one shape."""
    assert 400 <= answer.status_code < 500, (case, answer.status_code, answer.text)
    problem = problems.Problem.model_validate_json(answer.content)
    assert problem.status == answer.status_code
