"""Courtesy to companies: a colleague's answer is heard, and no more people of one company run than are wanted."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import world
from bench.null_wire import NullWire
from drumbeat.actions import enrollments
from drumbeat.actions.contacts.selection import Selection
from drumbeat.actions.enrollments import automatic, explaining, preflight
from drumbeat.core.document import read_document
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.facts import WEAK_REPLY
from drumbeat.engine import jobs
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.models import Contact, ContactFact, Enrollment, Job, JournalEntry, Sequence, Touch
from drumbeat.store import flows, stops
from tests.support.installation import Call

pytest_plugins = ["tests.support.installed"]

NOW = world.START
MAIL = [{"key": "hello", "kind": "email", "content": {"subject": "Hello", "text": "Hi."}}]
WAIT = [{"key": "wait", "kind": "tag", "tag": "x", "delay": "5d"}]


@pytest.fixture
def owner(installation):
    return world.a_workspace()


def a_sequence(owner, name="Flow", steps=WAIT, **settings):
    row = Sequence.objects.create(
        workspace=owner.workspace, name=name, owner=owner, status="active", created_at=NOW, updated_at=NOW,
        **settings,
    )  # fmt: skip
    with transaction.atomic():
        flows.save_version(row, read_document({"format": 1, "steps": steps}), owner, NOW)
    row.refresh_from_db()
    return row


def people(owner, *domains):
    """Make a contact at each of the domains."""
    ids = sorted(world.contacts(owner.workspace, len(domains), Contact.objects.count()))
    for contact_id, domain in zip(ids, domains, strict=True):
        address = f"p{contact_id}@{domain}" if domain else ""
        Contact.objects.filter(pk=contact_id).update(email=address, email_normal=address, email_domain=domain)
    return ids


def running(sequence, ids):
    world.enroll(sequence.current_version, ids, step=sequence.current_version.document["steps"][0]["key"])
    Planner().plan_once(NOW)


def happens(owner, contact_id, kind="replied"):
    with transaction.atomic():
        return stops.stop_contacts(owner.workspace_id, [contact_id], kind, NOW)


def settle():
    while Planner().plan_once(NOW) or jobs.run_once(NOW):
        pass


def standing(contact_id, sequence=None):
    rows = Enrollment.objects.filter(contact_id=contact_id)
    row = rows.get(sequence=sequence) if sequence else rows.get()
    return row.state, row.reason


class TestAColleaguesAnswer:
    @pytest.mark.parametrize("kind", ["replied", "meeting_booked"])
    @pytest.mark.parametrize(
        ("setting", "after"),
        [
            pytest.param("off", ("active", ""), id="off"),
            pytest.param("pause", ("paused", "company_reply"), id="pause"),
            pytest.param("finish", ("finished", "replied"), id="finish"),
        ],
    )
    def test_the_setting_says_what_it_does(self, owner, setting, after, kind):
        first, second, other = people(owner, "acme.com", "acme.com", "umbrella.com")
        running(a_sequence(owner, exit_on_company_reply=setting), [first, second, other])
        assert happens(owner, first, kind) == 1
        settle()
        assert standing(second) == after
        assert standing(other) == ("active", "")

    def test_why_says_that_it_was_somebody_else(self, owner):
        first, second, third = people(owner, *["acme.com"] * 3)
        running(a_sequence(owner, exit_on_company_reply="finish"), [first, second])
        running(a_sequence(owner, "Paused", exit_on_company_reply="pause"), [third])
        happens(owner, first)
        settle()
        said = "somebody else at the same company replied or booked a meeting"
        ended = explaining.why(owner, Enrollment.objects.get(contact_id=second).pk, NOW)
        assert (ended.state_now, ended.lines[-1].sentence) == (f"Finished: {said}.", f"Finished: {said}.")
        paused = explaining.why(owner, Enrollment.objects.get(contact_id=third).pk, NOW)
        assert paused.state_now == f"Paused: {said}."
        own = explaining.why(owner, Enrollment.objects.get(contact_id=first).pk, NOW)
        assert own.state_now == "Finished: the contact replied."

    @pytest.mark.parametrize(
        ("kind", "domain"),
        [
            pytest.param(WEAK_REPLY, "acme.com", id="a reply that may be somebody else's"),
            pytest.param("auto_replied", "acme.com", id="an automatic answer"),
            pytest.param("opted_out", "acme.com", id="an opt-out"),
            pytest.param("replied", "gmail.com", id="a reply from where anybody has an address"),
            pytest.param("replied", "", id="a reply of somebody without an address"),
        ],
    )
    def test_what_is_not_told_to_others(self, owner, kind, domain):
        first, second = people(owner, domain, domain)
        running(a_sequence(owner, exit_on_company_reply="finish"), [first, second])
        happens(owner, first, kind)
        settle()
        assert standing(second) == ("active", "")
        assert not ContactFact.objects.filter(kind="company_reply").exists()

    def test_only_sequences_that_heed_it_do_and_setting_it_later_acts_on_nothing_old(self, owner):
        first, second, third = people(owner, *["acme.com"] * 3)
        heeds, deaf = a_sequence(owner, "Heeds", exit_on_company_reply="pause"), a_sequence(owner, "Deaf")
        running(heeds, [first, second])
        running(deaf, [second, third])
        happens(owner, first)
        settle()
        Sequence.objects.filter(pk=deaf.pk).update(exit_on_company_reply="finish")
        with transaction.atomic():
            stops.wake(Enrollment.objects.all(), NOW)
        settle()
        assert standing(second, heeds) == ("paused", "company_reply")
        assert standing(second, deaf) == ("active", "")
        assert standing(third, deaf) == ("active", "")

    def test_what_was_about_to_leave_is_withheld_at_once(self, owner):
        sender = world.a_sender(owner.workspace)
        first, second = people(owner, "acme.com", "acme.com")
        running(a_sequence(owner, steps=MAIL, exit_on_company_reply="finish", sender=sender), [first, second])
        assert set(Touch.objects.values_list("status", flat=True)) == {"planned"}
        happens(owner, first)
        dispatcher = Dispatcher("worker", NullWire())
        while dispatcher.turn(NOW):
            pass
        assert set(Touch.objects.values_list("status", flat=True)) == {"planned"}
        settle()
        assert set(Touch.objects.values_list("status", flat=True)) == {"cancelled"}

    def test_a_big_company_is_told_by_a_job(self, owner, monkeypatch):
        monkeypatch.setattr(stops, "COLLEAGUES_AT_ONCE", 3)
        ids = people(owner, *["acme.com"] * 9)
        running(a_sequence(owner, exit_on_company_reply="finish"), ids)
        happens(owner, ids[4])
        assert ContactFact.objects.filter(kind="company_reply").count() == 3
        settle()
        assert Job.objects.get(kind="tell_colleagues").state == "done"
        assert {standing(id_) for id_ in ids} == {("finished", "replied")}
        named = JournalEntry.objects.filter(rule="finished", facts__fact="company_reply")
        assert named.count() == 8
        assert set(ContactFact.objects.filter(kind="company_reply").values_list("count", flat=True)) == {1}

    def test_colleagues_who_answer_at_once_do_not_wait_for_each_other_in_a_circle(self, owner):
        ids = people(owner, *["acme.com"] * 6)
        running(a_sequence(owner, exit_on_company_reply="pause", exit_on_reply="pause"), ids)
        for call in [Call(happens, owner, id_) for id_ in ids for _ in range(2)]:
            call.result()
        settle()
        assert {standing(id_)[0] for id_ in ids} == {"paused"}

    def test_a_workspace_without_the_setting_pays_one_question(self, owner):
        (one,) = people(owner, "acme.com")
        running(a_sequence(owner), [one])

        def cost(kind):
            with CaptureQueriesContext(connection) as captured:
                happens(owner, one, kind)
            return len(captured)

        cost("replied")
        assert cost("replied") == cost("converted") + 1


class TestCompanyLimit:
    def test_the_first_of_a_request_take_the_places(self, owner):
        ids = people(owner, "acme.com", "acme.com", "acme.com", "umbrella.com", "gmail.com", "gmail.com", "")
        sequence = a_sequence(owner, company_limit=2)
        expected = [Answer.ENROLLED, Answer.ENROLLED, Answer.COMPANY_LIMIT, *[Answer.ENROLLED] * 4]
        foreseen = enrollments.foresee(owner, sequence, ids)
        assert [foreseen[id_] for id_ in ids] == expected
        answer = enrollments.enroll(owner, sequence.pk, list(reversed(ids)), NOW)
        assert [answer.answers[id_] for id_ in ids] == expected

    def test_who_has_finished_or_runs_elsewhere_takes_no_place(self, owner):
        first, second, third = people(owner, *["acme.com"] * 3)
        sequence, other = a_sequence(owner, company_limit=1), a_sequence(owner, "Other")
        running(other, [third])
        running(sequence, [first])
        assert enrollments.enroll(owner, sequence.pk, [second], NOW).answers == {second: Answer.COMPANY_LIMIT}
        happens(owner, first)
        settle()
        assert enrollments.enroll(owner, sequence.pk, [second], NOW).answers == {second: Answer.ENROLLED}

    def test_who_is_refused_anyway_takes_no_place(self, owner):
        first, second, third = people(owner, *["acme.com"] * 3)
        sequence = a_sequence(owner, steps=MAIL, company_limit=1)
        Contact.objects.filter(pk=first).update(email="", email_normal="")
        running(a_sequence(owner, "Alone", one_at_a_time=True), [second])
        answers = enrollments.enroll(owner, sequence.pk, [first, second, third], NOW).answers
        assert answers == {
            first: Answer.NO_ADDRESS,
            second: Answer.PARALLEL_NOT_ALLOWED,
            third: Answer.ENROLLED,
        }

    def test_requests_at_once_count_each_other(self, owner):
        for number in range(4):
            ids = people(owner, *["acme.com"] * 6, *["umbrella.com"] * 6)
            sequence = a_sequence(owner, f"Flow {number}", company_limit=2)
            parts = [[ids[i], ids[11 - i]] for i in range(6)]
            calls = [Call(enrollments.enroll, owner, sequence.pk, part, NOW) for part in parts]
            for call in calls:
                call.result()
            rows = Enrollment.objects.filter(sequence=sequence)
            assert rows.filter(contact__email_domain="acme.com").count() == 2
            assert rows.filter(contact__email_domain="umbrella.com").count() == 2

    def test_automatic_enrollment_keeps_to_it(self, owner):
        first, second = people(owner, "acme.com", "acme.com")
        sequence = a_sequence(owner, company_limit=1)
        with transaction.atomic():
            answers = automatic.enroll_automatically(sequence.pk, {first: "a", second: "b"}, NOW)
        assert answers == {first: Answer.ENROLLED, second: Answer.COMPANY_LIMIT}

    def test_preflight_tells_it(self, owner):
        ids = people(owner, *["acme.com"] * 3)
        sequence = a_sequence(owner, company_limit=1)
        request = preflight.Request(sequence.pk, Selection(contact_ids=ids))
        assert preflight.look(owner, request, NOW).counts == {Answer.ENROLLED: 1, Answer.COMPANY_LIMIT: 2}
        assert preflight.behind(owner, request, Answer.COMPANY_LIMIT, NOW) == ids[1:]

    def test_a_limit_costs_the_same_for_many_as_for_few(self, owner):
        sequence = a_sequence(owner, company_limit=1)

        def cost(count):
            ids = people(owner, *[f"c{count}-{n}.com" for n in range(count)])
            with CaptureQueriesContext(connection) as captured:
                enrollments.foresee(owner, sequence, ids)
            return len(captured)

        cost(2)  # reads the flow for the first time
        assert cost(3) == cost(40)
