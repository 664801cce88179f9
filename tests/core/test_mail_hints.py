"""What makes a mail look like spam."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.mail_hints import HINTS, MOST_LINKS, Mail, hints

CALM = "Hi Ana,\n\nwould a short call on Tuesday suit you?\n\nKim"


def link(address, words="here"):
    return f'<a href="{address}">{words}</a>'


@pytest.mark.parametrize(
    ("mail", "expected"),
    [
        pytest.param(Mail("A question about Fennmark", CALM), [], id="a mail from a person"),
        pytest.param(Mail("", ""), [], id="nothing"),
        pytest.param(Mail("LAST CHANCE for you", CALM), ["subject_shouts"], id="capitals"),
        pytest.param(Mail("ISO AG", CALM), [], id="a short name"),
        pytest.param(Mail("Hello!", CALM), ["exclamation_marks"], id="one in the subject"),
        pytest.param(Mail("Hello", "Now!! Please"), ["exclamation_marks"], id="two in a row"),
        pytest.param(Mail("Hello", "a! b! c! d!"), ["exclamation_marks"], id="many"),
        pytest.param(Mail("Hello", "a! b! c!"), [], id="a few"),
        pytest.param(Mail("Re: our talk", CALM), ["pretends_reply"], id="an answer to nothing"),
        pytest.param(Mail("AW: Termin", CALM), ["pretends_reply"], id="the same in German"),
        pytest.param(Mail("Re: our talk", CALM, is_first=False), [], id="a follow-up"),
        pytest.param(Mail("Regarding your talk", CALM), [], id="a word that begins so"),
        pytest.param(Mail("word " * 15, CALM), ["subject_long"], id="a long subject"),
        pytest.param(Mail("Hello", "Click here"), ["advertising_words"], id="advertising"),
        pytest.param(Mail("Jetzt zugreifen", CALM), ["advertising_words"], id="the same in German"),
        pytest.param(Mail("Hello", "The cheapest"), [], id="a part of a word"),
        pytest.param(Mail("Hello", "Get $$$"), ["promises_money"], id="money"),
        pytest.param(Mail("Hello", "Get 1.5 million"), ["promises_money"], id="money in words"),
        pytest.param(Mail("Hello", "1." * 50_000), [], id="a figure without an end"),
        pytest.param(Mail("Hello", "see https://bit.ly/x"), ["link_shortener"], id="a shortener in a text"),
        pytest.param(Mail("Hello", "", link("https://www.bit.ly/x")), ["link_shortener"], id="in HTML"),
        pytest.param(
            Mail("Hello", "see bit (https://bit.ly/x).", "<p>x</p>"), ["link_shortener"], id="beside HTML"
        ),
        pytest.param(Mail("Hello", "", link("http://192.0.2.1/x")), ["link_to_number"], id="a number"),
        pytest.param(
            Mail("Hello", "", link("https://a.test/", "www.b.test")), ["link_disguised"], id="disguised"
        ),
        pytest.param(Mail("Hello", "", link("https://a.test/", "https://a.test/x")), [], id="as it leads"),
        pytest.param(Mail("Hello", "", link("mailto:a@b.test")), [], id="an address of mail"),
        pytest.param(
            Mail("Hello", " ".join(f"https://a.test/{n}" for n in range(MOST_LINKS + 1))),
            ["many_links"],
            id="links",
        ),
        pytest.param(Mail("Hello", "", link("https://[broken/")), [], id="no address at all"),
    ],
)
def test_what_looks_like_spam(mail, expected):
    assert list(hints(mail)) == expected


def test_a_hint_says_what_was_found():
    said = hints(Mail("Act now", "see https://bit.ly/x and https://ow.ly/y, for free. ACT NOW"))
    assert said["advertising_words"].startswith("“act now”, “for free”: ")
    assert said["link_shortener"].startswith("bit.ly, ow.ly hides")


@given(st.text(max_size=80), st.text(max_size=200), st.text("<a href='\":/.!x>", max_size=80), st.booleans())
def test_any_mail_is_looked_at(subject, text, html, is_first):
    found = hints(Mail(subject, text, html, is_first))
    assert set(found) <= set(HINTS) and all(found.values())
