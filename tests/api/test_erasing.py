"""The rights of a person over HTTP and from a shell."""

import json

import pytest

from drumbeat import cli
from drumbeat.models import Contact
from tests.support.office import a_lead

pytestmark = pytest.mark.django_db


def test_over_http(client, owner):
    kim = a_lead(owner)
    answer = client.get(f"/api/contacts/{kim.pk}/data")
    assert answer["Content-Disposition"] == f'attachment; filename="contact-{kim.pk}.json"'
    assert answer.json()["contact"][0]["email"] == "kim@example.com"

    path = f"/api/contacts/{kim.pk}/erase"
    wrong = client.post(path, {"confirmation": "kim"}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "confirmation_wrong")
    done = client.post(path, {"confirmation": "KIM@example.com"}, content_type="application/json")
    assert done.status_code == 204
    assert client.get("/api/contacts").json()["items"] == []


def test_from_a_shell(owner, capsys):
    kim = a_lead(owner)
    assert cli.main(["contact", "data", "kim@example.com"]) == 0
    assert json.loads(capsys.readouterr().out)["contact"][0]["id"] == kim.pk
    assert cli.main(["contact", "erase", "kim@example.com"]) == 1
    assert Contact.objects.filter(pk=kim.pk).exists()
    assert cli.main(["contact", "erase", "kim@example.com", "--yes"]) == 0
    assert not Contact.objects.filter(pk=kim.pk).exists()
