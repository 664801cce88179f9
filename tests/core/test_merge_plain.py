"""Plain texts are filled without the interpreter, to the letter as it would write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.core.merge import MergeError, interpret, present, render
from drumbeat.core.merge_language import parse
from drumbeat.core.merge_plain import plain_text

NAMES = ["contact.first_name", "contact.custom.city", "unsubscribe_url", "contact", "contact.size", "nobody"]
PIECES = st.one_of(
    st.text(st.sampled_from("Hi, <b>&\n\r '\"ä𝒳"), max_size=12),
    st.sampled_from(NAMES).map(lambda name: f"{{{{ {name} }}}}"),
    st.builds(
        lambda name, rest: f"{{{{- {name} | {rest} -}}}}",
        st.sampled_from(NAMES),
        st.sampled_from(
            [
                'default: "you"',
                "default: '<i>&'",
                "default: ''",
                "default: contact.first_name",
                "default: 'a', allow_false: true",
                "default",
                "default: 'a' | upcase",
                "upcase",
            ]
        ),
    ),
    st.sampled_from(
        [
            "{{ 'words' }}",
            "{{ contact['first_name'] }}",
            "{{ contact[unsubscribe_url] | default: 'x' }}",
            "{{ contact.first_name if contact else 'b' }}",
            "{% if contact %}a{% endif %}",
            "{% comment %}b{% endcomment %}",
            "{% raw %}{{ contact }}{% endraw %}",
        ]
    ),
)
SOURCES = st.lists(PIECES, max_size=6).map("".join)
WORDS = st.one_of(
    st.none(),
    st.text(st.sampled_from("ab <>&'\"\r\n\x00ä\ud800{}% "), max_size=8),
    st.integers(),
    st.booleans(),
    st.lists(st.text(max_size=3), max_size=2),
)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "contact": st.one_of(
            WORDS,
            st.fixed_dictionaries(
                {},
                optional={
                    "first_name": WORDS,
                    "custom": st.one_of(WORDS, st.fixed_dictionaries({}, optional={"city": WORDS})),
                },
            ),
        ),
        "unsubscribe_url": WORDS,
    },
)


def written(write, source, values, html):
    try:
        return write(source, present(values), html)
    except MergeError as fault:
        return fault.code, fault.message


@given(SOURCES, VALUES, st.booleans())
@settings(max_examples=500)
def test_every_text_is_written_as_the_interpreter_writes_it(source, values, html):
    assert written(render, source, values, html) == written(interpret, source, values, html)


BOB = present({"contact": {"first_name": "B<b", "city": "Ulm"}, "sender": {"name": "Ann"}})


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param("Only words", "Only words", id="words"),
        pytest.param("Hi {{ contact.first_name }}", "Hi B<b", id="a value"),
        pytest.param("Hi {{ contact.title | default: 'there' }}!", "Hi there!", id="a fallback"),
        pytest.param("a {{- sender.name -}} b", "aAnnb", id="blanks that a tag takes away"),
    ],
)
def test_the_usual_texts_need_no_interpreter(source, text):
    plain = plain_text(parse(source, False), False)
    assert plain is not None
    assert plain.filled(BOB) == text


def test_values_are_escaped_in_html_and_fallbacks_are_not():
    source = "{{ contact.first_name }}{{ contact.title | default: '<b>' }}"
    plain = plain_text(parse(source, True), True)
    assert plain is not None
    assert plain.filled(BOB) == "B&lt;b<b>"


@pytest.mark.parametrize(
    "source",
    [
        "{% if contact %}a{% endif %}",
        "{{ contact.first_name | upcase }}",
        "{{ contact.first_name | default: 'a' | upcase }}",
        "{{ contact.first_name | default: contact.city }}",
        "{{ contact.first_name | default: 'a', allow_false: true }}",
        "{{ contact.first_name | default }}",
        "{{ 'words' }}",
        "{{ contact.first_name.size }}",
        "{{ contact[contact.city] }}",
        "{{ contact.city }}" * 101,
    ],
)
def test_what_does_more_is_left_to_the_interpreter(source):
    assert plain_text(parse(source, False), False) is None


@pytest.mark.parametrize(
    ("values", "text"),
    [
        pytest.param({}, "{{ contact.first_name }}", id="a value that is missing"),
        pytest.param({"contact": {"first_name": 5}}, "{{ contact.first_name }}", id="a number"),
        pytest.param({"contact": "Bob"}, "{{ contact.first_name }}", id="a name below a text"),
        pytest.param({"contact": {"first_name": "a\r\n"}}, "{{ contact.first_name }}", id="a line end"),
        pytest.param({"contact": {"first_name": "\ud800"}}, "{{ contact.first_name }}", id="no Unicode"),
        pytest.param({"contact": {"first_name": "a" * 40_001}}, "{{ contact.first_name }}", id="much text"),
    ],
)
def test_what_may_come_out_otherwise_is_left_to_the_interpreter(values, text):
    plain = plain_text(parse(text, False), False)
    assert plain is not None
    assert plain.filled(present(values)) is None
