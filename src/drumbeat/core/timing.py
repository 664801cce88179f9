"""Who sends a step and when it falls due: the sender's choice, the open hours, the first move."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from drumbeat.core import window
from drumbeat.core.delay import add_delay
from drumbeat.core.enrollment import Enrollment
from drumbeat.core.facts import Facts, SenderFacts
from drumbeat.core.flow import Channel, Flow, SendStep, Step, channel_of
from drumbeat.core.window import OpenHours, Window


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
    yield _named(step, facts)
    yield enrollment.chosen_sender_id
    yield facts.contact_sender_ids.get(channel)
    yield facts.sequence.sender_id
    if facts.owner_id is not None:
        yield from sorted(s.id for s in facts.senders.values() if s.owner_id == facts.owner_id)
    yield facts.workspace_sender_id


def _named(step: Step, facts: Facts) -> int | None:
    name = step.sender if isinstance(step, SendStep) else None
    if not name:
        return None
    return min((sender.id for sender in facts.senders.values() if sender.address == name), default=None)


def zone_of(sender: SenderFacts | None, facts: Facts) -> ZoneInfo:
    """Return where windows and days count: the contact's zone, else the sender's, else the workspace's."""
    return facts.zone or (sender.zone if sender else facts.workspace_zone)


def open_hours(sender: SenderFacts | None, facts: Facts) -> tuple[OpenHours, ...]:
    """Return the windows that must all be open before a touch may leave: the sequence's, the sender's."""
    return _laid(facts.sequence.window, sender.window if sender else None, zone_of(sender, facts))


@lru_cache(maxsize=1 << 10)
def _laid(of_sequence: Window | None, of_sender: Window | None, zone: ZoneInfo) -> tuple[OpenHours, ...]:
    return tuple(OpenHours(hours, zone) for hours in (of_sequence, of_sender) if hours is not None)


def due_at(step: Step, enrollment: Enrollment, sender: SenderFacts | None, facts: Facts) -> datetime | None:
    """Return when `step` falls due: delay, then (what reaches the contact) window and jitter.

    The same at every look, as long as settings stay, and not before a move to another version. None: the windows
    never open together.
    """
    zone = zone_of(sender, facts)
    if channel_of(step) is None:
        return _at_least(add_delay(enrollment.origin_at, step.delay, zone), enrollment.not_before)
    seed = f"{enrollment.id}:{step.key}:{enrollment.visit}"
    return window.due_at(
        enrollment.origin_at,
        step.delay,
        zone,
        open_hours(sender, facts),
        facts.sequence.jitter_seconds,
        seed,
        not_before=enrollment.not_before,
    )


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
