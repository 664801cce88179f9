"""What tracking changes in a mail's HTML: the links that may lead by us, a picture at the end, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from drumbeat.core.tracking import LONGEST_TARGET, MOST_LINKS, Ways, links_in, tracked

BY_US = "https://mail.ours.test/c/"
UNSUBSCRIBE = "https://mail.ours.test/u/abc"


def by_us(number, links, target):
    return f"{BY_US}{number}-{links}"


CLICKS = Ways(address_of=by_us, spared=UNSUBSCRIBE)


def targets(html):
    return [link.target for link in links_in(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param('<a href="https://a.test/x">go</a>', ["https://a.test/x"], id="in double quotes"),
        pytest.param("<a href='http://a.test'>go</a>", ["http://a.test"], id="in single quotes"),
        pytest.param("<a href=https://a.test/x>go</a>", ["https://a.test/x"], id="without quotes"),
        pytest.param(
            "<A\nHREF = 'HTTPS://a.test'>go</A>", ["HTTPS://a.test"], id="in capitals and over lines"
        ),
        pytest.param(
            '<area shape="rect" href="https://a.test">', ["https://a.test"], id="in a picture's map"
        ),
        pytest.param('<a href=" https://a.test\n">go</a>', ["https://a.test"], id="with spaces around"),
        pytest.param(
            '<a href="https://a.test/?a=1&amp;b=2">go</a>', ["https://a.test/?a=1&b=2"], id="with entities"
        ),
        pytest.param(
            '<a title="a > b" href="https://a.test">go</a>',
            ["https://a.test"],
            id="after a bracket in quotes",
        ),
        pytest.param(
            "<a title=it's href='https://a.test'>go</a>", ["https://a.test"], id="after a lone apostrophe"
        ),
        pytest.param(
            '<a href="https://a.test" href="https://b.test">go</a>', ["https://a.test"], id="the first counts"
        ),
        pytest.param(
            '<a href="https://bücher.test/ä">go</a>', ["https://bücher.test/ä"], id="in other letters"
        ),
        pytest.param('<a href="https://a.test"><b>https</b></a>', ["https://a.test"], id="words like https"),
        pytest.param('1 < 2 <a href="https://a.test">go</a>', ["https://a.test"], id="after a lone bracket"),
        pytest.param('<!--><a href="https://a.test">go</a>', ["https://a.test"], id="after an empty comment"),
        pytest.param('<a href="mailto:kim@a.test">go</a>', [], id="not a mail address"),
        pytest.param('<a href="tel:+4912345">go</a>', [], id="not a telephone number"),
        pytest.param('<a href="#top">go</a>', [], id="not a place in the mail"),
        pytest.param('<a name="https://a.test">go</a>', [], id="not a name"),
        pytest.param("<a href>go</a>", [], id="not an empty href"),
        pytest.param('<a href="javascript:x()">go</a>', [], id="not a script"),
        pytest.param('<a href="ftp://a.test">go</a>', [], id="not another scheme"),
        pytest.param('<a href="//a.test">go</a>', [], id="not one without a scheme"),
        pytest.param('<a href="https:///x">go</a>', [], id="not one without a host"),
        pytest.param('<a href="https://a.test/a b">go</a>', [], id="not one with a space inside"),
        pytest.param(f'<a href="https://a.test/{"x" * LONGEST_TARGET}">go</a>', [], id="not an endless one"),
        pytest.param('<a href="https://a.test" data-no-track>go</a>', [], id="not where the author says no"),
        pytest.param(
            '<a data-no-track="" href="https://a.test">go</a>', [], id="not where he says so before"
        ),
        pytest.param('<a href="https://a.test">https://a.test</a>', [], id="not where the address is shown"),
        pytest.param(
            '<a href="https://a.test"> <b>www.a.test</b></a>', [], id="not where it is shown in bold"
        ),
        pytest.param('<!--[if mso]><a href="https://a.test">x</a><![endif]-->', [], id="not in a comment"),
        pytest.param('<!-- <a href="https://a.test">x</a>', [], id="not in a comment without end"),
        pytest.param('<style>a:after{content:"<a href=https://a.test>"}</style>', [], id="not in a style"),
        pytest.param('<title><a href="https://a.test"></TITLE >', [], id="not in a title"),
        pytest.param('<style><a href="https://a.test">', [], id="not in a style without end"),
        pytest.param('<img alt="<a href=https://a.test>">', [], id="not in an attribute"),
        pytest.param('<link href="https://a.test">', [], id="not of other tags"),
        pytest.param('<a href="https://a.test" <b', [], id="not in a tag without end"),
    ],
)
def test_links_that_may_be_tracked(html, expected):
    assert targets(html) == expected


def test_links_lead_by_us_and_everything_else_stays_byte_for_byte():
    html = (
        '<!DOCTYPE html><p class=x>Hi <a class="b" href="https://a.test/?x=1&amp;y" id=q>go</a>\r\n'
        f"<a href='{UNSUBSCRIBE}'>no more</a><a href=https://b.test>b</a> &copy; <br/></P>"
    )
    expected = html.replace("https://a.test/?x=1&amp;y", f"{BY_US}1-2").replace(
        "https://b.test", f"{BY_US}2-2"
    )
    assert tracked(html, CLICKS) == expected


def test_the_picture_and_the_hidden_link_stand_at_the_end_of_the_body():
    ways = Ways(picture="https://o.test/p.gif", address_of=by_us, trap="https://o.test/c/t")
    html = '<body><a href="https://a.test">go</a></BODY></html>'

    found = tracked(html, ways)

    before, after = found.split("</BODY>")
    assert after == "</html>"
    nodes = LexborHTMLParser(before).css("body > *")
    assert [node.tag for node in nodes] == ["a", "a", "img"]
    trap, picture = nodes[1], nodes[2]
    assert (trap.attributes["href"], trap.text()) == ("https://o.test/c/t", "")
    assert (trap.attributes["aria-hidden"], trap.attributes["tabindex"]) == ("true", "-1")
    assert "display:none" in (trap.attributes["style"] or "")
    assert (picture.attributes["src"], picture.attributes["alt"]) == ("https://o.test/p.gif", "")


@pytest.mark.parametrize(
    ("html", "ways", "expected"),
    [
        pytest.param("<p>Hi", Ways(), "<p>Hi", id="nothing asked for, nothing done"),
        pytest.param("<p>Hi", Ways(address_of=by_us, trap="https://t"), "<p>Hi", id="no trap without a link"),
        pytest.param('<a href="https://a">x', Ways(), '<a href="https://a">x', id="links only where wanted"),
    ],
)
def test_what_is_left_out(html, ways, expected):
    assert tracked(html, ways) == expected


def test_a_mail_of_endless_links_is_not_all_rewritten():
    html = '<a href="https://a.test">x</a>' * (MOST_LINKS + 1)
    assert tracked(html, CLICKS).count(BY_US) == MOST_LINKS


def test_the_picture_alone_leaves_links_alone():
    found = tracked('<a href="https://a.test">go</a>', Ways(picture="https://o.test/p.gif"))
    assert found.startswith('<a href="https://a.test">go</a><img src="https://o.test/p.gif"')


PIECES = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<b class='x'>",
            "text ",
            "&amp; ",
            "<",
            ">",
            '"',
            "'",
            "=",
            "<!-- ",
            " -->",
            "<a ",
            "</a>",
        ),
        *(
            "<style>",
            "</style>",
            "<br/>",
            "<img src=x>",
            "ä€😀",
            "\r\n",
            "<a href=",
            '"https://e.test/',
            "İ",
            "</body>",
        ),
        '<a href="https://a.test/?q=1&amp;r=2" title="t">',
        "<a\nhref='http://b.test' data-x=1>",
        "<a href=https://c.test/y>",
        '<a href="mailto:x@y.test">',
    )
)
MAILS = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join)
_OURS = re.compile(rf"{re.escape(BY_US)}\d+-\d+")


@given(MAILS)
def test_only_the_values_of_links_ever_change(html):
    found = [link for link in links_in(html) if link.target != UNSUBSCRIBE]
    pieces, done = [], 0
    for link in found:
        assert html[link.start - 1] in "\"'= \t\n\r\f\x0b" or not html[link.start - 1].isalnum()
        pieces.append(html[done : link.start])
        done = link.end
    kept = _OURS.split(tracked(html, CLICKS))
    if not _OURS.search(html):
        assert kept == [*pieces, html[done:]]


@given(MAILS)
def test_a_browser_sees_the_same_words_and_as_many_tags(html):
    before, after = (LexborHTMLParser(f"<body>{text}") for text in (html, tracked(html, CLICKS)))
    assert before.text() == after.text()
    assert [node.tag for node in before.css("*")] == [node.tag for node in after.css("*")]


@given(MAILS)
def test_what_is_rewritten_is_a_link_for_a_browser_too(html):
    hrefs = [
        node.attributes.get("href")
        for node in LexborHTMLParser(f"<body>{tracked(html, CLICKS)}").css("a, area")
    ]
    assert len(_OURS.findall(tracked(html, CLICKS))) - len(_OURS.findall(html)) <= len(
        [href for href in hrefs if href and _OURS.fullmatch(href.strip())]
    )


@pytest.mark.parametrize("piece", ["<a ", '<a href="', "<!--", "<", "<!", "<style>", "<a =\"'", "</", "<a>x"])
def test_hostile_html_costs_no_more_than_its_length(piece):
    assert list(links_in(piece * 20_000 + '">')) == []


@given(MAILS)
def test_passing_over_tags_finds_the_same_links(html):
    careful = "<i title='<'>" + html
    assert targets(careful) == targets(html)
