"""Quiet hours of texts and calls: 8:00 to 21:00 where the recipient is, and everywhere the recipient may be."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from phonenumbers.tzdata import TIMEZONE_DATA

from drumbeat.core import quiet_hours
from drumbeat.core.flow import Channel
from drumbeat.core.quiet_hours import DAYTIME, daytime, zones_of
from drumbeat.core.window import OpenHours, next_open

BERLIN, HONOLULU = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Honolulu")
NEW_YORKER, CALIFORNIAN, TOLL_FREE = "+12125551234", "+14155552671", "+18005551234"
RUSSIAN_MOBILE, SATELLITE = "+79161234567", "+870773111632"


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def opens(moment, number, zone=None, channel=Channel.SMS):
    return next_open(at(moment), daytime(channel, zone, number, BERLIN))


@pytest.mark.parametrize(
    ("number", "zone", "moment", "expected"),
    [
        pytest.param(NEW_YORKER, None, "2026-07-01T12:00", "2026-07-01T12:00", id="8:00 in New York"),
        pytest.param(NEW_YORKER, None, "2026-07-01T11:59", "2026-07-01T12:00", id="a minute before"),
        pytest.param(NEW_YORKER, None, "2026-07-02T00:59", "2026-07-02T00:59", id="20:59 in New York"),
        pytest.param(NEW_YORKER, None, "2026-07-02T01:00", "2026-07-02T12:00", id="21:00 in New York"),
        pytest.param(NEW_YORKER, None, "2026-01-15T12:00", "2026-01-15T13:00", id="winter time"),
        pytest.param(CALIFORNIAN, None, "2026-07-01T12:00", "2026-07-01T15:00", id="another coast"),
        pytest.param(NEW_YORKER, HONOLULU, "2026-07-01T12:00", "2026-07-01T18:00", id="one's own zone"),
        pytest.param(TOLL_FREE, None, "2026-07-01T12:00", "2026-07-01T22:00", id="from Guam to St. John's"),
        pytest.param(
            TOLL_FREE, None, "2026-07-01T23:29", "2026-07-01T23:29", id="the last minute of them all"
        ),
        pytest.param(TOLL_FREE, None, "2026-07-01T23:30", "2026-07-02T22:00", id="21:00 in St. John's"),
        pytest.param(
            RUSSIAN_MOBILE, None, "2026-07-01T05:00", "2026-07-01T05:00", id="from Bucharest to Anadyr"
        ),
        pytest.param(RUSSIAN_MOBILE, None, "2026-07-01T09:00", "2026-07-02T05:00", id="evening in Anadyr"),
        pytest.param(SATELLITE, None, "2026-07-01T05:00", "2026-07-01T06:00", id="nowhere: the workspace's"),
        pytest.param("", None, "2026-07-01T05:00", "2026-07-01T06:00", id="no number: the workspace's"),
        pytest.param("call me", None, "2026-07-01T05:00", "2026-07-01T06:00", id="no number at all"),
        pytest.param("+1", None, "2026-07-01T05:00", "2026-07-01T06:00", id="half a number"),
        pytest.param("+10000000000", None, "2026-07-01T05:00", "2026-07-01T06:00", id="an impossible number"),
    ],
)
def test_a_text_may_arrive_from(number, zone, moment, expected):
    assert opens(moment, number, zone) == at(expected)


@pytest.mark.parametrize(
    ("channel", "keeps"),
    [(Channel.SMS, True), (Channel.VOICE, True), (Channel.WHATSAPP, False), (Channel.EMAIL, False)],
)
def test_what_rings_keeps_quiet_hours(channel, keeps):
    assert bool(daytime(channel, None, NEW_YORKER, BERLIN)) is keeps


def test_every_zone_that_a_number_may_lie_in_counts():
    assert daytime(Channel.VOICE, None, CALIFORNIAN, BERLIN) == (
        OpenHours(DAYTIME, ZoneInfo("America/Los_Angeles")),
    )
    assert len(daytime(Channel.VOICE, None, TOLL_FREE, BERLIN)) == len(zones_of(TOLL_FREE)) > 30


def test_a_zone_that_this_machine_does_not_know_is_left_out(monkeypatch):
    def unknown(name):
        raise ValueError(name)

    monkeypatch.setattr(quiet_hours, "ZoneInfo", unknown)
    assert zones_of.__wrapped__(NEW_YORKER) == ()


@pytest.mark.parametrize("month", [1, 7])
def test_wherever_a_number_may_lie_some_minutes_of_each_day_are_day_everywhere(month):
    """A text to such a number waits for a day at most, never for ever."""
    start = datetime(2026, month, 14, tzinfo=UTC)
    for names in sorted(set(TIMEZONE_DATA.values())):
        hours = [OpenHours(DAYTIME, ZoneInfo(name)) for name in names if name != "Etc/Unknown"]
        found = next_open(start, hours)
        assert found is not None and found - start < timedelta(days=1), names
