"""MJML of mails: what becomes of it, what is refused and where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from drumbeat.core import mjml
from drumbeat.core.flow import EmailContent
from drumbeat.core.lint import LintFacts
from drumbeat.core.lint.mails import mail_findings
from drumbeat.core.mail_body import HAND_WRITTEN, write
from drumbeat.core.mail_footer import Footer
from drumbeat.core.mjml import MOST_DEEP, MOST_SIGNS, MjmlError, outlined, written
from tests.support.flows import an_email

FOOTER = Footer(
    signature="Kim", postal_address="1 Example Street", link="https://ours.test/u/x", way_out="Stop?"
)


def page(inner, head=""):
    column = f"<mj-section>\n<mj-column>\n{inner}\n</mj-column></mj-section>"
    return f"<mjml>{head}<mj-body>{column}</mj-body></mjml>"


def test_elements_become_tables_with_their_styles_on_them():
    head = "<mj-head><mj-style>.warm { color: #aa3300 }</mj-style></mj-head>"
    html = written(page('<mj-text>Hi <b class="warm">you</b><br>there</mj-text>', head))
    shown = LexborHTMLParser(html)
    (bold,) = shown.css("b")
    assert bold.attributes["style"] == "color: #aa3300;"
    assert shown.css("table") and shown.css("body")[0].text().strip().startswith("Hi you")
    assert "fonts.googleapis" not in html and "<!--[if mso" in html


def test_styles_that_cannot_be_read_stay_as_they_are():
    head = "<mj-head><mj-style>p { color: red }</mj-style></mj-head>"
    assert "<p style='@x {'>" in written(page("<mj-raw><p style='@x {'>a</p></mj-raw>", head)).replace(
        '"', "'"
    )


def test_a_font_is_asked_for_only_where_the_author_names_it():
    head = '<mj-head><mj-font name="Own" href="https://example.com/own.css" /></mj-head>'
    assert "example.com/own.css" in written(page('<mj-text font-family="Own">x</mj-text>', head))


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        pytest.param("", 1, "Begin with <mjml>", id="nothing"),
        pytest.param("<!-- only this -->", 1, "Begin with <mjml>", id="a comment"),
        pytest.param("\n\nHello", 3, "outside of <mjml>", id="a text"),
        pytest.param("<p>Hello</p>", 1, "One <mjml> holds everything", id="HTML"),
        pytest.param(page("<mj-text>a</mj-text>") + "\nb", 5, "outside of <mjml>", id="text behind it"),
        pytest.param(page("") + page(""), 4, "One <mjml> holds everything", id="two of them"),
        pytest.param(
            page("<mj-text>a"), 4, "</mj-column> closes nothing here. <mj-text> is", id="not closed"
        ),
        pytest.param("<mjml>\n<mj-body>", 2, "<mj-body> is not closed", id="an end missing"),
        pytest.param("</mjml>", 1, "</mjml> closes nothing here.", id="closed alone"),
        pytest.param(page("<mj-foo>a</mj-foo>"), 3, "no element <mj-foo>", id="unknown"),
        pytest.param(page("<mj-carousel></mj-carousel>"), 3, "carousel", id="what mails cannot run"),
        pytest.param(page('<mj-include path="/etc/passwd" />'), 3, "No other file", id="a file"),
        pytest.param(page("<mj-text>a < b</mj-text>"), 3, "&lt;", id="a bare sign"),
        pytest.param(page("<mj-text><![CDATA[ </p> ]]></mj-text>"), 3, "&lt;", id="CDATA"),
        pytest.param(page("<mj-text><!-- a</mj-text>"), 3, "&lt;", id="a comment without an end"),
        pytest.param('<?xml version="1.0"?>' + page(""), 1, "&lt;", id="a declaration"),
        pytest.param(page("<mj-text><BR></mj-text>"), 3, "<BR> is still open", id="a large sign"),
        pytest.param(page("<mj-text>\n<a href=x>y</a></mj-text>"), 1, "cannot be read", id="no quotes"),
        pytest.param("<mjml>\n<mj-section></mj-section></mjml>", 2, "cannot be read", id="no body"),
        pytest.param(page("<i>" * 20_000), 3, f"more than {MOST_DEEP} deep", id="too deep"),
        pytest.param("x" * (MOST_SIGNS + 1), 1, "longer than", id="too long"),
        pytest.param("<" + "a" * (MOST_SIGNS - 1), 1, "&lt;", id="a name without an end"),
        pytest.param(
            page('<x:mj-include path="a" />'), 3, "no element <x:mj-include>", id="a file by a prefix"
        ),
        pytest.param(
            page(f'<mj-text css-class="{"x" * 40_000}">a</mj-text>' + "<mj-text>a</mj-text>" * 1_000),
            1,
            "too long for so many elements",
            id="an attribute that would be copied a thousand times",
        ),
        pytest.param(
            f'<mjml><mj-head><mj-attributes><mj-text css-class="{"x" * 40_000}" /></mj-attributes></mj-head>'
            f"<mj-body><mj-section><mj-column>{'<mj-text></mj-text>' * 1_000}"
            "</mj-column></mj-section></mj-body></mjml>",
            1,
            "too long for so many elements",
            id="a default that would be",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(source, line, said):
    with pytest.raises(MjmlError) as fault:
        written(source)
    assert fault.value.code == "mjml_invalid"
    assert fault.value.fields == {"line": str(line)}
    assert fault.value.message.startswith(f"Line {line}: ") and said in fault.value.message


PIECES = [
    *"<>/'\"a ",
    "<mjml>",
    "</mjml>",
    "<mj-body>",
    "</mj-body>",
    "<p>",
    "</p>",
    "<!--",
    "-->",
    "<br>",
    "<mj-text>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_source_is_a_page_or_an_error_with_a_line(source):
    try:
        assert written(source).startswith("<!")
    except MjmlError as fault:
        assert 1 <= int(fault.fields["line"]) <= source.count("\n") + 1


def test_a_page_at_the_deepest_is_still_written():
    inner = "<i>" * (MOST_DEEP - 5) + "x" + "</i>" * (MOST_DEEP - 5)
    assert "x</i>" in written(page(f"<mj-text>{inner}</mj-text>"))


CHOICE = "{% if vip %}<mj-text>For {{ name }}</mj-text>{% else %}<mj-text>For all</mj-text>{% endif %}"


def test_for_an_audit_all_branches_stand_there_and_lines_stay():
    html = outlined(page(CHOICE))
    assert "For {{x}}" in html and "For all" in html
    with pytest.raises(MjmlError, match="Line 5: "):
        outlined(page("{% comment %}\n\n{% endcomment %}<mj-foo />"))


@pytest.mark.parametrize(("vip", "said"), [(True, "For <b>"), (False, "For all")])
def test_liquid_runs_first_and_its_values_are_only_text(vip, said):
    content = EmailContent(mjml=page(CHOICE), preheader="Look")
    values = {"vip": vip, "name": "<b></mj-text><mj-raw>"}
    text, html = write(content, values, HAND_WRITTEN, FOOTER, "Hi")
    assert html is not None
    body = LexborHTMLParser(html).css("body")[0].text()
    assert said in body and said in text and "Look" in body
    assert "For all" in body or "<mj-raw>" in body
    assert "https://ours.test/u/x" in html and text.rstrip().endswith("Stop? (https://ours.test/u/x)")


def test_an_own_text_stands_beside_mjml():
    content = EmailContent(mjml=page("<mj-text>a</mj-text>"), text="Own words")
    text, html = write(content, {}, HAND_WRITTEN, FOOTER, "Hi")
    assert text.startswith("Own words") and html is not None and "Own words" not in html


def codes(**content):
    mail = an_email("a", content=EmailContent(subject="Hi", **content))
    return [(code, path) for code, path, _ in mail_findings(mail, LintFacts())]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param({"mjml": page(CHOICE)}, [], id="fine"),
        pytest.param({"mjml": page("<mj-foo />")}, ["mjml_invalid"], id="unknown element"),
        pytest.param({"mjml": page("<mj-raw><script>x</script></mj-raw>")}, ["html_refused"], id="a script"),
        pytest.param({"mjml": page('<mj-image src="a.png" />')}, ["address_relative"], id="to nowhere"),
        pytest.param(
            {"mjml": page('<mj-image src="{{ contact.a }}" />')}, [], id="an address of the contact's"
        ),
        pytest.param(
            {"mjml": page('<mj-image src="cid:file-3" alt="a" />')}, [], id="an image that goes along"
        ),
        pytest.param({"mjml": page(""), "html": "<p>x</p>"}, ["mjml_beside_html"], id="beside HTML"),
    ],
)
def test_lint_reads_the_page_that_mjml_becomes(content, expected):
    assert codes(**content) == [(code, "content.mjml") for code in expected]


def test_no_source_takes_long():
    assert len(mjml.written(page("<mj-text>hello</mj-text>" * 8_000))) > 1_000_000
