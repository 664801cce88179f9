"""Virtual time: it moves only to the next moment at which something is due.

At each, planning and sending alternate until nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.facts import SequenceFacts
from drumbeat.core.flow import Flow
from drumbeat.core.simulate.cast import Arrival, Person, SimulatedSender, Simulation, World
from drumbeat.core.simulate.planning import plan
from drumbeat.core.simulate.run import Post, Run
from drumbeat.core.simulate.sending import send

_UTC = ZoneInfo("UTC")


def simulate(  # noqa: PLR0913 - the parts of a world, each of which a caller may choose
    flow: Flow,
    sequence: SequenceFacts,
    people: Iterable[Person],
    senders: Mapping[int, SimulatedSender],
    world: World,
    start: datetime,
    until: datetime,
    *,
    workspace_zone: ZoneInfo = _UTC,
    workspace_sender_id: int | None = None,
    arrivals: Sequence[Arrival] = (),
) -> Simulation:
    """Enroll everybody at `start` and let time pass to `until`, or until nothing is due any more.

    As in the engine, only an active sequence moves: simulate a draft as if it were active.
    """
    run = Run(
        flow,
        sequence,
        {id_: Post(sender) for id_, sender in senders.items()},
        {id_: sender.facts for id_, sender in senders.items()},
        world,
        workspace_zone,
        workspace_sender_id,
    )
    for arrival in arrivals:
        run.expect(arrival)
    for person in people:
        run.enroll(person, _enrolled(person.id, flow, start))
    ended_at = _pass(run, start, until)
    standing = {one.person.id: one.enrollment for one in run.standings}
    return Simulation(
        journal=run.journal, enrollments=standing, sent=run.sent, held=run.held, ended_at=ended_at
    )


def _enrolled(id_: int, flow: Flow, now: datetime) -> Enrollment:
    return Enrollment(
        id=id_,
        state=EnrollmentState.ACTIVE,
        step=flow.start,
        visits={flow.start: 1} if flow.start else {},
        origin_at=now,
        next_step_at=now,
        approved_at=now,
    )


def _pass(run: Run, now: datetime, until: datetime) -> datetime:
    while True:
        run.arrive(now)
        while plan(run, now) + send(run, now):
            pass
        following = _next_moment(run, now)
        if following is None or following > until:
            return now
        now = following


def _next_moment(run: Run, now: datetime) -> datetime | None:
    moments = [run.next_look(), run.arrivals[0].at if run.arrivals else None]
    for post in run.posts.values():
        ripens = now if post.outbox.size else post.outbox.next_moment()
        moments.append(None if ripens is None else post.free_from(ripens))
    return min((moment for moment in moments if moment is not None and moment > now), default=None)
