"""What a refusal means for the touch and for its sender."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.delivery import Refused, judge
from drumbeat.core.retry import MOST_ATTEMPTS, next_try
from drumbeat.core.touch import FailureReason, TouchStatus
from tests.support.standing import MONDAY

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def refused(*, permanent=False, of_sender=False, reason="rejected_temporary", **more):
    return Refused(permanent=permanent, of_sender=of_sender, reason=FailureReason(reason), **more)


def judged(refusal, attempts=1, failures=0):
    return judge(refusal, attempts, failures, "step:7:hello:1", MONDAY)


@pytest.mark.parametrize("dead", [pytest.param(True, id="dead address"), pytest.param(False, id="other")])
def test_a_permanent_refusal_ends_the_touch(dead):
    verdict = judged(refused(permanent=True, dead_address=dead))
    assert (verdict.status, verdict.suppress) == (TouchStatus.FAILED, dead)
    assert (verdict.sender_down_until, verdict.tell) == (None, False)


def test_a_temporary_refusal_is_tried_again():
    verdict = judged(refused(), attempts=3)
    assert verdict.status is TouchStatus.SCHEDULED
    assert verdict.not_before == next_try(3, "step:7:hello:1", MONDAY)
    assert not verdict.suppress


def test_after_the_last_attempt_it_has_failed():
    assert judged(refused(), attempts=MOST_ATTEMPTS - 1).status is TouchStatus.SCHEDULED
    assert judged(refused(), attempts=MOST_ATTEMPTS).status is TouchStatus.FAILED


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        pytest.param(2 * HOUR, 2 * HOUR, id="longer than our own wait: obeyed"),
        pytest.param(timedelta(), None, id="shorter: our own wait holds"),
        pytest.param(400 * DAY, DAY, id="absurd: a day is believed"),
        pytest.param(timedelta.max, DAY, id="beyond the calendar: the same"),
    ],
)
def test_the_far_side_may_ask_for_time(asked, waits):
    own = next_try(1, "step:7:hello:1", MONDAY)
    expected = own if waits is None else MONDAY + waits
    assert judged(refused(retry_after=asked)).not_before == expected


@pytest.mark.parametrize(
    ("reason", "failures", "retry_after", "hold"),
    [
        pytest.param("provider_error", 0, None, MINUTE, id="the first time a minute"),
        pytest.param("provider_error", 3, None, 8 * MINUTE, id="doubled each time"),
        pytest.param("provider_error", 6, None, HOUR, id="an hour at most"),
        pytest.param("provider_error", 10_000, None, HOUR, id="however often"),
        pytest.param("sender_auth", 0, None, 15 * MINUTE, id="a person must act: a quarter of an hour"),
        pytest.param("provider_error", 0, 5 * HOUR, 5 * HOUR, id="as long as the far side asks"),
        pytest.param("provider_error", 0, timedelta(), MINUTE, id="never at once"),
        pytest.param("sender_auth", 0, MINUTE, 15 * MINUTE, id="never sooner than we would"),
        pytest.param("provider_error", 0, 30 * DAY, DAY, id="a day at most"),
    ],
)
def test_a_refusal_of_the_sender_holds_the_sender(reason, failures, retry_after, hold):
    refusal = refused(of_sender=True, reason=reason, retry_after=retry_after)
    verdict = judged(refusal, failures=failures)
    assert verdict.sender_down_until == MONDAY + hold
    assert (verdict.status, verdict.hold_reason) == (TouchStatus.PLANNED, "sender_down")
    assert verdict.not_before == verdict.sender_down_until, "what is due by then goes first"


@pytest.mark.parametrize(
    ("reason", "tell"),
    [
        pytest.param("sender_auth", True, id="a password"),
        pytest.param("rejected_permanent", True, id="refused for good"),
        pytest.param("rejected_temporary", False, id="a passing trouble"),
        pytest.param("timeout", False, id="silence"),
    ],
)
def test_a_person_is_told_when_only_a_person_helps(reason, tell):
    assert judged(refused(of_sender=True, permanent=True, reason=reason)).tell is tell


@given(
    permanent=st.booleans(),
    of_sender=st.booleans(),
    reason=st.sampled_from(FailureReason),
    dead=st.booleans(),
    retry_after=st.none() | st.timedeltas(timedelta()),
    attempts=st.integers(1, 12),
    failures=st.integers(0, 10**6),
)
def test_nothing_is_tried_again_at_once_and_no_touch_suffers_for_its_sender(
    permanent, of_sender, reason, dead, retry_after, attempts, failures
):
    refusal = Refused(
        permanent=permanent, of_sender=of_sender, reason=reason, dead_address=dead, retry_after=retry_after
    )
    verdict = judged(refusal, attempts, failures)
    again = verdict.not_before or verdict.sender_down_until
    assert again is None or MONDAY + MINUTE <= again <= MONDAY + timedelta(hours=27)
    assert (again is None) == (verdict.status is TouchStatus.FAILED)
    assert not (of_sender and (verdict.suppress or verdict.status is TouchStatus.FAILED))
