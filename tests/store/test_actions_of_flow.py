"""What flows do to our own data: set-based, only real changes are told, the last of several counts."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import world
from drumbeat.actions.enrollments import elsewhere
from drumbeat.core.document import read_document
from drumbeat.core.touch import Priority, TouchStatus
from drumbeat.engine import jobs
from drumbeat.engine.planner import Planner
from drumbeat.models import (
    Contact,
    ContactField,
    ContactFieldValue,
    ContactList,
    ContactTag,
    Enrollment,
    Event,
    Job,
    JournalEntry,
    ListMember,
    Member,
    Notification,
    Sequence,
    Suppression,
    Touch,
)
from drumbeat.store import flows
from drumbeat.store.marks import address_hash, mark_of

pytestmark = pytest.mark.django_db(transaction=True)

NOW = world.START
EVERYTHING = [
    {"key": "tag", "kind": "tag", "tag": "VIP"},
    {"key": "untag", "kind": "tag", "action": "remove", "tag": "cold"},
    {"key": "on", "kind": "list", "list": "Hot"},
    {"key": "off", "kind": "list", "action": "remove", "list": "Cold"},
    {"key": "field", "kind": "set_field", "field": "company", "value": "Acme"},
    {"key": "own", "kind": "set_field", "field": "custom.seats", "value": 12},
    {"key": "stage", "kind": "set_stage", "stage": "won"},
    {"key": "tell", "kind": "notify", "to": "sequence_owner", "by": ["in_app", "email"], "text": "Look"},
    {"key": "ask", "kind": "other_sequence", "sequence": "Other"},
    {"key": "end", "kind": "other_sequence", "action": "finish", "sequence": "Other"},
    {"key": "hush", "kind": "suppress"},
    {"key": "call", "kind": "webhook", "url": "https://hooks.example.com/"},
]


@pytest.fixture
def owner():
    return world.a_workspace()


def a_sequence(owner, steps, name="Flow", **settings):
    row = Sequence.objects.create(
        workspace=owner.workspace, name=name, owner=owner, status=settings.pop("status", "active"),
        created_at=NOW, updated_at=NOW, **settings,
    )  # fmt: skip
    with transaction.atomic():
        return flows.save_version(row, read_document({"format": 1, "steps": steps}), owner, NOW)


def enrolled(owner, version, count=1):
    ids = sorted(world.contacts(owner.workspace, count, Contact.objects.count()))
    start = flows.flow_of(version.pk).start
    assert start is not None
    world.enroll(version, ids, step=start)
    return ids


def run(owner, steps, count=1, now=NOW):
    """Enroll people in a flow of these steps and let it run; return the contacts."""
    ids = enrolled(owner, a_sequence(owner, steps), count)
    settle(now)
    return ids


def settle(now=NOW):
    while Planner().plan_once(now) or jobs.run_once(now):
        pass


def told(contact_id, *kinds):
    rows = Event.objects.filter(contact_id=contact_id, kind__in=kinds).order_by("id")
    return [(row.kind, row.payload) for row in rows]


def answers():
    rows = JournalEntry.objects.filter(rule=elsewhere.ANSWERED).order_by("id")
    return list(rows.values_list("reason", flat=True))


class TestCost:
    def cost(self, owner, version, count):
        enrolled(owner, version, count)
        with CaptureQueriesContext(connection) as planning:
            assert Planner().plan_once(NOW) == count
        with CaptureQueriesContext(connection) as asked:
            while jobs.run_once(NOW):
                pass
        while Planner().plan_once(NOW):
            pass
        return len(planning), len(asked)

    def test_a_batch_of_many_costs_as_many_statements_as_one_of_few(self, owner):
        ContactField.objects.create(workspace=owner.workspace, key="seats", label="Seats", type="number")
        a_sequence(owner, [{"key": "wait", "kind": "tag", "tag": "x", "delay": "1d"}], "Other")
        version = a_sequence(owner, EVERYTHING)
        self.cost(owner, version, 3)
        few, many = self.cost(owner, version, 4), self.cost(owner, version, 120)
        assert few == many


class TestTagsAndLists:
    def test_only_what_changes_is_written_and_told(self, owner):
        (one,) = run(
            owner, [{"key": "a", "kind": "tag", "tag": "VIP"}, {"key": "b", "kind": "tag", "tag": "vip"}]
        )
        assert told(one, "tag_added", "tag_removed") == [("tag_added", {"tag": "VIP"})]
        assert list(ContactTag.objects.values_list("contact_id", "tag__name")) == [(one, "VIP")]

    def test_what_was_done_last_stays(self, owner):
        (one,) = run(
            owner,
            [
                {"key": "a", "kind": "list", "list": "Hot"},
                {"key": "b", "kind": "list", "action": "remove", "list": "Hot"},
                {"key": "c", "kind": "tag", "action": "remove", "tag": "x"},
                {"key": "d", "kind": "tag", "tag": "x"},
            ],
        )
        assert not ListMember.objects.exists()
        assert [kind for kind, _ in told(one, "list_joined", "list_left")] == ["list_joined", "list_left"]
        assert ContactTag.objects.get().contact_id == one

    def test_a_list_is_made_in_the_workspace_of_the_contact_alone(self, owner):
        (one,) = run(owner, [{"key": "a", "kind": "list", "list": "Fair 2026"}])
        made = ContactList.objects.get()
        assert (made.name, made.workspace_id) == ("Fair 2026", owner.workspace_id)
        assert told(one, "list_joined")[0][1] == {"list": made.pk, "list_name": "Fair 2026"}
        assert Event.objects.get(kind="list_joined").enrollment_id == Enrollment.objects.get().pk

    def test_taking_off_a_list_that_is_not_there_makes_none(self, owner):
        run(owner, [{"key": "a", "kind": "list", "action": "remove", "list": "Nope"}])
        assert not ContactList.objects.exists()
        assert Enrollment.objects.get().reason == "completed"


class TestFields:
    @pytest.mark.parametrize(
        ("type_", "value", "column", "kept"),
        [
            pytest.param("text", "Blue", "text", "Blue", id="text"),
            pytest.param("text", 7, "text", "7", id="a number as text"),
            pytest.param("number", 7, "number", 7.0, id="number"),
            pytest.param("date", "2026-05-01", "date", "2026-05-01", id="day"),
            pytest.param("boolean", True, "boolean", True, id="truth"),
        ],
    )
    def test_own_fields_keep_their_type(self, owner, type_, value, column, kept):
        ContactField.objects.create(workspace=owner.workspace, key="x", label="X", type=type_)
        run(owner, [{"key": "a", "kind": "set_field", "field": "custom.x", "value": value}])
        found = getattr(ContactFieldValue.objects.get(), column)
        assert (str(found) if type_ == "date" else found) == kept

    def test_a_value_of_another_type_leaves_the_field_alone(self, owner):
        ContactField.objects.create(workspace=owner.workspace, key="x", label="X", type="number")
        run(owner, [{"key": "a", "kind": "set_field", "field": "custom.x", "value": "many"}])
        assert not ContactFieldValue.objects.exists()

    def test_the_last_of_stage_and_field_counts(self, owner):
        (one,) = run(
            owner,
            [
                {"key": "a", "kind": "set_stage", "stage": "won"},
                {"key": "b", "kind": "set_field", "field": "stage", "value": "lost"},
            ],
        )
        assert Contact.objects.get(pk=one).stage == "lost"

    def test_a_text_too_long_for_its_column_is_cut(self, owner):
        (one,) = run(owner, [{"key": "a", "kind": "set_field", "field": "company", "value": "x" * 5000}])
        assert set(Contact.objects.get(pk=one).company) == {"x"}


class TestNotices:
    def test_everybody_is_told_in_the_app_and_by_mail(self, owner):
        run(
            owner,
            [{"key": "a", "kind": "notify", "by": ["in_app", "email"], "text": "Hi {{ contact.email }}"}],
            3,
        )
        assert Notification.objects.filter(member=owner).count() == 3
        mails = Touch.objects.filter(kind="notice")
        assert set(mails.values_list("recipient", "priority")) == {(owner.user.email, Priority.REPLY)}
        texts = mails.values_list("content__text", flat=True)
        assert all(text.startswith("Hi p") or "@" in text for text in texts)

    @pytest.mark.parametrize(
        ("to", "who"),
        [
            pytest.param("contact_owner", "rep", id="the contact's owner"),
            pytest.param("sequence_owner", "owner", id="the sequence's owner"),
            pytest.param("workspace_owner", "owner", id="the workspace's owner"),
            pytest.param("REP@ours.test", "rep", id="a member by address"),
            pytest.param("gone@ours.test", "owner", id="one who has left is stood in for"),
            pytest.param("nobody@ours.test", "owner", id="nobody is stood in for"),
        ],
    )
    def test_whom_a_name_means(self, owner, to, who):
        rep, gone = a_colleague(owner, "rep"), a_colleague(owner, "gone", deactivated_at=NOW)
        version = a_sequence(owner, [{"key": "a", "kind": "notify", "to": to, "text": "Look"}])
        (one,) = enrolled(owner, version)
        Contact.objects.filter(pk=one).update(owner=rep)
        settle()
        assert Notification.objects.get().member == {"rep": rep, "owner": owner, "gone": gone}[who]

    def test_an_owner_who_has_left_is_stood_in_for(self, owner):
        gone = a_colleague(owner, "gone", deactivated_at=NOW)
        (one,) = enrolled(owner, a_sequence(owner, [{"key": "a", "kind": "notify", "text": "Look"}]))
        Contact.objects.filter(pk=one).update(owner=gone)
        settle()
        assert Notification.objects.get().member == owner


def a_colleague(owner, name, **more):
    from drumbeat.models import User

    user = User.objects.create_user(f"{name}@ours.test")
    return Member.objects.create(workspace=owner.workspace, user=user, name=name, created_at=NOW, **more)


class TestSuppress:
    def test_all_channels_or_one(self, owner):
        version = a_sequence(
            owner, [{"key": "a", "kind": "suppress"}, {"key": "b", "kind": "suppress", "channel": "sms"}]
        )
        (one,) = enrolled(owner, version)
        Contact.objects.filter(pk=one).update(phone="+1 555", phone_normal="+15550100")
        settle()
        rows = Suppression.objects.filter(contact_id=one)
        mail = address_hash(Contact.objects.get(pk=one).email_normal)
        assert {row.reason for row in rows} == {"flow"}
        assert sorted(rows.values_list("channel", flat=True)) == ["", "", "sms"]
        assert rows.get(channel="", hash=mail).source == f"sequence:{version.sequence_id}:a"

    def test_what_is_on_its_way_to_the_address_is_withheld_and_its_enrollment_woken(self, owner):
        sender = world.a_sender(owner.workspace)
        mail = a_sequence(
            owner,
            [{"key": "m", "kind": "email", "content": {"subject": "Hi", "text": "Hi"}}],
            "Mail",
            sender=sender,
        )
        (one,) = enrolled(owner, mail)
        Planner().plan_once(NOW)
        waiting = Touch.objects.get(kind="email")
        assert (waiting.status, waiting.vetoed_at) == (TouchStatus.PLANNED, None)
        hush = a_sequence(owner, [{"key": "a", "kind": "suppress", "channel": "email"}], "Hush")
        world.enroll(hush, [one], step="a")

        Planner().plan_once(NOW)
        waiting.refresh_from_db()
        assert waiting.vetoed_at == NOW
        settle()

        waiting.refresh_from_db()
        assert waiting.status == TouchStatus.CANCELLED
        assert Enrollment.objects.get(sequence=mail.sequence).reason == "suppressed"

    def test_the_flow_itself_finds_nobody_to_write_to_any_more(self, owner):
        sender = world.a_sender(owner.workspace)
        steps = [
            {"key": "a", "kind": "suppress"},
            {"key": "m", "kind": "email", "content": {"subject": "Hi", "text": "Hi"}},
        ]
        enrolled(owner, a_sequence(owner, steps, sender=sender))
        settle()
        assert Enrollment.objects.get().reason == "suppressed"
        assert not Touch.objects.exists()


OTHER = [{"key": "x", "kind": "tag", "tag": "x", "delay": "1d"}]


class TestOtherSequences:
    def ask(self, owner, action="enroll", sequence="Other", count=1, **own):
        return run(
            owner, [{"key": "ask", "kind": "other_sequence", "action": action, "sequence": sequence}], count
        )

    def test_a_contact_is_enrolled_by_name_or_number(self, owner):
        other = a_sequence(owner, OTHER, "Other").sequence
        (one,) = self.ask(owner)
        (two,) = self.ask(owner, sequence=str(other.pk))
        made = Enrollment.objects.filter(sequence=other)
        assert set(made.values_list("contact_id", flat=True)) == {one, two}
        assert answers() == ["enrolled", "enrolled"]
        assert not Job.objects.exists()

    @pytest.mark.parametrize(
        ("settings", "answer"),
        [
            pytest.param({"status": "draft"}, "sequence_not_active", id="a draft"),
            pytest.param({"status": "archived"}, "sequence_not_active", id="archived"),
            pytest.param({"status": "paused"}, "enrolled", id="paused: it waits"),
            pytest.param({"review": True}, "waiting_for_review", id="with review"),
        ],
    )
    def test_the_other_sequence_decides(self, owner, settings, answer):
        a_sequence(owner, OTHER, "Other", **settings)
        self.ask(owner)
        assert answers() == [answer]

    def test_a_sequence_that_is_not_there_enrolls_nobody(self, owner):
        self.ask(owner)
        assert answers() == ["not_found"]
        assert Enrollment.objects.get().reason == "completed"

    @pytest.mark.parametrize(
        ("settings", "answer"),
        [
            pytest.param({}, "reenrollment_not_allowed", id="never again"),
            pytest.param({"reenrollment": "always"}, "enrolled", id="always"),
            pytest.param(
                {"reenrollment": "after_days", "reenroll_after_days": 3},
                "reenrollment_not_allowed",
                id="too soon",
            ),
        ],
    )
    def test_an_earlier_run_is_asked_for(self, owner, settings, answer):
        other = a_sequence(owner, OTHER, "Other", **settings)
        version = a_sequence(owner, [{"key": "ask", "kind": "other_sequence", "sequence": "Other"}])
        (one,) = enrolled(owner, version)
        world.enroll(other, [one], step="x")
        Enrollment.objects.filter(sequence=other.sequence).update(
            state="finished", reason="completed", finished_at=NOW, next_step_at=None
        )
        settle()
        assert answers() == [answer]

    def test_nobody_runs_twice_at_once(self, owner):
        other = a_sequence(owner, OTHER, "Other")
        version = a_sequence(owner, [{"key": "ask", "kind": "other_sequence", "sequence": "Other"}])
        (one,) = enrolled(owner, version)
        world.enroll(other, [one], step="x", due_at=world.LATER)
        settle()
        assert answers() == ["already_enrolled"]

    def test_sequences_that_enroll_one_another_come_to_an_end(self, owner):
        def asks(name):
            return [{"key": "ask", "kind": "other_sequence", "sequence": name}]

        for name, following in (("B", "C"), ("C", "Flow")):
            a_sequence(owner, asks(following), name, reenrollment="always")
        version = a_sequence(owner, asks("B"), reenrollment="always")
        enrolled(owner, version)
        settle()
        assert answers() == ["enrolled", "enrolled", elsewhere.LOOP]
        assert Enrollment.objects.count() == 3
        first = version.sequence_id
        sources = list(Enrollment.objects.order_by("id").values_list("source", flat=True))
        assert sources[1] == f"flow:{first}"
        assert sources[2].startswith(f"flow:{first}.")

    def test_a_run_elsewhere_is_ended_with_its_reason(self, owner):
        other = a_sequence(owner, OTHER, "Other")
        version = a_sequence(
            owner, [{"key": "e", "kind": "other_sequence", "action": "finish", "sequence": "Other"}]
        )
        one, _ = enrolled(owner, version, 2)
        world.enroll(other, [one], step="x", due_at=world.LATER)
        settle()
        ended = Enrollment.objects.get(sequence=other.sequence)
        assert (ended.state, ended.reason) == ("finished", "stop_condition")
        entry = JournalEntry.objects.get(enrollment=ended, rule="finished")
        assert entry.facts == {"by": f"sequence:{version.sequence_id}"}
        assert sorted(answers()) == [elsewhere.FINISHED, elsewhere.NOT_THERE]
        assert told(one, "sequence_finished")

    def test_what_a_flow_asks_goes_before_a_long_import(self, owner):
        from drumbeat.store import jobs as rows

        rows.enqueue(rows.IMPORT, {}, NOW, workspace_id=owner.workspace_id)
        rows.enqueue(rows.WAKE_THESE, {"enrollments": []}, NOW)
        first = rows.claim(NOW)
        assert first is not None and first.kind == rows.WAKE_THESE


def test_a_webhook_is_a_touch_of_the_built_in_sender(owner):
    (one,) = run(owner, [{"key": "call", "kind": "webhook", "url": "https://hooks.example.com/"}])
    touch, enrollment = Touch.objects.select_related("sender").get(), Enrollment.objects.get()
    assert (touch.kind, touch.sender.kind, touch.contact_id) == ("webhook", "webhook", one)
    assert touch.key == f"step:{enrollment.pk}:call:1"
    assert touch.mark == mark_of(owner.workspace_id, touch.key)
    assert enrollment.state == "awaiting"
