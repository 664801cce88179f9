"""Whether a sender's mail is wanted: rates against limits, and too little to tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.reputation import LIMITS, Counts, Level, Measure, Standing, judge, percent, rate, sentence

SOME = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("counts", "level", "measure"),
    [
        pytest.param(Counts(), Level.QUIET, None, id="nothing was sent"),
        pytest.param(Counts(sent=3, bounced=1), Level.QUIET, None, id="one of three says nothing"),
        pytest.param(Counts(sent=49, bounced=49), Level.QUIET, None, id="too few, however bad"),
        pytest.param(Counts(sent=50), Level.GOOD, None, id="enough, and nothing came back"),
        pytest.param(Counts(sent=100, bounced=1), Level.GOOD, None, id="a bounce now and then"),
        pytest.param(Counts(sent=60, bounced=2), Level.GOOD, None, id="above the rate, but two cases"),
        pytest.param(
            Counts(sent=150, bounced=3), Level.WARNING, Measure.BOUNCED, id="two in a hundred bounce"
        ),
        pytest.param(Counts(sent=100, bounced=5), Level.HOLD, Measure.BOUNCED, id="five in a hundred bounce"),
        pytest.param(Counts(sent=101, bounced=5), Level.WARNING, Measure.BOUNCED, id="just below five"),
        pytest.param(Counts(sent=99, complained=9), Level.GOOD, None, id="complaints among too few"),
        pytest.param(Counts(sent=100, complained=1), Level.GOOD, None, id="one complaint is nobody's rate"),
        pytest.param(
            Counts(sent=2000, complained=2),
            Level.WARNING,
            Measure.COMPLAINED,
            id="one complaint in a thousand",
        ),
        pytest.param(
            Counts(sent=1000, complained=3),
            Level.HOLD,
            Measure.COMPLAINED,
            id="three complaints in a thousand",
        ),
        pytest.param(
            Counts(sent=100, bounced=9, complained=3),
            Level.HOLD,
            Measure.COMPLAINED,
            id="complaints weigh most",
        ),
        pytest.param(
            Counts(sent=100, deferred=10), Level.WARNING, Measure.DEFERRED, id="one in ten is put off"
        ),
        pytest.param(
            Counts(sent=100, deferred=100), Level.WARNING, Measure.DEFERRED, id="all are, nothing holds"
        ),
    ],
)
def test_how_a_sender_stands(counts, level, measure):
    found = judge(counts)
    assert (found.level, found.limit.measure if found.limit else None) == (level, measure)


@given(SOME, SOME, SOME, SOME)
def test_a_sender_is_held_only_where_there_is_enough_to_tell(sent, bounced, complained, deferred):
    found = judge(Counts(sent=sent, bounced=bounced, complained=complained, deferred=deferred))
    if found.level is Level.HOLD:
        assert sent >= 50
        assert max(bounced, complained) >= 3


@given(SOME, SOME, SOME)
def test_more_bounces_never_stand_better(sent, bounced, more):
    order = list(Level)
    before = judge(Counts(sent=sent, bounced=bounced)).level
    after = judge(Counts(sent=sent, bounced=bounced + more)).level
    assert order.index(after) >= order.index(before)


def test_every_limit_says_where_it_comes_from():
    assert all(limit.source for limit in LIMITS)


def test_what_speaks_against_it_is_said_with_its_numbers():
    counts = Counts(sent=100, bounced=7)
    said = sentence(judge(counts), counts)
    assert said.startswith("7 of 100 messages of the last 7 days (7.0 %) could not be delivered")
    assert "5.0 % is the limit" in said


def test_nothing_is_said_where_nothing_speaks_against_it():
    assert sentence(Standing(Level.GOOD), Counts(sent=100)) == ""


def test_bounces_of_an_earlier_week_are_not_more_than_all():
    assert (rate(9, 3), percent(9, 3), rate(1, 0)) == (1.0, "100.0 %", 0.0)
