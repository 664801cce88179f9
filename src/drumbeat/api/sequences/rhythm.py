"""A flow as a line in time: when each step comes on average, which steps are drawn, what lies ahead. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.flow import EndStep, Flow, GoToStep, SendStep, Step, TaskStep, ways_out

_LENGTHS: Mapping[DelayUnit, timedelta] = {
    DelayUnit.MINUTES: timedelta(minutes=1),
    DelayUnit.HOURS: timedelta(hours=1),
    DelayUnit.DAYS: timedelta(days=1),
    DelayUnit.WEEKDAYS: timedelta(days=7) / 5,
    DelayUnit.WEEKS: timedelta(weeks=1),
}


@dataclass(frozen=True, slots=True)
class Beat:
    """A step on the line: `after` the start, `waits` its own delay; `drawn` if it is a mark of its own."""

    step: Step
    after: timedelta
    waits: timedelta
    drawn: bool


def length(delay: Delay) -> timedelta:
    """Return how long a delay is on average: five weekdays are a week."""
    return delay.value * _LENGTHS[delay.unit]


def beats(flow: Flow) -> list[Beat]:
    """Return every reachable step, in the order of the line. Of several ways to one the first counts."""
    after = _arrivals(flow)
    way = set(main_way(flow))
    steps = sorted(after.items(), key=lambda arrival: arrival[1])
    return [_beat(flow.steps[key], at, drawn=key in way) for key, at in steps]


def _beat(step: Step, after: timedelta, *, drawn: bool) -> Beat:
    return Beat(step, after, length(step.delay), drawn and is_drawable(step))


def _arrivals(flow: Flow) -> dict[str, timedelta]:
    """Walk breadth first; a go-to leads back to steps that were met before."""
    found: dict[str, timedelta] = {}
    queue = deque([(flow.start, timedelta(0))])
    while queue:
        key, left = queue.popleft()
        if key is None or key not in flow.steps or key in found:
            continue
        step = flow.steps[key]
        found[key] = left + length(step.delay)
        queue.extend((way, found[key]) for way in ways_out(step))
    return found


def main_way(flow: Flow) -> tuple[str, ...]:
    """Return the way through the flow that reaches the contact most often: the line that is drawn."""
    longest: dict[str, tuple[str, ...]] = {}

    def walk(key: str | None, above: frozenset[str]) -> tuple[str, ...]:
        if key is None or key in above or key not in flow.steps:
            return ()
        if key not in longest:
            ahead = [walk(way, above | {key}) for way in _forward(flow.steps[key])]
            longest[key] = (key, *max(ahead, key=lambda way: _drawn(flow, way), default=()))
        return longest[key]

    return walk(flow.start, frozenset())


def _forward(step: Step) -> Iterator[str | None]:
    if isinstance(step, GoToStep):
        yield step.next
    else:
        yield from ways_out(step)


def _drawn(flow: Flow, way: tuple[str, ...]) -> int:
    return sum(is_drawable(flow.steps[key]) for key in way)


def is_drawable(step: Step) -> bool:
    """Tell whether a step reaches people, so that it can be a mark on the line."""
    return isinstance(step, SendStep | TaskStep)


def ahead(flow: Flow, key: str | None) -> int:
    """Count the messages and tasks on the plain way from step `key` on, that one included."""
    met: set[str] = set()
    count = 0
    while key is not None and key in flow.steps and key not in met:
        met.add(key)
        step = flow.steps[key]
        count += is_drawable(step)
        key = None if isinstance(step, EndStep) else step.next
    return count
