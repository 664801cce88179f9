"""When a refused send and an unanswered look-up are tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.retry import MOST_ATTEMPTS, compliance_backoff, next_try

NOW = datetime(2026, 5, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attempts", "hours"),
    [
        pytest.param(1, 5 / 60, id="5 minutes after the first"),
        pytest.param(2, 15 / 60, id="15 minutes after the second"),
        pytest.param(3, 1, id="an hour after the third"),
        pytest.param(4, 4, id="4 hours after the fourth"),
        pytest.param(5, 8, id="8 hours after the fifth"),
        pytest.param(6, 12, id="12 hours after the sixth"),
        pytest.param(7, 24, id="a day after the seventh"),
    ],
)
def test_each_wait_is_longer_give_or_take_a_tenth(attempts, hours):
    tries = [next_try(attempts, f"touch {n}", NOW) for n in range(200)]
    waits = {then - NOW for then in tries if then is not None}
    about = timedelta(hours=hours)
    assert len(waits) > 20
    assert about * 0.9 <= min(waits) < about < max(waits) < about * 1.1


def test_after_eight_attempts_it_gives_up():
    assert MOST_ATTEMPTS == 8
    assert next_try(8, "touch", NOW) is None
    assert next_try(9, "touch", NOW) is None


@given(seed=st.text())
def test_all_tries_lie_within_two_and_a_half_days(seed):
    moment, attempts = NOW, 1
    while (then := next_try(attempts, seed, moment)) is not None:
        assert then > moment
        assert then == next_try(attempts, seed, moment)
        moment, attempts = then, attempts + 1
    assert timedelta(days=1.8) < moment - NOW < timedelta(days=2.5)


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(0, 5), (1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 300), (8, 300), (10_000_000, 300)],
)
def test_the_suppression_store_is_asked_again_within_five_minutes(failures, seconds):
    assert compliance_backoff(failures, NOW) == NOW + timedelta(seconds=seconds)
