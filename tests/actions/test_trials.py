"""What is asked of a model only to see has its place in the agent's day before it is asked."""

from datetime import timedelta

import pytest

from drumbeat.actions import agents
from drumbeat.actions.approvals import editing
from drumbeat.actions.approvals.editing import Trial
from drumbeat.agents.named import drafter_of
from drumbeat.core.errors import DomainError
from drumbeat.environment import read_environment
from drumbeat.models import Writing
from tests.support.drafting import by_agent, settings_of, written
from tests.support.model import a_model, saying
from tests.support.office import NOW, an_owner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model():
    with a_model(written()) as listening:
        yield listening


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def agent(owner):
    row = agents.add(owner, {"name": "Robin"}, NOW)
    Writing.objects.create(workspace=owner.workspace, agent=row, at=NOW, cost="0.0012")
    return row


@pytest.fixture
def drafter(model):
    return drafter_of(read_environment(settings_of(model)))


TRIAL = Trial(step=by_agent())


class WhileWriting:
    """Stands where a drafter does, and does something else before it answers."""

    def __init__(self, does, drafter):
        self._does, self._drafter = does, drafter

    def draft(self, request):
        self._does()
        return self._drafter.draft(request)


@pytest.mark.parametrize(
    ("cap", "code"),
    [({"drafts_per_day": 2}, "draft_cap"), ({"cost_per_day": "0.0024"}, "cost_cap")],
    ids=["drafts", "cost"],
)
def test_a_trial_has_its_place_while_the_model_is_still_writing(owner, agent, drafter, model, cap, code):
    agents.change(owner, agent.pk, cap, NOW)
    refused = []

    def another():
        with pytest.raises(DomainError) as raised:
            editing.try_out(owner, agent.pk, TRIAL, drafter, NOW)
        refused.append(raised.value.code)

    editing.try_out(owner, agent.pk, TRIAL, WhileWriting(another, drafter), NOW)
    assert (refused, len(model.calls)) == ([code], 1)


def test_a_trial_that_never_asked_takes_no_place_and_one_that_failed_does(owner, agent, drafter, model):
    def fails():
        raise RuntimeError("no thread")

    with pytest.raises(RuntimeError):
        editing.try_out(owner, agent.pk, TRIAL, WhileWriting(fails, drafter), NOW)
    assert Writing.objects.count() == 1
    model.says(saying("no draft"))
    with pytest.raises(DomainError, match="gave no text"):
        editing.try_out(owner, agent.pk, TRIAL, drafter, NOW)
    paid = Writing.objects.latest("id")
    assert paid.tokens_in > 0 and paid.cost is not None


def test_an_agent_is_tried_out_thirty_times_a_minute_and_no_more(owner, agent, drafter, model):
    at = NOW + timedelta(minutes=2)
    trials = [Writing(workspace=owner.workspace, agent=agent, at=at, is_trial=True) for _ in range(30)]
    Writing.objects.bulk_create(trials)
    with pytest.raises(DomainError) as refused:
        editing.try_out(owner, agent.pk, TRIAL, drafter, at)
    assert refused.value.code == "throttled"
    editing.try_out(owner, agent.pk, TRIAL, drafter, at + timedelta(minutes=1))


def test_answers_that_were_drafted_within_the_minute_leave_room_for_trials(owner, agent, drafter, model):
    answers = [Writing(workspace=owner.workspace, agent=agent, at=NOW) for _ in range(30)]
    Writing.objects.bulk_create(answers)
    editing.try_out(owner, agent.pk, TRIAL, drafter, NOW)
    assert Writing.objects.filter(is_trial=True).count() == len(model.calls) == 1
