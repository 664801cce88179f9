"""Twilio's codes: what each does, and that what nobody listed does no harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.smtp_codes import Scope
from drumbeat.core.touch import FailureReason
from drumbeat.core.twilio_codes import _MEANT, _OPTED_OUT, CODES, read_code

US, THEM = Scope.SENDER, Scope.RECIPIENT
NEVER, LATER = FailureReason.REJECTED_PERMANENT, FailureReason.REJECTED_TEMPORARY


@pytest.mark.parametrize(
    ("code", "permanent", "scope", "reason"),
    [
        pytest.param(20003, False, US, FailureReason.SENDER_AUTH, id="a wrong token waits for its owner"),
        pytest.param(20429, False, US, LATER, id="too many requests"),
        pytest.param(30001, False, US, LATER, id="a full queue"),
        pytest.param(63018, False, US, LATER, id="WhatsApp's rate"),
        pytest.param(30007, True, US, NEVER, id="filtered: about us"),
        pytest.param(30034, True, US, NEVER, id="unregistered: about us"),
        pytest.param(21601, True, US, NEVER, id="a number that cannot send: about us"),
        pytest.param(21606, True, THEM, NEVER, id="a number that cannot send to there"),
        pytest.param(21608, True, THEM, NEVER, id="whom a trial account may not write to"),
        pytest.param(21219, True, THEM, NEVER, id="whom a trial account may not call"),
        pytest.param(21703, True, THEM, NEVER, id="a country for which the pool has no number"),
        pytest.param(30003, False, THEM, LATER, id="a phone that is off"),
        pytest.param(30008, False, THEM, LATER, id="no reason given"),
        pytest.param(21612, True, THEM, NEVER, id="no way to there"),
        pytest.param(21408, True, THEM, NEVER, id="a country that is not allowed"),
        pytest.param(63016, True, THEM, FailureReason.RENDER_ERROR, id="outside the window"),
        pytest.param(21617, True, THEM, FailureReason.RENDER_ERROR, id="too long"),
    ],
)
def test_whom_a_code_speaks_about(code, permanent, scope, reason):
    found = read_code(code)
    assert (found.meaning.permanent, found.meaning.scope, found.meaning.reason) == (permanent, scope, reason)
    assert not found.meaning.dead_address
    assert not found.opted_out


@pytest.mark.parametrize("code", [21211, 21217, 21614, 21635, 30005, 30006])
def test_a_number_that_nobody_has_is_dead(code):
    assert read_code(code).meaning.dead_address
    assert not read_code(code).opted_out


@pytest.mark.parametrize("code", [21610, 63014, 63033])
def test_who_told_twilio_to_stop_has_told_us(code):
    found = read_code(code)
    assert (found.opted_out, found.meaning.permanent, found.meaning.dead_address) == (True, True, False)


def test_only_the_person_can_be_dead_or_have_opted_out():
    for code, found in CODES.items():
        if found.meaning.dead_address or found.opted_out:
            assert found.meaning.scope is THEM, code
            assert found.meaning.permanent, code


def test_no_code_is_listed_twice():
    listed = [code for codes in _MEANT.values() for code in codes] + list(_OPTED_OUT)
    assert len(listed) == len(set(listed)) == len(CODES)
    assert list(CODES) == sorted(CODES)


@given(st.integers(0, 99_999))
def test_an_unlisted_code_kills_no_number_and_opts_nobody_out(code):
    found = read_code(code)
    if code not in CODES:
        assert not found.meaning.dead_address
        assert not found.opted_out
        assert str(code) in found.says


@pytest.mark.parametrize(
    ("code", "scope"), [(20999, US), (21799, US), (10777, US), (21999, THEM), (39999, THEM)]
)
def test_an_unlisted_code_is_read_by_its_range(code, scope):
    assert read_code(code).meaning.scope is scope
