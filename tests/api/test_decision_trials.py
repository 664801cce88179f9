"""Trying out over HTTP what an AI step would decide for one contact: a real model endpoint answers, nothing is kept."""

from decimal import Decimal

import pytest
from django.utils import timezone

from drumbeat.actions import agents, sequences
from drumbeat.actions.agents import amount
from drumbeat.agents.named import decider_of
from drumbeat.agents.scripted import Scripted
from drumbeat.api.sequences import decision_trials
from drumbeat.core.document import write_document
from drumbeat.environment import read_environment
from drumbeat.models import Decision, Enrollment, Writing
from tests.support.flows import a_line, an_email
from tests.support.model import a_model, choosing, refusing
from tests.support.office import a_lead, another_owner

pytestmark = pytest.mark.django_db
STEP = {
    "key": "ask",
    "kind": "ai_decide",
    "question": "What do they care about?",
    "branches": [
        {"name": "Price", "description": "asks what it costs", "next": "elsewhere"},
        {"name": "Time", "next": None},
    ],
    "next": "elsewhere",
    "only_if": {"rules": []},
}
QUALIFY = {
    "key": "ask",
    "kind": "ai_qualify",
    "question": "Do they build bikes?",
    "qualified": "x",
    "next": "y",
}


@pytest.fixture
def ask(client, owner):
    flow = write_document(a_line(an_email("hello")))
    sequence = sequences.create(owner, "Outreach", timezone.now(), document=flow)
    lead = a_lead(owner, "kim@example.com", first_name="Kim", company="Acme")

    def asked(step, **more):
        body = {"step": step, "contact_id": lead.pk, **more}
        return client.post(f"/api/sequences/{sequence.pk}/decide", body, content_type="application/json")

    return asked


@pytest.fixture
def answered(monkeypatch):
    """Answer with what a model at a real address says."""

    def by(model, **more):
        env = read_environment({"DRUMBEAT_MODEL_URL": model.url, "DRUMBEAT_MODEL": "m", **more})
        monkeypatch.setattr(decision_trials, "decider_of", lambda _: decider_of(env))

    return by


def test_the_way_is_told_with_why_how_surely_and_what_it_cost(ask, answered):
    with a_model(choosing("Price", 0.9)) as model:
        answered(model, DRUMBEAT_MODEL_PRICE_IN="1", DRUMBEAT_MODEL_PRICE_OUT="2")
        told = ask(STEP).json()
    assert (told["way"], told["is_fallback"], told["confidence"]) == ("Price", False, 0.9)
    assert told["reason"] and float(told["cost"]) > 0
    (call,) = model.calls
    assert "What do they care about?" in str(call.body) and "Acme" in str(call.body)
    assert not Decision.objects.exists() and not Enrollment.objects.exists()


@pytest.mark.parametrize(("step", "way"), [(STEP, "else"), (QUALIFY, "unclear")])
def test_an_answer_that_is_not_sure_takes_the_way_for_that(ask, answered, step, way):
    choice = "Price" if step is STEP else "qualified"
    more = {} if step is STEP else {"score": 10.0}
    with a_model(choosing(choice, 0.2, **more)) as model:
        answered(model)
        told = ask(step).json()
    assert (told["way"], told["is_fallback"]) == (way, True)
    assert told["reason"].startswith("Not sure: ")


@pytest.mark.parametrize(
    ("step", "code"),
    [
        pytest.param({"key": "a", "kind": "tag", "tag": "x"}, "step_not_decided", id="another kind"),
        pytest.param(
            {"key": "a", "kind": "ai_decide", "question": "x"}, "step_without_content", id="no ways"
        ),
        pytest.param({**QUALIFY, "question": " "}, "step_without_content", id="no question"),
        pytest.param({"key": "a", "kind": "nothing"}, "document_invalid", id="no step"),
        pytest.param(STEP, "decider_not_configured", id="no model"),
    ],
)
def test_what_cannot_be_asked_is_refused(ask, step, code):
    answer = ask(step)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_contact_of_others_is_not_there(ask):
    stranger = a_lead(another_owner(), "eve@example.com")
    assert ask(STEP, contact_id=stranger.pk).status_code == 404


def test_a_model_that_fails_is_told(ask, answered, monkeypatch):
    with a_model(refusing(401, "no")) as model:
        answered(model)
        answer = ask(STEP)
    assert (answer.status_code, answer.json()["code"]) == (422, "model_fault")

    def broken(_):
        raise ValueError("secret")

    monkeypatch.setattr(decision_trials, "decider_of", lambda _: Scripted(broken))
    answer = ask(STEP)
    assert (answer.status_code, answer.json()["code"]) == (422, "model_fault")
    assert "secret" not in answer.json()["detail"]


def test_a_trial_is_paid_by_the_sequences_agent_and_held_by_its_cap(ask, answered, owner):
    agent = agents.add(owner, {"name": "Robin", "drafts_per_day": 1}, timezone.now())
    with a_model(choosing("Price", 0.9)) as model:
        answered(model, DRUMBEAT_MODEL_PRICE_IN="1", DRUMBEAT_MODEL_PRICE_OUT="2")
        told = ask(STEP).json()
        refused = ask(STEP)
    paid = Writing.objects.get(agent=agent)
    assert (amount(paid.cost or Decimal(0)), paid.draft, paid.prompt, paid.said) == (
        told["cost"],
        None,
        "",
        "",
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "draft_cap")
    assert len(model.calls) == 1
