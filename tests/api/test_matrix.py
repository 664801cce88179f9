"""Every route against everybody: who is let in, who is refused, and that nothing of another workspace is found.

The rows are data in `matrix/rows.py`; a route without a row fails here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client

from drumbeat.actions import access
from drumbeat.models import Role
from tests.api.matrix.asking import Operation, ask, holdings, operations, signed_in
from tests.api.matrix.rows import OWN, PUBLIC, ROWS, Row
from tests.api.matrix.world import MARK, World, furnish

pytestmark = pytest.mark.django_db

ALL = {operation.id: operation for operation in operations()}
KNOWN = [pytest.param(ALL[name], row, id=name) for name, row in ROWS.items() if name in ALL]
INSIDE = [param for param in KNOWN if param.values[1].right != PUBLIC]
OUTSIDE = [param for param in KNOWN if param.values[1].right == PUBLIC]
FORBIDDEN, MISSING, SIGNED_OUT = 403, 404, 401


@pytest.fixture
def worlds() -> tuple[World, World]:
    return furnish("Ours", MARK), furnish("Theirs", "Okapi")


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def names_something(row: Row) -> bool:
    """Tell whether the request carries an id of the workspace."""
    return "What(" in repr((row.path, row.query, row.body))


def expected(role: str, row: Row) -> int:
    if row.right == OWN:
        return row.ok if role == Role.ADMIN else MISSING
    permitted = row.right is None or row.right in access.RIGHTS[role]
    return row.ok if permitted else FORBIDDEN


def test_every_route_has_a_row_and_every_row_a_route():
    assert sorted(set(ALL) - set(ROWS)) == []
    assert sorted(set(ROWS) - set(ALL)) == []


@pytest.mark.parametrize(("operation", "row"), INSIDE)
def test_a_role_may_what_its_rights_say_and_nothing_else(worlds, operation: Operation, row: Row):
    ours, _ = worlds
    before = holdings(ours.ids["workspace"])
    for role in Role:
        with undone():
            answer = ask(signed_in(ours.members[role]), operation, row, ours)
            assert (role, answer.status_code) == (role, expected(role, row)), answer.content
            if answer.status_code == FORBIDDEN:
                assert answer.json()["code"] == "not_permitted"
                assert holdings(ours.ids["workspace"]) == before


@pytest.mark.parametrize(("operation", "row"), INSIDE)
def test_nobody_gets_in_without_a_session_or_with_an_expired_key(worlds, operation: Operation, row: Row):
    ours, _ = worlds
    before = holdings(ours.ids["workspace"])
    stranger = Client(raise_request_exception=False)
    for answer in (
        ask(stranger, operation, row, ours),
        ask(stranger, operation, row, ours, Authorization=f"Bearer {ours.expired_key}"),
        ask(stranger, operation, row, ours, Authorization="Bearer db_none_none"),
    ):
        assert answer.status_code == SIGNED_OUT, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["code"] == "signed_out"
    assert holdings(ours.ids["workspace"]) == before


@pytest.mark.parametrize(("operation", "row"), OUTSIDE)
def test_who_has_no_account_reaches_the_routes_for_joining_from_our_own_pages_alone(
    worlds, operation: Operation, row: Row
):
    ours, _ = worlds
    assert ask(Client(), operation, row, ours).status_code == row.ok
    if operation.method != "get":
        elsewhere = ask(Client(enforce_csrf_checks=True), operation, row, ours)
        assert (elsewhere.status_code, elsewhere.json()["code"]) == (FORBIDDEN, "token_missing")


@pytest.mark.parametrize(("operation", "row"), INSIDE)
def test_an_admin_elsewhere_finds_and_changes_nothing_by_our_ids(worlds, operation: Operation, row: Row):
    ours, theirs = worlds
    before = holdings(ours.ids["workspace"])
    answer = ask(signed_in(theirs.members[Role.ADMIN]), operation, row, ours)
    assert answer.status_code == (row.foreign if names_something(row) else row.ok), answer.content
    assert MARK.encode() not in answer.content
    assert MARK.lower().encode() not in answer.content
    assert holdings(ours.ids["workspace"]) == before


@pytest.mark.parametrize(("operation", "row"), [p for p in INSIDE if p.values[1].limited is not None])
def test_a_rep_limited_to_their_own_contacts_reaches_no_other(worlds, operation: Operation, row: Row):
    ours, _ = worlds
    rep = ours.members[Role.REP]
    rep.own_contacts_only = True
    rep.save()
    before = holdings(ours.ids["workspace"])
    answer = ask(signed_in(rep), operation, row, replace(ours, ids={**ours.ids, **ours.not_owned}))
    assert answer.status_code == row.limited, answer.content
    assert holdings(ours.ids["workspace"]) == before
