"""What holds for every route: its description, its errors, who may ask."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client
from ninja import Schema

from drumbeat.api import schema
from drumbeat.models import Member
from drumbeat.store import driver
from tests.support.office import an_owner, another_owner

COMMITTED = Path(__file__).parents[2] / "openapi.json"
METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def operations():
    for path, methods in schema.description()["paths"].items():
        for method, operation in methods.items():
            if method in METHODS:
                yield method, path, operation


def test_the_committed_description_is_what_the_code_describes():
    assert COMMITTED.read_text(encoding="utf-8") == schema.text(), "run: make api-types"


def test_every_route_has_a_name_and_a_sentence():
    found = [(operation["operationId"], operation.get("description", "")) for _, _, operation in operations()]
    assert len({name for name, _ in found}) == len(found)
    assert all(sentence for _, sentence in found)


@pytest.mark.django_db
def test_a_change_without_the_token_of_our_page_is_refused():
    owner = an_owner()
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner.user)
    assert client.post("/api/emergency-stop").json()["code"] == "token_missing"
    client.get("/api/session")
    token = client.cookies["csrftoken"].value
    assert client.post("/api/emergency-stop", headers={"X-CSRFToken": token}).status_code == 200


@pytest.mark.django_db
def test_the_session_says_who_and_where(client):
    owner = an_owner()
    client.force_login(owner.user)
    session = client.get("/api/session").json()
    assert session["email"] == "owner@localhost"
    assert session["workspace"] == {"id": owner.workspace_id, "name": "My workspace", "time_zone": "UTC"}
    assert session["demo"] is False


@pytest.mark.django_db
def test_a_session_can_choose_among_the_workspaces_of_its_person(client):
    other = another_owner()
    client.force_login(other.user)
    session = client.session
    session["workspace_id"] = other.workspace_id
    session.save()
    assert client.get("/api/session").json()["workspace"]["name"] == "Elsewhere"


@pytest.mark.django_db
def test_a_person_without_a_workspace_stays_outside(client):
    owner = an_owner()
    client.force_login(owner.user)
    Member.objects.all().delete()
    assert client.get("/api/session").status_code == 401


@pytest.mark.django_db
def test_a_route_that_does_not_exist_answers_as_a_problem(client):
    response = client.get("/api/nothing")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


@pytest.mark.django_db
def test_input_that_cannot_be_read_names_its_fields(client):
    client.force_login(an_owner().user)
    problem = client.get("/api/inbox/dev?limit=0").json()
    assert (problem["status"], problem["code"]) == (422, "request_unreadable")
    assert list(problem["fields"]) == ["query.limit"]


@pytest.mark.django_db
def test_a_defect_tells_nothing_but_that_it_is_one(client, monkeypatch, caplog):
    client.force_login(an_owner().user)
    monkeypatch.setattr("drumbeat.api.board.routes._read", lambda *_: 1 / 0)
    response = client.get("/api/board")
    assert (response.status_code, response.json()["code"]) == (500, "internal_error")
    assert "ZeroDivisionError" not in json.dumps(response.json())
    assert "GET /api/board failed" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/board", "/v2/sequences"])
@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        pytest.param(OperationalError("database is locked"), 503, "database_busy", id="locked"),
        pytest.param(InterfaceError("the disk is gone"), 503, "database_busy", id="gone"),
        pytest.param(OperationalError("no such column: x"), 500, "internal_error", id="a defect of ours"),
    ],
)
def test_a_database_that_is_away_is_no_defect(monkeypatch, path, fault, status, code):
    def away(*_):
        raise fault

    monkeypatch.setattr(driver, "connection", SimpleNamespace(vendor="sqlite"))
    monkeypatch.setattr("drumbeat.api.auth.MemberKey.authenticate", away)
    response = Client().get(path, headers={"Authorization": "Bearer any"})
    assert (response.status_code, code in response.content.decode()) == (status, True)
    assert response.headers.get("Retry-After") == ("5" if status == 503 else None)


def test_no_two_schemas_have_one_name():
    """The description knows them by name alone: of two, the web app would get the types of the other."""
    modules = {each: each.__module__ for each in _below(Schema)}
    ours = [
        each.__name__
        for each, module in modules.items()
        if module.startswith("drumbeat.api.") and not module.startswith("drumbeat.api.compat.")
    ]
    ours = [name for name in ours if not name.startswith("Page[")]
    assert sorted({name for name in ours if ours.count(name) > 1}) == []


def _below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
