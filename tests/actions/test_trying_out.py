"""An agent that is tried out on nobody in particular hears of nobody's mail."""

import pytest

from drumbeat.actions import agents
from drumbeat.actions.approvals import editing
from drumbeat.actions.approvals.editing import Trial
from drumbeat.agents.named import drafter_of
from drumbeat.environment import read_environment
from drumbeat.models import Message
from tests.support.drafting import by_agent, settings_of, written
from tests.support.model import a_model
from tests.support.office import NOW, a_lead, an_owner, another_owner

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "the offer is 4711"


@pytest.fixture
def model():
    with a_model(written()) as listening:
        yield listening


def a_message(owner, contact=None):
    Message.objects.create(
        workspace=owner.workspace,
        contact=contact,
        channel="email",
        direction="in",
        text=SECRET,
        occurred_at=NOW,
    )


def asked_for(model, owner, **trial):
    """Return what the model was told of the contact."""
    agent = agents.add(owner, {"name": "Robin"}, NOW)
    drafter = drafter_of(read_environment(settings_of(model)))
    editing.try_out(owner, agent.pk, Trial(step=by_agent(), **trial), drafter, NOW)
    return model.calls[-1].user


def test_mail_of_strangers_reaches_no_model_whosever_it_is(model):
    owner = an_owner()
    a_message(owner)
    a_message(another_owner())
    assert SECRET not in asked_for(model, owner)


def test_what_was_said_with_the_contact_that_is_named_does(model):
    owner = an_owner()
    contact = a_lead(owner)
    a_message(owner, contact)
    assert SECRET in asked_for(model, owner, contact_id=contact.pk)
