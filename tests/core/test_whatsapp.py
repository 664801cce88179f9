"""WhatsApp's window: when text may be sent, and when only a template."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.core.whatsapp import (
    MARGIN,
    WINDOW,
    FreeText,
    Template,
    choose,
    closes_at,
    filled,
    written_values,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HELLO = Template("HX" + "a" * 32, {"1": "Ann"})


@pytest.mark.parametrize(
    ("text", "template", "last", "content"),
    [
        pytest.param("Hi", HELLO, NOON - timedelta(hours=1), FreeText("Hi"), id="open: the text"),
        pytest.param("Hi", None, NOON - timedelta(hours=1), FreeText("Hi"), id="open: no template needed"),
        pytest.param("", HELLO, NOON - timedelta(hours=1), HELLO, id="open, but there is only a template"),
        pytest.param("Hi", HELLO, NOON - timedelta(hours=25), HELLO, id="closed: the template"),
        pytest.param("Hi", None, NOON - timedelta(hours=25), None, id="closed and no template: nothing"),
        pytest.param("Hi", HELLO, None, HELLO, id="never heard of: the template"),
        pytest.param("Hi", None, NOON - WINDOW + MARGIN, None, id="too near to its end"),
        pytest.param("Hi", None, NOON - WINDOW + MARGIN * 2, FreeText("Hi"), id="just before that"),
    ],
)
def test_what_may_be_sent(text, template, last, content):
    assert choose(text, template, last, NOON) == content


def test_a_window_that_was_never_opened_never_closes():
    assert closes_at(None) is None
    assert closes_at(NOON) == NOON + WINDOW - MARGIN


def test_values_are_written_as_twilio_takes_them():
    template = Template("HX1", {"1": "Ann\nMiller", "2": " ", "name": 'a "b"'})
    assert json.loads(written_values(template)) == {"1": "Ann Miller", "2": "-", "name": 'a "b"'}


def test_a_template_reads_as_the_person_gets_it():
    assert (
        filled("Hi {{1}}, {{ place }} or {{2}}?", {"1": "Ann", "place": "Rome"}) == "Hi Ann, Rome or {{2}}?"
    )
