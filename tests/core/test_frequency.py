"""The frequency cap: how long one contact is spared."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.frequency import UNDER_WAY_FOR, FrequencyCap, Recent

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
WEEKLY = FrequencyCap(2, 7)


def ago(*days):
    return tuple(NOW - day * DAY for day in days)


@pytest.mark.parametrize(
    ("sent", "under_way", "until"),
    [
        pytest.param((), 0, None, id="nothing was sent"),
        pytest.param(ago(1), 0, None, id="one of two"),
        pytest.param(ago(1, 3), 0, 4 * DAY, id="both: until the older one is a week old"),
        pytest.param(ago(3, 1), 0, 4 * DAY, id="in any order"),
        pytest.param(ago(7, 1), 0, None, id="the older one is a week old"),
        pytest.param(ago(6, 5, 1), 0, 2 * DAY, id="three: two must be old, since one may stay"),
        pytest.param(ago(1), 1, UNDER_WAY_FOR, id="what is under way may come to nothing"),
        pytest.param((), 2, UNDER_WAY_FOR, id="two under way"),
        pytest.param(ago(1, 2), 1, 5 * DAY, id="full without what is under way"),
    ],
)
def test_one_is_spared_until(sent, under_way, until):
    assert Recent(WEEKLY, sent, under_way).held_until(NOW) == (None if until is None else NOW + until)


@given(
    ages=st.lists(st.integers(0, 20 * 86_400), max_size=12),
    most=st.integers(1, 5),
    days=st.integers(1, 14),
)
def test_what_leaves_at_the_end_of_the_hold_keeps_the_cap_and_a_second_before_would_not(ages, most, days):
    cap = FrequencyCap(most, days)
    sent = tuple(NOW - timedelta(seconds=age) for age in ages)
    until = Recent(cap, sent).held_until(NOW)
    at = until or NOW
    assert sum(one > at - cap.span for one in sent) < most
    assert Recent(cap, sent).held_until(at) is None
    if until is not None:
        assert sum(one > until - cap.span - timedelta(seconds=1) for one in sent) >= most
