"""The time between two messages of a sender."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.errors import DomainError
from drumbeat.core.spacing import (
    LONGEST_SECONDS,
    checked_spacing,
    rests_still,
    rests_until,
    usual_gap,
    why_full,
)
from drumbeat.core.touch import HoldReason

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
MOMENTS = st.timedeltas(timedelta(days=-2_000), timedelta(days=5_000)).map(lambda away: NOW + away)
SPACINGS = st.integers(1, LONGEST_SECONDS)


@given(seconds=SPACINGS, key=st.text(), at=MOMENTS)
def test_a_rest_is_a_second_more_than_the_spacing_up_to_half_as_much_again(seconds, key, at):
    until = rests_until(seconds, key, at)
    assert (
        timedelta(seconds=seconds + 1) <= until - at <= timedelta(seconds=1.5 * seconds + 1, milliseconds=1)
    )
    assert until == rests_until(seconds, key, at)


@given(seconds=SPACINGS, key=st.text(), at=MOMENTS)
def test_the_end_of_a_rest_is_told_from_that_of_a_bucket(seconds, key, at):
    until = rests_until(seconds, key, at)
    assert until is not None
    assert why_full(until) is HoldReason.SPACING
    assert why_full(at.replace(second=0, microsecond=0)) is HoldReason.CAP


def test_messages_are_apart_by_chance_that_is_none():
    ends = [rests_until(60, f"step:{n}:hello:1", NOW) for n in range(1_000)]
    rests = [until - NOW for until in ends if until is not None]
    assert len(rests) == 1_000
    assert len(set(rests)) > 950
    assert sum(rests, timedelta()) / 1_000 == pytest.approx(usual_gap(60), abs=SECOND)


def test_without_a_spacing_nobody_rests():
    assert rests_until(0, "step:1:hello:1", NOW) is None
    assert usual_gap(0) == timedelta()


@pytest.mark.parametrize(
    ("full_until", "seconds", "expected"),
    [
        pytest.param(None, 60, None, id="who was free stays free"),
        pytest.param(NOW + MINUTE, 60, None, id="what a cap held is free"),
        pytest.param(NOW + 9 * SECOND, 60, NOW + 9 * SECOND, id="a rest goes on"),
        pytest.param(NOW + 9 * SECOND, 0, None, id="a spacing that is gone ends it"),
        pytest.param(NOW + 999 * SECOND, 9, NOW + 10 * SECOND, id="a shorter spacing ends it sooner"),
        pytest.param(
            NOW + 999 * SECOND, 59, NOW + MINUTE + timedelta(milliseconds=1), id="but never at a whole minute"
        ),
    ],
)
def test_who_rests_while_settings_change(full_until, seconds, expected):
    assert rests_still(full_until, seconds, NOW) == expected


@given(
    seconds=SPACINGS,
    was=SPACINGS,
    key=st.text(),
    sent_at=MOMENTS,
    later=st.timedeltas(timedelta(), 9 * MINUTE),
)
def test_no_change_lets_a_message_out_before_the_spacing_that_holds_then(seconds, was, key, sent_at, later):
    until = rests_still(rests_until(was, key, sent_at), seconds, sent_at + later)
    assert until - sent_at >= timedelta(seconds=min(seconds, was))


@pytest.mark.parametrize("seconds", [0, 1, LONGEST_SECONDS])
def test_a_spacing_of_up_to_a_day_is_taken(seconds):
    assert checked_spacing(seconds) == seconds


@pytest.mark.parametrize("seconds", [-1, LONGEST_SECONDS + 1])
def test_any_other_is_refused_with_what_is_possible(seconds):
    with pytest.raises(DomainError, match="0 to 86400 seconds") as refused:
        checked_spacing(seconds)
    assert refused.value.code == "spacing_invalid"
