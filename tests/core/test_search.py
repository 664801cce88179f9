"""Folding for search and order: case, accents and blanks go, a prefix is a range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.search import LONGEST, end_of_prefix, search_form


@pytest.mark.parametrize(
    ("parts", "form"),
    [
        pytest.param(["Ana", "Ruiz"], "ana ruiz", id="names are joined"),
        pytest.param(["", "Ruiz"], "ruiz", id="a missing one leaves no blank"),
        pytest.param(["MÜLLER  GmbH"], "muller gmbh", id="accents and runs of blanks go"),
        pytest.param(["Straße"], "strasse", id="letters that fold to two"),
        pytest.param(["ＡＣＭＥ"], "acme", id="wide letters"),
        pytest.param(["\u0301\x00 "], "", id="nothing is left of marks alone"),
        pytest.param(["x" * 500], "x" * LONGEST, id="it ends at its longest"),
    ],
)
def test_what_is_left(parts, form):
    assert search_form(*parts) == form


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_begins_so_lies_in_the_range_and_nothing_else(prefix, text):
    folded, begin = search_form(text), search_form(prefix)
    assert folded.startswith(begin) == (begin <= folded < end_of_prefix(begin))


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text):
    assert search_form(search_form(text)) == search_form(text)


@given(st.text(st.characters(max_codepoint=127), max_size=300))
def test_plain_text_is_folded_as_any_other(text):
    assert search_form(text) == search_form(f"{text} \u0301")
