"""The decider that an installation names, and the one that needs no model."""

import pytest

from drumbeat.agents.base import Answer, Choice, Question, Said
from drumbeat.agents.named import decider_named
from drumbeat.agents.scripted import Scripted, by_name
from drumbeat.core.errors import DomainError


def asked(*said):
    return Question(
        kind="ai_decide",
        question="Who is it?",
        choices=(Choice("buyer"), Choice("user", "works with it")),
        conversation=said,
    )


def test_nothing_named_is_nobody():
    assert decider_named("") is None


def test_a_name_leads_to_a_decider():
    assert isinstance(decider_named("drumbeat.agents.scripted:by_name"), Scripted)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("no.such.module:x", id="no such module"),
        pytest.param("drumbeat.agents.scripted:nobody", id="no such callable"),
        pytest.param("drumbeat.agents.scripted", id="no callable"),
        pytest.param(":by_name", id="no module"),
        pytest.param("drumbeat.agents.base:Choice", id="what makes none"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error_of_the_setting(name):
    with pytest.raises(DomainError) as refused:
        decider_named(name)
    assert refused.value.code == "setting_invalid"


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        pytest.param([Said(True, "I am the buyer"), Said(True, "No, a USER")], "user", id="the last message"),
        pytest.param([Said(True, "A user"), Said(False, "Not a buyer?")], "user", id="not our own words"),
        pytest.param([Said(True, "Neither")], "", id="no way named"),
        pytest.param([], "", id="nothing said"),
    ],
)
def test_by_name_takes_the_way_that_the_contact_named(said, choice):
    assert by_name().decide(asked(*said)).choice == choice


def test_a_script_says_what_it_says():
    assert (
        Scripted(lambda question: Answer(choice=question.choices[0].name)).decide(asked()).choice == "buyer"
    )
