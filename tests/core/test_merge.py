"""Merge tags: what becomes of a text and a contact's values, and what a text can never do."""
# ruff: noqa: E501 - a row of a table is a line

import json
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.core import merge_filters
from drumbeat.core.merge import MergeError, MergeProblem, check, render, render_line, variables
from drumbeat.core.merge_language import merge_filter_names, merge_tag_names, parse

CORPUS = Path(__file__).parents[3] / "shared/corpora/open/liquid/golden.jsonl"
BOB = {
    "contact": {
        "first_name": "Bob",
        "title": "",
        "company": None,
        "tags": ["new", "warm"],
        "custom": {"size": 12, "city": ""},
        "html": "<b>&",
        "since": date(2024, 2, 29),
    },
    "now": datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
}


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("Hi {{ contact.first_name }},", "Hi Bob,", id="a value"),
        pytest.param(
            'Hi {{ contact.title | default: "there" }}', "Hi there", id="a fallback for an empty value"
        ),
        pytest.param('{{ contact.company | default: "you" }}', "you", id="a fallback for no value"),
        pytest.param(
            '{{ contact.nothing | default: "you" }}', "you", id="a fallback for a name nobody knows"
        ),
        pytest.param('{{ contact.custom.city | default: "you" }}', "you", id="a fallback one level down"),
        pytest.param("{% if contact.title %}a{% else %}b{% endif %}", "b", id="an empty value is false"),
        pytest.param("{% unless contact.company %}a{% endunless %}", "a", id="a missing value is false"),
        pytest.param("{% if contact.custom.size > 10 %}big{% endif %}", "big", id="numbers compare"),
        pytest.param("{{ contact.tags | join: ', ' }}", "new, warm", id="a list"),
        pytest.param("{% for t in contact.tags %}{{ t | upcase }} {% endfor %}", "NEW WARM ", id="a loop"),
        pytest.param("{% tablerow t in (1..2) %}{{ t }}{% endtablerow %}", None, id="a table"),
        pytest.param("{{ 'now' | date: '%Y-%m-%d' }}", "2026-03-01", id="now is a value"),
        pytest.param("{{ 'today' | date: '%d' }}", "01", id="so is today"),
        pytest.param("{{ now | date: '%H:%M' }}", "09:30", id="now by its name"),
        pytest.param("{{ contact.since | date: '%d.%m.%Y' }}", "29.02.2024", id="a day"),
        pytest.param("{{ '2024-05-06' | date: '%B' }}", "May", id="a day as text"),
        pytest.param("{{ '10 March' | date: '%d/%m/%Y' }}", "10/03/1900", id="a partial day reads no clock"),
        pytest.param("{{ 0 | date: '%Y' }}{{ '0' | date: '%Y' }}", "19701970", id="seconds count in UTC"),
        pytest.param("{{ 'soon' | date: '%Y' }}", "soon", id="what is no date stays"),
        pytest.param("{{ contact.company | date: '%Y' }}", "", id="no date is nothing"),
        pytest.param("{{ contact.since | date }}", "2024-02-29", id="no layout leaves it"),
        pytest.param("{{ contact.tags | date: '%Y' }}", "['new', 'warm']", id="a list is no date"),
        pytest.param("{% raw %}{{ x }}{% endraw %}", "{{ x }}", id="raw text"),
        pytest.param("{{ 7 | times: 6 }}", "42", id="arithmetic"),
        pytest.param("{% assign x = 'a' %}{{ x }}", "a", id="own names"),
        pytest.param("a{{ '%00' | url_decode }}b", "ab", id="a NUL that a filter makes is left out"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_is_written(source, text):
    assert render(source, BOB) == text or text is None


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ contact.html }}", "&lt;b&gt;&amp;"),
        ("{{ contact.html | upcase }}", "&lt;B&gt;&amp;"),
        ("<i>{{ contact.html | newline_to_br }}</i>", "<i>&lt;b&gt;&amp;</i>"),
        ("{{ '<i>' | append: contact.html }}", "<i>&lt;b&gt;&amp;"),
        ("{{ contact.html | escape_once }}", "&lt;b&gt;&amp;"),
        ("{{ '2024-05-06' | date: '<%Y>' }}", "<2024>"),
        ("{{ '2024-05-06' | date: contact.html }}", "&lt;b&gt;&amp;"),
    ],
)
def test_values_are_escaped_in_html_and_the_authors_markup_is_not(source, html):
    assert render(source, BOB, html=True) == html


def test_values_are_never_read_as_template():
    hostile = "{{ contact.email }}{% for i in (1..9) %}x{% endfor %}"
    for html in (False, True):
        assert render("{{ contact.first_name }}", {"contact": {"first_name": hostile}}, html) == hostile


ESCAPING = sorted(merge_filters._ALLOWED - {"date", "default", "size"})


@pytest.mark.parametrize("name", ESCAPING)
@settings(max_examples=15)
@given(value=st.text(alphabet="<>&\"'ab;#1/%3C", min_size=1, max_size=20))
def test_no_filter_lets_a_value_break_into_html(name, value):
    arguments = {"replace": ": 'a', 'b'", "replace_first": ": 'a', 'b'", "replace_last": ": 'a', 'b'"}
    source = f"{{{{ v | {name}{arguments.get(name, '')} }}}}{{{{ v | {name}: v }}}}{{{{ l | {name}: 'x' }}}}"
    for part in source.replace("}}{{", "}}\0{{").split("\0"):
        try:
            html = render(part, {"v": value, "l": [value, value]}, html=True)
        except MergeError:
            continue
        assert "<" not in html
        assert ">" not in html


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param("{{ contact.title }}", "merge_value_missing", id="an empty value without fallback"),
        pytest.param("{{ contact.company }}", "merge_value_missing", id="no value without fallback"),
        pytest.param("{{ nobody.name }}", "merge_value_missing", id="a name nobody knows"),
        pytest.param("{{ contact.__class__ }}", "merge_value_missing", id="no walking of attributes"),
        pytest.param("{{ contact.items }}", "merge_value_missing", id="no methods"),
        pytest.param(
            "{{ contact.first_name.__class__.mro }}", "merge_value_missing", id="no walking of texts"
        ),
        pytest.param("{{ contact['__init__'] }}", "merge_value_missing", id="nor by brackets"),
        pytest.param("{{ today }}", "merge_value_missing", id="no clock"),
        pytest.param("{{ 7*7 }}", "merge_syntax", id="no code"),
        pytest.param("{% include '/etc/passwd' %}", "merge_syntax", id="no files"),
        pytest.param("{% render 'x' %}", "merge_syntax", id="no other templates"),
        pytest.param("{{ contact.html | safe }}", "merge_syntax", id="no way around escaping"),
        pytest.param("{{ 'PGI+' | base64_decode }}", "merge_syntax", id="no hidden text"),
        pytest.param("{{ contact.html | escapejs }}", "merge_syntax", id="no filter nobody allowed"),
        pytest.param("{% if %}", "merge_syntax", id="a condition without condition"),
        pytest.param("{% endif %}", "merge_syntax", id="an end without beginning"),
        pytest.param("{{ x", "merge_syntax", id="a tag that does not close"),
        pytest.param("{% raw %} {{ x }}", "merge_syntax", id="raw text that does not close"),
        pytest.param("{% if (1..9) contains 2 %}{% endif %}", "merge_syntax", id="a range compared"),
        pytest.param("{{ 1 | divided_by: 0 }}", "merge_failed", id="a division by zero"),
        pytest.param("{{ '1e999' | floor }}", "merge_failed", id="an endless number"),
        pytest.param("{{ 9999999999999999 | date: '%Y' }}", "merge_failed", id="a date beyond the calendar"),
        pytest.param("{{ '99999999999999999999999' | date: '%Y' }}", "merge_failed", id="another"),
        pytest.param("x" * 100_001, "merge_limit", id="a long text"),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_a_text_is_refused(source, code, html):
    with pytest.raises(MergeError) as refused:
        render(source, BOB, html)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "{% for a in (1..1000) %}{% for b in (1..1000) %}{% endfor %}{% endfor %}", id="empty loops"
        ),
        pytest.param("{% for i in (1..1000000000) offset: 999999990 %}{% endfor %}", id="a skipped range"),
        pytest.param("{% for i in (1..1000000000) reversed limit: 3 %}{% endfor %}", id="a limited range"),
        pytest.param("{% tablerow i in (1..1000000000) %}{% endtablerow %}", id="a table of a range"),
        pytest.param(
            "{% assign a = (1..1000000000) %}{% if a contains 'x' %}{% endif %}", id="a searched range"
        ),
        pytest.param("{{ (1..1000000000) | join }}", id="a joined range"),
        pytest.param("{{ big | split: '' | join: big }}", id="a split text"),
        pytest.param("{{ l | join: big }}", id="a joined list"),
        pytest.param("{% assign a = l %}" + "{% assign a = a | concat: a %}" * 20, id="a doubled list"),
        pytest.param("{% assign a = 'x' %}" + "{% assign a = a | append: a %}" * 40, id="a doubled text"),
        pytest.param("{% assign a = 9 %}" + "{% assign a = a | times: a %}" * 40, id="a squared number"),
        pytest.param("{{ 'aaaaaaaaaa'" + "| replace: 'a', 'aaaaaaaaaa'" * 20 + " }}", id="a replaced text"),
        pytest.param("{{ big | replace: '', big }}", id="a text between all letters"),
        pytest.param("{{ lt | strip_html }}", id="tags that never close"),
        pytest.param("{{ big }}" * 900, id="much output"),
        pytest.param(
            "{% for a in (1..200) %}" + "{{ big | upcase | size }}" * 40 + "{% endfor %}", id="work"
        ),
        pytest.param(
            "{% for a in (1..1000) %}" + "{% if true %}{% endif %}" * 99 + "{% endfor %}", id="steps"
        ),
        pytest.param("{% if true %}" * 600 + "{% endif %}" * 400, id="depth"),
        pytest.param("{{ a" + "[a" * 2000 + "]" * 2000 + " }}", id="brackets"),
        pytest.param("{% if " + " or ".join(["true"] * 600) + " %}{% endif %}", id="alternatives"),
        pytest.param("{{" * 40_000, id="open tags"),
        pytest.param("{{" + " " * 90_000, id="spaces"),
        pytest.param("{%-" + " " * 90_000 + "-%}", id="a nameless tag"),
        pytest.param("{{ a" + "|" * 90_000 + "}}", id="a long tag"),
        pytest.param("{{ 1 }}" * 9_000, id="many tags"),
        pytest.param("{% liquid\n" + "echo 1\n" * 900 + "%}" * 2 + "{{1}}" * 200, id="many lines of tags"),
        pytest.param("{% raw %}" * 9_000, id="raw texts that do not close"),
        pytest.param("{% comment %}" * 900, id="comments that do not close"),
        pytest.param("{% capture a %}" * 29 + "{{ big }}{{ a }}" + "{% endcapture %}" * 29, id="captures"),
    ],
)
def test_no_text_can_hold_the_engine_up(source):
    with pytest.raises(MergeError):
        render(source, HEAVY, html=True)
    assert_it_is_soon_over(source)


HEAVY = {
    **{
        "big": "x" * 20_000,
        "big2": "x" * 20_000,
        "lt": "<" * 20_000,
        "l": ["y"] * 900,
        "day": "1 2 3 4 5 6 7",
    },
    **{"words": "a " * 10_000, "needle": "x" * 10_000 + "y", "sp": " " * 20_000, "amp": "&" * 20_000},
}
CPU_SECONDS = 0.25 if sys.gettrace() is None else 1.0  # counting covered lines takes its time


def assert_it_is_soon_over(source):
    """Three tries: what else runs on the machine makes one slower."""
    for work in (lambda: render(source, HEAVY, html=True), lambda: check(source, [])):
        taken: list[float] = []
        while not taken or (min(taken) > CPU_SECONDS and len(taken) < 3):
            parse.cache_clear()
            begin = time.process_time()
            with suppress(MergeError):
                work()
            taken.append(time.process_time() - begin)
        assert min(taken) <= CPU_SECONDS


def looped(body, times=1):
    return "{% for i in (1..1000) %}" + body * times + "{% endfor %}"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(looped("{{ '3 Jan 2020 10:00' | date: '%Y' }}", 30), id="dates to be read"),
        pytest.param(looped("{{ day | date: '%Y' }}", 60), id="dates that are none"),
        pytest.param("{% assign f = '%A' %}" + "{% assign f = f | append: f %}" * 14 + "{{ 'now' | date: f }}", id="a long date"),
        pytest.param(looped("{{ l | find: 'y' }}{{ l | has: 'z' }}"), id="searches in a list"),
        pytest.param(looped("{{ l | sort | size }}"), id="a list sorted again and again"),
        pytest.param("{% assign a = (1..1000) %}" + "{{ a | uniq | size }}" * 200, id="a list made unique"),
        pytest.param("{{ (1..1000) | sum }}" * 900, id="sums"),
        pytest.param(looped("{% cycle 'a', 'b' %}", 90), id="cycles"),
        pytest.param(looped("{% if big == big2 %}{% endif %}", 60), id="long texts compared"),
        pytest.param(looped("{% if big contains needle %}{% endif %}", 60), id="long texts searched"),
        pytest.param(looped("{% case i %}{% when 1 %}{% endcase %}", 40), id="cases"),
        pytest.param(looped("{% increment a %}", 90), id="counters"),
        pytest.param(looped("{% ifchanged %}{{ big }}{% endifchanged %}", 4), id="long texts remembered"),
        pytest.param(looped("{% capture x %}{{ x }}y{% endcapture %}"), id="a text that grows by capturing"),
        pytest.param("{% for a in l %}{% for b in l %}{% for c in l %}x{% endfor %}{% endfor %}{% endfor %}", id="lists in lists"),
        pytest.param(looped("{{ words | truncatewords: 5 }}"), id="words counted"),
        pytest.param(looped("{{ sp | squish }}"), id="spaces"),
        pytest.param(looped("{{ amp | escape_once | size }}"), id="signs escaped"),
        pytest.param(looped("{{ lt | url_encode | size }}"), id="addresses encoded"),
        pytest.param("{% assign a = 99999999999999999999 %}" + looped("{% assign a = a | times: a %}") + "{{ a }}", id="a power"),
        pytest.param("{{ " + "9" * 4_800 + " | times: " + "9" * 50 + " }}", id="a long number"),
        pytest.param("{{ 1.5 | round: 100000 }}{{ 1e308 | times: 1e308 }}", id="numbers beyond all"),
        pytest.param("{% if a %}" + "{% elsif a %}x" * 900 + "{% endif %}", id="many alternatives"),
    ],
)  # fmt: skip
def test_what_costs_much_is_soon_over(source):
    assert_it_is_soon_over(source)


def test_a_subject_stays_on_one_line():
    values = {"contact": {"first_name": "Bob\r\nBcc: eve@example.com\x00\u2028", "title": " a  b "}}
    assert render_line("Hi {{ contact.first_name }}:{{ contact.title }}", values) == (
        "Hi Bob Bcc: eve@example.com : a b"
    )


def test_the_names_that_a_text_reads():
    source = """{{ contact.first_name | default: contact.nick }}{% for t in contact.tags %}{{ t.x }}
    {{ contact["co"].city }}{{ contact.tags[0] }}{% endfor %}{% assign a = sender.name %}{{ a }}"""
    assert variables(source) == {
        "contact.first_name",
        "contact.nick",
        "contact.tags",
        "contact.co.city",
        "sender.name",
    }


KNOWN = ["contact.first_name", "contact.company", "contact.tags", "sender.name"]


def problems(source: str) -> list[tuple[str, str, int]]:
    return [(p.code, p.name, p.line) for p in check(source, KNOWN, always=["sender.name"])]


@pytest.mark.parametrize(
    "source",
    [
        'Hi {{ contact.first_name | default: "there" }}',
        "{{ sender.name }}",
        "{% if contact.company %}at {{ contact.company }}{% endif %}",
        "{% if contact.company %}{% for i in (1..2) %}{{ contact.company }}{% endfor %}{% endif %}",
        "{% unless contact.company == blank %}{{ contact.company }}{% endunless %}",
        "{% case contact.company %}{% when 'x' %}{{ contact.company }}{% endcase %}",
        '{{ contact.tags.size | default: 0 }}{{ contact.tags[0] | default: "" }}',
        '{{ contact.first_name | upcase | default: "x" }}',
        "no tags at all",
    ],
)
def test_a_sound_text_has_no_problems(source):
    assert problems(source) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{ contact.first_name }}", [("merge_tag_without_fallback", "contact.first_name", 1)]),
        ("\n\n{{ contact.frist }}", [("unknown_merge_tag", "contact.frist", 3)]),
        ("{% if contact.nope %}{% endif %}", [("unknown_merge_tag", "contact.nope", 1)]),
        ("{{ x }}\n{{ x }}", [("unknown_merge_tag", "x", 1)]),
        (
            "{{ contact.first_name | default: contact.company }}",
            [("merge_tag_without_fallback", "contact.company", 1)],
        ),
        (
            "{% for t in contact.tags.first %}{% endfor %}",
            [("merge_tag_without_fallback", "contact.tags", 1)],
        ),
        ("a\n{% if %}", [("merge_syntax", "", 2)]),
        ("a\n{{ b | nofilter }}", [("merge_syntax", "", 2)]),
        ("a\n\n{{ b", [("merge_syntax", "", 3)]),
    ],
)
def test_problems_of_a_text(source, found):
    assert problems(source) == found


def test_an_unknown_name_is_answered_with_a_near_one():
    [problem] = check('{{ contact.frist_name | default: "x" }}', KNOWN)
    assert problem == MergeProblem(
        "unknown_merge_tag",
        "contact.frist_name",
        "There is no merge tag contact.frist_name. Did you mean contact.first_name?",
        line=1,
        has_fallback=True,
        near="contact.first_name",
    )
    [distant] = check("{{ zzz }}", KNOWN)
    assert distant.message == "There is no merge tag zzz."


@given(st.text(alphabet="{}%|.:'\"- \nabif()[]0123456789", max_size=60))
def test_checking_never_fails_and_rendering_fails_in_one_way(source):
    check(source, KNOWN)
    for html in (False, True):
        try:
            render(source, BOB, html)
        except MergeError as refused:
            assert refused.code.startswith("merge_")


# Where the library differs from the reference, or our rule that None is missing does.
DIFFERENT = {
    "blank and empty, false is equal to blank",
    "tags, comment, incomplete tags are not parsed",
    "filters, reject, input is a hash, default value, nil match",
    "filters, reject, input is a hash, explicit nil match",
}


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpora are not here")
def test_the_liquid_corpus_is_met_exactly_or_refused():
    refused = exact = 0
    for row in map(json.loads, CORPUS.read_text().splitlines()):
        if row["name"] in DIFFERENT:
            continue
        wanted = row.get("results") or ([row["result"]] if "result" in row else [])
        try:
            text = render(row["template"], row.get("data", {}))
        except MergeError:
            refused += bool(wanted)
            continue
        assert text in [one.replace("\r\n", "\n").replace("\r", "\n") for one in wanted], row["name"]
        exact += 1
    print(f"liquid corpus: {exact} exact, {refused} refused, {len(DIFFERENT)} different by rule, 0 wrong")
    # Refused: other templates, base64, and what writes a missing value.
    assert exact >= 400
    assert refused <= 65


def test_what_a_text_may_use_is_told():
    assert {"if", "for", "raw", "assign"} <= merge_tag_names()
    assert not {"include", "render", "content"} & merge_tag_names()
    assert "default" in merge_filter_names() and not {"safe", "base64_decode"} & merge_filter_names()
