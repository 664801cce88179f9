"""How long an import still takes: by the pace of its last chunks, whatever happened in between."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.remaining import IDLE, Pace, from_json, go_on, seconds_left, to_json

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(*chunks):
    """The pace when the next chunk begins, after chunks of (lines, seconds)."""
    pace, stands, now = go_on(Pace(), 0, NOW), 0, NOW
    for lines, seconds in chunks:
        stands, now = stands + lines, now + timedelta(seconds=seconds)
        pace = go_on(pace, stands, now)
    return pace


@pytest.mark.parametrize(
    ("chunks", "left", "seconds"),
    [
        pytest.param([], 5_000, None, id="nobody can say before the second chunk begins"),
        pytest.param([(1_000, 2.0)], 5_000, 10, id="as the first chunk went"),
        pytest.param([(1_000, 2.0)] * 40, 5_000, 10, id="a steady pace"),
        pytest.param([(1_000, 2.0)] * 5 + [(1_000, 1.0)] * 90, 5_000, 5, id="the pace of late counts"),
        pytest.param([(1_000, 2.0), (1_000, 3600.0)], 5_000, 10, id="a night without worker does not count"),
        pytest.param([(1_000, 0.0)], 5_000, None, id="a clock that stands tells nothing"),
        pytest.param([(1_000, -5.0)], 5_000, None, id="nor one that is set back"),
        pytest.param([], 0, 0, id="nothing left takes no time"),
        pytest.param([(1_000, 2.0)], -1, 0, id="nor less than nothing"),
    ],
)
def test_what_is_left(chunks, left, seconds):
    assert seconds_left(after(*chunks), left) == seconds


@given(
    chunks=st.lists(
        st.tuples(st.integers(1, 2_000), st.floats(0.01, IDLE.total_seconds())), min_size=1, max_size=30
    ),
    left=st.integers(1, 10**6),
)
def test_it_lies_between_the_slowest_and_the_fastest_chunk(chunks, left):
    paces = [seconds / lines for lines, seconds in chunks]
    found = seconds_left(after(*chunks), left)
    assert found is not None
    assert min(paces) * left * 0.999 - 1 <= found <= max(paces) * left * 1.001 + 1


@given(chunks=st.lists(st.tuples(st.integers(1, 2_000), st.floats(0.01, 50.0)), max_size=5))
def test_a_job_keeps_it(chunks):
    pace = after(*chunks)
    assert from_json(to_json(pace)) == pace
    assert from_json({}) == from_json(to_json(Pace())) == Pace()
