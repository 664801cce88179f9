"""What a rehearsal brought, counted from what the simulator left: volumes, waits, ends, and each step's tally."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from drumbeat.core.pacing import BucketUnit, caps_on
from drumbeat.core.simulate import JournalLine, SimulatedSender
from drumbeat.core.simulate.outbox import Touch
from drumbeat.core.simulate.run import Post, Run, Stop
from drumbeat.core.touch import CONTACT_FACING, HoldReason, TouchStatus

FORMAT = 1
"""Of the JSON form; it grows when a key goes or changes its meaning."""
A_DAY = timedelta(days=1)
LONGEST_STOP_FIRST = (BucketUnit.DAY, BucketUnit.HOUR, BucketUnit.MINUTE, None)
FORKS = frozenset({"branched", "split", "decided", "waited", "went_back", "went_on"})
"""Rules whose reason names the way that was taken."""


@dataclass(frozen=True, slots=True)
class DayVolume:
    """One local day of a sender. `waiting`: due by the end of the day and not sent. `cap` None: it has none."""

    day: date
    sender_id: int
    sent: int
    waiting: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages of a sender that were due on `day` and left later, or never. `longest`: of those that left.

    `reason`: cap_day, cap_hour, cap_minute, spacing, retry, or hold (a window, an absence, a sender that is away).
    """

    day: date
    sender_id: int
    reason: str
    messages: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class End:
    """How many people stand so in the end. `reason`: of a finish, pause or block."""

    state: str
    reason: str
    people: int


@dataclass(slots=True)
class StepTally:
    """What happened at one step. `entered` counts visits, `standing` people who are still at it.

    `done`: messages that were sent, tasks and actions that were carried out; `moments`: when. `ways`: by branch, arm
    or answer.
    """

    key: str
    kind: str
    name: str
    entered: int = 0
    done: int = 0
    standing: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    moments: list[datetime] = field(default_factory=list)

    def did(self, at: datetime) -> None:
        self.done += 1
        self.moments.append(at)

    def quarters(self) -> Sequence[datetime]:
        """Return when it was first done, when for a quarter, half and three quarters, and when last; nothing if never.

        Each is a moment at which it was done, so that its day is one on which something happens.
        """
        ordered = sorted(self.moments)
        return [ordered[(len(ordered) - 1) * quarter // 4] for quarter in range(5)] if ordered else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`until`: how far time was let pass at most; `ended_at`: the last moment at which anything was due.

    `left_out`: who did not begin, since enough people of the same company do.
    """

    people: int
    starts_at: datetime
    until: datetime
    ended_at: datetime
    messages: int
    first_send_at: datetime | None
    last_send_at: datetime | None
    volumes: Sequence[DayVolume]
    waits: Sequence[Waiting]
    ends: Sequence[End]
    steps: Sequence[StepTally]
    left_out: int = 0


def report(run: Run, start: datetime, until: datetime, ended_at: datetime) -> Report:
    """Count what came of a run."""
    messages = [touch for touch in run.touches.values() if touch.plan.kind in CONTACT_FACING]
    sent = [touch.settled_at for touch in messages if _left(touch) and touch.settled_at is not None]
    senders = {id_: replace(post.sender, started_at=post.started_at) for id_, post in run.posts.items()}
    return Report(
        people=len(run.standings),
        left_out=run.left_out,
        starts_at=start,
        until=until,
        ended_at=ended_at,
        messages=len(sent),
        first_send_at=min(sent, default=None),
        last_send_at=max(sent, default=None),
        volumes=_volumes(messages, senders, run.sent, until),
        waits=_waits(messages, run.posts, until),
        ends=_ends(run),
        steps=list(_tallies(run).values()),
    )


def _left(touch: Touch) -> bool:
    return touch.status in (TouchStatus.SENT, TouchStatus.DELIVERED)


def _due(touch: Touch) -> datetime:
    """A touch is due when its step is, or when it is written: later after a pause."""
    return max(touch.plan.due_at, touch.created_at)


def _volumes(
    messages: Iterable[Touch],
    senders: Mapping[int, SimulatedSender],
    sent: Mapping[tuple[str, int], int],
    until: datetime,
) -> list[DayVolume]:
    counts: Counter[tuple[date, int]] = Counter()
    for (text, sender_id), count in sent.items():
        counts[date.fromisoformat(text), sender_id] += count
    waiting: Counter[tuple[date, int]] = Counter()
    for touch, sender_id in _with_sender(messages):
        zone = senders[sender_id].facts.zone
        day, left_on = (at.astimezone(zone).date() for at in (_due(touch), touch.settled_at or until + A_DAY))
        while day < left_on:
            waiting[day, sender_id] += 1
            day += A_DAY
    return [
        DayVolume(day, id_, counts[day, id_], waiting[day, id_], cap_on(senders[id_], day))
        for day, id_ in sorted({*counts, *waiting})
    ]


def cap_on(sender: SimulatedSender, day: date) -> int | None:
    """Return what the sender may send on a local day of its own; None is no limit."""
    zone = sender.facts.zone
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    return caps_on(sender.caps, sender.started_at, zone, noon).get(BucketUnit.DAY)


def _with_sender(messages: Iterable[Touch]) -> Iterator[tuple[Touch, int]]:
    return ((touch, touch.plan.sender_id) for touch in messages if touch.plan.sender_id is not None)


def _waits(messages: Iterable[Touch], posts: Mapping[int, Post], until: datetime) -> list[Waiting]:
    late: Counter[tuple[date, int, str]] = Counter()
    longest: dict[tuple[date, int, str], timedelta] = {}
    stops = {sender_id: _stops(post) for sender_id, post in posts.items()}
    for touch, sender_id in _with_sender(messages):
        due, gone_at = _due(touch), touch.settled_at or until
        if gone_at <= due:
            continue
        day = due.astimezone(posts[sender_id].sender.facts.zone).date()
        key = day, sender_id, stops[sender_id].reason(touch, due, gone_at)
        late[key] += 1
        longest[key] = max(gone_at - due if _left(touch) else timedelta(), longest.get(key, timedelta()))
    return [Waiting(*key, count, longest[key]) for key, count in sorted(late.items())]


@dataclass(frozen=True, slots=True)
class _Stops:
    """When one sender was full, by unit: disjoint stretches in the order of time."""

    by_unit: Mapping[BucketUnit | None, Sequence[Stop]]

    def reason(self, touch: Touch, due: datetime, until: datetime) -> str:
        """Name the longest stop of its sender between due and left; another try hides what else held it."""
        if touch.attempts > 1:
            return "retry"
        for unit in LONGEST_STOP_FIRST:
            stops = self.by_unit.get(unit, ())
            place = bisect_left(stops, until, key=lambda stop: stop.since)
            if place and stops[place - 1].until > due:
                return HoldReason.SPACING if unit is None else f"cap_{unit}"
        return "hold"


def _stops(post: Post) -> _Stops:
    by_unit: dict[BucketUnit | None, list[Stop]] = {}
    for stop in post.stops:
        by_unit.setdefault(stop.unit, []).append(stop)
    return _Stops(by_unit)


def _ends(run: Run) -> list[End]:
    counts = Counter((one.enrollment.state.value, one.enrollment.reason) for one in run.standings)
    return [End(state, reason, count) for (state, reason), count in sorted(counts.items(), key=_most_first)]


def _most_first(item: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -item[1], item[0]


def _tallies(run: Run) -> dict[str, StepTally]:
    tallies = {key: StepTally(key, step.kind, step.name) for key, step in run.flow.steps.items()}
    for standing in run.standings:
        for key, visits in standing.enrollment.visits.items():
            tallies[key].entered += visits
        if not standing.enrollment.is_finished and standing.enrollment.step is not None:
            tallies[standing.enrollment.step].standing += 1
    for (_, key, _), touch in run.touches.items():
        _count(tallies[key], touch)
    for line in run.journal:
        if line.step in tallies:
            _read(tallies[line.step], line)
    return tallies


_DONE = frozenset({TouchStatus.SENT, TouchStatus.DELIVERED, TouchStatus.COMPLETED})


def _count(tally: StepTally, touch: Touch) -> None:
    if touch.status in _DONE and touch.settled_at is not None:
        tally.did(touch.settled_at)


def _read(tally: StepTally, line: JournalLine) -> None:
    if line.rule == "skipped":
        tally.skipped[line.reason] += 1
    elif line.rule == "failed":
        tally.failed[line.reason] += 1
    elif line.rule == "acted":
        tally.did(line.at)
    elif line.rule in FORKS:
        tally.ways[line.reason] += 1
