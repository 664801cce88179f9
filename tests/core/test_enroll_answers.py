"""Who may begin a sequence: what its flow asks of them, and where they run already."""

import pytest

from drumbeat.core.enroll_answers import Answer, beyond_reach, channels_of, must_reach, not_free
from drumbeat.core.flow import Channel, SmsStep, TaskStep
from drumbeat.core.touch import SkipReason
from tests.support.flows import a_flow, an_email

MAIL, SMS = Channel.EMAIL, Channel.SMS
GONE, LACKING = SkipReason.SUPPRESSED, SkipReason.NO_ADDRESS


@pytest.mark.parametrize(
    ("steps", "channels", "must"),
    [
        pytest.param([an_email("a"), an_email("b")], {MAIL}, True, id="mails"),
        pytest.param([an_email("a"), SmsStep(key="b", text="Hello")], {MAIL, SMS}, True, id="more channels"),
        pytest.param([an_email("a"), TaskStep(key="b", title="Call")], {MAIL}, False, id="a task, too"),
        pytest.param([TaskStep(key="b", title="Call")], set(), False, id="nothing is written"),
    ],
)
def test_who_cannot_be_written_to_has_no_business_where_nothing_else_is_done(steps, channels, must):
    flow = a_flow(*steps)
    assert (channels_of(flow), must_reach(flow)) == (channels, must)


@pytest.mark.parametrize(
    ("blocked", "answer"),
    [
        pytest.param({}, None, id="reached by both"),
        pytest.param({MAIL: GONE}, None, id="reached by one"),
        pytest.param({MAIL: LACKING, SMS: LACKING, Channel.VOICE: GONE}, Answer.NO_ADDRESS, id="no address"),
        pytest.param({MAIL: LACKING, SMS: GONE}, Answer.SUPPRESSED, id="not by the one there is"),
        pytest.param({MAIL: SkipReason.OPTED_OUT, SMS: GONE}, Answer.SUPPRESSED, id="not to be written to"),
    ],
)
def test_nobody_begins_whom_no_channel_reaches(blocked, answer):
    assert beyond_reach({MAIL, SMS}, blocked) is answer


@pytest.mark.parametrize(
    ("runs", "one_at_a_time", "answer"),
    [
        pytest.param([], True, None, id="runs nowhere"),
        pytest.param([(2, False)], False, None, id="runs elsewhere"),
        pytest.param([(2, False)], True, Answer.PARALLEL_NOT_ALLOWED, id="this one tolerates no other"),
        pytest.param([(2, False), (3, True)], False, Answer.PARALLEL_NOT_ALLOWED, id="another one does not"),
        pytest.param([(2, True), (1, False)], True, Answer.ALREADY_ENROLLED, id="runs here"),
    ],
)
def test_nobody_runs_twice_or_beside_what_tolerates_no_other(runs, one_at_a_time, answer):
    assert not_free(1, runs, one_at_a_time=one_at_a_time) is answer
