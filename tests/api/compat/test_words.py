"""How our words are said in kind B: every one of ours has one there, and delays add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.api.compat.words import LEFT_OUT, STATES, action_status, action_type, delays_of, sum_of
from drumbeat.core.delay import Delay, DelayUnit, parse_delay
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.flow import Channel, WaitForStep
from drumbeat.core.touch import TouchStatus
from tests.api.compat.client import EMAIL_STATUSES, TASK_STATUSES
from tests.support.flows import STEPS, an_email


def test_every_state_has_its_word():
    assert set(STATES) == set(EnrollmentState)


@pytest.mark.parametrize("status", list(TouchStatus))
def test_every_status_has_a_word_that_programs_know(status):
    assert action_status("email", status) in EMAIL_STATUSES
    assert action_status("notify", status) in EMAIL_STATUSES
    assert action_status("task", status) in TASK_STATUSES


def test_every_kind_that_is_shown_has_its_type():
    channels = set(Channel)
    assert {kind: action_type(kind) for kind in set(STEPS) - LEFT_OUT} == {
        **{channel.value: f"automated_{channel.value}" for channel in channels},
        "task": "task",
        **dict.fromkeys(set(STEPS) - LEFT_OUT - channels - {"task"}, "action"),
    }


@pytest.mark.parametrize(
    ("delays", "together"),
    [
        pytest.param("", "0m", id="none"),
        pytest.param("0d", "0d", id="nothing keeps its unit"),
        pytest.param("0m 2d", "2d", id="one beside nothing"),
        pytest.param("2d 1d", "3d", id="one unit"),
        pytest.param("2wd 3wd", "5wd", id="weekdays among themselves"),
        pytest.param("1d 4h", "28h", id="days and hours"),
        pytest.param("1w 1d 30m", "11550m", id="three units"),
        pytest.param("1wd 1w", "8d", id="weekdays beside weeks count as days"),
        pytest.param("2wd 3d", "5d", id="weekdays beside days count as days"),
    ],
)
def test_delays_add_up_in_their_finest_unit(delays, together):
    expected = parse_delay(together)
    assert sum_of([parse_delay(one) for one in delays.split()]) == (expected.value, expected.unit)


@given(st.lists(st.builds(Delay, st.integers(0, 500), st.sampled_from(DelayUnit))))
def test_a_sum_is_never_less_than_its_parts(delays):
    value, unit = sum_of(delays)
    assert all(value >= one.value for one in delays if one.unit is unit)
    assert (value == 0) == (not any(one.value for one in delays))


def test_a_wait_makes_the_next_step_wait_its_time_limit():
    wait = WaitForStep(key="wait", delay=parse_delay("1h"), time_limit=parse_delay("3d"))
    assert [str(delay) for delay in delays_of(wait)] == ["1h", "3d"]
    assert [str(delay) for delay in delays_of(an_email(after="2d"))] == ["2d"]
