"""`drumbeat sequence simulate`: whom, how they behave, tables and a picture."""

from xml.etree import ElementTree

import pytest

from tests.support.office import a_lead, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member, per_day=2)
    an_active_sequence(member)
    return member


def test_tables_say_what_leaves_what_waits_and_who_ends_where(owner, say):
    said = say("sequence", "simulate", "Hello", "--people", "5")[1]
    assert "5 imagined people, version 1, 60 days: 10 messages" in said
    assert "wait for the cap of a day" in said
    assert "completed" in said


def test_a_script_and_a_picture_are_files(owner, run, tmp_path):
    a_lead(owner, "kim@example.com")
    (tmp_path / "people.txt").write_text("# whom\nkim@example.com\n")
    story = "{contact: kim@example.com, event: replied, step: hello, after: 1h}"
    (tmp_path / "script.yaml").write_text(f"seed: 3\nstories:\n  - {story}\n")
    picture = tmp_path / "drawn.svg"
    data = run(
        *("sequence", "simulate", "Hello", "--contacts", str(tmp_path / "people.txt")),
        *("--script", str(tmp_path / "script.yaml"), "--picture", str(picture), "--seed", "4"),
    )[1]
    assert (data["of"], data["seed"], data["ends"][0]["reason"]) == ("contacts", 4, "replied")
    assert ElementTree.parse(picture).getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param(("--assume", "replied"), "script_invalid", id="a rate without a number"),
        pytest.param(("--assume", "sang=3"), "script_invalid", id="no such event"),
        pytest.param(("--version", "first"), "simulation_invalid", id="no number of a version"),
        pytest.param(("--version", "9"), "not_found", id="no such version"),
        pytest.param(("--segment", "Warm"), "not_found", id="no such segment"),
        pytest.param(("--list", "Cold"), "not_found", id="no such list"),
    ],
)
def test_what_cannot_be_simulated_is_refused(owner, run, words, code):
    answer = run("sequence", "simulate", "Hello", *words)
    assert (answer[0], answer[1]["error"]["code"]) == (1, code)


def test_rates_may_be_assumed(owner, run):
    ends = run("sequence", "simulate", "Hello", "--assume", "usual", "--assume", "replied=100")[1]["ends"]
    assert ends[0]["reason"] == "replied"
