"""What people say of tasks: with a note, taken back in time, tried again, written by hand, handed on."""

from datetime import timedelta

import pytest

from drumbeat.actions import enrollments, tasks
from drumbeat.actions.contacts import view as contact_view
from drumbeat.actions.enrollments import verbs
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import TaskStep
from drumbeat.engine import jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import Contact, ContactFact, Enrollment, Event, Job, Member, Role, Task, User
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner, another_owner

pytestmark = pytest.mark.django_db

TEN_SECONDS = timedelta(seconds=10)
SOON, LATER = NOW + timedelta(seconds=5), NOW + timedelta(seconds=11)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    return member


@pytest.fixture
def call(owner):
    """The call that an enrollment waits for."""
    flow = a_line(TaskStep(key="call", task_kind="call", title="Call"), an_email("after", after="1d"))
    sequence = an_active_sequence(owner, flow)
    enrollments.enroll(owner, sequence.pk, [a_lead(owner).pk], NOW)
    Planner().plan_once(NOW)
    return Task.objects.get()


@pytest.fixture
def to_do(owner):
    return tasks.create(owner, a_lead(owner, "lee@example.com").pk, "Send the offer", NOW)


@pytest.fixture
def colleague(owner):
    return Member.objects.create(
        workspace=owner.workspace,
        user=User.objects.create(email="kim@ours.test"),
        name="Kim",
        role=Role.REP,
        created_at=NOW,
    )


def work(now):
    while jobs.run_once(now):
        pass


def step_of(task):
    return Enrollment.objects.get(id=task.touch.enrollment_id).step


def refused(code):
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def test_what_is_said_takes_effect_after_the_moment_to_take_it_back(owner, call):
    said = tasks.complete(owner, call.pk, NOW, outcome="reached", note="Wants a demo", hold=TEN_SECONDS)
    assert (said.state, said.call_logged) == ("awaiting", False)
    assert list(tasks.list_of(owner, NOW, when="done")) == [call]
    work(SOON)
    assert step_of(call) == "call"
    work(LATER)
    assert step_of(call) == "after"
    logged = Event.objects.get(kind="call_logged")
    assert (logged.occurred_at, logged.payload["note"]) == (NOW, "Wants a demo")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"own_contacts_only": True, "role": Role.REP}, id="sees the contact no more"),
        pytest.param({"role": Role.VIEWER}, id="may only look"),
        pytest.param({"deactivated_at": NOW}, id="works here no more"),
    ],
)
def test_what_was_said_takes_effect_whatever_becomes_of_who_said_it(owner, call, change):
    tasks.complete(owner, call.pk, NOW, outcome="reached", note="Wants a demo", hold=TEN_SECONDS)
    Contact.objects.update(owner=None)
    Member.objects.filter(id=owner.pk).update(**change)
    work(LATER)
    assert step_of(call) == "after"
    assert Event.objects.get(kind="call_logged").payload == {"member": owner.pk, "note": "Wants a demo"}


def test_what_is_taken_back_in_time_has_no_effect(owner, call):
    tasks.complete(owner, call.pk, NOW, hold=TEN_SECONDS)
    opened = tasks.take_back(owner, call.pk)
    assert (opened.settled_at, opened.outcome) == (None, "")
    work(LATER)
    assert step_of(call) == "call"
    assert not Event.objects.exclude(kind="contact_created").exists()


def test_said_once_more_it_waits_its_whole_moment(owner, call):
    tasks.complete(owner, call.pk, NOW, outcome="busy", hold=TEN_SECONDS)
    tasks.take_back(owner, call.pk)
    tasks.skip(owner, call.pk, SOON, hold=TEN_SECONDS)
    work(LATER)
    assert step_of(call) == "call"
    work(SOON + TEN_SECONDS)
    call.touch.refresh_from_db()
    assert (call.touch.status, step_of(call)) == ("skipped", "after")


def test_an_end_in_between_leaves_nothing_to_do(owner, call):
    tasks.complete(owner, call.pk, NOW, hold=TEN_SECONDS)
    verbs.apply(owner, [call.touch.enrollment_id], Verb(kind=VerbKind.STOP), SOON)
    work(LATER)
    call.touch.refresh_from_db()
    assert call.touch.status == "cancelled"
    assert not Job.objects.exclude(state="done").exists()


def test_what_a_sequence_went_on_from_is_not_taken_back(owner, call):
    tasks.complete(owner, call.pk, NOW)
    with refused("task_followed"):
        tasks.take_back(owner, call.pk)


@pytest.mark.parametrize("settle", [tasks.complete, tasks.skip])
def test_a_to_do_of_nobodys_sequence_is_opened_again_as_if_nothing_was_said(owner, to_do, settle):
    settle(owner, to_do.pk, NOW)
    tasks.take_back(owner, to_do.pk)
    to_do.refresh_from_db()
    assert (to_do.settled_at, to_do.settled_by, to_do.touch.status) == (None, None, "scheduled")
    assert not Event.objects.filter(kind="task_completed").exists()
    assert not ContactFact.objects.filter(kind="task_completed").exists()
    assert tasks.complete(owner, to_do.pk, NOW).code == ""


def test_of_two_that_were_done_one_stays_counted(owner, to_do):
    other = tasks.create(owner, to_do.contact_id, "Call the boss", NOW)
    for task in (to_do, other):
        tasks.complete(owner, task.pk, NOW)
    tasks.take_back(owner, other.pk)
    assert ContactFact.objects.get(kind="task_completed").count == 1


def test_a_logged_call_is_not_taken_back(owner, to_do):
    call = tasks.create(owner, to_do.contact_id, "Call", NOW, kind="call")
    tasks.complete(owner, call.pk, NOW)
    with refused("task_followed"):
        tasks.take_back(owner, call.pk)


def test_of_an_untouched_task_nothing_is_taken_back(owner, to_do):
    with refused("task_untouched"):
        tasks.take_back(owner, to_do.pk)


def test_a_call_that_reached_nobody_is_due_again_and_its_sequence_waits(owner, call):
    for _ in range(2):
        task = tasks.try_again(owner, call.pk, "no_answer", TOMORROW, NOW, note="Rang out")
    task.refresh_from_db()
    assert (task.tries, task.outcome, task.note, task.due_at) == (2, "no_answer", "Rang out", TOMORROW)
    assert (task.settled_at, step_of(call)) == (None, "call")
    assert (tasks.take_back(owner, call.pk).tries, tasks.get(owner, call.pk).outcome) == (1, "")


@pytest.mark.parametrize("outcome", ["reached", "wrong_number", "done", ""])
def test_whom_one_reached_one_does_not_try_again(owner, call, outcome):
    with refused("outcome_unknown"):
        tasks.try_again(owner, call.pk, outcome, TOMORROW, NOW)


def test_a_to_do_is_not_tried_again(owner, to_do):
    with refused("outcome_unknown"):
        tasks.try_again(owner, to_do.pk, "busy", TOMORROW, NOW)


def test_a_note_is_shown_on_the_timeline_with_who_did_it(owner, to_do):
    tasks.complete(owner, to_do.pk, NOW, note="Sent by post\x00")
    (line,) = [one for one in contact_view.timeline(owner, to_do.contact_id, "everything", None, 9)
               if one.kind == "task"]  # fmt: skip
    assert (line.data["text"], line.data["by"]) == ("Sent by post", owner.name)


def timeline_of(owner, task):
    lines = contact_view.timeline(owner, task.contact_id, "everything", None, 9)
    return next(one.data for one in lines if one.kind == "task")


@pytest.mark.parametrize("hold", [timedelta(), TEN_SECONDS])
def test_why_a_task_was_skipped_is_shown_on_the_timeline(owner, call, hold):
    tasks.skip(owner, call.pk, NOW, note="Is on\x00 leave", hold=hold)
    work(LATER)
    line = timeline_of(owner, call)
    assert (line["text"], line["status"], line["by"]) == ("Is on leave", "skipped", owner.name)


def test_why_a_task_was_put_off_is_shown_on_the_timeline_and_stays(owner, to_do):
    tasks.snooze(owner, to_do.pk, TOMORROW, NOW, note="Waits for the prices")
    line = timeline_of(owner, to_do)
    assert (line["text"], line["done"], line["due_at"]) == ("Waits for the prices", False, TOMORROW)
    tasks.snooze(owner, to_do.pk, TOMORROW + TEN_SECONDS, NOW)
    tasks.skip(owner, to_do.pk, NOW)
    assert timeline_of(owner, to_do)["text"] == "Waits for the prices"


def test_a_to_do_written_by_hand_belongs_to_no_sequence(owner, to_do):
    assert (to_do.touch.enrollment_id, to_do.touch.status, to_do.kind) == (None, "scheduled", "to_do")
    assert (to_do.assignee, to_do.created_by, to_do.due_at) == (owner, owner, NOW)
    assert tasks.complete(owner, to_do.pk, NOW).state == ""


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        pytest.param({"title": " \x00 "}, "task_invalid", id="nothing to do"),
        pytest.param({"title": "x" * 301}, "task_invalid", id="too long"),
        pytest.param({"kind": "visit"}, "task_invalid", id="no such kind"),
        pytest.param({"due_at": NOW}, "moment_invalid", id="due in the past"),
        pytest.param({"due_at": NOW + timedelta(days=367)}, "moment_invalid", id="due too late"),
        pytest.param({"assignee_id": 999_999}, "not_found", id="nobody"),
    ],
)
def test_what_nobody_could_do_is_refused(owner, wanted, code):
    lead = a_lead(owner)
    with refused(code):
        tasks.create(owner, lead.pk, now=NOW, **({"title": "Call"} | wanted))
    assert not Task.objects.exists()


def test_nobody_gets_a_task_that_they_would_never_see(owner, to_do, colleague):
    Member.objects.filter(pk=colleague.pk).update(own_contacts_only=True)
    with refused("assignee_cannot_see"):
        tasks.reassign(owner, to_do.pk, colleague.pk)
    with refused("assignee_cannot_see"):
        tasks.create(owner, to_do.contact_id, "Call", NOW, assignee_id=colleague.pk)
    to_do.contact.owner = colleague
    to_do.contact.save()
    assert tasks.reassign(owner, to_do.pk, colleague.pk).assignee == colleague


def test_who_left_gets_no_task(owner, to_do, colleague):
    Member.objects.filter(pk=colleague.pk).update(deactivated_at=NOW)
    with refused("not_found"):
        tasks.reassign(owner, to_do.pk, colleague.pk)


def test_many_are_handed_on_while_somebody_is_away(owner, to_do, colleague):
    other = tasks.create(owner, to_do.contact_id, "Call", NOW)
    answers = tasks.each(
        owner, [to_do.pk, other.pk, 999_999], lambda id_: tasks.reassign(owner, id_, colleague.pk)
    )
    assert [answer.code for answer in answers] == ["", "", "not_found"]
    assert tasks.list_of(owner, NOW, assignee_id=colleague.pk).count() == 2


def test_another_workspace_writes_no_task_here(owner, to_do):
    with refused("not_found"):
        tasks.create(another_owner(), to_do.contact_id, "Call", NOW)


def test_who_may_only_look_writes_nothing(owner, to_do):
    owner.role = Role.VIEWER
    with refused("not_permitted"):
        tasks.create(owner, to_do.contact_id, "Call", NOW)
    with refused("not_permitted"):
        tasks.take_back(owner, to_do.pk)
