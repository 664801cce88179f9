"""Every route against everybody: who is let in, who is refused, and that nothing of another workspace is found.

The rows are data in `matrix/rows.py`; a route without a row fails here.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby

import pytest
from django.test import Client

from drumbeat.actions import access
from drumbeat.models import Member, Role
from tests.api.matrix.asking import Operation, ask, content_of, holdings, operations, signed_in
from tests.api.matrix.row import OWN, PUBLIC, Row
from tests.api.matrix.rows import ROWS
from tests.api.matrix.undoing import kept_for_a_module, undone
from tests.api.matrix.world import MARK, World, furnish

pytestmark = pytest.mark.django_db

ALL = {operation.id: operation for operation in operations()}
FORBIDDEN, MISSING, SIGNED_OUT = 403, 404, 401
OTHERS = [
    f"lead2@{MARK}.test".lower().encode(),
    f"{MARK} 2".lower().encode(),
    f"{MARK} other".lower().encode(),
]
"""What only stands with the contact that nobody owns."""
Case = tuple[Operation, Row]


def grouped(belongs: Callable[[Row], bool]) -> list[object]:
    """Return the rows by the resource that their paths begin with."""
    cases = [(ALL[name], row) for name, row in ROWS.items() if name in ALL and belongs(row)]
    cases.sort(key=_resource)
    return [pytest.param(list(found), id=resource) for resource, found in groupby(cases, _resource)]


def _resource(case: Case) -> str:
    return case[0].path.split("/")[2]


INSIDE = grouped(lambda row: row.right != PUBLIC)
OUTSIDE = grouped(lambda row: row.right == PUBLIC)
ABOUT_A_CONTACT = grouped(lambda row: row.limited is not None)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker) -> Iterator[tuple[World, World]]:
    with kept_for_a_module(django_db_blocker):
        yield furnish("Ours", MARK), furnish("Theirs", "Okapi")


@contextmanager
def unchanged(world: World) -> Iterator[None]:
    """Hold that the workspace has afterwards what it had before, row by row."""
    before = holdings(world.ids["workspace"])
    yield
    assert holdings(world.ids["workspace"]) == before


def limited(world: World) -> Member:
    rep = Member.objects.select_related("user").get(pk=world.members[Role.REP].pk)
    rep.own_contacts_only = True
    rep.save()
    return rep


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


@pytest.mark.parametrize("cases", INSIDE)
def test_a_role_may_what_its_rights_say(worlds, subtests, cases: Sequence[Case]):
    ours, _ = worlds
    for operation, row in cases:
        for role in Role:
            if expected(role, row) != FORBIDDEN:
                with subtests.test(operation.id, role=role.value), undone():
                    answer = ask(signed_in(ours.members[role]), operation, row, ours)
                    assert answer.status_code == expected(role, row), content_of(answer)


@pytest.mark.parametrize("cases", INSIDE)
def test_a_role_may_nothing_else(worlds, subtests, cases: Sequence[Case]):
    ours, _ = worlds
    with unchanged(ours):
        for operation, row in cases:
            for role in Role:
                if expected(role, row) == FORBIDDEN:
                    with subtests.test(operation.id, role=role.value):
                        answer = ask(signed_in(ours.members[role]), operation, row, ours)
                        assert answer.status_code == FORBIDDEN, content_of(answer)
                        assert answer.json()["code"] == "not_permitted"


@pytest.mark.parametrize("cases", INSIDE)
def test_nobody_gets_in_without_a_session_or_with_an_expired_key(worlds, subtests, cases: Sequence[Case]):
    ours, _ = worlds
    stranger = Client(raise_request_exception=False)
    with unchanged(ours):
        for operation, row in cases:
            for key in ("", ours.expired_key, "db_none_none"):
                with subtests.test(operation.id, key=key):
                    headers = {"Authorization": f"Bearer {key}"} if key else {}
                    answer = ask(stranger, operation, row, ours, **headers)
                    assert answer.status_code == SIGNED_OUT, content_of(answer)
                    assert answer["Content-Type"] == "application/problem+json"
                    assert answer.json()["code"] == "signed_out"


@pytest.mark.parametrize("cases", OUTSIDE)
def test_who_has_no_account_reaches_the_routes_for_joining_from_our_own_pages_alone(
    worlds, subtests, cases: Sequence[Case]
):
    ours, _ = worlds
    for operation, row in cases:
        with subtests.test(operation.id), undone():
            assert ask(Client(), operation, row, ours).status_code == row.ok
            if operation.method != "get":
                elsewhere = ask(Client(enforce_csrf_checks=True), operation, row, ours)
                assert (elsewhere.status_code, elsewhere.json()["code"]) == (FORBIDDEN, "token_missing")


@pytest.mark.parametrize("cases", INSIDE)
def test_an_admin_elsewhere_finds_and_changes_nothing_by_our_ids(worlds, subtests, cases: Sequence[Case]):
    ours, theirs = worlds
    with unchanged(ours):
        for operation, row in cases:
            with subtests.test(operation.id):
                answer = ask(signed_in(theirs.members[Role.ADMIN]), operation, row, ours)
                content = content_of(answer)
                assert answer.status_code == (row.foreign if names_something(row) else row.ok), content
                assert MARK.lower().encode() not in content.lower()


@pytest.mark.parametrize("cases", ABOUT_A_CONTACT)
def test_a_rep_limited_to_their_own_contacts_reaches_no_other(worlds, subtests, cases: Sequence[Case]):
    ours, _ = worlds
    rep = limited(ours)
    others = replace(ours, ids={**ours.ids, **ours.not_owned})
    with unchanged(ours):
        for operation, row in cases:
            with subtests.test(operation.id):
                answer = ask(signed_in(rep), operation, row, others)
                assert answer.status_code == row.limited, content_of(answer)


@pytest.mark.parametrize("cases", INSIDE)
def test_a_rep_limited_to_their_own_contacts_reads_of_no_other(worlds, subtests, cases: Sequence[Case]):
    ours, _ = worlds
    rep = limited(ours)
    for operation, row in cases:
        if row.limited is None and expected(Role.REP, row) != FORBIDDEN:
            with subtests.test(operation.id), undone():
                content = content_of(ask(signed_in(rep), operation, row, ours)).lower()
                assert [mark for mark in OTHERS if mark in content] == []


@pytest.mark.parametrize("cases", ABOUT_A_CONTACT)
def test_a_rep_limited_to_their_own_contacts_still_reaches_those(worlds, subtests, cases: Sequence[Case]):
    ours, _ = worlds
    rep = limited(ours)
    for operation, row in cases:
        with subtests.test(operation.id), undone():
            answer = ask(signed_in(rep), operation, row, ours)
            assert answer.status_code == expected(Role.REP, row), content_of(answer)
