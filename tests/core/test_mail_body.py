"""Both parts of a mail, plain and in a frame."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from drumbeat.core.branding import Branding, Layout
from drumbeat.core.flow import EmailContent
from drumbeat.core.mail_body import HAND_WRITTEN, Look, write
from drumbeat.core.mail_footer import Footer

FOOTER = Footer(
    signature="Kim",
    postal_address="1 Example Street",
    link="https://ours.test/u/x",
    note="HRB 1",
    way_out="Stop?",
)
BRANDED = Look(
    Branding(layout=Layout.BRANDED, name="Acme & Co", logo="t", logo_width=40, logo_height=20, language="de"),
    "https://ours.test/pictures/t",
)
NAMED = Look(Branding(layout=Layout.BRANDED, name="Acme & Co"))
HOSTILE = {"name": "<b>{{ name }}</b>"}


def written(look=BRANDED, subject="Hi", values=HOSTILE, **content):
    return write(EmailContent(subject=subject, **content), values, look, FOOTER, subject)


def test_a_text_in_the_plain_look_has_no_html():
    text, html = written(HAND_WRITTEN, text="Hi {{ name }}\n")
    assert html is None
    assert text == "Hi <b>{{ name }}</b>\n\nKim\n\n--\nHRB 1\n1 Example Street\nStop? https://ours.test/u/x\n"


def test_html_in_the_plain_look_stays_bare():
    text, html = written(HAND_WRITTEN, html="<p>Hi {{ name }}</p>")
    assert html is not None
    assert html.startswith("<p>Hi &lt;b&gt;{{ name }}&lt;/b&gt;</p><p>Kim</p>")
    assert "<table" not in html
    assert text.startswith("Hi <b>{{ name }}</b>\n\nKim")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"text": "Hi {{ name }}\n\nhttps://example.com/a\n"}, id="made of a text"),
        pytest.param(
            {"html": '<p>Hi {{ name }}</p><p><a href="https://example.com/a">a</a></p>'}, id="of HTML"
        ),
        pytest.param({"html": "<p>Hi {{ name }}</p>", "text": "Own {{ name }}"}, id="of both"),
    ],
)
def test_a_branded_mail_is_a_page_of_tables(content):
    text, html = written(**content)
    assert html is not None
    page = LexborHTMLParser(html)
    assert page.css("html")[0].attributes["lang"] == "de"
    assert page.css("title")[0].text() == "Hi"
    assert {table.attributes["role"] for table in page.css("table")} == {"presentation"}
    (image,) = page.css("img")
    assert (image.attributes["src"], image.attributes["alt"]) == ("https://ours.test/pictures/t", "Acme & Co")
    assert [link.attributes["href"] for link in page.css("a")][-1] == "https://ours.test/u/x"
    assert page.css_first("b") is None
    body = page.css("body")[0].text()
    for said in ("Kim", "HRB 1", "1 Example Street", "Stop?"):
        assert said in body
        assert said in text
    assert not re.search(r"<p>|<p [^>]*style=\"\"", html)
    assert "prefers-color-scheme:dark" in html and "<!--[if mso]>" in html


def test_without_a_logo_the_name_stands_above():
    _, html = written(NAMED, text="Hi")
    assert html is not None and ">Acme &amp; Co</td>" in html and "<img" not in html


def test_without_a_name_nothing_stands_above():
    _, html = written(Look(Branding(layout=Layout.BRANDED)), text="Hi")
    assert html is not None and html.count("db-cell") == 3


def test_what_the_author_writes_below_is_not_added():
    content = "<p>Hi {{ sender.signature }} {{ workspace.postal_address }} {{ unsubscribe_url }}</p>"
    values = {"sender": {"signature": "S"}, "workspace": {"postal_address": "P"}, "unsubscribe_url": "U"}
    _, html = written(html=content, values=values)
    assert html is not None
    assert "Kim" not in html and "Stop?" not in html


@pytest.mark.parametrize(
    "look", [pytest.param(HAND_WRITTEN, id="plain"), pytest.param(BRANDED, id="branded")]
)
@pytest.mark.parametrize(
    "html",
    [
        pytest.param("<p>Hi</p>", id="a fragment"),
        pytest.param("<html><head></head><body class='a'><p>Hi</p></body></html>", id="a page"),
    ],
)
def test_the_preview_line_comes_first_and_is_hidden(look, html):
    text, page = written(look, html=html, preheader="Look\nhere {{ name }}")
    assert page is not None
    body = LexborHTMLParser(page).css("body")[0].html or ""
    assert body.index("Look here &lt;b&gt;") < body.index("Hi")
    assert "mso-hide:all" in page
    assert "Look here" not in text


def test_a_whole_page_keeps_its_own_frame_and_gets_the_footer_within():
    _, html = written(html="<html><body><p>Hi</p></body></html>")
    assert html is not None
    assert "db-card" not in html
    assert html.endswith("</body></html>") and "Stop?" in html


@pytest.mark.parametrize(
    ("layout", "look", "framed"),
    [
        pytest.param("default", BRANDED, True, id="the workspace's"),
        pytest.param("default", HAND_WRITTEN, False, id="the workspace's, plain"),
        pytest.param("plain", BRANDED, False, id="plain in spite of it"),
        pytest.param("branded", HAND_WRITTEN, True, id="branded in spite of it"),
    ],
)
def test_a_step_may_choose_its_look(layout, look, framed):
    _, html = written(look, html="<p>Hi</p>", layout=layout)
    assert html is not None
    assert ("db-card" in html) is framed


def test_a_sheet_of_the_author_wins_and_its_rules_come_along():
    _, html = written(html="<style>p{color:red}@media print{p{color:blue}}</style><p>Hi {{ name }}</p>")
    assert html is not None
    assert "color: red" in html and "@media print{p{color:blue}}" in html


def test_a_text_that_only_the_written_html_shows_is_made_of_it():
    text, _ = written(
        html='<p>Hi <a href="{{ link }}">there</a></p>', values={"link": "https://example.com/a"}
    )
    assert text.startswith("Hi there (https://example.com/a)\n\nKim")


def test_a_text_part_is_made_of_html_and_values_stay_as_they_are():
    text, _ = written(HAND_WRITTEN, html="<p>Hi {{ name }}</p>", values={"name": "{{ name }} <b>\nBob"})
    assert text.startswith("Hi {{ name }} <b>\nBob\n\nKim\n\n--\n")
