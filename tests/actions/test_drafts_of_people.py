"""Words of a person: nobody else changes them, and what they rest on has the person asked again."""

from datetime import timedelta

import pytest

from drumbeat.actions import agents, senders
from drumbeat.actions.approvals import deciding, editing
from drumbeat.engine.drafting import Drafting
from drumbeat.environment import read_environment
from drumbeat.models import Contact, Sequence
from tests.support.drafting import TEXT, Desk, settings_of, written
from tests.support.model import a_model
from tests.support.office import NOW, a_mailbox

pytestmark = pytest.mark.django_db(transaction=True)

SOON = NOW + timedelta(seconds=5)
LATER = NOW + timedelta(minutes=1)
OURS = TEXT.replace("Shall we look", "Could we look")
FULL = {"autonomy": "full"}


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
    return desk


def another_sender_takes_over(desk, now):
    Sequence.objects.update(sender=a_mailbox(desk.owner, "second@ours.test"))
    senders.disable(desk.owner, desk.sender.pk, now)


def standing(desk):
    return desk.touch.status, desk.draft.state, desk.draft.decision, desk.draft.text


@pytest.mark.parametrize("is_approved", [True, False], ids=["approved", "waiting"])
@pytest.mark.parametrize("has_model", [True, False], ids=["a model", "no model"])
def test_a_person_is_asked_again_when_what_their_words_rest_on_has_changed(
    desk, model, is_approved, has_model
):
    if is_approved:
        deciding.approve_as(desk.owner, desk.draft.pk, OURS, NOW)
    else:
        editing.edit(desk.owner, desk.draft.pk, OURS, NOW)
    agents.change(desk.owner, desk.agent.pk, FULL, NOW)
    Contact.objects.update(company="Bolt")
    another_sender_takes_over(desk, SOON)
    if not has_model:
        desk.drafting = Drafting("test", None)
    desk.round(LATER)
    assert standing(desk) == ("in_approval", "waiting", "", OURS)
    assert (desk.sent, len(model.calls), desk.draft.original_text) == ([], 1, TEXT)


def test_words_that_still_hold_leave_by_another_sender(desk, model):
    deciding.approve_as(desk.owner, desk.draft.pk, OURS, NOW)
    another_sender_takes_over(desk, SOON)
    desk.round(LATER)
    assert standing(desk) == ("sent", "done", "edited", OURS)
    assert len(model.calls) == 1


def test_words_of_a_person_are_given_up_for_a_wish(desk, model):
    editing.edit(desk.owner, desk.draft.pk, OURS, NOW)
    editing.regenerate(desk.owner, desk.draft.pk, "As it was", SOON)
    desk.round(SOON)
    assert standing(desk) == ("in_approval", "waiting", "", TEXT)
    assert OURS in model.calls[-1].user


@pytest.mark.parametrize(
    ("autonomy", "is_sent"), [("full", True), ("assisted", False)], ids=["still free", "no longer free"]
)
def test_what_an_agent_let_go_leaves_by_another_sender_only_if_it_still_may(model, autonomy, is_sent):
    desk = Desk(settings_of(model), agent=FULL)
    desk.round(NOW, sends=False)
    assert desk.draft.decision == "autonomous"
    agents.change(desk.owner, desk.agent.pk, {"autonomy": autonomy}, NOW)
    another_sender_takes_over(desk, SOON)
    desk.round(LATER)
    assert desk.touch.status == ("sent" if is_sent else "in_approval")
    assert len(model.calls) == 1
