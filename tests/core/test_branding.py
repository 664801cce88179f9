"""How a workspace's mails look: what may be chosen, and what people can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.branding import (
    CHOSEN,
    FONTS,
    UNBRANDED,
    WAYS_OUT,
    Branding,
    Layout,
    changed,
    contrast,
    doubts,
    read_branding,
    readable,
    write_branding,
)
from drumbeat.core.errors import DomainError

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_nothing_chosen_looks_written_by_hand():
    assert read_branding({}) == UNBRANDED
    assert UNBRANDED.layout is Layout.PLAIN
    assert UNBRANDED.way_out == "Not for you?"


def test_what_is_chosen_is_kept_tidy():
    kept = changed(UNBRANDED, {"name": " Acme ", "accent": "#AABBCC", "layout": "branded", "language": "de"})
    assert (kept.name, kept.accent, kept.layout, kept.way_out) == (
        "Acme",
        "#aabbcc",
        Layout.BRANDED,
        WAYS_OUT["de"],
    )
    assert read_branding(write_branding(kept)) == kept


def test_own_words_offer_the_way_out():
    assert changed(UNBRANDED, {"unsubscribe": "Stop"}).way_out == "Stop"


def test_what_a_later_release_wrote_is_passed_over():
    assert read_branding({"name": "Acme", "shadow": "large"}) == Branding(name="Acme")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("logo", "token", id="the logo comes by its own way"),
        pytest.param("size", "1", id="an unknown name"),
        pytest.param("accent", "red", id="a colour by name"),
        pytest.param("accent", "#12345", id="a colour cut short"),
        pytest.param("background", "#fff;position:fixed", id="a colour with more behind it"),
        pytest.param("text", "url(javascript:x)", id="an address for a colour"),
        pytest.param("font", "Comic Sans", id="a font that few have"),
        pytest.param("language", "xx", id="a language without words"),
        pytest.param("layout", "loud", id="an unknown layout"),
        pytest.param("name", "x" * 201, id="a name too long"),
        pytest.param("footer", "a\x00b", id="a control character"),
        pytest.param("name", 7, id="a number"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(name, value):
    with pytest.raises(DomainError) as refusal:
        changed(UNBRANDED, {"font": "georgia", name: value})
    assert refusal.value.code == "branding_invalid"
    assert set(refusal.value.fields) == {name}


def test_each_choice_of_a_list_is_taken():
    for font in FONTS:
        assert changed(UNBRANDED, {"font": font}).font == font
    assert "logo" not in CHOSEN


@given(COLOURS, st.sampled_from(["#ffffff", "#202329", "#000000"]))
def test_a_colour_becomes_readable_on_any_ground(colour, ground):
    assert contrast(readable(colour, ground), ground) >= 4.5


def test_what_can_be_read_stays_as_it_is():
    assert readable("#2f5bea", "#ffffff") == "#2f5bea"


def test_faint_colours_are_named():
    assert doubts(UNBRANDED) == []
    assert [said.split()[0] for said in doubts(Branding(text="#cccccc", accent="#ffee00"))] == [
        "text",
        "accent",
    ]
