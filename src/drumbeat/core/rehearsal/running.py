"""Lets the scripted time pass, and tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.facts import SequenceFacts
from drumbeat.core.flow import Flow
from drumbeat.core.frequency import FrequencyCap
from drumbeat.core.pacing import Caps
from drumbeat.core.rehearsal.report import Report, report
from drumbeat.core.rehearsal.script import Script
from drumbeat.core.rehearsal.world import Scripted, Stories
from drumbeat.core.simulate import Person, SimulatedSender
from drumbeat.core.simulate.cast import NO_CAPS
from drumbeat.core.simulate.simulation import begin, moments

Told = Callable[[float], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who takes part, through which flow, under which settings. `stories`: those of the script, by person."""

    flow: Flow
    sequence: SequenceFacts
    people: Iterable[Person]
    senders: Mapping[int, SimulatedSender]
    workspace_zone: ZoneInfo
    workspace_sender_id: int | None = None
    stories: Stories = field(default_factory=dict)
    frequency: FrequencyCap | None = None
    workspace_caps: Caps = NO_CAPS
    company_limit: int | None = None


def rehearse(
    cast: Cast, script: Script, start: datetime, until: datetime, told: Told = lambda share: None
) -> Report:
    """Enroll everybody at `start`, let time pass to `until` at most, and count what came.

    `told` hears after each virtual day which share of the time has passed, from 0 to 1.
    """
    world = Scripted(script, cast.flow, cast.workspace_zone, cast.stories)
    run = begin(
        cast.flow,
        cast.sequence,
        cast.people,
        cast.senders,
        world,
        start,
        workspace_zone=cast.workspace_zone,
        workspace_sender_id=cast.workspace_sender_id,
        company_limit=cast.company_limit,
    )
    run.frequency, run.workspace_caps = cast.frequency, cast.workspace_caps
    for arrival in world.from_the_start(start):
        run.expect(arrival)
    ended_at, days = start, -1
    for ended_at in moments(run, start, until):
        if (ended_at - start).days > days:
            days = (ended_at - start).days
            told((ended_at - start) / (until - start) if until > start else 1.0)
    return report(run, start, until, ended_at)
