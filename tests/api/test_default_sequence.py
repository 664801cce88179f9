"""The default sequence over HTTP and from a shell: chosen, shown, given up, and joined with one click."""

import pytest

from drumbeat.actions.sequences import default
from drumbeat.models import Contact, Enrollment, Sequence
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, csv_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(owner):
    a_mailbox(owner)
    return owner


@pytest.fixture
def sequence(owner):
    return an_active_sequence(owner)


def ask(client, method, path, body=None):
    answer = getattr(client, method)(f"/api/{path}", body or {}, content_type="application/json")
    return answer.status_code, answer.json()


def test_it_is_chosen_shown_everywhere_and_given_up(client, sequence):
    status, shown = ask(client, "put", f"sequences/{sequence.pk}/default")
    assert (status, shown["is_default"]) == (200, True)
    assert client.get("/api/sequences").json()["items"][0]["is_default"] is True
    assert client.get("/api/enroll/options").json()["sequences"][0]["is_default"] is True

    status, shown = ask(client, "delete", f"sequences/{sequence.pk}/default")
    assert (status, shown["is_default"]) == (200, False)


@pytest.mark.parametrize(
    ("body", "begins"),
    [
        pytest.param({}, True, id="left out, it is the default"),
        pytest.param({"sequence_id": None}, False, id="null is nowhere"),
    ],
)
def test_a_contact_that_is_created_begins_in_it(client, owner, sequence, body, begins):
    default.choose(owner, sequence.pk, NOW)
    assert ask(client, "post", "contacts", {"email": "new@example.com", **body})[0] == 201
    assert Enrollment.objects.exists() is begins


def test_one_click_enrolls_in_it(client, owner, sequence):
    kim = a_lead(owner)
    path = f"contacts/{kim.pk}/quick-enroll"
    assert ask(client, "post", path)[1]["code"] == "no_default_sequence"

    default.choose(owner, sequence.pk, NOW)
    status, answer = ask(client, "post", path)
    assert (status, answer["code"]) == (200, "enrolled")
    assert Enrollment.objects.get().pk == answer["enrollment_id"]
    assert ask(client, "post", path)[1]["code"] == "already_enrolled"


def test_the_check_of_an_import_tells_who_would_begin_where(client, owner, sequence, tmp_path, settings):
    default.choose(owner, sequence.pk, NOW)
    path = tmp_path / "people.csv"
    path.write_text(csv_text(["email"], ["new@example.com"]))
    with path.open("rb") as file:
        made = client.post("/api/imports", {"file": file}).json()

    seen = ask(client, "post", f"imports/{made['id']}/check", {"targets": ["email"]})[1]
    assert (seen["sequence"], seen["enrolled"]) == ({"id": sequence.pk, "name": "Hello"}, 1)
    seen = ask(client, "post", f"imports/{made['id']}/check", {"targets": ["email"], "sequence_id": None})[1]
    assert (seen["sequence"], seen["enrolled"]) == (None, 0)
    client.post(f"/api/imports/{made['id']}/cancel")
    assert not Contact.objects.exists()


def test_from_a_shell(owner, sequence, capsys):
    from drumbeat import cli

    assert cli.main(["sequence", "default"]) == 0
    assert cli.main(["sequence", "default", "Hello"]) == 0
    assert Sequence.objects.get(is_default=True) == sequence
    assert cli.main(["contact", "add", "a@example.com"]) == 0
    assert cli.main(["contact", "add", "b@example.com", "--sequence", "none"]) == 0
    assert Enrollment.objects.get().contact.email == "a@example.com"
    assert cli.main(["sequence", "default", "--clear"]) == 0
    assert not Sequence.objects.filter(is_default=True).exists()
    assert "is the default" in capsys.readouterr().out
