"""Soft bounces give an address up after a while, and not on one bad day."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.core.soft_bounces import add_up

NOW = datetime(2026, 3, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        pytest.param([], False, id="none"),
        pytest.param([0], False, id="one"),
        pytest.param([0, 20], False, id="two"),
        pytest.param([0, 3, 7], True, id="three over a week"),
        pytest.param([7, 0, 3], True, id="in whatever order"),
        pytest.param([0, 1, 2, 3, 6], False, id="many within a few days"),
        pytest.param([0, 3, 31], False, id="one of three too long ago"),
        pytest.param([0, 8, 30], True, id="the oldest just young enough"),
    ],
)
def test_when_an_address_is_given_up(days_ago, expected):
    assert add_up([NOW - timedelta(days=days) for days in days_ago], NOW) is expected
