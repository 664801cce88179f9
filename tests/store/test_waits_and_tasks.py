"""What wakes a wait, in real tables; and who gets a task that nobody did."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import enrollments, sequences, tasks
from drumbeat.actions.events import log_event
from drumbeat.core.delay import parse_delay
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import AiQualifyStep, Arm, EndStep, SplitStep, TaskStep, WaitForStep
from drumbeat.engine.planner import Planner
from drumbeat.models import Enrollment, JournalEntry, Member, Notification, Sequence, Task, Touch, User
from drumbeat.store import stops
from tests.support.flows import a_flow, a_line, an_email
from tests.support.office import NOW, a_draft, a_mailbox, an_active_sequence, an_owner, leads

pytestmark = pytest.mark.django_db

NEXT_DAY, LATER = NOW + timedelta(days=1), NOW + timedelta(days=10)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


def look(now):
    while Planner().plan_once(now):
        pass


def journal():
    return list(JournalEntry.objects.order_by("id").values_list("rule", "reason", "step"))


def a_wait(event, *before):
    wait = WaitForStep(key="wait", event=event, time_limit=parse_delay("3d"), next="came", timed_out="late")
    steps = (*before, wait)
    chained = [
        step if step is wait else type(step)(**{**_values(step), "next": after.key})
        for step, after in zip(steps, (*steps[1:], wait), strict=True)
    ]
    return a_flow(*chained, EndStep(key="came", goal=True), EndStep(key="late"))


def _values(step):
    return {name: getattr(step, name) for name in step.__dataclass_fields__}


def begin(member, flow, lead_ids=None, **settings):
    sequence = an_active_sequence(member, flow, **settings)
    enrollments.enroll(member, sequence.pk, lead_ids or leads(member, 1), NOW)
    look(NOW)
    return Enrollment.objects.order_by("id").first()


def test_a_meeting_ends_the_wait_at_once(owner):
    row = begin(owner, a_wait("meeting_booked"), exit_on_meeting="off")
    assert (row.state, row.step, row.next_step_at) == ("active", "wait", NOW + timedelta(days=3))
    log_event(owner, row.contact, "meeting_booked", NEXT_DAY)
    look(NEXT_DAY)
    assert journal() == [("waited", "meeting_booked", "wait"), ("finished", "goal", "came")]


def test_an_event_of_ones_own_ends_the_wait(owner):
    row = begin(owner, a_wait("custom"))
    log_event(owner, row.contact, "custom", NEXT_DAY)
    look(NEXT_DAY)
    assert journal() == [("waited", "custom", "wait"), ("finished", "goal", "came")]


def test_the_wait_ends_at_its_limit(owner):
    begin(owner, a_wait("meeting_booked"))
    look(LATER)
    assert journal() == [("waited", "timed_out", "wait"), ("finished", "completed", "late")]


@pytest.mark.parametrize("again", [False, True])
def test_only_what_came_since_the_last_message_counts(owner, again):
    row = begin(owner, a_wait("meeting_booked", an_email("hello")), exit_on_meeting="off")
    log_event(owner, row.contact, "meeting_booked", NOW)
    Touch.objects.update(status="sent", handed_at=NOW, settled_at=NOW + timedelta(minutes=1))
    Enrollment.objects.update(next_step_at=NOW)
    look(NOW + timedelta(minutes=2))
    assert Enrollment.objects.get().step == "wait"
    if again:
        log_event(owner, row.contact, "meeting_booked", NEXT_DAY)
    look(LATER)
    assert ("waited", "meeting_booked" if again else "timed_out", "wait") in journal()


def test_a_task_of_this_enrollment_ends_the_wait(owner):
    begin(owner, a_wait("task_completed", TaskStep(key="call", title="Call", waits=False)))
    assert Enrollment.objects.get().step == "wait"
    tasks.complete(owner, Task.objects.get().pk, NEXT_DAY)
    assert ("waited", "task_completed", "wait") in journal()


def test_a_task_of_another_sequence_does_not(owner):
    row = begin(owner, a_wait("task_completed"))
    other = an_active_sequence(owner, a_line(TaskStep(key="call", title="Call")), name="Other")
    enrollments.enroll(owner, other.pk, [row.contact_id], NOW)
    look(NOW)
    tasks.complete(owner, Task.objects.get().pk, NEXT_DAY)
    look(NEXT_DAY)
    assert Enrollment.objects.get(pk=row.pk).step == "wait"


def test_a_reply_that_ends_the_sequence_ends_it_first(owner):
    row = begin(owner, a_wait("replied"))
    stops.record_fact(row.workspace_id, [row.contact_id], "replied", NEXT_DAY, scope=f"enrollment:{row.pk}")
    stops.stop_contacts(row.workspace_id, [row.contact_id], "replied", NEXT_DAY)
    look(NEXT_DAY)
    assert journal() == [("finished", "replied", "wait")]


def test_a_batch_of_waits_asks_no_more_than_one(owner):
    def asked(lead_ids):
        begin(owner, a_wait("meeting_booked", an_email("hello")), lead_ids, name=f"For {len(lead_ids)}")
        Enrollment.objects.update(next_step_at=NEXT_DAY)
        with CaptureQueriesContext(connection) as seen:
            assert Planner().plan_once(NEXT_DAY) == len(lead_ids)
        Enrollment.objects.all().delete()
        return len(seen)

    everybody = leads(owner, 30)
    assert asked(everybody[:2]) == asked(everybody)


def a_member(owner, address):
    user = User.objects.create(email=address)
    return Member.objects.create(
        workspace_id=owner.workspace_id, user=user, name=address, role="rep", created_at=NOW
    )


ESCALATES = TaskStep(
    key="call",
    title="Call Kim",
    when_not_done="escalate",
    give_up_after=parse_delay("2d"),
    assignee="rep@ours.test",
)


def test_a_task_that_nobody_did_goes_to_the_owner_of_the_sequence_and_both_are_told(owner):
    rep, boss = a_member(owner, "rep@ours.test"), a_member(owner, "boss@ours.test")
    row = begin(owner, a_line(ESCALATES, EndStep(key="end")), owner=boss)
    assert Task.objects.get().assignee_id == rep.pk
    for moment in (LATER, LATER + timedelta(days=9)):
        Enrollment.objects.update(next_step_at=moment)
        look(moment)
    task = Task.objects.get()
    assert (task.assignee_id, task.escalated_at, task.settled_at) == (boss.pk, LATER, None)
    told = Notification.objects.order_by("id").values_list("member_id", "kind", "text", "enrollment_id")
    assert list(told) == [
        (rep.pk, "escalated", "Call Kim", row.pk),
        (boss.pk, "escalated", "Call Kim", row.pk),
    ]
    assert journal() == [("planned", "task", "call"), ("escalated", "", "call")]
    tasks.complete(owner, task.pk, LATER + timedelta(days=20))
    assert Enrollment.objects.get().state == "finished"


@pytest.mark.parametrize("has_owner", [True, False])
def test_without_anybody_else_it_goes_to_the_owner_of_the_workspace(owner, has_owner):
    rep = a_member(owner, "rep@ours.test")
    begin(owner, a_line(ESCALATES), owner=rep if has_owner else None)
    look(LATER)
    assert Task.objects.get().assignee_id == owner.pk
    assert set(Notification.objects.values_list("member_id", flat=True)) == {rep.pk, owner.pk}


def test_the_owner_of_the_workspace_keeps_it_and_is_told_once(owner):
    begin(owner, a_line(ESCALATES), owner=owner)
    assert Task.objects.get().assignee_id == owner.pk
    look(LATER)
    assert Task.objects.get().assignee_id == owner.pk
    assert Notification.objects.count() == 1


@pytest.mark.parametrize(
    ("step", "words"),
    [
        pytest.param(AiQualifyStep(key="ask", question="Fits?"), "DRUMBEAT_MODEL_URL", id="nobody to decide"),
        pytest.param(
            SplitStep(key="ab", arms=(Arm(name="a"), Arm(name="b")), automatic_winner=True),
            "winner",
            id="a winner chosen by itself",
        ),
    ],
)
def test_what_cannot_run_here_is_not_published(owner, step, words):
    with pytest.raises(DomainError, match="before this can be published") as refused:
        sequences.activate(owner, a_draft(owner, a_line(step)).pk, NOW)
    assert refused.value.code == "flow_has_errors"
    assert words in " ".join(refused.value.fields.values())
    assert Sequence.objects.get().status == "draft"
