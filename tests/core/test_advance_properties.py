"""What holds for every flow that may be published, whatever happens on the way."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.advance import MOST_MOVES, Act, PlanTouch, look
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.stops import is_new
from drumbeat.core.touch import TouchStatus
from tests.support.standing import MONDAY
from tests.support.walks import ACTIONS, KINDS, STARTS, Walk, publishable_flows

WALKS = st.lists(ACTIONS, min_size=4, max_size=15)
PAUSE, RESUME = Verb(kind=VerbKind.PAUSE), Verb(kind=VerbKind.RESUME)
NOT_AGAIN = frozenset(TouchStatus) - {TouchStatus.PLANNED, TouchStatus.SCHEDULED, TouchStatus.CANCELLED}


def looks(walk, actions):
    """Yield the walk and each look's verb, before the look."""
    for action in [None, *actions]:
        yield walk.do(action) if action else None


@given(flow=publishable_flows(), state=STARTS, actions=WALKS)
def test_a_look_always_answers_and_leaves_nothing_for_a_second_one(flow, state, actions):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        taken = walk.look(verb)
        if len(taken.entries) < MOST_MOVES:
            again = look(walk.enrollment, flow, walk.known(), walk.now)
            assert (again.enrollment, again.entries, again.effects) == (walk.enrollment, (), ())


@given(flow=publishable_flows(), state=STARTS, actions=WALKS, early=st.timedeltas(timedelta(), timedelta(90)))
def test_a_look_too_early_moves_nothing(flow, state, actions, early):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        walk.look(verb)
        before, next_look = walk.enrollment, walk.enrollment.next_step_at
        moment = walk.now + early
        if next_look is not None and moment < next_look:
            taken = look(before, flow, walk.known(), moment)
            assert (taken.enrollment, taken.effects) == (before, ())


@given(flow=publishable_flows(), state=STARTS, actions=WALKS)
def test_a_finished_enrollment_has_reached_its_end(flow, state, actions):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        before = walk.enrollment
        taken = walk.look(verb)
        if before.is_finished:
            assert (taken.enrollment, taken.entries, taken.effects) == (before, (), ())
        if taken.enrollment.is_finished:
            assert taken.enrollment.next_step_at is None
            assert taken.enrollment.finished_at is not None
            assert taken.enrollment.reason


@given(flow=publishable_flows(), state=STARTS, actions=WALKS)
def test_nothing_is_planned_twice(flow, state, actions):
    """A key that was never handed over may be planned again: it is the same row."""
    walk, acted = Walk.begin(flow, state), set()
    for verb in looks(walk, actions):
        before = dict(walk.touches)
        planned = []
        for effect in walk.look(verb).effects:
            match effect:
                case PlanTouch(step=step, visit=visit):
                    known = before.get((step, visit))
                    assert known is None or known.status not in NOT_AGAIN
                    planned.append((step, visit))
                case Act(step=step, visit=visit):
                    assert (step.key, visit) not in acted
                    acted.add((step.key, visit))
        assert len(planned) == len(set(planned))


@given(flow=publishable_flows(), state=STARTS, actions=WALKS)
def test_nothing_happens_where_it_may_not(flow, state, actions):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        before = walk.enrollment.state
        taken = walk.look(verb)
        asked = verb.kind if verb else None
        if walk.facts.sequence.state != "active":
            assert taken.effects == ()
        if walk.enrollment.approved_at is None:
            assert taken.effects == ()
            assert taken.enrollment.visits == {flow.start: 1}
        if before is EnrollmentState.PENDING_REVIEW and asked is not VerbKind.APPROVE:
            assert taken.effects == ()


@given(flow=publishable_flows(), state=STARTS, actions=WALKS)
def test_a_fact_is_new_once(flow, state, actions):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        walk.look(verb)
        if not walk.enrollment.is_finished:
            assert not any(is_new(kind, walk.enrollment, walk.facts) for kind in KINDS)


@given(
    flow=publishable_flows(), state=STARTS, actions=WALKS, kind=st.sampled_from(("opted_out", "complained"))
)
def test_a_stop_wins_wherever_it_stands(flow, state, actions, kind):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        walk.look(verb)
    was_finished = walk.enrollment.is_finished
    walk.do(("hear", kind))
    taken = walk.look()
    assert taken.enrollment.is_finished
    assert taken.effects == ()
    assert was_finished or taken.enrollment.reason in (kind, "complained", "opted_out")


@given(flow=publishable_flows(), state=STARTS, actions=WALKS)
def test_pausing_and_resuming_at_once_leads_back(flow, state, actions):
    walk = Walk.begin(flow, state)
    for verb in looks(walk, actions):
        walk.look(verb)
        before = walk.enrollment
        runs = walk.facts.sequence.state == "active" and before.next_step_at != walk.now
        if before.is_finished or before.state is EnrollmentState.PAUSED or not runs:
            continue
        held = look(before, flow, walk.known(), walk.now, PAUSE)
        back = look(held.enrollment, flow, walk.known(), walk.now, RESUME)
        assert held.effects == back.effects == ()
        if before.reason not in ("error", "sender_unavailable"):  # there, resuming tries the cause again
            assert replace(back.enrollment, next_step_at=before.next_step_at) == before


@given(flow=publishable_flows(), actions=WALKS)
def test_dates_come_from_what_happened_and_never_from_a_late_look(flow, actions):
    """However late the looks: an origin is never after its look, and a plan is due when its look comes."""
    walk = Walk.begin(flow, "active")
    for verb in looks(walk, actions):
        taken = walk.look(verb)
        assert taken.enrollment.is_finished or MONDAY <= taken.enrollment.origin_at <= walk.now
        assert all(effect.due_at <= walk.now for effect in taken.effects if isinstance(effect, PlanTouch))
