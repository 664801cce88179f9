"""What lint says has a name and facts, so that every language of the app can say the same."""

import re
from pathlib import Path
from string import Formatter

import pytest

from drumbeat.core.lint import CODES, SENTENCES
from drumbeat.core.lint.sentences import say

TEXTS = Path(__file__).parents[2] / "web/src/features/sequences/texts"
CATALOGUES = sorted(TEXTS.glob("lint.??.ts"))
ENTRY = re.compile(r"^    (\w+):\s+(\"[^\n]*\"|'[^\n]*'),$", re.MULTILINE)


def test_a_sentence_keeps_its_name_and_its_facts():
    sentence = say("endless_many", steps="a, b", more=2)
    assert sentence.startswith("a, b and 2 more would run")
    assert (sentence.name, sentence.facts) == ("endless_many", (("steps", "a, b"), ("more", "2")))


def test_facts_are_data():
    assert (
        say("same_name", name="{more} {0}")
        == "Another one is called '{more} {0}' too. Give each a name of its own."
    )


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.name)
def test_every_language_says_every_sentence_and_cure_with_its_facts(catalogue):
    said, cures = (dict(ENTRY.findall(part)) for part in catalogue.read_text().split("  cure: {"))
    assert said.keys() == SENTENCES.keys()
    assert cures.keys() == CODES.keys()
    told = {name: set(re.findall(r"\{\{(\w+)\}\}", words)) for name, words in said.items()}
    assert told == {name: facts_of(sentence) for name, sentence in SENTENCES.items()}


def facts_of(sentence):
    return {field for _, field, _, _ in Formatter().parse(sentence) if field}


def test_there_is_a_catalogue_to_look_at():
    assert CATALOGUES
