"""The tests' own Twilio, and the requests made to it, against the description that Twilio publishes."""

import pytest

from drumbeat.demo.twilio.scripts import ANSWERS, NUMBERS, PLAIN
from drumbeat.demo.twilio.server import ACCOUNT, shown
from tests.channels.texting import CALL, TEXT, outcome
from tests.support import twilio_contract
from tests.support.corpora import ABSENT
from tests.support.twilio import calling

IN_CALLS = {"sid", "status", "to", "from", "account_sid", "api_version", "direction", "date_created"}


@pytest.fixture
def twilio():
    with calling() as running:
        yield running
    assert running.faults == []


def test_requests_are_held_against_the_published_description():
    if not twilio_contract.is_here():
        pytest.skip(f"{ABSENT}: no description of Twilio's API")
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    assert twilio_contract.broken_rules(path, {"To": [PLAIN], "Body": ["Hi"]}) == []
    assert twilio_contract.broken_rules(path, {"Body": ["Hi"]}) == ["To is missing"]
    assert "is not known" in twilio_contract.broken_rules(path, {"To": [PLAIN], "Text": ["Hi"]})[0]
    assert "is no" in twilio_contract.broken_rules(path, {"To": [PLAIN], "ContentSid": ["HX1"]})[0]
    assert "no such path" in twilio_contract.broken_rules("/2010-04-01/Messages.json", {})[0]


def test_the_stand_in_answers_as_the_description_says(twilio):
    outcome(twilio, TEXT)
    outcome(twilio, CALL)
    [message], [call] = twilio.messages.values(), twilio.calls.values()
    assert twilio_contract.broken_answer("message", shown(message)) == []
    assert (
        twilio_contract.broken_answer("call", {k: v for k, v in shown(call).items() if k in IN_CALLS}) == []
    )


def test_every_answer_of_the_stand_in_has_a_number():
    assert ANSWERS.keys() <= NUMBERS.keys()
