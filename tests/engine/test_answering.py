"""What an agent would answer to a contact who replied: drafted once, shown to people, sent by nobody else."""

from datetime import timedelta

import pytest

from drumbeat.actions import agents, emergency, opt_outs
from drumbeat.actions.conversations import change, suggesting, writing
from drumbeat.actions.conversations.writing import Written
from drumbeat.core.errors import DomainError
from drumbeat.models import AnswerDraft, AuditEntry, Conversation, Message, Touch, Writing
from tests.support.answered import ANSWER, Talk, answering
from tests.support.arriving import arrives, message_id_of
from tests.support.injections import TEXTS
from tests.support.letters import a_mail, an_absence, an_auto_reply
from tests.support.model import a_model, refusing
from tests.support.outreach import NOW, a_contact, a_member

pytestmark = pytest.mark.django_db(transaction=True)
SOON = NOW + timedelta(seconds=5)


@pytest.fixture
def model():
    with a_model(answering()) as listening:
        yield listening


@pytest.fixture
def talk(model):
    return Talk(model)


@pytest.fixture
def drafted(talk):
    """A talk in which the contact has answered, and the agent has drafted what to write back."""
    talk.hears()
    talk.write()
    assert talk.draft.state == "waiting"
    return talk


def by_hand():
    return Touch.objects.filter(enrollment=None)


def test_a_reply_is_drafted_an_answer_and_nothing_leaves(talk, model):
    talk.hears()
    talk.write()
    draft = talk.draft
    assert (draft.state, draft.text, draft.agent, draft.contact) == (
        "waiting",
        ANSWER,
        talk.agent,
        talk.contact,
    )
    (call,) = model.calls
    assert "Answer the contact's last message" in call.system
    assert "Would Thursday at ten suit you?" in call.user
    assert "Would Thursday" not in call.system
    assert not by_hand().exists()
    paid = Writing.objects.get(agent=talk.agent)
    assert (paid.tokens_in, paid.draft, paid.prompt) == (100, None, "")
    assert ANSWER in draft.said and "Thursday" in draft.prompt


@pytest.mark.parametrize("policy", ["approval", "autonomous"])
def test_no_policy_sends_an_answer(model, policy):
    talk = Talk(model, policies={"reply": policy})
    talk.hears()
    talk.write()
    assert (talk.draft.state, by_hand().count()) == ("waiting", 0)


@pytest.mark.parametrize(
    "policies",
    [
        pytest.param({"policies": {"reply": "disabled"}}, id="switched off"),
        pytest.param({"policies": {}}, id="never switched on"),
        pytest.param({"autonomy": "full", "policies": {}}, id="autonomy for steps alone"),
    ],
)
def test_an_agent_that_may_not_answer_is_not_asked(model, policies):
    talk = Talk(model, **policies)
    talk.hears()
    talk.write()
    assert (AnswerDraft.objects.count(), model.calls) == (0, [])


def test_one_that_may_not_answer_any_more_is_not_asked_either(talk, model):
    talk.hears()
    policies = {"autonomy": "controlled", "policies": {"reply": "disabled"}}
    agents.change(talk.owner, talk.agent.pk, policies, NOW)
    talk.write()
    assert (talk.draft.state, talk.draft.outcome, talk.draft.because, model.calls) == (
        *("done", "not_written", "disabled"),
        [],
    )


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(lambda id_: a_mail("Please unsubscribe me.\n", answers=id_), id="an opt-out"),
        pytest.param(lambda id_: a_mail("How do I unsubscribe from this?\n", answers=id_), id="perhaps one"),
        pytest.param(lambda id_: an_auto_reply(answers=id_), id="a machine"),
        pytest.param(lambda id_: an_absence(answers=id_), id="an absence"),
        pytest.param(lambda id_: a_mail("Yes.\n"), id="whose nobody knows"),
    ],
)
def test_code_reads_before_any_model_does(talk, model, mail):
    arrives(mail(message_id_of(talk.outreach)))
    talk.write()
    assert Message.objects.filter(direction="in").count() == 1
    assert (AnswerDraft.objects.count(), model.calls) == (0, [])


def test_a_message_is_answered_once_however_often_it_comes(talk, model):
    talk.hears()
    talk.hears()
    talk.write()
    talk.write()
    assert (AnswerDraft.objects.count(), len(model.calls)) == (1, 1)


def test_who_writes_again_is_answered_to_what_they_wrote_last(drafted, model):
    drafted.hears("Or rather on Friday?", number=2)
    first = AnswerDraft.objects.earliest("id")
    assert (first.state, first.outcome) == ("done", "newer")
    drafted.write()
    assert drafted.draft.state == "waiting"
    assert "Or rather on Friday?" in model.calls[-1].user


def test_what_comes_back_for_a_closed_draft_is_paid_for_and_not_kept(talk, model):
    talk.hears()
    talk.answering.turn(NOW)
    change(talk.owner, talk.contact.pk, NOW, needs_answer=False)
    talk.write()
    assert (talk.draft.state, talk.draft.outcome, talk.draft.text) == ("done", "answered", "")
    assert Writing.objects.count() == 1


def test_a_persons_own_answer_withdraws_the_draft(drafted):
    written = Written(client_id="my-own-words", text="Thursday it is.")
    writing.send(drafted.owner, drafted.contact.pk, written, NOW)
    assert (drafted.draft.state, drafted.draft.outcome, drafted.draft.touch) == ("done", "answered", None)


def test_an_opt_out_withdraws_the_draft(drafted):
    opt_outs.unsubscribe(drafted.owner.workspace_id, drafted.contact.pk, NOW, source="link")
    assert (drafted.draft.state, drafted.draft.outcome) == ("done", "withdrawn")


def test_a_yes_sends_it_as_a_message_of_that_person(drafted):
    touch = suggesting.send(drafted.owner, drafted.draft.pk, NOW)
    draft = drafted.draft
    assert (touch.content or {})["text"] == ANSWER
    assert touch.not_before == NOW + writing.UNDO
    assert (draft.state, draft.outcome, draft.touch, draft.decided_by) == (
        "done",
        "sent",
        touch,
        drafted.owner,
    )
    assert not Conversation.objects.get().needs_answer
    assert AuditEntry.objects.filter(act="answers.decide", object_id=draft.pk).count() == 1
    with pytest.raises(DomainError) as refused:
        suggesting.send(drafted.owner, draft.pk, NOW)
    assert (refused.value.code, by_hand().count()) == ("answer_not_waiting", 1)


def test_a_person_may_change_it(drafted):
    touch = suggesting.send(drafted.owner, drafted.draft.pk, NOW, text="Friday.")
    assert (touch.content or {})["text"] == "Friday."
    assert (drafted.draft.outcome, drafted.draft.text) == ("changed", ANSWER)


def test_what_was_taken_back_waits_again_and_can_be_sent_again(drafted):
    touch = suggesting.send(drafted.owner, drafted.draft.pk, NOW)
    writing.take_back(drafted.owner, touch.pk, SOON)
    assert (drafted.draft.state, drafted.draft.outcome, drafted.draft.touch) == ("waiting", "", None)
    again = suggesting.send(drafted.owner, drafted.draft.pk, SOON)
    assert (again.pk != touch.pk, again.status) == (True, "planned")


def test_it_is_thrown_away(drafted):
    suggesting.discard(drafted.owner, drafted.draft.pk, NOW)
    assert (drafted.draft.outcome, Conversation.objects.get().needs_answer) == ("discarded", True)
    assert suggesting.of_contact(drafted.owner, drafted.contact.pk) is None


def test_it_is_written_anew_with_a_wish(drafted, model):
    suggesting.rewrite(drafted.owner, drafted.draft.pk, "shorter", NOW)
    assert drafted.draft.text == ANSWER
    model.says(answering(ANSWER.replace("Thursday", "Friday")))
    drafted.write()
    assert "Friday" in drafted.draft.text
    assert "shorter" in model.calls[-1].system
    assert ANSWER in model.calls[-1].user


def test_what_was_read_is_sent_and_no_other_text(drafted):
    with pytest.raises(DomainError) as refused:
        suggesting.send(drafted.owner, drafted.draft.pk, NOW, read="another")
    assert (refused.value.code, drafted.draft.state) == ("answer_changed", "waiting")


def test_what_must_not_go_out_so_is_said_first(talk, model):
    model.says(answering(ANSWER + " See https://evil.test/now for 90 % off, guaranteed."))
    talk.hears()
    talk.write()
    assert talk.draft.risk == "stop"
    with pytest.raises(DomainError) as refused:
        suggesting.send(talk.owner, talk.draft.pk, NOW)
    assert (refused.value.code, by_hand().count()) == ("answer_concerns", 0)
    suggesting.send(talk.owner, talk.draft.pk, NOW, anyway=True)
    assert by_hand().count() == 1


@pytest.mark.parametrize(
    "text", [pytest.param(text, id=f"{lang} {n}") for n, (lang, text) in enumerate(TEXTS[::8])]
)
def test_what_a_contact_wrote_stays_data(talk, model, text):
    talk.hears(text)
    talk.write()
    for call in model.calls:
        assert text not in call.system
    assert not by_hand().exists()


def test_nobody_is_asked_while_everything_is_stopped(talk, model):
    talk.hears()
    emergency.stop_all(talk.owner, NOW)
    talk.write()
    assert model.calls == []
    assert (talk.draft.state, talk.draft.because) == ("wanted", "rests")
    emergency.lift(talk.owner, NOW)
    talk.write(SOON)
    assert talk.draft.state == "waiting"


def test_a_cap_lets_answers_wait_for_tomorrow(model):
    talk = Talk(model, drafts_per_day=1)
    Writing.objects.create(workspace=talk.owner.workspace, agent=talk.agent, at=NOW)
    talk.hears()
    talk.write()
    assert (talk.draft.state, talk.draft.because, model.calls) == ("wanted", "draft_cap", [])
    talk.write(talk.draft.not_before)
    assert talk.draft.state == "waiting"


def test_two_answers_cannot_share_the_last_place_of_a_day(model):
    talk = Talk(model, drafts_per_day=1)
    talk.hears()
    AnswerDraft.objects.update(contact=a_contact(talk.owner.workspace, "bo@example.com"))
    Conversation.objects.update(contact=AnswerDraft.objects.get().contact)
    talk.hears("Or Friday?", number=2)
    talk.write()
    assert sorted(AnswerDraft.objects.values_list("because", flat=True)) == ["", "draft_cap"]
    assert len(model.calls) == 1


def test_a_model_that_fails_is_asked_again_and_then_a_person_writes_alone(talk, model):
    model.says(refusing(500, "down"))
    talk.hears()
    talk.write()
    draft = talk.draft
    assert (draft.state, draft.because) == ("wanted", "model_fault")
    assert draft.not_before > NOW
    talk.write(NOW + timedelta(hours=2))
    assert (talk.draft.state, talk.draft.outcome) == ("done", "not_written")


def test_a_model_that_fails_once_is_asked_again_however_long_no_worker_ran(talk, model):
    model.says(refusing(500, "down"), answering())
    talk.hears()
    talk.write(NOW + timedelta(hours=2))
    assert (talk.draft.state, talk.draft.tries) == ("wanted", 1)
    talk.write(talk.draft.not_before)
    assert talk.draft.state == "waiting"


def test_others_neither_see_nor_decide_it(drafted):
    rep = a_member(drafted.owner.workspace, "Rae")
    rep.own_contacts_only = True
    rep.save()
    with pytest.raises(DomainError, match="There is no contact"):
        suggesting.of_contact(rep, drafted.contact.pk)
    with pytest.raises(DomainError):
        suggesting.discard(rep, drafted.draft.pk, NOW)
    viewer = a_member(drafted.owner.workspace, "Vic", role="viewer")
    for act in (suggesting.send, suggesting.discard):
        with pytest.raises(DomainError, match="does not include"):
            act(viewer, drafted.draft.pk, NOW)
