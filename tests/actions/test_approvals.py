"""What people do with drafts: let go, change, take back, refuse; and what takes a draft out of their hands."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from drumbeat.actions import agents, approvals, emergency, opt_outs, senders, sequences
from drumbeat.actions.approvals import deciding, editing
from drumbeat.actions.approvals.editing import Trial
from drumbeat.actions.enrollments import explaining, verbs
from drumbeat.agents.named import drafter_of
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.flow import Way, WayKind
from drumbeat.engine.drafting import renew_once
from drumbeat.environment import read_environment
from drumbeat.models import AuditEntry, Contact, Draft, Message, Role, Touch, Writing
from drumbeat.store import draft_outcomes, stops
from tests.support.drafting import TEXT, Desk, by_agent, settings_of, written
from tests.support.flows import a_flow, an_email
from tests.support.model import a_model, refusing
from tests.support.office import NOW
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db(transaction=True)

SOON = NOW + timedelta(seconds=5)
LATER = NOW + timedelta(seconds=11)
OTHER_TEXT = TEXT.replace("Shall we look", "Could we look")


@pytest.fixture(autouse=True)
def _published(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)


@pytest.fixture
def model():
    with a_model(written()) as listening:
        yield listening


@pytest.fixture
def desk(model):
    desk = Desk(settings_of(model))
    desk.round(NOW)
    assert desk.touch.status == "in_approval"
    return desk


def reply(desk, now):
    with transaction.atomic():
        stops.stop_contacts(desk.owner.workspace_id, [desk.contact.pk], "replied", now)


def approve(desk, now=NOW, **more):
    (answer,) = deciding.approve(desk.owner, [desk.draft.pk], now, **more)
    return answer


def test_an_approved_draft_leaves_after_ten_seconds(desk):
    answer = approve(desk)
    assert (answer.code, answer.status, answer.undo_until) == (
        "done",
        "scheduled",
        NOW + timedelta(seconds=10),
    )
    desk.round(SOON)
    assert desk.sent == []
    desk.round(LATER)
    assert len(desk.sent) == 1
    draft = desk.draft
    assert (draft.decision, draft.decided_by, draft.decided_at) == ("approved", desk.owner, NOW)
    assert Message.objects.get(direction="out").text.startswith(TEXT)
    entry = AuditEntry.objects.get(act="approvals.approve")
    assert (entry.member_id, entry.object_id, entry.name) == (desk.owner.pk, draft.pk, "Kim")


def test_an_approval_can_be_taken_back_for_ten_seconds(desk):
    approve(desk)
    (answer,) = deciding.undo(desk.owner, [desk.draft.pk], SOON)
    assert (answer.code, desk.touch.status, desk.draft.state) == ("done", "in_approval", "waiting")
    desk.round(LATER)
    assert desk.sent == []
    approve(desk, LATER)
    (late,) = deciding.undo(desk.owner, [desk.draft.pk], LATER + timedelta(seconds=10))
    assert late.code == "too_late"
    desk.round(LATER + timedelta(seconds=11))
    assert len(desk.sent) == 1


def test_what_must_not_go_out_so_needs_a_second_yes(model):
    model.says(written(TEXT + " [your name]"))
    desk = Desk(settings_of(model))
    desk.round(NOW)
    assert approve(desk).code == "concerns"
    assert desk.touch.status == "in_approval"
    assert approve(desk, anyway=True).code == "done"


def test_a_draft_without_text_is_never_approved(model):
    model.says(refusing(400, "no"))
    desk = Desk(settings_of(model))
    desk.round(NOW)
    desk.round(NOW + timedelta(hours=2))
    assert desk.draft.text == ""
    assert approve(desk, NOW + timedelta(hours=2), anyway=True).code == "concerns"
    deciding.approve_as(desk.owner, desk.draft.pk, TEXT, NOW + timedelta(hours=2), subject="Ours")
    desk.round(NOW + timedelta(hours=3))
    assert Message.objects.get(direction="out").subject == "Ours"


def test_a_person_changes_the_words_and_lets_them_go(desk):
    answer = deciding.approve_as(desk.owner, desk.draft.pk, OTHER_TEXT, NOW, subject="Other")
    assert (answer.code, desk.draft.decision) == ("done", "edited")
    desk.round(LATER)
    message = Message.objects.get(direction="out")
    assert (message.subject, message.text.startswith(OTHER_TEXT)) == ("Other", True)
    assert (desk.draft.original_subject, desk.draft.original_text) == ("Bikes and parts", TEXT)


def test_an_edit_that_raises_a_concern_is_refused_as_a_whole(desk):
    with pytest.raises(DomainError, match="must not go out so") as refused:
        deciding.approve_as(desk.owner, desk.draft.pk, TEXT + " {name}", NOW)
    assert refused.value.code == "draft_concerns"
    assert desk.draft.text == TEXT


def test_an_edit_is_kept_and_can_be_taken_back(desk):
    draft = editing.edit(desk.owner, desk.draft.pk, TEXT + " [gap here]", NOW)
    assert (draft.risk, draft.state) == ("stop", "waiting")
    draft = editing.restore(desk.owner, draft.pk, NOW)
    assert (draft.text, draft.subject, draft.risk) == (TEXT, "Bikes and parts", "")


@pytest.mark.parametrize(
    ("text", "subject"), [("", None), (" ", None), ("a\0", None), ("x" * 20_001, None), ("a", "y" * 501)]
)
def test_words_that_cannot_be_kept_are_refused(desk, text, subject):
    with pytest.raises(DomainError) as refused:
        editing.edit(desk.owner, desk.draft.pk, text, NOW, subject)
    assert refused.value.code == "draft_invalid"
    assert desk.draft.text == TEXT


def test_a_wish_has_it_written_anew(desk, model):
    model.says(written(OTHER_TEXT))
    editing.regenerate(desk.owner, desk.draft.pk, "A little shorter", SOON)
    assert desk.touch.status == "drafting"
    desk.round(SOON)
    assert (desk.touch.status, desk.draft.text) == ("in_approval", OTHER_TEXT)
    assert "A little shorter" in model.calls[-1].system
    assert TEXT in model.calls[-1].user
    assert Writing.objects.filter(draft=desk.draft).count() == 2


def test_a_rejected_draft_is_left_out_and_the_flow_goes_on(desk):
    (answer,) = deciding.reject(desk.owner, [desk.draft.pk], NOW)
    assert (answer.code, answer.status, desk.touch.reason) == ("done", "skipped", "approval_rejected")
    assert (desk.enrollment.step, desk.draft.decision) == ("later", "rejected")


def test_a_rejected_step_takes_its_own_way(model):
    flow = a_flow(
        by_agent(next="later", on_skip=Way(WayKind.STEP, "other")), an_email("later"), an_email("other")
    )
    desk = Desk(settings_of(model), flow)
    desk.round(NOW, sends=False)
    deciding.reject(desk.owner, [desk.draft.pk], NOW)
    assert desk.enrollment.step == "other"


def test_a_rejection_can_end_the_enrollment(desk):
    deciding.reject(desk.owner, [desk.draft.pk], NOW, and_stop=True)
    row = desk.enrollment
    assert (row.state, row.reason, row.finished_by_id) == ("finished", "manual", desk.owner.pk)


def test_a_reply_takes_a_waiting_draft_away(desk):
    reply(desk, SOON)
    answer = approve(desk, SOON)
    assert (answer.code, answer.status) == ("not_waiting", "cancelled")
    desk.round(LATER)
    assert (desk.sent, desk.enrollment.reason) == ([], "replied")
    assert list(approvals.rows_of(desk.owner, approvals.DraftQuery(), LATER)) == []


def test_an_opt_out_while_it_is_written_keeps_it_from_everybody(model):
    desk = Desk(settings_of(model), agent={"autonomy": "full"})
    desk.round(NOW, drafts=False)
    opt_outs.unsubscribe(desk.owner.workspace_id, desk.contact.pk, NOW, source="link")
    desk.round(NOW)
    assert (model.calls, desk.sent, desk.enrollment.reason) == ([], [], "opted_out")
    renew_once(NOW)
    assert desk.draft.state == "done"


def test_a_reply_while_the_model_writes_is_heard_before_it_leaves(model):
    desk = Desk(settings_of(model), agent={"autonomy": "full"})

    def answers_meanwhile(call):
        reply(desk, NOW)
        connection.close()
        return written()

    model.says(answers_meanwhile)
    desk.round(NOW)
    assert (desk.sent, desk.enrollment.reason) == ([], "replied")
    assert Writing.objects.count() == 1


def test_a_pause_keeps_a_draft_and_a_yes_waits_for_its_end(desk):
    verbs.apply(desk.owner, [desk.enrollment.pk], Verb(kind=VerbKind.PAUSE), NOW)
    assert approve(desk).code == "done"
    desk.round(LATER)
    assert desk.sent == []
    verbs.apply(desk.owner, [desk.enrollment.pk], Verb(kind=VerbKind.RESUME), LATER)
    desk.round(LATER)
    assert len(desk.sent) == 1


def test_resuming_lets_nothing_go_that_nobody_approved(desk):
    for kind in (VerbKind.PAUSE, VerbKind.RESUME):
        verbs.apply(desk.owner, [desk.enrollment.pk], Verb(kind=kind), NOW)
    sequences.pause(desk.owner, desk.sequence.pk, NOW)
    sequences.resume(desk.owner, desk.sequence.pk, NOW)
    emergency.stop_all(desk.owner, NOW)
    emergency.lift(desk.owner, NOW)
    desk.round(NOW + timedelta(days=1))
    assert (desk.touch.status, desk.sent) == ("in_approval", [])


def test_nobody_is_asked_while_everything_is_stopped(model):
    desk = Desk(settings_of(model))
    desk.round(NOW, drafts=False)
    emergency.stop_all(desk.owner, NOW)
    desk.round(NOW)
    assert model.calls == []
    emergency.lift(desk.owner, SOON)
    desk.round(SOON)
    assert len(model.calls) == 1


def test_what_nobody_answers_for_a_week_is_written_anew(desk, model):
    model.says(written(OTHER_TEXT))
    renew_once(NOW + timedelta(days=6))
    assert desk.touch.status == "in_approval"
    renew_once(NOW + timedelta(days=7))
    desk.round(NOW + timedelta(days=7))
    assert (desk.draft.text, desk.draft.renewals, desk.touch.status) == (OTHER_TEXT, 1, "in_approval")


def test_what_nobody_answers_at_all_is_left_out_at_last(desk):
    Draft.objects.update(renewals=draft_outcomes.MOST_RENEWALS)
    renew_once(NOW + timedelta(days=8))
    desk.planner.plan_once(NOW + timedelta(days=8))
    assert (desk.touch.status, desk.touch.reason, desk.enrollment.step) == (
        "skipped",
        "draft_expired",
        "later",
    )


def test_words_of_a_person_do_not_grow_old(desk):
    editing.edit(desk.owner, desk.draft.pk, OTHER_TEXT, NOW)
    renew_once(NOW + timedelta(days=30))
    assert (desk.touch.status, desk.draft.text) == ("in_approval", OTHER_TEXT)


def test_other_facts_have_a_draft_written_anew(desk, model):
    model.says(written(OTHER_TEXT))
    agents.change(desk.owner, desk.agent.pk, {"facts": ["We are in Basel."]}, NOW)
    assert approve(desk).code == "outdated"
    desk.round(SOON)
    assert (desk.draft.text, desk.touch.status) == (OTHER_TEXT, "in_approval")


def test_a_contact_that_changed_is_written_to_anew(desk, model):
    model.says(written(OTHER_TEXT))
    Contact.objects.update(company="Bolt")
    renew_once(NOW + timedelta(minutes=6))
    desk.round(NOW + timedelta(minutes=6))
    assert desk.draft.text == OTHER_TEXT
    assert "Bolt" in model.calls[-1].user


def test_another_sender_takes_over_what_a_person_approved(desk, model):
    other = senders.add(
        desk.owner, "second@ours.test", NOW, name="Rep", smtp="smtp://127.0.0.1:2525", always=True
    )
    type(desk.sequence).objects.update(sender=other)
    approve(desk)
    senders.disable(desk.owner, desk.sender.pk, SOON)
    desk.round(LATER)
    desk.round(LATER)
    assert len(model.calls) == 1
    assert len(desk.sent) == 1
    assert desk.touch.sender_id == other.pk


def test_an_approval_waits_for_the_senders_hours(model):
    desk = Desk(settings_of(model), window={"monday": [["09:00", "10:30"]]})
    desk.round(NOW)
    night = NOW + timedelta(hours=9)
    approve(desk, night)
    desk.round(night + timedelta(minutes=1))
    assert (desk.sent, desk.touch.hold_reason) == ([], "window")


def test_who_sees_only_their_own_contacts_decides_about_no_other(desk):
    rep = a_member(desk.owner.workspace, "rep", Role.REP)
    rep.own_contacts_only = True
    rep.save()
    (answer,) = deciding.approve(rep, [desk.draft.pk], NOW)
    assert answer.code == "not_found"
    with pytest.raises(DomainError):
        approvals.get(rep, desk.draft.pk)


def test_lists_are_narrowed(desk):
    def found(**asked):
        rows = approvals.rows_of(desk.owner, approvals.DraftQuery(**asked), NOW + timedelta(hours=2))
        return rows.count()

    assert found() == 1
    assert (
        found(sequence_id=desk.sequence.pk, agent_id=desk.agent.pk, channel="email", risk="none", q="kim")
        == 1
    )
    assert found(older_than_hours=2) == 1
    assert found(older_than_hours=3) == 0
    assert [found(q="bo"), found(channel="sms"), found(risk="stop"), found(view="writing")] == [0, 0, 0, 0]
    counted = approvals.counts(desk.owner)
    assert (counted.waiting, counted.writing, counted.oldest_at) == (1, 0, NOW)
    assert counted.sequences == [(desk.sequence.pk, "Hello", 1)]
    deciding.reject(desk.owner, [desk.draft.pk], NOW)
    assert (found(), found(view="decided")) == (0, 1)


def test_many_are_decided_at_once_each_by_itself(desk):
    answers = deciding.approve(desk.owner, [desk.draft.pk, 999], NOW)
    assert [one.code for one in answers] == ["done", "not_found"]
    with pytest.raises(DomainError, match="at most 200"):
        deciding.approve(desk.owner, range(1, 202), NOW)


def test_why_says_what_it_waits_for(desk):
    told = explaining.why(desk.owner, desk.enrollment.pk, NOW)
    assert told.hold == "approval"
    assert told.can_do == ["Approve or reject it."]


def test_a_step_is_tried_out_and_nothing_is_kept_but_its_cost(desk, model):
    before = (Draft.objects.count(), Touch.objects.count())
    drafter = drafter_of(read_environment(settings_of(model)))
    trial = Trial(step=by_agent(), contact_id=desk.contact.pk, note="shorter")
    made = editing.preview(desk.owner, desk.sequence.pk, trial, drafter, NOW)
    assert made.drafted.draft.text == TEXT
    assert made.as_step == ("", "")
    assert (Draft.objects.count(), Touch.objects.count()) == before
    row = Writing.objects.get(draft=None)
    assert (row.prompt, row.said, row.tokens_in) == ("", "", 100)
    agents.change(desk.owner, desk.agent.pk, {"drafts_per_day": 2}, NOW)
    with pytest.raises(DomainError, match="as many drafts") as refused:
        editing.preview(desk.owner, desk.sequence.pk, trial, drafter, NOW)
    assert refused.value.code == "draft_cap"


def test_an_agent_is_tried_out_with_no_sequence_at_hand(desk, model):
    drafter = drafter_of(read_environment(settings_of(model)))
    made = editing.try_out(desk.owner, desk.agent.pk, Trial(step=by_agent()), drafter, NOW)
    assert made.as_step == (made.drafted.draft.subject, TEXT)
    assert (made.agent, made.drafted.draft.text) == (desk.agent, TEXT)
    assert Writing.objects.filter(draft=None).count() == 1
    desk.owner.role = "rep"
    with pytest.raises(DomainError, match="does not include"):
        editing.try_out(desk.owner, desk.agent.pk, Trial(step=by_agent()), drafter, NOW)


def test_trying_out_says_what_is_missing(desk):
    for step, drafter, code in (
        (by_agent(), None, "model_not_configured"),
        (an_email("a"), None, "step_not_by_agent"),
    ):
        with pytest.raises(DomainError) as refused:
            editing.preview(desk.owner, desk.sequence.pk, Trial(step=step), drafter, NOW)
        assert refused.value.code == code


def test_publishing_needs_an_agent_and_a_model_or_a_text(desk):
    agents.remove(desk.owner, desk.agent.pk, NOW)
    with pytest.raises(DomainError) as refused:
        sequences.publish(desk.owner, desk.sequence.pk, NOW)
    assert "An agent is to write" in refused.value.fields["steps[0].written_by"]
