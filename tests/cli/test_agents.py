"""`drumbeat agent`: made, listed, changed, removed."""

import pytest

from tests.support.office import an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _owner():
    an_owner()


def test_an_agent_is_made_listed_changed_and_removed(run):
    code, made = run("agent", "add", "Robin", "--tone", "direct", "--fact", "One.", "--fact", "Two.")
    assert (code, made["is_default"], made["facts"], made["tone"]) == (0, True, ["One.", "Two."], "direct")
    _, changed = run(
        *("agent", "set", "Robin", "--autonomy", "controlled", "--policy", "email=autonomous"),
        *("--policy", "sms=disabled", "--drafts-per-day", "9", "--cost-per-day", "2.5", "--name", "Sam"),
    )
    assert changed["policies"] == {"email": "autonomous", "sms": "disabled"}
    assert (changed["name"], changed["drafts_per_day"], float(changed["cost_per_day"])) == ("Sam", 9, 2.5)
    _, changed = run("agent", "set", "Sam", "--drafts-per-day", "none", "--cost-per-day", "none")
    assert (changed["drafts_per_day"], changed["cost_per_day"]) == (None, None)
    run("agent", "add", "Kim")
    run("agent", "set", "Kim", "--default")
    _, listed = run("agent", "list")
    assert [(one["name"], one["is_default"], one["drafts_today"]) for one in listed] == [
        ("Sam", False, 0),
        ("Kim", True, 0),
    ]
    assert run("agent", "remove", "Kim")[0] == 0
    assert [one["is_default"] for one in run("agent", "list")[1]] == [True]


@pytest.mark.parametrize(
    "words",
    [("--policy", "fax=no"), ("--policy", "email"), ("--drafts-per-day", "many"), ("--link", "ftp://x.test")],
)
def test_what_is_wrong_changes_nothing(run, words):
    code, answer = run("agent", "add", "Robin", *words)
    assert (code != 0, answer["error"]["code"]) == (True, "agent_invalid")
    assert run("agent", "list")[1] == []


def test_a_sequence_is_given_its_agent_by_name(run):
    run("agent", "add", "Robin")
    _, made = run("sequence", "create", "Hello")
    code, _ = run("sequence", "settings", str(made["id"]), "agent", "Robin")
    assert code == 0
    assert "agent: Robin" in str(run("sequence", "export", str(made["id"]))[1]).replace("'", "")
