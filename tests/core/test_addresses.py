"""Mail addresses and phone numbers: what is accepted, and which of them are the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core import addresses
from drumbeat.core.addresses import (
    base_email,
    base_phone,
    email_domain,
    normal_email,
    normal_phone,
    phone_spellings,
)
from drumbeat.core.errors import DomainError
from tests.support import corpora


def email_or_none(text):
    try:
        return normal_email(text)
    except DomainError as error:
        assert error.code == "address_invalid"
        assert error.message.startswith("This is not a mail address. ")
        return None


def phone_or_none(text, region):
    try:
        return normal_phone(text, region)
    except DomainError as error:
        assert error.code == "phone_invalid"
        return None


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        pytest.param("Ann.Lee@Acme.Test", "ann.lee@acme.test", id="in lower case"),
        pytest.param(" ann@acme.test\t", "ann@acme.test", id="blanks around it are cut"),
        pytest.param("ann+news@acme.test", "ann+news@acme.test", id="a tag stays"),
        pytest.param("o'neil@acme.test", "o'neil@acme.test", id="an apostrophe"),
        pytest.param("ann@example.com", "ann@example.com", id="a reserved domain"),
        pytest.param("ann@mail.LOCAL", "ann@mail.local", id="a local domain"),
        pytest.param("Ann'@LocalHost", "ann'@localhost", id="this machine"),
        pytest.param("ann@intranet", "ann@intranet", id="a name without a dot"),
        pytest.param("ann@Bücher.Test", "ann@xn--bcher-kva.test", id="a domain beyond ASCII"),
        pytest.param("ann@faß.example.com", "ann@xn--fa-hia.example.com", id="a sharp s is not two s"),
        pytest.param("ann@xn--bcher-kva.test", "ann@xn--bcher-kva.test", id="an encoded domain"),
        pytest.param("ANN@XN--BCHER-KVA.TEST", "ann@xn--bcher-kva.test", id="an encoded domain in capitals"),
        pytest.param("ann@acme。test", "ann@acme.test", id="a full stop of another script"),
        pytest.param("JOSÉ@acme.test", "josé@acme.test", id="a local part beyond ASCII"),
        pytest.param("jose\u0301@acme.test", "josé@acme.test", id="composed"),
        pytest.param("Weiß@acme.test", "weiss@acme.test", id="case-folded"),
        pytest.param("\u212aim@acme.test", "kim@acme.test", id="a Kelvin sign is a k"),
        pytest.param("a" * 64 + "@acme.test", "a" * 64 + "@acme.test", id="64 characters before the @"),
    ],
)
def test_an_address_has_one_normal_form(text, normal):
    assert normal_email(text) == normal


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("ann", id="no @"),
        pytest.param("ann@", id="no domain"),
        pytest.param("@acme.test", id="no local part"),
        pytest.param("ann@acme.test, bob@acme.test", id="two, comma"),
        pytest.param("ann@acme.test;bob@acme.test", id="two, semicolon"),
        pytest.param("ann@acme.test bob@acme.test", id="two, blank"),
        pytest.param("ann@bob@acme.test", id="two @"),
        pytest.param("Ann Lee <ann@acme.test>", id="a display name"),
        pytest.param("<ann@acme.test>", id="angle brackets"),
        pytest.param("mailto:ann@acme.test", id="a link"),
        pytest.param('"ann lee"@acme.test', id="quoted"),
        pytest.param('"ann"@acme.test', id="quoted without need"),
        pytest.param("ann(work)@acme.test", id="a comment"),
        pytest.param("ann@acme.test\r\nBcc: bob@acme.test", id="a header smuggled in"),
        pytest.param("ann@acme.test\n", id="a line break at the end"),
        pytest.param("ann\x00@acme.test", id="a NUL"),
        pytest.param("ann\u200b@acme.test", id="a space of no width"),
        pytest.param("ann\u202e@acme.test", id="a change of direction"),
        pytest.param("ann\ud800@acme.test", id="half a character"),
        pytest.param("a..b@acme.test", id="two dots"),
        pytest.param(".ann@acme.test", id="a dot first"),
        pytest.param("ann.@acme.test", id="a dot last"),
        pytest.param("ann@acme.test.", id="a dot at the end"),
        pytest.param("ann@-acme.test", id="a hyphen first"),
        pytest.param("ann@acme-.test", id="a hyphen last"),
        pytest.param("ann@ab--cd.test", id="a label that looks encoded"),
        pytest.param("ann@xn--a.test", id="a label badly encoded"),
        pytest.param("ann@ac_me.test", id="an underscore in the domain"),
        pytest.param("ann@[192.0.2.1]", id="a domain literal"),
        pytest.param("ann@192.0.2.1", id="an IP address"),
        pytest.param("ann@12345", id="a number for a domain"),
        pytest.param("a" * 65 + "@acme.test", id="65 characters before the @"),
        pytest.param("ß" * 40 + "@acme.test", id="too long once folded"),
        pytest.param("ann@" + "a" * 64 + ".test", id="a label of 64"),
        pytest.param("ann@" + "a.test" * 50, id="255 characters and more"),
    ],
)
def test_what_is_not_one_bare_address_is_refused(text):
    assert email_or_none(text) is None


PLAIN = st.from_regex(r"[A-Za-z0-9_+.-]{1,66}@[A-Za-z0-9.-]{1,70}\.[A-Za-z]{1,8}", fullmatch=True)
LOCALS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
FOREIGN = st.builds(lambda local, domain: f"{local}@{domain}.test", LOCALS, st.just("acme") | LOCALS)


@given(text=PLAIN | st.emails())
def test_the_fast_path_says_what_the_library_says(text):
    lower = text.lower()
    if addresses._PLAIN.fullmatch(lower):
        assert addresses._checked(text) == lower


@given(text=PLAIN | st.emails() | FOREIGN | st.text())
def test_a_normal_form_is_its_own_normal_form(text):
    normal = email_or_none(text)
    if normal is not None:
        assert normal_email(normal) == normal
        assert re.fullmatch(r"[^\s@<>,;:\"\x00-\x1f\x7f]+@[a-z0-9.-]+", normal)
        assert base_email(base_email(normal)) == base_email(normal)


@pytest.mark.parametrize(
    ("normal", "base"),
    [
        ("ann@acme.test", "ann@acme.test"),
        ("ann.lee@acme.test", "annlee@acme.test"),
        ("ann.lee+news+more@acme.test", "annlee@acme.test"),
        ("ann.lee@googlemail.com", "annlee@gmail.com"),
        ("+news@acme.test", "+news@acme.test"),
        ("+@acme.test", "+@acme.test"),
    ],
)
def test_a_base_form_folds_tags_dots_and_providers(normal, base):
    assert base_email(normal) == base


def test_the_domain_is_what_follows_the_at():
    assert email_domain("ann@mail.acme.test") == "mail.acme.test"


# What the test suite of isemail calls valid is accepted and what it calls an error is refused. Between them
# we take what people write: names that are not in the DNS, blanks around an address, domains without a dot.
ACCEPTED = {"ISEMAIL_VALID", "ISEMAIL_DNSWARN_NO_RECORD", "ISEMAIL_RFC5321_TLD"}


@pytest.mark.parametrize("name", ["email-address/tests.jsonl", "email-address/tests-original.jsonl"])
def test_addresses_of_the_corpus(name):
    for row in corpora.rows(name):
        only_blanks = row["diagnosis"] == "ISEMAIL_CFWS_FWS" and not set(row["address"]) & set("\r\n")
        expected = row["diagnosis"] in ACCEPTED or only_blanks
        assert (email_or_none(row["address"]) is not None) == expected, row


@pytest.mark.parametrize(
    ("text", "region", "normal"),
    [
        pytest.param("+44 20 7946 0958", None, "+442079460958", id="international"),
        pytest.param("020 7946 0958", "GB", "+442079460958", id="national"),
        pytest.param("(202) 555-0143", "us", "+12025550143", id="the region in lower case"),
        pytest.param("+44 20 7946 0958", "US", "+442079460958", id="its own country code wins"),
        pytest.param("tel:+1-202-555-0143", None, "+12025550143", id="a link"),
        pytest.param("+1 202 555 0143 ext. 12", None, "+12025550143", id="an extension is dropped"),
    ],
)
def test_a_number_has_one_normal_form(text, region, normal):
    assert normal_phone(text, region) == normal


@pytest.mark.parametrize(
    ("text", "region"),
    [
        pytest.param("", "GB", id="nothing"),
        pytest.param("020 7946 0958", None, id="national without a region"),
        pytest.param("020 7946 0958", "", id="national with an empty region"),
        pytest.param("020 7946 0958", "XX", id="national with an unknown region"),
        pytest.param("+44 20 7946", None, id="too short"),
        pytest.param("+999 123 456 789", None, id="no such country"),
        pytest.param("call me", "GB", id="words"),
        pytest.param("110", "DE", id="an emergency number"),
        pytest.param("9" * 400, "GB", id="far too long"),
    ],
)
def test_what_cannot_be_called_is_refused(text, region):
    assert phone_or_none(text, region) is None


@pytest.mark.parametrize("name", ["phone/examples.jsonl", "phone/messy-inputs.jsonl"])
def test_numbers_of_the_corpus(name):
    for row in corpora.rows(name):
        expected = row["e164"] if row.get("valid") else None
        assert phone_or_none(row["input"], row["region"]) == expected, row


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param("+5215512345678", "+525512345678", id="Mexico"),
        pytest.param("+5491123456789", "+541123456789", id="Argentina"),
        pytest.param("+5531987654321", "+553187654321", id="Brazil"),
    ],
)
def test_two_spellings_of_a_mobile_have_one_base(left, right):
    assert base_phone(left) == base_phone(right) == base_phone(base_phone(left))


def test_other_numbers_are_their_own_base():
    assert base_phone("+442079460958") == "+442079460958"


@given(st.from_regex(r"\+(52|521|54|549|55|44)[0-9]{7,11}", fullmatch=True))
def test_all_spellings_of_a_number_have_its_base_and_it_is_among_them(number):
    spellings = phone_spellings(number)
    assert number in spellings
    assert {base_phone(one) for one in spellings} == {base_phone(number)}
