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


TAGGED = {"any": [{"event": "tag_added", "name": "vip"}]}
LISTED = {"any": [{"event": "converted"}]}


def test_a_rule_that_somebody_changed_meanwhile_is_not_overwritten(client, owner):
    sequence = started_by(owner)
    settings(client, sequence, triggers=TAGGED)
    settings(client, sequence, triggers=LISTED)

    refused = settings(client, sequence, triggers=None, was={"triggers": TAGGED})

    assert refused.status_code == HTTPStatus.CONFLICT
    assert refused.json()["code"] == "settings_conflict"
    fields = refused.json()["fields"]
    assert (fields["saved_by"], fields["settings"]) == (owner.name, "triggers")
    sequence.refresh_from_db()
    kept = sequence.triggers or {}
    assert [entry["event"] for entry in kept["any"]] == ["converted"]
    assert settings(client, sequence, triggers=None, was={"triggers": kept}).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("asked", "was"),
    [
        pytest.param({"review": True}, {"review": False}, id="as it was"),
        pytest.param({"triggers": TAGGED}, {"triggers": None}, id="both say the same"),
        pytest.param({"review": True}, {"triggers": None}, id="another setting changed"),
        pytest.param({"triggers": LISTED}, {"triggers": {"any": TAGGED["any"], "all": None}}, id="said otherwise"),
        pytest.param({"triggers": LISTED}, None, id="unasked"),
    ],
)  # fmt: skip
def test_what_contradicts_nothing_is_written(client, owner, asked, was):
    sequence = started_by(owner)
    settings(client, sequence, triggers=TAGGED)

    assert settings(client, sequence, **asked, was=was).status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    "was", [{"triggers": "x"}, {"triggers": [[]]}, {"nothing": 1}, {"triggers": {"any": 7}}]
)
def test_nonsense_about_what_was_never_fails(client, owner, was):
    sequence = started_by(owner)
    settings(client, sequence, triggers=TAGGED)

    answer = settings(client, sequence, triggers=LISTED, was=was)

    assert answer.status_code in {HTTPStatus.OK, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}


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
