"""What comes between a reply and its drafted answer: wishes, stops, corrections, caps."""

from datetime import timedelta

import pytest
from django.db import transaction

from drumbeat.actions import agents, opt_outs, suppressions
from drumbeat.actions.conversations import judging, suggesting, writing
from drumbeat.actions.sequences import settings
from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.errors import DomainError
from drumbeat.models import AnswerDraft, Contact, Message, Writing
from tests.support.answered import ANSWERS, Talk, answering
from tests.support.model import a_model, refusing
from tests.support.outreach import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model():
    with a_model(answering()) as listening:
        yield listening


@pytest.fixture
def talk(model):
    return Talk(model)


@pytest.fixture
def drafted(talk):
    talk.hears()
    talk.write()
    return talk


def states():
    return list(AnswerDraft.objects.order_by("id").values_list("state", "outcome"))


def test_a_wish_while_it_is_written_is_told_and_both_answers_are_paid_for(talk, model):
    talk.hears()
    talk.answering.turn(NOW)
    suggesting.rewrite(talk.owner, talk.draft.pk, "Say Friday instead", NOW)
    talk.write()
    talk.write()
    assert talk.draft.state == "waiting"
    assert "Say Friday instead" in model.calls[-1].system
    assert Writing.objects.filter(agent=talk.agent).count() == len(model.calls) == 2


def test_an_answer_is_paid_for_though_its_contact_was_deleted_meanwhile(talk, model):
    talk.hears()
    talk.answering.turn(NOW)
    Contact.objects.all().delete()
    talk.write()
    assert (AnswerDraft.objects.count(), Writing.objects.filter(agent=talk.agent).count()) == (0, 1)


def test_who_opted_out_before_is_not_told_to_a_model(talk, model):
    with transaction.atomic():
        opt_outs.opt_out(talk.contact, NOW, source="test")
    talk.hears("Thanks, what is your price?")
    talk.write()
    assert (states(), model.calls) == ([("done", "withdrawn")], [])


def test_who_was_suppressed_before_the_models_turn_is_not_told_to_it(talk, model):
    talk.hears()
    suppressions.add(talk.owner, talk.contact.email, NOW, reason="complaint")
    talk.write()
    assert (states(), model.calls) == ([("done", "withdrawn")], [])


def test_who_was_suppressed_while_it_was_written_waits_for_nobody(talk):
    talk.hears()
    talk.answering.turn(NOW)
    suppressions.add(talk.owner, talk.contact.email, NOW, reason="complaint")
    talk.write()
    assert states() == [("done", "withdrawn")]
    assert Writing.objects.filter(agent=talk.agent).count() == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_turns_out_to_be_out_of_office_needs_no_answer(talk, when):
    talk.hears("Interesting, tell me more.")
    if when == "after":
        talk.write()
    judging.reclassify(talk.owner, Message.objects.latest("id").pk, Sentiment.OUT_OF_OFFICE, NOW)
    talk.write()
    assert states() == [("done", "answered")]


def test_what_was_taken_back_after_an_opt_out_does_not_wait_again(drafted):
    touch = suggesting.send(drafted.owner, drafted.draft.pk, NOW)
    with transaction.atomic():
        opt_outs.opt_out(drafted.contact, NOW, source="test")
    writing.take_back(drafted.owner, touch.pk, NOW + timedelta(seconds=1))
    assert states() == [("done", "sent")]


def test_what_was_taken_back_behind_a_newer_message_does_not_answer_it(drafted):
    touch = suggesting.send(drafted.owner, drafted.draft.pk, NOW)
    drafted.hears("Or Friday?", number=2)
    suggesting.discard(drafted.owner, drafted.draft.pk, NOW)
    writing.take_back(drafted.owner, touch.pk, NOW + timedelta(seconds=1))
    assert states() == [("done", "sent"), ("done", "discarded")]


def at_its_cap(model):
    talk = Talk(model, drafts_per_day=1)
    Writing.objects.create(workspace=talk.agent.workspace, agent=talk.agent, at=NOW)
    talk.hears()
    talk.write()
    assert (talk.draft.state, talk.draft.because) == ("wanted", "draft_cap")
    return talk


def test_a_raised_cap_lets_it_be_written_at_once(model):
    talk = at_its_cap(model)
    agents.change(talk.owner, talk.agent.pk, {"drafts_per_day": 100}, NOW)
    talk.write()
    assert talk.draft.state == "waiting"


def test_who_writes_instead_is_not_held_by_the_cap_of_who_wrote(model):
    talk = at_its_cap(model)
    policies = {"autonomy": "controlled", "policies": {"reply": "approval"}}
    other = agents.add(talk.owner, {"name": "Other", **policies}, NOW)
    agents.make_default(talk.owner, other.pk, NOW)
    talk.write()
    assert (talk.draft.state, talk.draft.agent) == ("waiting", other)


def test_another_agent_in_the_sequences_settings_writes_at_once(model):
    talk = at_its_cap(model)
    other = agents.add(talk.owner, {"name": "Other", **ANSWERS}, NOW)
    settings.change(talk.owner, talk.outreach.enrollment.sequence_id, {"agent_id": other.pk}, NOW)
    talk.write()
    assert (talk.draft.state, talk.draft.agent) == ("waiting", other)


def test_a_wish_at_the_cap_leaves_the_text_that_is_there(drafted):
    agents.change(drafted.owner, drafted.agent.pk, {"drafts_per_day": 1}, NOW)
    text = drafted.draft.text
    suggesting.rewrite(drafted.owner, drafted.draft.pk, "shorter", NOW)
    drafted.write()
    assert (drafted.draft.state, drafted.draft.because, drafted.draft.text) == ("waiting", "draft_cap", text)


def other_company(talk):
    Contact.objects.filter(pk=talk.contact.pk).update(company="Bolt")


def refused_to_send(talk, **how):
    with pytest.raises(DomainError) as refused:
        suggesting.send(talk.owner, talk.draft.pk, NOW, **how)
    return refused.value.code


@pytest.mark.parametrize("how", [{}, {"anyway": True}])
def test_an_answer_to_what_is_no_longer_so_is_written_anew_instead_of_sent(drafted, model, how):
    text = drafted.draft.text
    other_company(drafted)
    assert refused_to_send(drafted, **how) == "answer_outdated"
    assert (drafted.draft.state, drafted.draft.text, drafted.draft.touch) == ("wanted", text, None)
    assert refused_to_send(drafted, **how) == "answer_not_waiting"
    drafted.write()
    assert (drafted.draft.state, len(model.calls)) == ("waiting", 2)
    assert suggesting.send(drafted.owner, drafted.draft.pk, NOW).pk


def test_a_persons_own_words_are_sent_whatever_has_changed(drafted):
    other_company(drafted)
    assert suggesting.send(drafted.owner, drafted.draft.pk, NOW, text="Friday.").pk
    assert drafted.draft.outcome == "changed"


def test_an_agent_that_writes_in_another_manner_now_outdates_no_answer(drafted):
    agents.change(drafted.owner, drafted.agent.pk, {"persona": "Calm and short."}, NOW)
    assert suggesting.send(drafted.owner, drafted.draft.pk, NOW).pk


def test_where_no_newer_one_can_be_had_the_old_may_be_sent_by_who_was_told_so(drafted):
    agents.change(drafted.owner, drafted.agent.pk, {"drafts_per_day": 1}, NOW)
    other_company(drafted)
    assert refused_to_send(drafted) == "answer_outdated"
    drafted.write()
    assert (drafted.draft.state, drafted.draft.because) == ("waiting", "draft_cap")
    assert suggesting.send(drafted.owner, drafted.draft.pk, NOW).pk


def test_an_answer_to_what_they_wrote_before_is_none_though_no_agent_answers_any_more(drafted):
    first = drafted.draft
    agents.change(drafted.owner, drafted.agent.pk, {"autonomy": "assisted"}, NOW)
    drafted.hears("Forget it, wrong person.", number=2)
    assert states() == [("done", "newer")]
    with pytest.raises(DomainError):
        suggesting.send(drafted.owner, first.pk, NOW)


def test_a_model_is_asked_again_for_an_answer_that_a_cap_held_back_for_a_day(talk, model):
    agents.change(talk.owner, talk.agent.pk, {"drafts_per_day": 1}, NOW)
    Writing.objects.create(workspace=talk.agent.workspace, agent=talk.agent, at=NOW)
    talk.hears()
    talk.write()
    assert talk.draft.because == "draft_cap"
    model.says(refusing(500, "down"), answering())
    talk.write(talk.draft.not_before)
    assert states() == [("wanted", "")]
