"""Stop rules through the whole engine: they end what runs, their actions follow once, and leave after the end."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import world
from drumbeat.actions import emergency, tasks
from drumbeat.actions.contacts import erasing
from drumbeat.actions.enrollments import explaining
from drumbeat.core.document import read_document
from drumbeat.engine import jobs
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.engine.wire import NetworkWire
from drumbeat.models import (
    Contact,
    ContactFact,
    ContactField,
    ContactFieldValue,
    ContactList,
    ContactTag,
    Enrollment,
    JournalEntry,
    ListMember,
    Notification,
    Sequence,
    Suppression,
    Tag,
    Task,
    Touch,
)
from drumbeat.store import flows, leases, moves, outcomes, stops
from tests.engine.test_webhooks import channel_of, go
from tests.support.endpoint import listening
from tests.support.installation import Call

pytest_plugins = ["tests.support.installed"]

NOW = world.START
A_DAY_LATER = NOW + timedelta(days=1)
VIP = {"rules": [{"field": "tag", "operator": "equals", "value": "vip"}]}
BODY = '{"id": "{{ contact.id }}"}'
STEPS = [{"key": "wait", "kind": "tag", "tag": "x", "delay": "5d"}]
DATA = [
    {"kind": "tag", "tag": "Stopped"},
    {"kind": "set_field", "field": "company", "value": "Acme"},
    {"kind": "set_stage", "stage": "lost"},
    {"kind": "list", "list": "Left"},
    {"kind": "notify", "to": "workspace_owner", "by": ["in_app", "email"], "text": "It is over"},
    {"kind": "suppress", "channel": "sms"},
    {"kind": "other_sequence", "sequence": "Nurture"},
]


@pytest.fixture
def owner(installation):
    return world.a_workspace()


@pytest.fixture
def endpoint():
    with listening() as running:
        yield running


@pytest.fixture
def dispatcher():
    wire = NetworkWire(channel_of)
    yield Dispatcher("worker", wire)
    wire.stop()


def a_rule(*actions, entry=None, **more):
    return {"any": [entry or {"becomes": VIP}], "actions": list(actions), **more}


def running(owner, rule, *, people=1, steps=STEPS, name="Flow"):
    """Enroll people in a sequence with this stop rule, let it wait, and return their ids."""
    row = Sequence.objects.create(
        workspace=owner.workspace, name=name, owner=owner, status="active", stop_when=rule,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    with transaction.atomic():
        version = flows.save_version(row, read_document({"format": 1, "steps": steps}), owner, NOW)
    ids = sorted(world.contacts(owner.workspace, people, Contact.objects.count()))
    world.enroll(version, ids, step=steps[0]["key"])
    Planner().plan_once(NOW)
    return ids


def make_vip(owner, contact_ids):
    """Tag them, and wake what the tag concerns."""
    tag, _ = Tag.objects.get_or_create(workspace=owner.workspace, folded="vip", defaults={"name": "VIP"})
    for contact_id in contact_ids:
        ContactTag.objects.create(workspace=owner.workspace, contact_id=contact_id, tag=tag, created_at=NOW)
    with transaction.atomic():
        stops.wake(Enrollment.objects.filter(contact_id__in=contact_ids), NOW)


def settle(now=NOW):
    while Planner().plan_once(now) or jobs.run_once(now):
        pass


def the_enrollment(contact_id, name="Flow"):
    return Enrollment.objects.get(contact_id=contact_id, sequence__name=name)


class TestTheEnd:
    def test_a_tag_ends_it_and_the_data_follow(self, owner):
        running(owner, None, steps=[*STEPS], name="Nurture")
        (one,) = running(owner, a_rule(*DATA))
        make_vip(owner, [one])
        settle()

        row = the_enrollment(one)
        assert (row.state, row.reason) == ("finished", "stop_condition")
        contact = Contact.objects.get(pk=one)
        assert (contact.company, contact.stage) == ("Acme", "lost")
        tags = ContactTag.objects.filter(contact_id=one).values_list("tag__name", flat=True)
        assert set(tags) == {"VIP", "Stopped"}
        assert ListMember.objects.get(contact_id=one).contact_list.name == "Left"
        assert Notification.objects.get(kind="notify").text == "It is over"
        assert Touch.objects.get(kind="notice").key == f"stop:{row.pk}:4"
        assert not Suppression.objects.filter(channel="email").exists()
        assert the_enrollment(one, "Nurture").state == "active"

    def test_an_event_that_the_engine_matched_ends_it(self, owner):
        first, second = running(owner, a_rule(entry={"event": "form_submitted"}), people=2)
        scope = f"sequence:{the_enrollment(first).sequence_id}"
        with transaction.atomic():
            stops.record_fact(owner.workspace_id, [first], "stop_when", NOW, scope=scope)
            stops.record_fact(owner.workspace_id, [second], "stop_when", NOW, scope="sequence:0")
            stops.wake(Enrollment.objects.all(), NOW)
        settle()
        assert the_enrollment(first).reason == "stop_condition"
        assert the_enrollment(second).state == "active"
        assert ContactFact.objects.filter(kind="stop_when").count() == 2

    @pytest.mark.parametrize(
        ("rule", "values"),
        [
            pytest.param({"field": "list", "operator": "equals", "value": "Left"}, "list", id="a list"),
            pytest.param({"field": "custom.seats", "operator": "greater", "value": 3}, "custom", id="own"),
        ],
    )
    def test_what_only_the_rule_reads_is_loaded(self, owner, rule, values):
        (one,) = running(owner, {"any": [{"becomes": {"rules": [rule]}}]})
        if values == "list":
            made = ContactList.objects.create(workspace=owner.workspace, name="Left", created_at=NOW)
            ListMember.objects.create(
                workspace=owner.workspace, contact_id=one, contact_list=made, created_at=NOW
            )
        else:
            field = ContactField.objects.create(
                workspace=owner.workspace, key="seats", label="Seats", type="number"
            )
            ContactFieldValue.objects.create(workspace=owner.workspace, contact_id=one, field=field, number=5)
        with transaction.atomic():
            stops.wake(Enrollment.objects.all(), NOW)
        settle()
        assert the_enrollment(one).reason == "stop_condition"

    def test_the_journal_and_why_say_what_the_rule_read_and_what_followed(self, owner):
        (one,) = running(owner, a_rule({"kind": "tag", "tag": "Stopped"}, {"kind": "task", "title": "Call"}))
        make_vip(owner, [one])
        settle()
        row = the_enrollment(one)
        entry = JournalEntry.objects.get(enrollment=row, rule="finished")
        assert entry.facts == {"by": "stop_when", "read": ["tag"], "actions": ["tag", "task"]}
        answer = explaining.why(owner, row.pk, NOW)
        because = "the stop rule of the sequence applies: the tag is changed, a task is created"
        assert answer.state_now == f"Finished: {because}."
        assert answer.lines[-1].sentence == f"Finished: {because}."
        assert answer.lines[-1].read == ["tag"]

    def test_a_rule_that_none_of_the_batch_has_costs_no_query(self, owner):
        def cost(rule, name):
            running(owner, rule, people=2, name=name)
            with transaction.atomic():
                stops.wake(Enrollment.objects.filter(sequence__name=name), NOW)
            with CaptureQueriesContext(connection) as captured:
                Planner().plan_once(NOW)
            return len(captured)

        cost(None, "Warm")
        plain = cost(None, "Plain")
        assert cost(a_rule(entry={"event": "converted"}), "Event") == plain
        assert cost(a_rule(), "Tag") == plain + 1


class TestOnce:
    RULE = a_rule(
        {"kind": "notify", "to": "workspace_owner", "text": "Over"},
        {"kind": "task", "title": "Call"},
        {"kind": "webhook", "url": "https://hooks.example.com/"},
    )

    def test_two_looks_at_once_carry_the_actions_out_once(self, owner):
        for number in range(5):
            (one,) = running(owner, self.RULE, name=f"Flow {number}")
            make_vip(owner, [one])
            id_ = the_enrollment(one, f"Flow {number}").pk

            def look(id_=id_):
                with transaction.atomic():
                    return moves.move([id_], NOW)

            calls = [Call(look) for _ in range(3)]
            moved = [call.result() for call in calls]
            assert sum(bool(found) for found in moved) == 1
            assert Notification.objects.filter(enrollment_id=id_).count() == 1
            keys = Touch.objects.filter(key__startswith=f"stop:{id_}:").order_by("key")
            assert list(keys.values_list("key", "kind")) == [
                (f"stop:{id_}:1", "task"),
                (f"stop:{id_}:2", "webhook"),
            ]
            assert Task.objects.filter(touch__in=keys).count() == 1

    def test_an_end_that_is_rolled_back_leaves_nothing(self, owner):
        (one,) = running(owner, self.RULE)
        make_vip(owner, [one])
        with pytest.raises(RuntimeError), transaction.atomic():
            moves.move([the_enrollment(one).pk], NOW)
            raise RuntimeError
        assert the_enrollment(one).state == "active"
        assert not Touch.objects.filter(key__startswith="stop:").exists()
        assert not Notification.objects.exists()
        settle()
        assert Notification.objects.count() == 1
        assert Touch.objects.filter(key__startswith="stop:").count() == 2


class TestCalls:
    def stopped(self, owner, url, **more):
        rule = a_rule({"kind": "webhook", "url": url, "name": "Tell", "body": BODY}, **more)
        (one,) = running(owner, rule)
        make_vip(owner, [one])
        return one

    def touch(self):
        return Touch.objects.get(kind="webhook")

    def test_a_call_leaves_after_the_end_and_is_signed(self, owner, endpoint, dispatcher):
        one = self.stopped(owner, endpoint.url("/ok"))
        go(dispatcher)
        ((_, headers, body),) = endpoint.calls
        touch = self.touch()
        assert headers["webhook-id"] == f"msg_{touch.mark}"
        assert json.loads(body) == {"id": one}
        assert (touch.status, touch.attempts, touch.enrollment_id) == ("sent", 1, None)
        lines = explaining.why(owner, the_enrollment(one).pk, NOW).lines
        assert lines[-1].sentence == "The stop rule's call was taken."

    def test_the_usual_body_names_the_sequence_and_the_action(self, owner, endpoint, dispatcher):
        (one,) = running(owner, a_rule({"kind": "webhook", "url": endpoint.url("/ok")}))
        make_vip(owner, [one])
        go(dispatcher)
        ((_, _, body),) = endpoint.calls
        data = json.loads(body)["data"]
        row = the_enrollment(one)
        assert data["enrollment"]["id"] == row.pk
        assert data["sequence"] == {"id": row.sequence_id, "name": "Flow"}
        assert (data["step"]["key"], data["contact"]["id"]) == ("stop_0", one)

    def test_it_says_what_the_rule_was_when_it_was_met(self, owner, endpoint, dispatcher):
        self.stopped(owner, endpoint.url("/ok"))
        Planner().plan_once(NOW)
        Sequence.objects.update(stop_when=None, status="paused")
        go(dispatcher)
        assert [path for path, _, _ in endpoint.calls] == ["/ok"]

    def test_nothing_that_stops_others_stops_it(self, owner, endpoint, dispatcher):
        one = self.stopped(owner, endpoint.url("/ok"))
        Planner().plan_once(NOW)
        with transaction.atomic():
            stops.stop_contacts(owner.workspace_id, [one], "replied", NOW)
        with transaction.atomic():
            stops.pause_sequence(the_enrollment(one).sequence_id, NOW)
        go(dispatcher)
        assert len(endpoint.calls) == 1

    def test_an_archived_sequence_does_not_keep_it_back(self, owner, endpoint, dispatcher):
        one = self.stopped(owner, endpoint.url("/ok"))
        Planner().plan_once(NOW)
        with transaction.atomic():
            stops.archive_sequence(the_enrollment(one).sequence_id, NOW)
        go(dispatcher)
        assert len(endpoint.calls) == 1

    def test_an_emergency_stop_does(self, owner, endpoint, dispatcher):
        self.stopped(owner, endpoint.url("/ok"))
        emergency.stop_all(owner, NOW)
        go(dispatcher)
        assert endpoint.calls == []
        emergency.lift(owner, NOW)
        go(dispatcher)
        assert len(endpoint.calls) == 1

    def test_a_refusal_for_now_is_tried_again(self, owner, endpoint, dispatcher):
        self.stopped(owner, endpoint.url("/busy"))
        go(dispatcher)
        touch = self.touch()
        assert (touch.status, touch.attempts) == ("scheduled", 1)
        go(dispatcher, touch.not_before)
        assert self.touch().attempts == 2

    def test_a_call_whose_worker_died_is_repeated_after_the_end(self, owner, endpoint, dispatcher):
        one = self.stopped(owner, endpoint.url("/slow"))
        Planner().plan_once(NOW)
        while not endpoint.calls:
            dispatcher.turn(NOW, wait_seconds=0.01)
        leases.expire("worker")
        assert outcomes.repeat_abandoned(10, NOW) == 1
        go(dispatcher)
        assert self.touch().status == "scheduled"
        go(Dispatcher("heir", dispatcher.wire), self.touch().not_before)
        assert self.touch().status == "sent"
        assert len({headers["webhook-id"] for _, headers, _ in endpoint.calls}) == 1
        assert the_enrollment(one).reason == "stop_condition"

    def test_a_disabled_contact_sender_does_not_concern_it(self, owner, endpoint, dispatcher):
        sender = world.a_sender(owner.workspace)
        self.stopped(owner, endpoint.url("/ok"))
        Planner().plan_once(NOW)
        with transaction.atomic():
            stops.disable_sender(sender.pk, NOW)
        go(dispatcher)
        assert len(endpoint.calls) == 1

    def test_an_erased_contact_is_told_about_no_more(self, owner, endpoint, dispatcher):
        one = self.stopped(owner, endpoint.url("/ok"))
        Planner().plan_once(NOW)
        erasing.erase(owner, one, Contact.objects.get(pk=one).email, NOW)
        go(dispatcher)
        assert endpoint.calls == []

    def test_a_call_that_cannot_be_written_fails_alone(self, owner, endpoint, dispatcher):
        rule = a_rule({"kind": "webhook", "url": endpoint.url("/{{ contact.nothing }}")})
        (one,) = running(owner, rule)
        make_vip(owner, [one])
        go(dispatcher)
        assert self.touch().status == "failed"
        assert the_enrollment(one).reason == "stop_condition"
        lines = explaining.why(owner, the_enrollment(one).pk, NOW).lines
        assert lines[-1].sentence == "The stop rule's call was given up."


class TestTasks:
    def test_a_task_is_a_task_and_the_end_stays_the_end(self, owner):
        rule = a_rule({"kind": "task", "title": "Call {{ contact.first_name }}", "due_in": "1d"})
        (one,) = running(owner, rule)
        make_vip(owner, [one])
        settle()
        row, task = the_enrollment(one), Task.objects.get()
        assert task.title == f"Call {Contact.objects.get(pk=one).first_name}"
        assert (task.due_at, task.assignee_id) == (A_DAY_LATER, owner.pk)
        tasks.complete(owner, task.pk, A_DAY_LATER)
        settle(A_DAY_LATER)
        after = the_enrollment(one)
        assert (after.finished_at, after.reason) == (row.finished_at, "stop_condition")
        assert Touch.objects.get(kind="task").status == "completed"


def test_a_notice_by_mail_leaves_beside_the_call(owner, endpoint, dispatcher):
    told = {"kind": "notify", "to": "workspace_owner", "by": ["email"], "text": "Over"}
    (one,) = running(owner, a_rule(told, {"kind": "webhook", "url": endpoint.url("/ok")}))
    make_vip(owner, [one])
    go(dispatcher)
    assert set(Touch.objects.values_list("kind", "status")) == {("notice", "sent"), ("webhook", "sent")}
