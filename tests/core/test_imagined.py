"""A text written for the imagined person becomes one for everybody."""

import pytest
from hypothesis import given

from drumbeat.core import merge
from drumbeat.core.imagined import PERSON, source_of
from tests.support.flows import texts

VALUES = {"contact": dict(PERSON), "sender": {"name": "Mira"}}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("Hi Alex,", 'Hi {{ contact.first_name | default: "there" }},', id="a name"),
        pytest.param("Alexa, Alex", 'Alexa, {{ contact.first_name | default: "there" }}', id="whole words"),
        pytest.param(
            "Example Ltd’s", '{{ contact.company | default: "your company" }}’s', id="the longer name first"
        ),
        pytest.param("Best, Mira", "Best, {{ sender.name }}", id="who writes"),
        pytest.param("{{ x }}", "{{ '{' }}{{ '{' }} x }}", id="no tag of a model's"),
    ],
)
def test_what_is_theirs_becomes_a_merge_tag(text, source):
    assert source_of(text, "Mira ") == source


@given(texts(200))
def test_for_the_imagined_person_it_reads_as_it_was_written(text):
    text = f"{text} Alex Example, Head of Operations at Example Ltd {text}"
    expected = merge.render("{{ text }}", {"text": text})
    assert merge.render(source_of(text, ""), VALUES) == expected


def test_without_a_name_nobody_signs():
    assert source_of("Mira", " ") == "Mira"
