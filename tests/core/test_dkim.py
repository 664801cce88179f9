"""Signatures over mails: whoever verifies them by RFC 6376 finds them good, and every change breaks them."""

import dkim as verifier
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.channels.email.dkim import Signer
from drumbeat.core.dkim import body_hash, relaxed

SIGNER = Signer.make("ours.test", "drumbeat202611")
HEAD = (
    b"From: Ana <ana@ours.test>\r\nTo: kim@example.com\r\nSubject: Hello\r\n there\r\n"
    b"Date: Mon, 2 Mar 2026 09:00:00 +0000\r\n"
    b"Message-ID: <1@ours.test>\r\nList-Unsubscribe:\r\n <https://ours.test/u/1>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
)
MAIL = HEAD + b"\r\nHello  Kim,\t\r\n\r\nyours\r\n\r\n\r\n"


def holds(message):
    """Ask a verifier that is not ours."""
    return verifier.verify(message, dnsfunc=lambda name, timeout=5: record(name))


def record(name):
    assert name.rstrip(b".").decode() == SIGNER.name
    return SIGNER.record.encode()


def test_a_mail_is_signed_for_its_domain_over_what_matters():
    signed = SIGNER.sign(MAIL)

    assert holds(signed)
    assert signed.endswith(MAIL)
    head = signed.partition(b"\r\nFrom:")[0].replace(b"\r\n ", b"")
    for tag in (b"d=ours.test", b"s=drumbeat202611", b"a=rsa-sha256", b"c=relaxed/relaxed"):
        assert tag in head
    names = head.partition(b"h=")[2].partition(b";")[0].split(b":")
    assert names.count(b"from") == 2
    assert {b"subject", b"message-id", b"list-unsubscribe", b"list-unsubscribe-post"} <= set(names)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"Hello  Kim", b"Hello  Tim", id="a word of the body"),
        pytest.param(b"Subject: Hello", b"Subject: Hallo", id="the subject"),
        pytest.param(b"https://ours.test/u/1", b"https://evil.test/u/1", id="the unsubscribe link"),
        pytest.param(b"From: Ana", b"From: Eve <eve@evil.test>\r\nFrom: Ana", id="a second From in front"),
    ],
)
def test_whatever_is_changed_breaks_it(before, after):
    assert not holds(SIGNER.sign(MAIL).replace(before, after, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"Subject: Hello\r\n there", b"subject:  Hello there", id="a header folded otherwise"),
        pytest.param(b"Hello  Kim,\t\r\n", b"Hello Kim,\r\n", id="white space within a line"),
        pytest.param(b"yours\r\n\r\n\r\n", b"yours\r\n", id="empty lines at the end"),
    ],
)
def test_what_servers_do_on_the_way_keeps_it_whole(before, after):
    assert holds(SIGNER.sign(MAIL).replace(before, after, 1))


@settings(max_examples=150)
@given(
    lines=st.lists(st.text(st.sampled_from(" \tab=.;é"), max_size=12), max_size=8),
    subject=st.text(st.sampled_from("ab \t:;"), max_size=90),
)
def test_every_body_and_subject_is_signed_so_that_others_agree(lines, subject):
    head = HEAD.replace(b"Hello\r\n there", b"x" + subject.encode())
    assert holds(SIGNER.sign(head + b"\r\n" + "".join(f"{line}\r\n" for line in lines).encode()))


def test_an_empty_body_is_the_hash_of_nothing():
    assert body_hash(b"") == body_hash(b"\r\n\r\n") == b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_body_without_a_last_line_end_gets_one():
    assert body_hash(b"a") == body_hash(b"a\r\n")


def test_the_example_of_the_standard():
    """RFC 6376 section 3.4.5."""
    assert relaxed(b"A", b" X") == b"a:X"
    assert relaxed(b"B ", b" Y\t\r\n\tZ  ") == b"b:Y Z"


def test_a_key_is_loaded_as_it_was_made():
    again = Signer.load(SIGNER.domain, SIGNER.selector, SIGNER.pem)
    assert again.record == SIGNER.record
    assert holds(again.sign(MAIL))
