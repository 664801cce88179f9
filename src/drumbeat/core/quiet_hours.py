"""When a text or a call may reach somebody: from 8:00 to 21:00 where that person is. Pure.

Numbers are placed by the data of `phonenumbers`; laying the hours over the calendar is the work of `window`.
"""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from drumbeat.core.flow import Channel
from drumbeat.core.window import OpenHours, Span, Window

DAYTIME = Window(((Span(8 * 60, 21 * 60),),) * 7)
RINGS = frozenset({Channel.SMS, Channel.VOICE})
"""The channels that ring: what is read when one likes (mail, WhatsApp) keeps no quiet hours."""


@lru_cache(maxsize=1 << 12)
def daytime(
    channel: Channel, zone: ZoneInfo | None, number: str, fallback: ZoneInfo
) -> tuple[OpenHours, ...]:
    """Return the hours that must all be open before `channel` may reach `number`; none where it keeps no quiet hours.

    `zone` is the recipient's own. Where nobody knows it, every zone that the number may lie in must allow it. A
    number that lies nowhere (a satellite phone, +800) has no local time, and no hour is day all over the world:
    `fallback`, the workspace's zone, counts.
    """
    if channel not in RINGS:
        return ()
    zones = (zone,) if zone is not None else zones_of(number) or (fallback,)
    return tuple(OpenHours(DAYTIME, each) for each in zones)


@lru_cache(maxsize=1 << 14)
def zones_of(number: str) -> tuple[ZoneInfo, ...]:
    """Return every zone in which a number in international form may be answered; none when nobody can say."""
    from phonenumbers import NumberParseException, parse  # slow to import, and mail needs neither
    from phonenumbers.timezone import time_zones_for_number

    try:
        names = time_zones_for_number(parse(number))
    except NumberParseException:
        return ()
    return tuple(zone for name in names if (zone := _zone(name)) is not None)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):  # Etc/Unknown, or one that this machine's data do not have
        return None
