"""The decider that an installation names, and the one that needs no model."""

from decimal import Decimal

import pytest

from drumbeat.agents.base import Answer, Choice, Question, Said
from drumbeat.agents.deciding import ModelDecider
from drumbeat.agents.endpoint import LONGEST_SECONDS, Endpoint, endpoint_of
from drumbeat.agents.named import decider_named, decider_of
from drumbeat.agents.scripted import Scripted, by_name
from drumbeat.agents.usage import Prices
from drumbeat.core.errors import DomainError
from drumbeat.environment import ModelOutput, read_environment


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


@pytest.mark.parametrize(
    ("settings", "who"),
    [
        pytest.param({}, type(None), id="nobody"),
        pytest.param({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1/"}, ModelDecider, id="the model"),
        pytest.param({"DRUMBEAT_DECIDER": "drumbeat.agents.scripted:by_name"}, Scripted, id="own code"),
        pytest.param(
            {
                "DRUMBEAT_DECIDER": "drumbeat.agents.scripted:by_name",
                "DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1",
            },
            Scripted,
            id="own code before the model",
        ),
    ],
)
def test_the_settings_say_who_decides(settings, who):
    assert isinstance(decider_of(read_environment(settings)), who)


def test_the_settings_say_how_the_model_is_talked_to():
    env = read_environment(
        {
            "DRUMBEAT_MODEL_URL": "https://models.example.com/v1/",
            "DRUMBEAT_MODEL": "small",
            "DRUMBEAT_MODEL_KEY": "sk-1\n",
            "DRUMBEAT_MODEL_OUTPUT": "prompt",
            "DRUMBEAT_MODEL_SECONDS": "1000",
            "DRUMBEAT_MODEL_PRICE_IN": "0.15",
            "DRUMBEAT_MODEL_PERSONAL_DATA": "no",
        }
    )
    assert endpoint_of(env) == Endpoint(
        url="https://models.example.com/v1",
        model="small",
        key="sk-1",
        output=ModelOutput.PROMPT,
        seconds=LONGEST_SECONDS,
        prices=Prices(Decimal("0.15")),
        personal_data=False,
    )
    assert "sk-1" not in f"{env} {endpoint_of(env)}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("MODEL_URL", "localhost:11434", id="an address without http"),
        pytest.param("MODEL_URL", "http://[::1", id="an address that is none"),
        pytest.param("MODEL_URL", "http://host:0/v1", id="no port"),
        pytest.param("MODEL_OUTPUT", "xml", id="an unknown output"),
        pytest.param("MODEL_SECONDS", "-1", id="no time"),
        pytest.param("MODEL_PRICE_IN", "cheap", id="a word for a price"),
        pytest.param("MODEL_PRICE_OUT", "nan", id="no number for a price"),
        pytest.param("MODEL_PRICE_OUT", "-1", id="a price below nothing"),
    ],
)
def test_a_setting_of_the_model_that_cannot_be_is_refused(name, text):
    with pytest.raises(DomainError) as refused:
        read_environment({f"DRUMBEAT_{name}": text})
    assert refused.value.code == "setting_invalid"
    assert f"DRUMBEAT_{name}" in refused.value.message
