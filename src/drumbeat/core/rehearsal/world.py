"""The script as the simulator's outside: chance that is none, from a hash of seed, person and step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from drumbeat.core.delay import add_delay
from drumbeat.core.delivery import Refused
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Flow, TaskStep
from drumbeat.core.pacing import stable_hash
from drumbeat.core.rehearsal.script import REFUSALS, Rate, Script, Story
from drumbeat.core.simulate import DECIDED, Arrival
from drumbeat.core.touch import FailureReason

_A_MOMENT = timedelta(seconds=1)
_AN_ANSWER_TAKES = timedelta(minutes=1)
_AWAY_FOR = timedelta(days=7)

Stories = Mapping[int, Sequence[Story]]


@dataclass(frozen=True, slots=True)
class Scripted:
    """A world that behaves as its script says. `stories` are by person; days are those of `zone`."""

    script: Script
    flow: Flow
    zone: ZoneInfo
    stories: Stories = field(default_factory=dict)
    _rates: dict[str, tuple[Rate, ...]] = field(default_factory=dict)

    def from_the_start(self, start: datetime) -> Iterator[Arrival]:
        """Yield what stories tell that depends on no message."""
        for person_id, told in self.stories.items():
            yield from (self._told(person_id, one, start) for one in told if not one.step)

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        for reason in self._refusals(person_id, step, visit, attempt):
            permanent = reason == FailureReason.REJECTED_PERMANENT
            return Refused(permanent=permanent, of_sender=False, reason=FailureReason(reason))
        return None

    def _refusals(self, person_id: int, step: str, visit: int, attempt: int) -> Iterator[str]:
        told = self.stories.get(person_id)
        if told is not None:
            yield from (
                one.event for one in told if one.event in REFUSALS and one.step == step and attempt == 1
            )
            return
        for rate in self._rates_of(step):
            if rate.event in REFUSALS and self._happens(
                rate.percent, rate.event, person_id, step, visit, attempt
            ):
                yield rate.event

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        if isinstance(self.flow.steps.get(step), TaskStep):
            yield from self._task(person_id, step, visit, at)
            return
        told = self.stories.get(person_id)
        if told is not None:
            first = visit == 1
            mine = (one for one in told if first and one.step == step and one.event not in REFUSALS)
            yield from (self._told(person_id, one, at) for one in mine)
            return
        for rate in self._rates_of(step):
            if rate.event not in REFUSALS and self._happens(rate.percent, rate.event, person_id, step, visit):
                yield _arrival(self._somewhere(rate, person_id, step, visit, at), person_id, rate.event, step)

    def after_asked(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        left = self._roll("decided", person_id, step, visit)
        for decision in self.script.decisions:
            if decision.step != step:
                continue
            left -= _in_ten_thousand(decision.percent)
            if left < 0:
                yield Arrival(at + _AN_ANSWER_TAKES, person_id, DECIDED, step, answer=decision.answer)
                return

    def _task(self, person_id: int, step: str, visit: int, at: datetime) -> Iterator[Arrival]:
        tasks = self.script.tasks
        if self._happens(tasks.percent, "task", person_id, step, visit):
            done_at = max(add_delay(at, tasks.after, self.zone), at + _A_MOMENT)
            yield Arrival(done_at, person_id, EventKind.TASK_COMPLETED.value, step)

    def _told(self, person_id: int, story: Story, since: datetime) -> Arrival:
        at = max(add_delay(since, story.after, self.zone), since + _A_MOMENT)
        return _arrival(at, person_id, story.event, story.step)

    def _rates_of(self, step: str) -> tuple[Rate, ...]:
        known = self._rates.get(step)
        if known is None:
            own = {rate.event for rate in self.script.rates if rate.step == step}
            known = self._rates[step] = tuple(
                rate
                for rate in self.script.rates
                if rate.step == step or (not rate.step and rate.event not in own)
            )
        return known

    def _happens(self, percent: float, *place: object) -> bool:
        return self._roll(*place) < _in_ten_thousand(percent)

    def _roll(self, *place: object) -> int:
        return stable_hash("rehearsal", self.script.seed, *place) % 10_000

    def _somewhere(self, rate: Rate, person_id: int, step: str, visit: int, at: datetime) -> datetime:
        seconds = int((add_delay(at, rate.within, self.zone) - at).total_seconds())
        rolled = stable_hash("moment", self.script.seed, rate.event, person_id, step, visit)
        return at + timedelta(seconds=1 + rolled % max(1, seconds))


def _in_ten_thousand(percent: float) -> int:
    return round(percent * 100)


def _arrival(at: datetime, person_id: int, event: str, step: str) -> Arrival:
    """Absence lasts a week, up to midnight UTC: a mail names a day."""
    returns_at = None
    if event == EventKind.OUT_OF_OFFICE:
        returns_at = (at + _AWAY_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    return Arrival(at, person_id, event, step, returns_at)
