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


CHANGES = [
    pytest.param(of_agent(facts=["We are in Bern."]), ["agent"], id="knowledge"),
    pytest.param(of_agent(persona="Calm and short."), ["agent"], id="instructions"),
    pytest.param(by_another_agent, ["agent"], id="another agent"),
    pytest.param(lambda talk: agents.remove(talk.owner, talk.agent.pk, NOW), ["agent"], id="no agent"),
    pytest.param(lambda talk: SenderProfile.objects.update(name="Alex"), ["agent"], id="in whose name"),
    pytest.param(lambda talk: Contact.objects.update(company="Bolt"), ["contact"], id="contact"),
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
