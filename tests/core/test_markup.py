"""HTML of mails: styles go onto the elements, merge tags come through untouched, what runs is refused."""

import re

import pytest
from css_inline import InlineError
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.markup import (
    ADVICE,
    advice,
    inlined,
    inlined_fragment,
    inlined_page,
    is_page,
    refusals,
    relative_addresses,
    text_source,
)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        pytest.param("<p>Hi {{ a }}</p>", "<p>Hi {{ a }}</p>", id="without a sheet nothing changes"),
        pytest.param(
            "<style>p{color:red}</style><p>Hi</p>",
            '<p style="color: red;">Hi</p>',
            id="a rule goes onto its element",
        ),
        pytest.param(
            "<style>@media print{p{color:red}}</style><p>Hi</p>",
            "<style>@media print{p{color:red}} </style><p>Hi</p>",
            id="a rule that cannot stand there stays",
        ),
        pytest.param(
            '<style>p{color:red}</style><p {% if a < b %}class="{{ c | default: "x" }}"{% endif %}>Hi</p>',
            '<p {% if a < b %}class="{{ c | default: "x" }}" {% endif %} style="color: red;">Hi</p>',
            id="merge tags within an element",
        ),
        pytest.param(
            "<style>td{color:red}</style><table>{% for x in y %}<tr><td>{{ x }}</td></tr>{% endfor %}</table>",
            '<table>{% for x in y %}<tbody><tr><td style="color: red;">{{ x }}</td></tr>{% endfor %}</tbody></table>',
            id="rows in a loop",
        ),
        pytest.param(
            "<style>p{color:red}</style><!-- {{ a }} --><p title='a > b'>Hi</p>",
            '<!-- {{ a }} --><p title="a > b" style="color: red;">Hi</p>',
            id="merge tags within a comment",
        ),
        pytest.param(
            "<style>p{color:{{ c }}}</style><p>a</p><p>b</p>",
            "<style>p{color:{{ c }}}</style><p>a</p><p>b</p>",
            id="a merge tag that would come twice leaves all as it was",
        ),
        pytest.param(
            "<style>p{color:red}</style><p>dbmark0x</p>",
            "<style>p{color:red}</style><p>dbmark0x</p>",
            id="a text that looks like our mark leaves all as it was",
        ),
        pytest.param(
            '<!DOCTYPE html><html lang="de"><head><style>p{color:red}</style></head><body><p>Hi</p></body></html>',
            '<!DOCTYPE html><html lang="de"><head></head><body><p style="color: red;">Hi</p></body></html>',
            id="a whole page",
        ),
        pytest.param(
            '<style>p{color:red}</style><link rel="stylesheet" href="https://x.test/a.css"><p>Hi</p>',
            '<p style="color: red;">Hi</p>',
            id="a sheet elsewhere is not fetched",
        ),
    ],
)
def test_styles_go_onto_elements(source, written):
    assert inlined(source) == written


@pytest.mark.parametrize("change", [inlined, inlined_page])
def test_sheets_that_would_be_copied_onto_thousands_of_elements_stay_sheets(change):
    sheet = f"p{{--a:{'x' * 40_000}}}"
    page = f"<html><head></style><style><style>{sheet}</style></head><body>{'<p>a</p>' * 2_000}</body></html>"
    assert change(page) == page


def test_a_page_that_would_lose_a_tag_stays_as_it_was():
    page = "<html><head><style>p{color:{{ c }}}</style></head><body><p>a</p><p>b</p></body></html>"
    assert inlined(page) == page


def test_what_cannot_be_read_as_styles_stays_as_it_was(monkeypatch):
    from drumbeat.core import markup

    def refuse(_):
        raise InlineError("no")

    monkeypatch.setattr(markup, "_fragment", lambda marked, css: refuse(marked))
    assert inlined_fragment("<p>one of a kind</p>", "p{color:red}").body == "<p>one of a kind</p>"


def test_own_rules_win_over_those_of_the_frame():
    made = inlined_fragment(
        "<style>p{color:red}</style><p>a</p><b>b</b>", "p{color:blue;margin:0}b{color:green}"
    )
    assert "color: red" in made.body
    assert "margin: 0" in made.body
    assert '<b style="color: green;">' in made.body


TAGS = re.compile(r"\{\{ a \}\}|\{% \w+(?: a)? %\}")
WORDS = (
    '<p>,</p>,<table>,<tr>,<td>,</table>,{{ a }},{% if a %},{% endif %},x,<b ,>,class=",",\',<!--,-->,&amp;,<br>,<,'
    "<style>p{color:red}</style>"
)
PIECES = st.sampled_from(WORDS.split(","))


@given(st.lists(PIECES, max_size=15).map("".join))
def test_each_merge_tag_comes_out_once_and_in_its_place(source):
    for made in (inlined_fragment(source, ""), inlined_fragment(source, "p{color:blue}")):
        assert TAGS.findall(made.sheet + made.body) == TAGS.findall(source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("<p>Hi</p>", [], id="a paragraph"),
        pytest.param(" ", [], id="nothing"),
        pytest.param("<script>x</script>", ["<script>"], id="a script"),
        pytest.param("<svg><a/></svg>", ["<svg>"], id="a drawing that can run"),
        pytest.param('<p onclick="x">a</p>', ["onclick"], id="a handler"),
        pytest.param('<a href="java&#10;script:x">a</a>', ["https://"], id="a script as address"),
        pytest.param('<img src="data:image/png;base64,AA">', ["https://"], id="an image within the address"),
        pytest.param('<meta http-equiv="Refresh" content="0">', ["refresh"], id="leading elsewhere"),
        pytest.param('<meta charset="utf-8">', [], id="another meta"),
        pytest.param("<form><input></form>", ["<form>", "<input>"], id="a form"),
        pytest.param('<a href="{{ a }}">{% if a < b %}x{% endif %}</a>', [], id="merge tags"),
        pytest.param("<script>a</script><script>b</script>", ["<script>"], id="each once"),
    ],
)
def test_what_runs_is_refused_in_words(source, said):
    found = refusals(source)
    assert len(found) == len(said)
    assert all(word in sentence for word, sentence in zip(said, found, strict=True))


def test_addresses_that_lead_nowhere_from_a_mail_are_found():
    source = (
        '<a href="/a">a</a><a href="https://x.test">b</a><img src="//x.test/a.png"><td background="b.png">'
        '<a href="{{ a }}">c</a><a href="{% if a %}https://x.test{% endif %}">d</a><a href="mailto:a@x.test">e</a>'
        '<a href="">f</a><a href="/a">g</a><img src="cid:file-1">'
    )
    assert relative_addresses(source) == ["/a", "//x.test/a.png"]


@pytest.mark.parametrize(
    ("html", "text", "size", "codes"),
    [
        pytest.param("", "Hi", 500, [], id="a plain text"),
        pytest.param("<p>Hi</p>", "Hi", 500, [], id="a paragraph"),
        pytest.param("<p>" + "x" * 103_000, "word " * 30, 200_000, ["clipped"], id="too long for Gmail"),
        pytest.param('<img src="a">', "word " * 30, 500, ["image_without_alt"], id="an image without words"),
        pytest.param('<img src="a" alt="">', "Hi", 500, ["only_images"], id="hardly a word"),
        pytest.param('<a href="http://x.test">', "Hi", 500, ["link_without_https"], id="an open link"),
        pytest.param("<p>Hi</p>", "Hi", 12_000_000, ["heavy"], id="heavy files"),
    ],
)
def test_advice_for_a_written_mail(html, text, size, codes):
    assert list(advice(html, text, size)) == codes
    assert set(codes) <= set(ADVICE)


def test_pages_are_told_from_fragments():
    assert is_page("<HTML><p>")
    assert not is_page("<p>html</p>")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("<p>Hi {{ a }}</p><p>Bye</p>", "Hi {{ a }}\n\nBye\n", id="paragraphs"),
        pytest.param(
            '<a href="https://x.test/{{ a }}">b</a>', "b (https://x.test/{{ a }})\n", id="an address"
        ),
        pytest.param("{% if a %}<p>b</p>{% endif %}", "{% if a %}\n\nb\n\n{% endif %}\n", id="a condition"),
        pytest.param('<a href="{{ a }}">b</a>', None, id="an address that is a merge tag"),
        pytest.param('<p class="{{ a }}">b</p>', None, id="a merge tag that no text shows"),
        pytest.param("<p>{{ a | newline_to_br }}</p>", None, id="a filter that makes HTML"),
        pytest.param("{% assign a = '<b>x</b>' %}<p>{{ a }}</p>", None, id="HTML in a tag"),
        pytest.param("<p>dbmark0x</p>", None, id="a text that looks like our mark"),
    ],
)
def test_the_plain_text_of_html_before_its_values(source, text):
    assert text_source(source) == text
