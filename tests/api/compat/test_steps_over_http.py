"""The steps of an enrollment as a program of kind B reads them over HTTP: each status, delay, position and actor."""

from dataclasses import replace

import pytest

from drumbeat.core.flow import Branch, ConditionStep, TagStep, TaskStep
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Enrollment, Role, SenderProfile, Task, Touch
from tests.api.compat.service import look, settle
from tests.support.flows import a_condition, a_flow, a_line, a_rule, an_email
from tests.support.office import a_mailbox
from tests.support.outreach import a_member
from tests.support.standing import a_task

pytest_plugins = ["tests.support.installed"]

EMAIL = {
    TouchStatus.PLANNED: "scheduled",
    TouchStatus.DRAFTING: "scheduled",
    TouchStatus.IN_APPROVAL: "scheduled",
    TouchStatus.SCHEDULED: "scheduled",
    TouchStatus.SENDING: "scheduled",
    TouchStatus.INTERRUPTED: "scheduled",
    TouchStatus.SENT: "completed",
    TouchStatus.DELIVERED: "completed",
    TouchStatus.SKIPPED: "skipped",
    TouchStatus.CANCELLED: "cancelled",
    TouchStatus.FAILED: "failed",
}
TASK = {
    TouchStatus.SCHEDULED: "scheduled",
    TouchStatus.IN_PROGRESS: "in_progress",
    TouchStatus.COMPLETED: "completed",
    TouchStatus.SKIPPED: "skipped",
    TouchStatus.CANCELLED: "cancelled",
}


def steps_of(enrollment):
    return [item["data"] for item in enrollment["enrollment_steps"]["items"]]


def action_of(enrollment, place=0):
    return steps_of(enrollment)[place]["action"]["data"]


@pytest.mark.parametrize(("status", "told"), [pytest.param(*pair, id=pair[0]) for pair in EMAIL.items()])
def test_every_status_of_an_email_has_its_word(service, status, told):
    id_ = service.enrolled()["id"]
    look(id_)
    settle(id_, status, "rejected_permanent" if status is TouchStatus.FAILED else "")
    action = action_of(service.client.enrollment(id_))
    assert action["status"] == told
    assert (action["executed_at"] is not None) == (told == "completed")
    assert action.get("failure_reason") == ("rejected_permanent" if told == "failed" else None)


@pytest.mark.parametrize(("status", "told"), [pytest.param(*pair, id=pair[0]) for pair in TASK.items()])
def test_every_status_of_a_task_has_its_word(service, status, told):
    id_ = service.enrolled(a_line(a_task(text="Ask for {{ contact.email }}")))["id"]
    before = action_of(service.client.enrollment(id_))
    assert (before["status"], "task_id" in before) == ("scheduled", False)
    look(id_)
    settle(id_, status)
    action = action_of(service.client.enrollment(id_))
    task = Task.objects.get(touch__enrollment_id=id_)
    assert (action["status"], action["task_id"]) == (told, task.pk)
    assert action["task_content"] == f"Call\nAsk for {task.contact.email}"


def test_a_step_that_is_late_is_overdue(service):
    id_ = service.enrolled()["id"]
    look(id_)
    assert not steps_of(service.client.enrollment(id_))[0]["overdue"]
    Touch.objects.filter(enrollment_id=id_).update(due_at="2026-03-02T10:00:00Z")
    assert steps_of(service.client.enrollment(id_))[0]["overdue"]


def test_what_only_leads_on_is_left_out_and_its_delay_is_added(service):
    vip = a_condition(a_rule("tag", "equals", "vip"))
    tag = TagStep(key="mark", tag="called")
    after = an_email("after", after="2d")
    fork = ConditionStep(
        key="fork", delay=after.delay, branches=(Branch(name="VIP", condition=vip, next="vip"),)
    )
    flow = a_flow(
        an_email("hello", next="fork"),
        replace(fork, next="after"),
        replace(after, next="mark"),
        tag,
        an_email("vip", after="1h"),
    )
    sequence = service.sequence(flow)
    enrolled = service.client.enroll(sequence.pk, service.lead().pk)
    assert [
        (s["action_type"], s["delay_from_previous_step"], s["delay_from_previous_step_unit"])
        for s in steps_of(enrolled)
    ] == [("automated_email", 0, "minutes"), ("automated_email", 4, "days"), ("action", 0, "minutes")]
    assert [
        (
            s["data"]["action_type"],
            s["data"]["delay_from_previous_step"],
            s["data"]["delay_from_previous_step_unit"],
        )
        for s in service.client.sequence(sequence.pk)["steps"]["items"]
    ] == [
        ("automated_email", 0, "minutes"),
        ("automated_email", 4, "days"),
        ("action", 0, "minutes"),
        ("automated_email", 1, "hours"),
    ]


def test_the_position_is_that_of_the_step_at_hand(service):
    id_ = service.enrolled()["id"]
    look(id_)
    settle(id_, TouchStatus.SENT)
    look(id_)
    told = service.client.enrollment(id_)
    assert (told["current_step_position"], action_of(told)["status"]) == (1, "completed")
    service.client.put(id_, state="finished")
    assert service.client.enrollment(id_)["current_step_position"] == 0  # the only one that is left


def test_the_actors_mailbox_sends_and_the_actor_gets_the_tasks(service):
    rep = a_member(service.owner.workspace, f"rep{service.lead().pk}", Role.MANAGER)
    mailbox = a_mailbox(rep, f"{rep.name}@ours.test")
    flow = a_line(a_task(), an_email())
    enrolled = service.client.enroll(service.sequence(flow).pk, service.lead().pk, actor_id=rep.pk)
    assert enrolled["actor_id"] == rep.pk
    look(enrolled["id"])
    task = Task.objects.get(touch__enrollment_id=enrolled["id"])
    assert task.assignee_id == rep.pk
    settle(enrolled["id"], TouchStatus.COMPLETED)
    look(enrolled["id"])
    mail = Touch.objects.get(enrollment_id=enrolled["id"], kind="email")
    assert mail.sender_id == mailbox.pk


def test_without_an_actor_it_is_the_owner(service):
    enrolled = service.client.enroll(service.sequence().pk, service.lead().pk, actor_id=None)
    assert enrolled["actor_id"] == service.owner.pk
    own = SenderProfile.objects.filter(owner=service.owner, kind="smtp").order_by("id").first()
    assert Enrollment.objects.get(id=enrolled["id"]).chosen_sender == own


def test_a_task_that_names_somebody_stays_theirs(service):
    rep = a_member(service.owner.workspace, f"actor{service.lead().pk}", Role.REP)
    step = TaskStep(key="call", title="Call", assignee=service.owner.user.email)
    enrolled = service.client.enroll(service.sequence(a_line(step)).pk, service.lead().pk, actor_id=rep.pk)
    look(enrolled["id"])
    assert Task.objects.get(touch__enrollment_id=enrolled["id"]).assignee_id == service.owner.pk
