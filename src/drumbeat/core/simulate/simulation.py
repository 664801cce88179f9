"""Virtual time: it moves only to the next moment at which something is due.

At each, planning and sending alternate until nothing is left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.facts import SequenceFacts
from drumbeat.core.flow import Flow
from drumbeat.core.frequency import FrequencyCap
from drumbeat.core.pacing import Caps
from drumbeat.core.simulate.cast import (
    NO_CAPS,
    Arrival,
    AskedMove,
    Person,
    SimulatedSender,
    Simulation,
    World,
)
from drumbeat.core.simulate.planning import ask_over, plan
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
    frequency: FrequencyCap | None = None,
    workspace_caps: Caps = NO_CAPS,
    company_limit: int | None = None,
    arrivals: Sequence[Arrival] = (),
    moves: Sequence[AskedMove] = (),
) -> Simulation:
    """Enroll everybody at `start` and let time pass to `until`, or until nothing is due any more.

    Of one company only the first `company_limit` begin.

    As in the engine, only an active sequence moves: simulate a draft as if it were active.
    """
    run = begin(
        flow,
        sequence,
        people,
        senders,
        world,
        start,
        workspace_zone=workspace_zone,
        company_limit=company_limit,
    )
    run.workspace_sender_id, run.frequency = workspace_sender_id, frequency
    run.workspace_caps = workspace_caps
    for arrival in arrivals:
        run.expect(arrival)
    run.moves.extend(sorted(moves, key=lambda asked: asked.at))
    passed = deque(moments(run, start, until), maxlen=1)
    return _came(run, passed[0] if passed else start)


def _came(run: Run, ended_at: datetime) -> Simulation:
    for post in run.every_post().values():
        while post.outbox.size:
            run.capped(post.outbox.pop(), post)
    return Simulation(
        journal=run.journal,
        enrollments={one.person.id: one.enrollment for one in run.standings},
        sent=run.sent,
        held=run.held,
        started={id_: post.started_at for id_, post in run.posts.items()},
        ended_at=ended_at,
        left_out=run.left_out,
    )


def begin(  # noqa: PLR0913 - the parts of a world
    flow: Flow,
    sequence: SequenceFacts,
    people: Iterable[Person],
    senders: Mapping[int, SimulatedSender],
    world: World,
    start: datetime,
    *,
    workspace_zone: ZoneInfo = _UTC,
    workspace_sender_id: int | None = None,
    company_limit: int | None = None,
) -> Run:
    """Enroll everybody at `start`, of one company the first `company_limit`; no time has passed yet."""
    run = Run(
        flow=flow,
        sequence=sequence,
        posts={id_: Post(sender) for id_, sender in senders.items()},
        senders={id_: sender.facts for id_, sender in senders.items()},
        world=world,
        workspace_zone=workspace_zone,
        workspace_sender_id=workspace_sender_id,
    )
    for person in people:
        if company_limit is not None and len(run.colleagues.get(person.company, ())) >= company_limit:
            run.left_out += 1
            continue
        run.enroll(person, _enrolled(person.id, flow, start))
    return run


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


def moments(run: Run, start: datetime, until: datetime) -> Iterator[datetime]:
    """Work off one due moment after the other, from `start` to `until`, and yield each when it is done."""
    now: datetime | None = start
    while now is not None and now <= until:
        run.arrive(now)
        while run.moves and run.moves[0].at <= now:
            ask_over(run, run.moves.pop(0).move, now)
        while plan(run, now) + send(run, now):
            pass
        yield now
        now = _next_moment(run, now)


def _next_moment(run: Run, now: datetime) -> datetime | None:
    due = [run.next_look(), run.arrivals[0].at if run.arrivals else None]
    due += [asked.at for asked in run.moves[:1]]
    for post in run.every_post().values():
        ripens = now if post.outbox.size else post.outbox.next_moment()
        due.append(None if ripens is None else post.free_from(ripens))
    return min((moment for moment in due if moment is not None and moment > now), default=None)
