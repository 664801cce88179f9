"""Drafted answers over the API: what waits for a person, and what has changed since it was written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.actions import agents
from drumbeat.actions.conversations import suggesting
from drumbeat.models import AnswerDraft, Contact, Message, SenderProfile
from tests.support.answered import ANSWER, Talk, answering, others
from tests.support.model import a_model
from tests.support.outreach import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def talk(client):
    with a_model(answering()) as model:
        made = Talk(model, facts=["We are in Basel."])
        made.hears()
        made.write()
        client.force_login(made.owner.user)
        yield made


def listed(client, **asked):
    return client.get("/api/answer-drafts", asked).json()["items"]


def the_one(client):
    (one,) = listed(client)
    return one


def of_agent(**values):
    return lambda talk: agents.change(talk.owner, talk.agent.pk, values, NOW)


def by_another_agent(talk):
    other = agents.add(talk.owner, {"name": "Other", "facts": ["We are in Basel."]}, NOW)
    agents.make_default(talk.owner, other.pk, NOW)


def is_passed_on(talk):
    """Note that a colleague was sent what the contact wrote."""
    told = Message.objects.filter(direction="in").get()
    told.pk, told.direction, told.kind, told.text = None, "out", "notice", "Psst: From: them"
    told.save(force_insert=True)


CHANGES = [
    pytest.param(of_agent(facts=["We are in Bern."]), ["agent"], id="knowledge"),
    pytest.param(of_agent(persona="Calm and short."), ["agent"], id="instructions"),
    pytest.param(by_another_agent, ["agent"], id="another agent"),
    pytest.param(lambda talk: agents.remove(talk.owner, talk.agent.pk, NOW), ["agent"], id="no agent"),
    pytest.param(lambda talk: SenderProfile.objects.update(name="Alex"), ["agent"], id="in whose name"),
    pytest.param(lambda talk: Contact.objects.update(company="Bolt"), ["contact"], id="contact"),
    pytest.param(is_passed_on, [], id="what a colleague was told"),
    pytest.param(of_agent(drafts_per_day=7), [], id="cap"),
    pytest.param(lambda talk: Contact.objects.update(phone="+41790000000"), [], id="what no model is told"),
]


@pytest.mark.parametrize(("change", "outdated"), CHANGES)
def test_an_answer_says_what_has_changed_since_it_was_written(client, talk, change, outdated):
    assert (the_one(client)["text"], the_one(client)["outdated"]) == (ANSWER, [])
    change(talk)
    assert the_one(client)["outdated"] == outdated
    opened = client.get(f"/api/conversations/{talk.contact.pk}/answer-draft").json()
    assert opened["outdated"] == outdated


def test_what_is_written_anew_is_not_outdated_any_more(client, talk):
    Contact.objects.update(company="Bolt")
    suggesting.rewrite(talk.owner, talk.draft.pk, "shorter", NOW)
    talk.write()
    assert the_one(client)["outdated"] == []


def test_a_wish_that_was_not_met_leaves_the_text_outdated(client, talk):
    Contact.objects.update(company="Bolt")
    agents.change(talk.owner, talk.agent.pk, {"drafts_per_day": 1}, NOW)
    suggesting.rewrite(talk.owner, talk.draft.pk, "shorter", NOW)
    talk.write()
    assert (the_one(client)["because"], the_one(client)["outdated"]) == ("draft_cap", ["contact"])


def sent(client, draft, **said):
    answer = client.post(f"/api/answer-drafts/{draft.pk}/send", said, content_type="application/json")
    return answer.status_code, answer.json().get("code")


def test_a_yes_says_which_text_it_means(client, talk):
    read = the_one(client)["text_hash"]
    assert sent(client, talk.draft) == (422, "answer_unread")
    assert sent(client, talk.draft, text_hash="of another") == (409, "answer_changed")
    Contact.objects.update(company="Bolt")
    assert sent(client, talk.draft, text_hash=read) == (409, "answer_outdated")
    assert the_one_being_written(client)["text_hash"] == read
    assert sent(client, talk.draft, text="Friday.") == (200, None)


def the_one_being_written(client):
    (one,) = listed(client, scope="writing")
    return one


def test_answers_are_counted_and_found_by_whose_they_are_where_they_go_and_how_they_stand(client, talk):
    first, second = others(talk, 2)
    Contact.objects.filter(pk=first.contact_id).update(owner=talk.owner)
    Message.objects.filter(pk=first.message_id).update(channel="sms")
    AnswerDraft.objects.filter(pk=first.pk).update(risk="stop", agent=None)
    AnswerDraft.objects.filter(pk=second.pk).update(state="wanted", written_at=None)
    counted = client.get("/api/answer-drafts/counts").json()
    assert (counted["waiting"], counted["mine"], counted["writing"]) == (2, 1, 1)
    assert counted["oldest_at"] is not None
    known = talk.contact.answer_drafts.get().pk

    def ids(**asked):
        return [one["id"] for one in listed(client, **asked)]

    assert ids() == [known, first.pk]
    assert ids(sort="newest") == [first.pk, known]
    assert ids(scope="mine") == ids(channel="sms") == ids(risk="stop") == [first.pk]
    assert ids(scope="writing") == [second.pk]
    assert ids(risk="none") == ids(channel="email") == ids(agent_id=talk.agent.pk) == [known]
    assert ids(q="other0") == [first.pk]
    assert [one["risk"] for one in listed(client)] == ["none", "stop"]
    assert client.get("/api/answer-drafts", {"agent_id": 999}).status_code == 404
    assert client.get("/api/answer-drafts", {"scope": "all"}).status_code == 422


def test_a_page_costs_the_same_whatever_its_length(client, talk):
    others(talk, 5)

    def statements(limit):
        with CaptureQueriesContext(connection) as asked:
            assert len(listed(client, limit=limit)) == limit
        return len(asked)

    statements(1)
    assert statements(1) == statements(6)


def test_an_answer_that_cannot_be_read_says_nothing_and_hides_no_other(client, talk):
    others(talk, 1)
    Contact.objects.filter(pk=talk.contact.pk).update(company="Bolt")
    Message.objects.filter(pk=AnswerDraft.objects.latest("id").message_id).update(channel="pigeon")
    assert [one["outdated"] for one in listed(client)] == [["contact"], []]
