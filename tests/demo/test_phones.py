"""People with phones, behind the Twilio of the demo: their life over real HTTP, without a wait."""

import asyncio
from urllib.parse import parse_qsl

import pytest

from drumbeat.channels.twilio.signature import is_genuine
from drumbeat.core.twilio_callbacks import read_form
from drumbeat.demo.people import person
from drumbeat.demo.phone_habits import TextAnswer, call_script, text_reaction, undelivered
from drumbeat.demo.phones import Phones
from drumbeat.demo.pictures import a_bicycle
from drumbeat.demo.twilio.server import TOKEN, Twilio
from tests.support.endpoint import listening

OURS = "+12025550198"
NUMBERS = [person(index).phone for index in range(3_000)]
SAID = "<Response><Say>Hi Ada, this is Robin. I sent you a mail.</Say></Response>"


def who(fits):
    return next(number for number in NUMBERS if fits(number))


def answering(answer):
    return who(lambda number: not undelivered(number) and text_reaction(number, 1).answer is answer)


class Exchange:
    """One Twilio, the people behind it, and where its callbacks go."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.twilio = Twilio(run=7)
        self.phones = Phones(self.twilio, self.wait)
        self.during_a_wait = lambda: None
        self.waited = []

    async def wait(self, seconds):
        self.waited.append(seconds)
        self.during_a_wait()

    def text(self, number):
        kept = {"sid": "SM1", "status": "queued", "to": number, "from": OURS}
        self.twilio.messages["SM1"] = kept | {"status_url": self.endpoint.url("/hooks/twilio/token/mark")}
        asyncio.run(self.phones.live("SM1"))

    def call(self, number):
        address = self.endpoint.url("/hooks/twilio/token/mark")
        self.twilio.calls["CA1"] = {
            **{"sid": "CA1", "status": "queued", "to": number, "from": OURS, "twiml": ["<Response/>"]},
            **{"status_url": address, "answered_url": address},
        }
        asyncio.run(self.phones.live("CA1"))

    @property
    def posted(self):
        return [dict(parse_qsl(body.decode())) for _, _, body in self.endpoint.calls]

    def told(self, name):
        return [form[name] for form in self.posted if name in form]


@pytest.fixture
def exchange():
    with listening() as endpoint:
        yield Exchange(endpoint)


def test_a_text_is_delivered_and_answered_where_its_number_takes_texts(exchange):
    exchange.text(answering(TextAnswer.REPLY))
    assert exchange.told("MessageStatus") == ["queued", "sent", "delivered"]
    path, headers, body = exchange.endpoint.calls[-1]
    form = read_form(body)
    assert form is not None
    assert path == "/hooks/twilio/token"
    assert (form.get("To"), form.get("From")) == (OURS, exchange.twilio.messages["SM1"]["to"])
    assert form.get("Body")
    address = exchange.endpoint.url(path)
    assert is_genuine(TOKEN, address, form, headers["x-twilio-signature"])


def test_over_whatsapp_it_is_read_and_answered_over_whatsapp(exchange):
    exchange.text(f"whatsapp:{answering(TextAnswer.REPLY)}")
    assert exchange.told("MessageStatus")[-1] == "read"
    assert exchange.posted[-1]["From"].startswith("whatsapp:")


@pytest.mark.parametrize("has_picture", [True, False])
def test_some_replies_come_with_a_picture_that_lies_at_twilio(exchange, has_picture):
    def sends_one(number):
        reaction = text_reaction(number, 1)
        return reaction.answer is TextAnswer.REPLY and reaction.has_picture is has_picture

    exchange.text(who(lambda number: not undelivered(number) and sends_one(number)))
    said = exchange.posted[-1]
    assert said["NumMedia"] == ("1" if has_picture else "0")
    lying = [one.data for one in exchange.twilio.media.values()]
    assert lying == ([a_bicycle(1)] if has_picture else [])
    if has_picture:
        assert said["MediaUrl0"].endswith(next(iter(exchange.twilio.media)))
        assert said["MediaContentType0"] == "image/png"


def test_no_two_pictures_in_a_row_are_alike():
    assert len({a_bicycle(number) for number in range(3)}) == 3


@pytest.mark.parametrize(
    ("answer", "sections"),
    [
        pytest.param(TextAnswer.STOP, 1, id="stop"),
        pytest.param(TextAnswer.STOP_AND_START, 2, id="stop, and start after it"),
    ],
)
def test_some_say_stop_and_some_regret_it(exchange, answer, sections):
    exchange.text(answering(answer))
    said = exchange.told("Body")
    assert len(said) == sections
    assert said[0].strip(".").upper() in {"STOP", "UNSUBSCRIBE"}
    assert [word.upper() for word in said[1:]] == ["START"] * (sections - 1)
    assert len(set(exchange.told("MessageSid"))) == sections + 1


def test_some_numbers_take_no_texts(exchange):
    number = who(undelivered)
    exchange.text(number)
    assert exchange.posted[-1]["MessageStatus"] == "undelivered"
    assert exchange.posted[-1]["ErrorCode"] == undelivered(number)
    assert exchange.told("Body") == []


def test_a_machine_hears_the_whole_voicemail(exchange):
    exchange.during_a_wait = lambda: (
        exchange.told("AnsweredBy") and exchange.twilio.calls["CA1"]["twiml"].append(SAID)
    )
    exchange.call(who(lambda number: call_script(number, 1) == "machine"))
    assert exchange.told("AnsweredBy") == ["machine_end_beep"]
    last = exchange.posted[-1]
    assert last["CallStatus"] == "completed"
    assert int(last["CallDuration"]) >= 8


def test_a_call_that_is_told_nothing_is_hung_up(exchange):
    exchange.call(who(lambda number: call_script(number, 1) == "human"))
    assert exchange.told("CallStatus")[-1] == "completed"
    assert sum(seconds for seconds in exchange.waited if seconds < 1) == pytest.approx(10, abs=0.5)


@pytest.mark.parametrize(("script", "end"), [("busy_line", "busy"), ("no_answer", "no-answer")])
def test_a_call_that_nobody_takes_ends_so(exchange, script, end):
    exchange.call(who(lambda number: call_script(number, 1) == script))
    assert exchange.told("CallStatus")[-1] == end


def test_a_call_that_is_ended_by_us_is_completed_at_once(exchange):
    exchange.during_a_wait = lambda: exchange.twilio.calls["CA1"].update(status="completed")
    exchange.call(who(lambda number: call_script(number, 1) == "machine"))
    assert exchange.told("CallStatus")[-1] == "completed"
    assert exchange.told("AnsweredBy") == []


def test_an_installation_that_is_away_is_told_again_and_then_no_more():
    exchange = Exchange(type("Nowhere", (), {"url": staticmethod(lambda path: f"http://127.0.0.1:1{path}")}))
    exchange.text(answering(TextAnswer.NOTHING))
    assert exchange.waited.count(3.0) == 19


def test_of_what_is_long_over_the_newest_is_kept():
    twilio = Twilio()
    twilio.messages = {str(number): {} for number in range(2_500)}
    twilio.forget_old()
    assert (len(twilio.messages), "2499" in twilio.messages, "0" in twilio.messages) == (2_000, True, False)
