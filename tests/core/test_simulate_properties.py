"""What holds in the simulator for every flow without circles, whoever takes part and whatever they do."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.conditions import ConditionView
from drumbeat.core.delivery import Refused
from drumbeat.core.pacing import BucketUnit, Caps, bucket_start, stable_hash
from drumbeat.core.simulate import DECIDED, Arrival, Person, SimulatedSender, simulate
from drumbeat.core.touch import FailureReason
from drumbeat.core.window import OFFICE_HOURS, OpenHours, next_open
from tests.support.flows import ZONES
from tests.support.standing import MONDAY, a_sender, a_sequence, after
from tests.support.walks import ANSWERS, bounded_flows

LATER = Refused(permanent=False, of_sender=False, reason=FailureReason.REJECTED_TEMPORARY)
NEVER = Refused(permanent=True, of_sender=False, reason=FailureReason.REJECTED_PERMANENT)
DEAD = Refused(permanent=True, of_sender=False, reason=FailureReason.REJECTED_PERMANENT, dead_address=True)
SICK = Refused(permanent=False, of_sender=True, reason=FailureReason.PROVIDER_ERROR)
EXITS = ("off", "pause", "finish")
SEEDS = st.integers(0, 10**6)


@dataclass(frozen=True)
class Chance:
    """A world of hashes; every task is done or expires."""

    seed: int

    def deliver(self, person_id, step, visit, attempt):
        roll = stable_hash(self.seed, "deliver", person_id, step, visit, attempt) % 20
        return {0: LATER, 1: NEVER, 2: DEAD, 3: SICK}.get(roll)

    def after_sent(self, person_id, step, visit, at):
        roll = stable_hash(self.seed, "after", person_id, step, visit)
        kinds = ("replied", "opted_out", "meeting_booked", "weak_reply", "opened", "converted")
        if roll % 3 == 0:
            yield Arrival(at + timedelta(hours=1 + roll % 90), person_id, kinds[roll % 6], step)
        yield Arrival(at + timedelta(hours=1 + roll % 70), person_id, "task_completed")

    def after_asked(self, person_id, step, visit, at):
        roll = stable_hash(self.seed, "asked", person_id, step, visit)
        if roll % 4:
            answer = ANSWERS[roll % len(ANSWERS)]
            yield Arrival(at + timedelta(minutes=1 + roll % 90), person_id, DECIDED, step, answer=answer)


@st.composite
def casts(draw):
    window = st.sampled_from((None, OFFICE_HOURS))
    cap = st.sampled_from((None, None, 1, 2))
    senders = {
        id_: SimulatedSender(
            a_sender(id_, zone=draw(st.sampled_from(ZONES)), window=draw(window)),
            Caps(draw(cap), draw(cap), draw(cap)),
            MONDAY,
        )
        for id_ in range(1, draw(st.integers(1, 2)) + 1)
    }
    people = [
        Person(id=id_, view=ConditionView(), zone=draw(st.sampled_from((None, *ZONES))))
        for id_ in range(1, draw(st.integers(1, 4)) + 1)
    ]
    settings = {name: draw(st.sampled_from(EXITS)) for name in ("exit_on_reply", "exit_on_meeting")}
    return (
        people,
        senders,
        settings | {"window": draw(window), "jitter_seconds": draw(st.sampled_from((0, 600)))},
    )


def simulated(flow, cast, seed):
    people, senders, settings = cast
    return simulate(
        flow,
        a_sequence(**settings),
        people,
        senders,
        Chance(seed),
        MONDAY,
        after(3650),
        workspace_sender_id=1,
    )


def sent(came):
    return [line for line in came.journal if (line.rule, line.reason) == ("settled", "sent")]


@given(flow=bounded_flows(), cast=casts(), seed=SEEDS)
def test_every_enrollment_comes_to_its_end(flow, cast, seed):
    for enrollment in simulated(flow, cast, seed).enrollments.values():
        assert enrollment.is_finished or enrollment.state == "paused"


@given(flow=bounded_flows(), cast=casts(), seed=SEEDS)
def test_whatever_leaves_leaves_in_open_hours(flow, cast, seed):
    people, senders, settings = cast
    zones = {person.id: person.zone for person in people}
    for line in sent(simulated(flow, cast, seed)):
        windows = [
            [
                OpenHours(window, zones[line.person_id] or sender.facts.zone)
                for window in (settings["window"], sender.facts.window)
                if window is not None
            ]
            for sender in senders.values()
        ]
        assert any(next_open(line.at, hours) == line.at for hours in windows)


@given(flow=bounded_flows(), cast=casts(), seed=SEEDS)
def test_caps_are_kept(flow, cast, seed):
    _, senders, _ = cast
    came = simulated(flow, cast, seed)
    assert sum(came.sent.values()) >= len(sent(came))  # who paused meanwhile has not heard of the last one
    for (_, sender_id), count in came.sent.items():
        assert count <= (senders[sender_id].caps.per_day or count)
    for unit in (BucketUnit.MINUTE, BucketUnit.HOUR):
        limits = [getattr(sender.caps, f"per_{unit}") for sender in senders.values()]
        zone = senders[1].facts.zone
        used = Counter(bucket_start(unit, line.at, zone) for line in sent(came))
        assert len(senders) > 1 or max(used.values(), default=0) <= (limits[0] or len(came.journal))


@given(flow=bounded_flows(), cast=casts(), seed=SEEDS)
def test_no_step_is_planned_or_sent_twice_and_time_never_runs_back(flow, cast, seed):
    came = simulated(flow, cast, seed)
    ended = ("settled", "failed", "acted")
    done = Counter((line.person_id, line.step, line.visit) for line in came.journal if line.rule in ended)
    assert max(done.values(), default=0) <= 1
    times = [line.at for line in came.journal]
    assert times == sorted(times)
    ends = {line.person_id: i for i, line in enumerate(came.journal) if line.rule == "finished"}
    assert all(i <= ends.get(line.person_id, i) for i, line in enumerate(came.journal))


@given(flow=bounded_flows(), cast=casts(), seed=SEEDS)
def test_the_same_arguments_give_the_same_answer(flow, cast, seed):
    assert simulated(flow, cast, seed) == simulated(flow, cast, seed)
