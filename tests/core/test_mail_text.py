"""A mail's text in its two forms."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.mail_text import html_from_text, own_text_from_html, text_from_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>Hi <b>Bob</b>,</p><p>bye</p>", "Hi Bob,\n\nbye", id="paragraphs"),
        pytest.param("a<br>b<br/>c", "a\nb\nc", id="line breaks"),
        pytest.param("<div>a</div><div>b</div>", "a\nb", id="divs are lines"),
        pytest.param("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\n\nc", id="lists"),
        pytest.param("<a href='https://x.test/?a&amp;b'>this</a>", "this (https://x.test/?a&b)", id="links"),
        pytest.param(
            "<a href='https://x.test'>https://x.test</a>", "https://x.test", id="a link that is its text"
        ),
        pytest.param("<a href='javascript:x'>a</a><a name=y>b</a>", "ab", id="no other links"),
        pytest.param("<style>p{}</style><p>a<script>x</script></p>", "a", id="nothing unseen"),
        pytest.param("<title>t</title>a", "a", id="no title"),
        pytest.param("a&nbsp;&amp;\n  b", "a & b", id="spaces collapse, entities are read"),
        pytest.param("<img alt='Logo' src=x><img src=y>", "Logo", id="images by their text"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a b", id="cells on a line"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_html_as_text(html, text):
    assert text_from_html(html) == text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("Hi Bob,\n\nsee you\nthen", "<p>Hi Bob,</p>\n<p>see you<br>\nthen</p>", id="paragraphs"),
        pytest.param("a < b & c", "<p>a &lt; b &amp; c</p>", id="escaped"),
        pytest.param(
            "see https://x.test/a?b&c.",
            '<p>see <a href="https://x.test/a?b&amp;c">https://x.test/a?b&amp;c</a>.</p>',
            id="addresses become links",
        ),
        pytest.param("a\r\n\r\n\r\nb", "<p>a</p>\n<p>b</p>", id="any line ends"),
    ],
)
def test_text_as_html(text, html):
    assert html_from_text(text) == html


@given(st.text(max_size=300))
def test_any_html_has_a_text(html):
    assert "\n\n\n" not in text_from_html(html)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
def test_text_survives_as_html(text):
    assert "".join(text_from_html(html_from_text(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "tags", ["<div>", "<ul><li>", "<b>", "<p>", "<!-- ", "<", "<a href='http://x.test'>"]
)
def test_deep_html_is_no_problem(tags):
    begin = time.process_time()
    text = text_from_html(tags * 30_000 + "a &amp; b")
    assert time.process_time() - begin < 2
    assert text.endswith("a & b") or tags in {"<!-- ", "<"}


@pytest.mark.parametrize(
    "quoted",
    [
        '<blockquote type="cite">unsubscribe</blockquote>',
        '<div class="gmail_quote"><div class="gmail_attr">On Monday Ann wrote:</div>'
        '<blockquote class="gmail_quote">unsubscribe</blockquote></div>',
        '<div class="yahoo_quoted"><p>unsubscribe</p></div>',
        '<div id="divRplyFwdMsg">From: Ann</div><div>unsubscribe</div>',
        '<div class="gmail_signature">Stop Ltd</div>',
    ],
)
def test_what_a_mail_program_marked_as_quoted_or_signature_is_left_out(quoted):
    assert own_text_from_html(f"<p>Fine.</p>{quoted}") == "Fine."


def test_an_indented_paragraph_is_the_writers():
    assert own_text_from_html("<p>Fine.</p><blockquote>Really.</blockquote>") == "Fine.\n\nReally."


def test_where_all_is_marked_all_is_shown():
    assert own_text_from_html('<blockquote type="cite">Fine.</blockquote>') == "Fine."
    assert own_text_from_html("<p>" * 4_000 + "Fine.") == "Fine."
