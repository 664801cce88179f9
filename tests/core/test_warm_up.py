"""Warm-ups as people write them."""

import pytest

from drumbeat.core.errors import DomainError
from drumbeat.core.pacing import Ramp, parse_ramp


@pytest.mark.parametrize(
    ("text", "ramp"),
    [
        pytest.param("10+5/1d..50", Ramp(10, 5, 1, 50), id="five more each day"),
        pytest.param(" 20+10/7d..200 ", Ramp(20, 10, 7, 200), id="each week, with blanks"),
        pytest.param("5+0/1d..5", Ramp(5, 0, 1, 5), id="which does not grow"),
    ],
)
def test_a_warm_up_is_read_and_written_alike(text, ramp):
    assert parse_ramp(text) == ramp
    assert str(ramp) == text.strip()
    assert Ramp(**ramp.to_json()) == ramp


@pytest.mark.parametrize("text", ["", "10", "10+5", "10+5/1d", "10+5/d..50", "10+5/1d..x", "-1+5/1d..50"])
def test_what_is_no_warm_up_is_refused_with_an_example(text):
    with pytest.raises(DomainError, match=r"10\+5/1d\.\.50"):
        parse_ramp(text)


@pytest.mark.parametrize("text", ["0+5/1d..50", "10+5/0d..50", "10+5/1d..9"])
def test_a_warm_up_that_makes_no_sense_is_refused(text):
    with pytest.raises(DomainError, match="at least 1 a day"):
        parse_ramp(text)


@pytest.mark.parametrize(
    ("factor", "share"),
    [
        pytest.param(1, Ramp(10, 5, 1, 50), id="undivided"),
        pytest.param(5, Ramp(2, 1, 1, 10), id="by five"),
        pytest.param(1000, Ramp(1, 0, 1, 1), id="never less than one"),
    ],
)
def test_a_sample_has_its_share_of_a_warm_up(factor, share):
    assert Ramp(10, 5, 1, 50).shared(factor) == share
