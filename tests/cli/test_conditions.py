"""Conditions and segments on the command line: counted, saved, enrolled."""

import json

import pytest

from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db
FENNMARK = {"rules": [{"field": "company", "operator": "equals", "value": "fennmark"}]}


@pytest.fixture
def owner():
    member = an_owner()
    a_lead(member, "ana@example.com", company="Fennmark")
    a_lead(member, "ben@example.com", company="FENNMARK")
    a_lead(member, "cas@example.com", company="Halden")
    return member


def test_contacts_are_counted_by_json_and_by_file(run, owner, tmp_path):
    path = tmp_path / "fennmark.yaml"
    path.write_text("rules:\n  - field: company\n    operator: equals\n    value: fennmark\n")
    assert run("contact", "count", "--where", json.dumps(FENNMARK)) == (0, {"contacts": 2})
    assert run("contact", "count", "--where", str(path)) == (0, {"contacts": 2})
    assert run("contact", "count") == (0, {"contacts": 3})


@pytest.mark.parametrize(
    ("where", "code"),
    [
        pytest.param('{"rules": [{"field": "x", "operator": "equals"}]}', "condition_invalid", id="no field"),
        pytest.param('{"rules": ', "document_unreadable", id="half a condition"),
        pytest.param("/nowhere/at/all.json", "file_unreadable", id="no file"),
        pytest.param("/", "file_unreadable", id="a folder"),
        pytest.param('{"rules": 5}', "condition_invalid", id="no rules"),
    ],
)
def test_what_cannot_be_asked_is_refused(run, owner, where, code):
    answer, data = run("contact", "count", "--where", where)
    assert (answer, data["error"]["code"]) == (1, code)


def test_a_segment_is_saved_listed_and_deleted(run, owner):
    code, made = run("segment", "save", "Fennmark", "--where", json.dumps(FENNMARK))
    assert (code, made["contacts"]) == (0, 2)
    again = run("segment", "save", "Fennmark", "--where", "{}")[1]
    assert (again["id"], again["contacts"]) == (made["id"], 3)
    assert [(each["name"], each["contacts"]) for each in run("segment", "list")[1]] == [("Fennmark", 3)]
    assert run("segment", "delete", "Fennmark") == (0, {"deleted": "Fennmark"})
    assert run("segment", "delete", "Fennmark")[1]["error"]["code"] == "not_found"


def test_everybody_in_a_segment_is_enrolled(run, owner):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    run("segment", "save", "Fennmark", "--where", json.dumps(FENNMARK))
    words = ("enroll", str(sequence.pk), "--segment", "Fennmark")
    code, seen = run(*words, "--preflight")
    assert (code, seen["asked"], seen["answers"]) == (0, 2, {"enrolled": 2})
    assert run(*words) == (0, {"enrolled": 2, "answers": {"enrolled": 2}})
    assert run(*words, "--preflight")[1]["answers"] == {"already_enrolled": 2}


def test_people_read_it_too(say, owner):
    a_mailbox(owner)
    sequence = an_active_sequence(owner)
    assert "2 contacts are in it" in say("segment", "save", "Fennmark", "--where", json.dumps(FENNMARK))[1]
    assert "Fennmark" in say("segment", "list")[1]
    assert "Of 2 contacts" in say("enroll", str(sequence.pk), "--segment", "Fennmark", "--preflight")[1]
