"""Where a webhook goes and what it says: whatever a contact's values hold, the form stays ours."""

import json
import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.errors import DomainError
from drumbeat.core.merge import MergeError
from drumbeat.core.webhook import (
    LARGEST_BODY,
    Target,
    body_texts,
    read_target,
    render_body,
    render_url,
    url_fault,
)

VALUES = {
    "timestamp": datetime(2026, 3, 2, 9, tzinfo=UTC),
    "enrollment": {"id": 7},
    "contact": {
        "id": 3,
        "first_name": 'Zo"e',
        "company": "",
        "custom": {"seats": 12, "since": date(2026, 1, 2), "vip": True},
    },
    "sequence": {"id": 1, "name": "Hello"},
    "step": {"key": "call", "name": "", "visit": 1},
}


@pytest.mark.parametrize(
    ("url", "target"),
    [
        pytest.param(
            "https://hooks.example.com/a?b=1",
            Target("https", "hooks.example.com", 443, "/a?b=1"),
            id="usual",
        ),
        pytest.param("http://hooks.example.com", Target("http", "hooks.example.com", 80, "/"), id="no path"),
        pytest.param("https://x.test:8443/", Target("https", "x.test", 8443, "/"), id="a port"),
        pytest.param("https://[2001:db8::1]/a", Target("https", "2001:db8::1", 443, "/a"), id="version 6"),
        pytest.param("https://bücher.example/ü", Target("https", "xn--bcher-kva.example", 443, "/%C3%BC"), id="IDN"),
        pytest.param("https://x.test/a b", Target("https", "x.test", 443, "/a%20b"), id="a blank"),
    ],
)  # fmt: skip
def test_an_address_is_read(url, target):
    assert read_target(url) == target


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ftp://x.test/", id="another scheme"),
        pytest.param("https:///a", id="no host"),
        pytest.param("https://ann:secret@x.test/", id="a user"),
        pytest.param("https://x.test:99999/", id="no port"),
        pytest.param("https://x.test/\r\nHost: y", id="a line end"),
        pytest.param("https://" + "x" * 2100, id="too long"),
        pytest.param("https://ü..example/", id="a host that is no name"),
    ],
)
def test_an_address_that_cannot_be_called_is_refused(url):
    with pytest.raises(DomainError) as refused:
        read_target(url)
    assert refused.value.code == "webhook_url_invalid"


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        pytest.param("https://x.test/", "x.test", id="the usual port"),
        pytest.param("http://x.test:8080/", "x.test:8080", id="another port"),
        pytest.param("http://[::1]:8080/", "[::1]:8080", id="version 6"),
    ],
)
def test_the_host_header_names_the_port_where_it_is_not_the_usual_one(url, authority):
    assert read_target(url).authority == authority


@pytest.mark.parametrize(
    ("source", "is_fine"),
    [
        pytest.param("https://x.test/{{ contact.email }}?a={{ contact.id }}", True, id="tags after the host"),
        pytest.param("https://x.test?a={{ contact.id }}", True, id="tags in the query"),
        pytest.param("https://{{ contact.company }}/", False, id="a host from a contact"),
        pytest.param("https://x.test{{ contact.company }}/", False, id="a host that goes on"),
        pytest.param("{{ contact.url }}", False, id="an address from a contact"),
        pytest.param("https://x.test:0x1/", False, id="a port that is none"),
    ],
)
def test_merge_tags_may_follow_the_host(source, is_fine):
    assert (url_fault(source) == "") is is_fine


def test_values_in_an_address_are_percent_encoded():
    values = {"contact": {"email": "a+b@x.test/../?&#", "seats": 3}}
    target = render_url("https://x.test/c/{{ contact.email }}?n={{ contact.seats }}", values)
    assert target.path == "/c/a%2Bb%40x.test%2F..%2F%3F%26%23?n=3"


def test_an_address_with_a_missing_value_cannot_be_written():
    with pytest.raises(MergeError):
        render_url("https://x.test/{{ contact.company }}", VALUES)


@given(st.text(max_size=60))
def test_no_value_changes_host_or_form_of_an_address(value):
    values = {"contact": {"x": value}}
    if value:
        target = render_url("https://x.test/a/{{ contact.x }}/b", values)
        assert (target.host, target.port) == ("x.test", 443)
        assert target.path.count("/") == 3
        assert target.path.isascii()
        assert "?" not in target.path


@pytest.mark.parametrize(
    ("source", "body"),
    [
        pytest.param('{"a": [1, null, true, "x"]}', {"a": [1, None, True, "x"]}, id="plain JSON"),
        pytest.param(
            '{"n": "{{ contact.custom.seats }}", "v": "{{contact.custom.vip}}"}',
            {"n": 12, "v": True},
            id="a tag alone keeps its type",
        ),
        pytest.param('{"d": "{{ contact.custom.since }}"}', {"d": "2026-01-02"}, id="a day"),
        pytest.param('["{{ contact.company }}", "{{ contact.nope }}"]', [None, None], id="nothing is null"),
        pytest.param('["Hi {{ contact.company }}"]', [None], id="a text that lacks a value is null"),
        pytest.param('["Hi {{ contact.company | default: \'all\' }}"]', ["Hi all"], id="a fallback"),
        pytest.param('["Hi {{ contact.first_name }}"]', ['Hi Zo"e'], id="quotes cannot end a text"),
        pytest.param('"{{ contact.custom }}"', {"seats": 12, "since": "2026-01-02", "vip": True}, id="all own"),
    ],
)  # fmt: skip
def test_a_body_is_filled_in(source, body):
    assert json.loads(render_body(source, VALUES)) == body


def test_without_a_body_the_usual_one_is_sent():
    body = json.loads(render_body(" ", VALUES))
    assert (body["type"], body["timestamp"]) == ("sequence.step", "2026-03-02T09:00:00+00:00")
    assert body["data"]["contact"]["first_name"] == 'Zo"e'
    assert body["data"]["contact"]["custom"]["since"] == "2026-01-02"
    assert body["data"]["enrollment"] == {"id": 7}
    assert body["data"].keys() == {"enrollment", "contact", "sequence", "step"}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("{{ contact.email }}", id="no JSON"),
        pytest.param("[" * 100_000, id="nested without end"),
        pytest.param('[{"a": ' * 26 + "1" + "}]" * 26, id="nested too deeply"),
        pytest.param('{"a": NaN}', id="no number"),
        pytest.param('{"a": 1e999}', id="an endless number"),
        pytest.param('"{{ contact.custom.far }}"', id="an endless value"),
        pytest.param(json.dumps("x" * LARGEST_BODY), id="too large"),
    ],
)
def test_a_body_that_cannot_be_sent_is_refused(source):
    far = {**VALUES, "contact": {"custom": {"far": math.inf}}}
    with pytest.raises(DomainError) as refused:
        render_body(source, far)
    assert refused.value.code == "webhook_body_invalid"


@pytest.mark.parametrize(
    "part", ["NaN", "-Infinity", "1e999", "[" * 51 + "1" + "]" * 51, "[" * 2_000 + "]" * 2_000]
)
def test_what_is_no_json_elsewhere_is_none_here(part):
    with pytest.raises(ValueError, match=r"no number there|nested too deeply"):
        list(body_texts(part))


def test_as_deep_as_anybody_needs_is_fine():
    assert list(body_texts("[" * 50 + "1.5e3" + "]" * 50)) == []


def test_a_text_that_cannot_be_merged_is_the_texts_fault():
    with pytest.raises(MergeError):
        render_body('["{{ contact.first_name | nope }} x"]', VALUES)


def test_the_texts_of_a_body_with_merge_tags_are_found():
    source = '{"a": "x", "b": ["{{ contact.id }}", 1], "c": {"d": "{% if a %}b{% endif %}"}}'
    assert list(body_texts(source)) == ["{{ contact.id }}", "{% if a %}b{% endif %}"]
    assert list(body_texts("")) == []


@given(st.text(max_size=60))
def test_no_value_changes_the_form_of_a_body(value):
    body = json.loads(
        render_body('{"a": "{{ contact.x }}", "b": "Hi {{ contact.x }}"}', {"contact": {"x": value}})
    )
    assert body["a"] == (value or None)
    assert body.keys() == {"a", "b"}
