"""Counts what became of every sender's mail, and holds a sender before it is blocked for good."""

from __future__ import annotations

from datetime import datetime, timedelta

from drumbeat.core.reputation import Level, judge, sentence
from drumbeat.store import consumer_counts, sender_records

EVERY = timedelta(minutes=5)


def judge_once(now: datetime) -> None:
    """Count, judge and write; hold those that exceed a limit, warn of those that come near.

    Who is held stays held whatever is counted later: only a person releases it.
    """
    sender_records.note_released(now)
    sender_records.keep_down(now)
    counted = sender_records.count(now)
    judged = [(one, judge(one.counts)) for one in counted]
    sender_records.save(
        ((one, Level.HOLD if one.is_held else standing.level) for one, standing in judged), now
    )
    consumer_counts.note(now)
    for one, standing in judged:
        if standing.level is Level.HOLD and not one.is_held:
            sender_records.hold(one.sender_id, sentence(standing, one.counts), now)
        elif standing.level is Level.WARNING and not (one.was_told or one.is_held):
            sender_records.warn(one.sender_id, sentence(standing, one.counts), now)
    sender_records.calm(
        one.sender_id
        for one, standing in judged
        if one.was_told and not one.is_held and standing.level not in (Level.WARNING, Level.HOLD)
    )
