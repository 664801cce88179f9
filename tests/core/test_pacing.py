"""Chance from hashes, budget buckets, caps and warm-up."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.errors import DomainError
from drumbeat.core.pacing import (
    BucketUnit,
    Caps,
    Ramp,
    arm,
    bucket_end,
    bucket_start,
    caps_on,
    jitter,
    stable_hash,
)

MINUTE, HOUR, DAY = BucketUnit
BERLIN = ZoneInfo("Europe/Berlin")


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param((), 0xE4A6A0577479B2B4, id="nothing"),
        pytest.param(("enrollment", 7, "hello"), 0x75734069E673D2CE, id="ids"),
        pytest.param(("größer",), 0x8D18C3B3D2086966, id="text beyond ASCII"),
    ],
)
def test_a_hash_is_the_same_in_every_release(parts, expected):
    assert stable_hash(*parts) == expected


@given(left=st.lists(st.text()), right=st.lists(st.text()))
def test_a_hash_tells_parts_apart_by_their_borders(left, right):
    assert (stable_hash(*left) == stable_hash(*right)) == (left == right)
    assert 0 <= stable_hash(*left) < 2**64


def test_a_number_and_its_text_are_alike():
    assert stable_hash(7, "a") == stable_hash("7", "a")


@given(seed=st.text(), at_most=st.timedeltas(timedelta(seconds=-5), timedelta(days=30)))
def test_jitter_is_whole_seconds_below_its_limit(seed, at_most):
    found = jitter(seed, at_most)
    assert found == timedelta() or timedelta() < found < at_most
    assert found.microseconds == 0
    assert found == jitter(seed, at_most)


def test_jitter_spreads():
    assert len({jitter(f"touch {n}", timedelta(hours=1)) for n in range(200)}) > 180


def test_arms_are_chosen_by_their_weights():
    counts = Counter(arm(f"enrollment {n}", [50, 0, 30, 20]) for n in range(10_000))
    assert counts[1] == 0
    assert [counts[index] / 10_000 for index in (0, 2, 3)] == pytest.approx([0.5, 0.3, 0.2], abs=0.02)


@given(seed=st.text(), weights=st.lists(st.integers(0, 100), min_size=1).filter(any))
def test_an_arm_is_one_that_has_weight(seed, weights):
    assert weights[arm(seed, weights)] > 0
    assert arm(seed, weights) == arm(seed, weights)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_weights_that_name_no_arm_are_a_defect(weights):
    with pytest.raises(ValueError, match="no arm"):
        arm("seed", weights)


@pytest.mark.parametrize(
    ("unit", "zone", "moment", "start", "end"),
    [
        pytest.param(MINUTE, "UTC", "12:34:56.7Z", "12:34Z", "12:35Z", id="a minute"),
        pytest.param(HOUR, "UTC", "12:34:56.7Z", "12:00Z", "13:00Z", id="an hour"),
        pytest.param(DAY, "UTC", "12:34Z", "00:00Z", "24:00Z", id="a day"),
        pytest.param(
            HOUR, "Asia/Kathmandu", "12:34Z", "12:15Z", "13:15Z", id="an hour on the wall, not of UTC"
        ),
        pytest.param(
            DAY, "Europe/Berlin", "21:59Z", "-22:00Z", "22:00Z", id="the last minute of a local day"
        ),
        pytest.param(DAY, "Europe/Berlin", "22:00Z", "22:00Z", "+22:00Z", id="the first of the next"),
    ],
)
def test_a_bucket_is_a_clock_minute_a_clock_hour_or_a_local_day(unit, zone, moment, start, end):
    found = [edge(unit, on_8_may(moment), ZoneInfo(zone)) for edge in (bucket_start, bucket_end)]
    assert found == [on_8_may(start), on_8_may(end)]
    assert {edge.tzinfo for edge in found} == {UTC}


def on_8_may(clock):
    if clock == "24:00Z":
        return on_8_may("+00:00Z")
    ahead = {"-": -1, "+": 1}.get(clock[0], 0)
    return at(f"2026-05-08T{clock.lstrip('+-')}") + timedelta(days=ahead)


@pytest.mark.parametrize(
    ("unit", "zone", "moment", "hours"),
    [
        pytest.param(DAY, "Europe/Berlin", "2026-03-29T12:00Z", 23, id="a day in spring"),
        pytest.param(DAY, "Europe/Berlin", "2026-10-25T12:00Z", 25, id="a day in autumn"),
        pytest.param(DAY, "Pacific/Apia", "2011-12-30T09:59Z", 24, id="the day before a skipped one"),
        pytest.param(HOUR, "Europe/Berlin", "2026-10-25T00:30Z", 1, id="the first pass of a repeated hour"),
        pytest.param(HOUR, "Europe/Berlin", "2026-10-25T01:30Z", 1, id="its second pass"),
        pytest.param(HOUR, "Australia/Lord_Howe", "2026-04-04T15:15Z", 0.5, id="a repeated half hour"),
    ],
)
def test_a_change_of_the_clock_stretches_days_and_cuts_hours(unit, zone, moment, hours):
    length = bucket_end(unit, at(moment), ZoneInfo(zone)) - bucket_start(unit, at(moment), ZoneInfo(zone))
    assert length == timedelta(hours=hours)


@given(
    unit=st.sampled_from(BucketUnit),
    zone=st.sampled_from(
        ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Asia/Beirut"]
    ).map(ZoneInfo),
    moment=st.datetimes(
        datetime.fromisoformat("2012-01-01"), datetime.fromisoformat("2040-01-01"), timezones=st.just(UTC)
    ),
)
def test_buckets_follow_each_other_without_gap_or_overlap(unit, zone, moment):
    start, end = bucket_start(unit, moment, zone), bucket_end(unit, moment, zone)
    last = end - timedelta(microseconds=1)
    assert start <= moment < end
    assert bucket_start(unit, start, zone) == bucket_start(unit, last, zone) == start
    assert bucket_end(unit, start, zone) == bucket_start(unit, end, zone) == end


@pytest.mark.parametrize(
    ("days", "cap"), [(-3, 10), (0, 10), (1, 10), (2, 15), (3, 15), (4, 20), (15, 45), (16, 50), (9999, 50)]
)
def test_a_ramp_climbs_in_steps_to_its_top(days, cap):
    assert Ramp(start=10, step=5, per_days=2, top=50).cap(days) == cap


@pytest.mark.parametrize(
    "ramp",
    [
        pytest.param((0, 5, 1, 50), id="nothing at the start"),
        pytest.param((10, -1, 1, 50), id="falling"),
        pytest.param((10, 5, 0, 50), id="no days between"),
        pytest.param((10, 5, 1, 9), id="a top below the start"),
    ],
)
def test_a_ramp_that_does_not_climb_is_refused(ramp):
    with pytest.raises(DomainError) as caught:
        Ramp(*ramp)
    assert caught.value.code == "ramp_invalid"


@pytest.mark.parametrize("caps", [(-1, None, None), (None, -1, None), (None, None, -1)])
def test_a_cap_is_not_negative(caps):
    with pytest.raises(DomainError) as caught:
        Caps(*caps)
    assert caught.value.code == "caps_invalid"


RAMP = Ramp(start=10, step=5, per_days=1, top=40)


@pytest.mark.parametrize(
    ("caps", "started", "limits"),
    [
        pytest.param(Caps(), None, {}, id="no caps"),
        pytest.param(Caps(1, 2, 3), None, {MINUTE: 1, HOUR: 2, DAY: 3}, id="plain caps"),
        pytest.param(Caps(per_day=0), None, {DAY: 0}, id="a cap of nothing"),
        pytest.param(Caps(ramp=RAMP), None, {DAY: 10}, id="a ramp that has not begun"),
        pytest.param(Caps(ramp=RAMP), "2026-05-08T12:00Z", {DAY: 10}, id="a ramp on its first day"),
        pytest.param(Caps(ramp=RAMP), "2026-05-07T21:59Z", {DAY: 15}, id="on its second local day"),
        pytest.param(Caps(ramp=RAMP), "2026-05-07T22:00Z", {DAY: 10}, id="still on its first local day"),
        pytest.param(Caps(ramp=RAMP), "2025-05-08T12:00Z", {DAY: 40}, id="a ramp at its top"),
        pytest.param(
            Caps(per_day=30, ramp=RAMP), "2025-05-08T12:00Z", {DAY: 30}, id="the lower of cap and ramp"
        ),
        pytest.param(
            Caps(per_day=30, ramp=RAMP), "2026-05-08T12:00Z", {DAY: 10}, id="the lower of ramp and cap"
        ),
    ],
)
def test_caps_hold_for_a_local_day(caps, started, limits):
    now = at("2026-05-08T14:00Z")
    assert caps_on(caps, at(started) if started else None, BERLIN, now) == limits


def test_caps_that_are_shared_out_leave_one_to_each_at_least():
    caps = Caps(per_minute=3, per_day=50, ramp=Ramp(10, 5, 1, 50))
    assert caps.shared(10) == Caps(per_minute=1, per_day=5, ramp=Ramp(1, 0, 1, 5))
    assert Caps().shared(10) == Caps()
