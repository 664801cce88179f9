"""The timeline: what was done, in order, then the path with today's facts, numbered from 0."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction

from drumbeat.actions import enrollments
from drumbeat.actions.enrollments import showing, verbs
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import Branch, ConditionStep, TagStep, TaskStep, Way, WayKind
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, Task, Touch
from drumbeat.store import flows, moves, stops, version_moves
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
VIP = a_condition(a_rule("tag", "equals", "vip"))


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def enrolled(owner, flow=None, **lead):
    sequence = an_active_sequence(owner, flow)
    answer = enrollments.enroll(owner, sequence.pk, [a_lead(owner, **lead).pk], NOW)
    (id_,) = answer.enrollment_ids.values()
    return id_


def timeline(owner, id_, now=NOW):
    return showing.show(owner, id_, now).timeline


def test_what_lies_ahead_has_its_estimate_counted_from_step_to_step(owner):
    items = timeline(owner, enrolled(owner))
    assert [(i.position, i.step, i.status, i.estimated_execute_at) for i in items] == [
        (0, "hello", "planned", NOW),
        (1, "follow_up", "planned", NOW + 3 * DAY),
    ]
    assert [(i.delay, i.kind, i.job_type) for i in items] == [
        ("0m", "email", "initial_outreach"),
        ("3d", "email", "initial_outreach"),
    ]


def test_what_was_sent_has_its_time_and_the_rest_counts_from_it(owner):
    id_ = enrolled(owner)
    Planner().plan_once(NOW)
    sent_at = NOW + timedelta(hours=2)
    Touch.objects.update(status="sent", handed_at=sent_at, settled_at=sent_at)
    first, second = timeline(owner, id_, NOW + DAY)
    assert (first.status, first.executed_at, first.estimated_execute_at) == ("sent", sent_at, NOW)
    assert (second.status, second.estimated_execute_at) == ("planned", sent_at + 3 * DAY)


def test_what_waits_too_long_is_overdue(owner):
    id_ = enrolled(owner)
    Planner().plan_once(NOW)
    Touch.objects.update(hold_reason="cap")
    assert not timeline(owner, id_, NOW + timedelta(minutes=15))[0].overdue
    late = timeline(owner, id_, NOW + timedelta(minutes=16))[0]
    assert (late.overdue, late.reason) == (True, "cap")


def test_a_task_has_its_text_and_is_overdue_when_its_time_has_passed(owner):
    id_ = enrolled(owner, a_line(TaskStep(key="call", task_kind="call", title="Call Kim")))
    Planner().plan_once(NOW)
    task = Task.objects.get()
    (item,) = timeline(owner, id_, task.due_at)
    assert (item.kind, item.status, item.task_id, item.task_content) == (
        "task",
        "scheduled",
        task.pk,
        "Call Kim",
    )
    assert not item.overdue
    assert timeline(owner, id_, task.due_at + timedelta(seconds=1))[0].overdue


def test_what_was_stopped_ends_its_timeline(owner):
    id_ = enrolled(owner)
    Planner().plan_once(NOW)
    verbs.apply(owner, [id_], Verb(kind=VerbKind.STOP), NOW)
    view = showing.show(owner, id_, NOW)
    assert (view.label, view.state, view.reason) == ("Stopped", "finished", "manual")
    assert [(i.step, i.status, i.executed_at) for i in view.timeline] == [("hello", "cancelled", None)]


def test_the_path_follows_the_branch_that_holds_today(owner):
    branch = ConditionStep(
        key="vip", branches=(Branch(name="vip", condition=VIP, next="gold"),), next="hello"
    )
    flow = a_flow(branch, an_email("gold"), an_email("hello"))
    assert [item.step for item in timeline(owner, enrolled(owner, flow))] == ["vip", "hello"]


def test_done_steps_without_a_touch_are_told_by_the_journal(owner):
    branch = ConditionStep(key="vip", branches=(Branch(name="vip", condition=VIP, next="gold"),), next="tag")
    flow = a_flow(branch, TagStep(key="tag", tag="seen", next="hello"), an_email("gold"), an_email("hello"))
    id_ = enrolled(owner, flow)
    Planner().plan_once(NOW)
    items = timeline(owner, id_)
    assert [(i.step, i.status, i.reason) for i in items] == [
        ("vip", "completed", "else"),
        ("tag", "completed", ""),
        ("hello", "planned", ""),
    ]
    assert items[0].executed_at == NOW


@pytest.mark.parametrize(
    ("way", "steps"),
    [
        pytest.param(Way(), ["only_vip", "hello"], id="goes on"),
        pytest.param(Way(WayKind.FINISH), ["only_vip"], id="ends"),
        pytest.param(Way(WayKind.STEP, "other"), ["only_vip", "other"], id="takes another way"),
    ],
)
def test_what_would_be_skipped_says_so_and_takes_its_way(owner, way, steps):
    first = replace(an_email("only_vip"), only_if=VIP, on_skip=way, next="hello")
    flow = a_flow(first, an_email("hello"), an_email("other"))
    if way.step is None:
        flow = a_flow(first, an_email("hello"))
    items = timeline(owner, enrolled(owner, flow))
    assert [item.step for item in items] == steps
    assert (items[0].status, items[0].reason) == ("skipped", "condition_false")


def test_a_suppressed_contact_would_be_skipped(owner):
    id_ = enrolled(
        owner, a_line(an_email("hello"), TaskStep(key="call", title="Call")), address="kim@example.com"
    )
    stops.suppress(
        owner.workspace_id,
        channel="email",
        base_address="kim@example.com",
        reason="unsubscribe",
        source="x",
        now=NOW,
    )
    items = timeline(owner, id_)
    assert [(i.step, i.status, i.reason) for i in items] == [
        ("hello", "skipped", "opted_out"),
        ("call", "planned", ""),
    ]


def test_what_left_before_a_move_is_told_as_its_version_had_it(owner):
    def named(name, delay):
        return a_line(an_email("hello", name=name), an_email("next", after=delay, name=name))

    id_ = enrolled(owner, named("one", "1d"))
    for number, name in ((2, "two"), (3, "three")):
        Planner().plan_once(NOW + (number - 2) * DAY)
        Touch.objects.filter(settled_at=None).update(
            status="sent", handed_at=NOW, settled_at=NOW + (number - 2) * DAY
        )
        Enrollment.objects.update(next_step_at=NOW)
        Planner().plan_once(NOW + (number - 2) * DAY)
        row = Enrollment.objects.get()
        with transaction.atomic():
            version = flows.save_version(row.sequence, named(name, "1d"), None, NOW)
            asked = version_moves.write(row.workspace_id, version.pk, {}, None, NOW)
            moves.ask_over([id_], asked.pk, number, NOW + (number - 2) * DAY)
    assert [(item.step, item.as_planned.name) for item in timeline(owner, id_, NOW + DAY)] == [
        ("hello", "one"),
        ("next", "two"),
    ]


@pytest.mark.parametrize(
    ("state", "reason", "label"),
    [
        pytest.param("pending_review", "", "Waiting for review", id="review"),
        pytest.param("active", "", "Active", id="active"),
        pytest.param("awaiting", "", "Active", id="awaiting"),
        pytest.param("paused", "reply", "Paused: the contact replied", id="paused"),
        pytest.param("blocked", "missing_data", "Blocked: data is missing", id="blocked"),
        pytest.param("finished", "completed", "Completed", id="completed"),
        pytest.param("finished", "replied", "Replied", id="replied"),
        pytest.param("finished", "opted_out", "Unsubscribed", id="unsubscribed"),
        pytest.param("finished", "manual", "Stopped", id="stopped"),
        pytest.param("finished", "goal", "Goal", id="others by their name"),
    ],
)
def test_people_see_one_label(state, reason, label):
    assert showing.label(state, reason) == label


def test_looking_changes_nothing_and_is_for_the_own_workspace(owner):
    id_ = enrolled(owner)
    before = Enrollment.objects.values().get()
    timeline(owner, id_)
    assert Enrollment.objects.values().get() == before
    with pytest.raises(DomainError) as refused:
        showing.show(another_owner(), id_, NOW)
    assert refused.value.code == "not_found"
