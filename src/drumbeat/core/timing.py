"""Who sends a step and when it falls due: the sender's choice, the open hours, the first move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from drumbeat.core import window
from drumbeat.core.delay import Delay, add_delay
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import Facts, SenderFacts
from drumbeat.core.flow import Channel, Flow, SendStep, Step, channel_of
from drumbeat.core.holidays import Holidays
from drumbeat.core.quiet_hours import daytime
from drumbeat.core.window import ALWAYS, OpenHours, Window


def choose_sender(step: Step, enrollment: Enrollment, facts: Facts) -> SenderFacts | None:
    """Return the first sender on the step's channel that exists and is enabled, None when there is none.

    An unhealthy one is still chosen: its touches wait for it. What was chosen at the first look stays.
    """
    channel = channel_of(step)
    if channel is None:
        return None
    for sender_id in _candidates(step, channel, enrollment, facts):
        sender = facts.senders.get(sender_id) if sender_id is not None else None
        if sender is not None and sender.enabled and sender.channel is channel:
            return sender
    return None


def _candidates(step: Step, channel: Channel, enrollment: Enrollment, facts: Facts) -> Iterator[int | None]:
    yield enrollment.step_sender_id
    yield _named(step, channel, facts)
    yield enrollment.chosen_sender_id
    yield facts.contact_sender_ids.get(channel)
    yield facts.sequence.sender_id
    if facts.owner_id is not None:
        yield from sorted(s.id for s in facts.senders.values() if s.owner_id == facts.owner_id)
    yield facts.workspace_sender_id
    if channel is not Channel.EMAIL:  # a number that is nobody's is the workspace's
        yield from sorted(s.id for s in facts.senders.values() if s.owner_id is None)


def _named(step: Step, channel: Channel, facts: Facts) -> int | None:
    """Return the sender that a step names. A number may have a sender for each channel."""
    name = step.sender if isinstance(step, SendStep) else None
    if not name:
        return None
    named = [s.id for s in facts.senders.values() if s.address == name and s.channel is channel]
    return min(named, default=None)


def zone_of(sender: SenderFacts | None, facts: Facts) -> ZoneInfo:
    """Return where windows and days count: the contact's zone, else the sender's, else the workspace's."""
    return facts.zone or (sender.zone if sender else facts.workspace_zone)


def open_hours(sender: SenderFacts | None, facts: Facts) -> tuple[OpenHours, ...]:
    """Return the windows that must all be open before a touch may leave: the sequence's, the sender's."""
    of_sender = sender.window if sender else None
    return laid(facts.sequence.window, facts.sequence.holidays, of_sender, zone_of(sender, facts))


@lru_cache(maxsize=1 << 10)
def laid(
    of_sequence: Window | None, holidays: Holidays, of_sender: Window | None, zone: ZoneInfo
) -> tuple[OpenHours, ...]:
    """Lay the windows over the calendar of `zone`. A sequence without one rests on its holidays all the same."""
    if of_sequence is None and holidays:
        of_sequence = ALWAYS
    own = () if of_sequence is None else (OpenHours(of_sequence, zone, holidays or frozenset()),)
    return own if of_sender is None else (*own, OpenHours(of_sender, zone))


def quiet_hours(step: Step, facts: Facts) -> tuple[OpenHours, ...]:
    """Return the hours of day that a text or a call keeps where the contact is; none for other steps."""
    channel = channel_of(step)
    return () if channel is None else daytime(channel, facts.zone, facts.phone, facts.workspace_zone)


def due_at(step: Step, enrollment: Enrollment, sender: SenderFacts | None, facts: Facts) -> datetime | None:
    """Return when `step` falls due: delay, then (what reaches the contact) window, quiet hours and jitter.

    The same at every look, as long as settings stay, and not before a move to another version. None: the windows
    never open together.
    """
    zone, holidays = zone_of(sender, facts), facts.sequence.holidays
    if channel_of(step) is None:
        later = add_delay(enrollment.origin_at, step.delay, zone, holidays)
        return _at_least(later, enrollment.not_before)
    seed = f"{enrollment.id}:{step.key}:{enrollment.visit}"
    return window.due_at(
        enrollment.origin_at,
        step.delay,
        zone,
        (*open_hours(sender, facts), *quiet_hours(step, facts)),
        facts.sequence.jitter_seconds,
        seed,
        holidays=holidays,
        not_before=enrollment.not_before,
    )


def later(origin: datetime, delay: Delay, facts: Facts) -> datetime:
    """Count a delay that no sender's zone bears on, such as a time limit; weekdays leave out the holidays."""
    return add_delay(origin, delay, zone_of(None, facts), facts.sequence.holidays)


def _at_least(moment: datetime, not_before: datetime | None) -> datetime:
    return moment if not_before is None else max(moment, not_before)


def is_first_send(step: Step, enrollment: Enrollment, flow: Flow) -> bool:
    """Say whether this is the first entry into a send step. A key of an older version counts for nothing."""
    entered = sum(
        count
        for key, count in enrollment.visits.items()
        if (known := flow.steps.get(key)) is not None and channel_of(known) is not None
    )
    return entered <= 1
