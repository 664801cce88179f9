"""What starts and ends a sequence by itself: set by its settings, said in sentences, shown with whom it met."""

from http import HTTPStatus

import pytest

from bench import world
from drumbeat.core.facts import EventKind
from drumbeat.models import ContactField
from drumbeat.store import contact_events
from tests.support.starting import NOW, a_contact, read_all, started_by

pytestmark = pytest.mark.django_db(transaction=True)

WON = {"rules": [{"field": "stage", "operator": "equals", "value": "won"}]}


@pytest.fixture
def owner(client):
    member = world.a_workspace()
    client.force_login(member.user)
    return member


def settings(client, sequence, **changes):
    return client.patch(f"/api/sequences/{sequence.pk}/settings", changes, content_type="application/json")


def test_rules_are_said_in_sentences(client, owner):
    sequence = started_by(owner)
    settings(
        client,
        sequence,
        triggers={"any": [{"event": "tag_added", "name": "vip"}, {"becomes": WON}], "all": WON},
        stop_when={"any": [{"event": "converted"}], "actions": [{"kind": "tag", "tag": "customer"}]},
        auto_enroll=True,
        enrollment_criteria=WON,
    )

    assert client.get(f"/api/sequences/{sequence.pk}/rules").json() == {
        "starts": "Starts when the tag “vip” is added or it comes to be that stage is “won”, and stage is “won”.",
        "takes": "Takes whoever comes to fit: stage is “won”.",
        "ends": "Ends when a contact converts.",
    }


@pytest.mark.parametrize(
    ("setting", "value", "path"),
    [
        pytest.param("triggers", {"any": []}, "triggers.any", id="no entry"),
        pytest.param("triggers", {"any": [{"event": "sent"}]}, "triggers.any[0].event", id="no such event"),
        pytest.param(
            "triggers", {"any": [{"becomes": {"rules": [{"field": "nope", "operator": "equals", "value": 1}]}}]},
            "triggers.any[0].becomes.rules[0].field", id="an unknown field",
        ),
        pytest.param(
            "triggers", {"any": [{"event": "date_reached", "name": "custom.seats"}]}, "triggers.any[0].name",
            id="a date that is a number",
        ),
        pytest.param(
            "enrollment_criteria", {"rules": [{"field": "stage", "operator": "less", "value": 1}]},
            "enrollment_criteria.rules[0].operator", id="criteria that compare wrongly",
        ),
        pytest.param(
            "stop_when", {"any": [{"event": "replied"}], "actions": [{"kind": "email"}]},
            "stop_when.actions[0].kind", id="a stop action that sends",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_path_and_changes_nothing(client, owner, setting, value, path):
    ContactField.objects.create(workspace=owner.workspace, key="seats", label="Seats", type="number")
    sequence = started_by(owner)

    answer = settings(client, sequence, **{setting: value})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert list(answer.json()["fields"]) == [path]
    sequence.refresh_from_db()
    assert getattr(sequence, setting) is None


def test_matches_come_in_pages_the_latest_first(client, owner):
    sequence = started_by(owner, triggers={"any": [{"event": "replied"}]})
    for name in ("ada", "bob", "cyd"):
        contact_events.add(
            owner.workspace_id, EventKind.REPLIED, [a_contact(owner, name).pk], NOW, source="test"
        )
    read_all()

    first = client.get(f"/api/sequences/{sequence.pk}/trigger-matches?limit=2").json()
    second = client.get(
        f"/api/sequences/{sequence.pk}/trigger-matches?limit=2&cursor={first['next_cursor']}"
    ).json()

    assert [row["contact"]["name"] for row in first["items"] + second["items"]] == ["Cyd", "Bob", "Ada"]
    assert first["items"][0] | {"id": 0, "contact": 0, "at": 0} == {
        "id": 0, "contact": 0, "entry": 0, "kind": "replied", "answer": "enrolled", "at": 0,
    }  # fmt: skip
