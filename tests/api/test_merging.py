"""Merging over HTTP and from a shell."""

import pytest

from drumbeat import cli
from drumbeat.models import Contact
from tests.support.office import a_lead

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(owner):
    return (
        a_lead(owner, "kim@example.com", first_name="Kim"),
        a_lead(owner, "k.im@example.com", first_name="Kimberley", last_name="Lee"),
    )


def test_found_foreseen_and_done(client, pair):
    kim, other = pair
    assert [
        (one["contact"]["id"], one["alike"])
        for one in client.get(f"/api/contacts/{kim.pk}/duplicates").json()
    ] == [(other.pk, "email")]

    seen = client.get(f"/api/contacts/{kim.pk}/merge-preview", {"with": other.pk}).json()
    taken = {one["field"]: one["value"] for one in seen["fields"] if one["from_other"]}
    assert taken == {"last_name": "Lee"}

    done = client.post(
        f"/api/contacts/{kim.pk}/merge",
        {"other_id": other.pk, "choose": {"first_name": "other"}},
        content_type="application/json",
    )
    assert (done.status_code, done.json()["name"]) == (200, "Kimberley Lee")
    assert Contact.objects.get().pk == kim.pk


def test_from_a_shell(owner, pair, capsys):
    assert cli.main(["contact", "duplicates", "kim@example.com"]) == 0
    assert "k.im@example.com" in capsys.readouterr().out
    assert cli.main(["contact", "merge", "kim@example.com", "k.im@example.com", "--preview"]) == 0
    assert Contact.objects.count() == 2
    words = ["contact", "merge", "kim@example.com", "k.im@example.com", "--take", "first_name"]
    assert cli.main(words) == 0
    assert Contact.objects.get().first_name == "Kimberley"
