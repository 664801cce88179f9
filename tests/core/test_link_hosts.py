"""Which hosts may carry the links of a domain, and what proves one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.link_hosts import Needed, host_of, needed, problem_of, unproven


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("links.ours.test", "links.ours.test"),
        (" HTTPS://Links.Ours.test/a?b ".lower(), "links.ours.test"),
        ("http://links.ours.test.", "links.ours.test"),
        ("links.bücher.test", "links.xn--bcher-kva.test"),
    ],
)
def test_what_is_typed_becomes_a_host(typed, host):
    assert host_of(typed) == host


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("links.ours.test", ""),
        ("a.b.ours.test", ""),
        ("ours.test", "must lie below"),
        ("links.others.test", "must lie below"),
        ("evilours.test", "must lie below"),
        ("drumbeat.ours.test", "already"),
        ("", "no name of a host"),
        ("links", "no name of a host"),
        ("-a.ours.test", "no name of a host"),
        ("a..ours.test", "no name of a host"),
        ("user@links.ours.test", "no name of a host"),
        ("links.ours.test:8080", "no name of a host"),
        ("127.0.0.1", "must lie below"),
        ("a" * 250 + ".ours.test", "no name of a host"),
    ],
)
def test_a_host_lies_below_its_domain(host, said):
    assert (said in problem_of(host, "ours.test", "drumbeat.ours.test")) and bool(said) == bool(
        problem_of(host, "ours.test", "drumbeat.ours.test")
    )


@given(st.text())
def test_whatever_is_typed_is_judged(typed):
    assert isinstance(problem_of(host_of(typed), "ours.test", ""), str)


def test_two_records_are_needed():
    assert needed("links.ours.test", "drumbeat.ours.test", "abc") == (
        Needed("CNAME", "links.ours.test", "drumbeat.ours.test."),
        Needed("TXT", "_drumbeat.links.ours.test", "drumbeat=abc"),
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["drumbeat=abc"], ""),
        (["v=spf1", " drumbeat=abc "], ""),
        (["drumbeat=abcd"], "not there yet"),
        ([], "not there yet"),
        (None, "no answer"),
    ],
)
def test_the_dns_proves_it(answers, said):
    found = unproven("links.ours.test", "abc", lambda name, kind: answers)
    assert said in found
    assert bool(found) == bool(said)
