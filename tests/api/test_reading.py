"""What cannot be read, on any route: refused with the field that is wrong, never a defect."""

import json

import pytest
from django.utils import timezone

from drumbeat.actions.members import keys
from tests.support.office import a_lead, an_owner

pytestmark = pytest.mark.django_db

BAD, UNREADABLE = 400, 422
HALF = "\\ud800"
MANY = "limit=1&" * 1_001


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def asks(client, owner):
    text = keys.create(owner, "program", timezone.now())[1]

    def ask(method, path, body=""):
        more = {"data": body, "content_type": "application/json"} if body else {}
        return client.generic(method.upper(), path, headers={"Authorization": f"Bearer {text}"}, **more)

    return ask


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param("2126-01-01T00:00:00", id="a moment without a zone"),
        pytest.param("9999-12-31T23:59:59-12:00", id="a moment beyond the last"),
        pytest.param("0001-01-01T00:00:00+14:00", id="a moment before the first"),
        pytest.param("noon", id="no moment at all"),
    ],
)
@pytest.mark.parametrize(
    ("path", "name", "rest"),
    [
        pytest.param("/api/keys", "expires_at", {"name": "CI"}, id="as the end of a key"),
        pytest.param(
            "/api/contacts/{contact}/events", "occurred_at", {"kind": "call_logged"}, id="of a call"
        ),
        pytest.param("/api/tasks/1/snooze", "until", {}, id="to put a task off to"),
    ],
)
def test_a_moment_that_means_none_is_named(asks, owner, path, name, rest, moment):
    answer = asks("post", path.format(contact=a_lead(owner).pk), json.dumps({**rest, name: moment}))
    assert (answer.status_code, answer.json()["code"]) == (UNREADABLE, "request_unreadable")
    assert [field.rpartition(".")[2] for field in answer.json()["fields"]] == [name]


@pytest.mark.parametrize("moment", ["2026-01-01T00:00:00", "9999-12-31T23:59:59-12:00"])
def test_so_is_one_in_a_filter(asks, moment):
    assert asks("get", f"/api/audit?since={moment}").status_code == UNREADABLE


@pytest.mark.parametrize("path", ["/api/today", "/api/tasks", "/api/tasks/counts"])
def test_a_zone_longer_than_any_name_is_refused(asks, path):
    assert asks("get", f"{path}?zone={'x' * 5_000}").status_code == UNREADABLE


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        pytest.param("post", "/api/roles", f'{{"name": "CI", "rights": ["{HALF}"]}}', id="half a character"),
        pytest.param("post", "/api/keys", f'{{"{HALF}": 1}}', id="half a character as a name"),
        pytest.param("post", "/api/keys", '{"name": NaN}', id="NaN"),
        pytest.param("post", "/api/keys", '{"name": "a\\u0000b"}', id="NUL"),
        pytest.param("post", "/api/keys", '{"rights": [{"\\u0000": 1}]}', id="NUL as a name within"),
        pytest.param("get", "/api/contacts?stage=%00", "", id="NUL in a query"),
        pytest.param("get", "/v2/sequences?page=1%00", "", id="NUL in a query of /v2"),
        pytest.param("post", "/api/keys", "[" * 100_000, id="brackets without end"),
        pytest.param(
            "post", "/v2/sequence_enrollments", f'{{"data": "{HALF}"}}', id="half a character in /v2"
        ),
        pytest.param("get", f"/api/contacts?{MANY}", "", id="more fields than anybody asks"),
        pytest.param("get", f"/v2/sequences?{MANY}", "", id="more fields than anybody asks of /v2"),
    ],
)
def test_what_is_no_request_is_told(asks, method, path, body):
    answer = asks(method, path, body)
    assert answer.status_code == BAD, answer.content
    assert b"bad_request" in answer.content


def test_a_backslash_before_zeros_is_no_nul(asks):
    assert asks("post", "/api/keys", json.dumps({"name": "\\u0000"})).json()["name"] == "\\u0000"


@pytest.mark.parametrize("id_", [2**63, 10**30], ids=["one more than fits", "many digits"])
@pytest.mark.parametrize("path", ["/api/enrollments/{}/stop", "/api/tasks/{}/take-back", "/api/templates/{}"])
def test_an_id_that_no_column_holds_names_nothing(asks, path, id_):
    method = "delete" if "templates" in path else "post"
    assert asks(method, path.format(id_)).status_code == 404


def test_a_whole_character_that_is_escaped_in_two_halves_is_read(asks):
    assert asks("post", "/api/keys", '{"name": "\\ud83d\\udc1d"}').json()["name"] == "🐝"


def test_a_body_that_is_too_large_is_told(asks, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    assert asks("post", "/api/keys", json.dumps({"name": "x" * 200})).status_code == BAD
