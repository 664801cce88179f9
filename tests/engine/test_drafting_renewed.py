"""Drafts that are written anew because what they rest on is another now: soon, then ever later, and not for ever."""

from datetime import timedelta

import pytest

from drumbeat.actions.approvals import deciding, editing
from drumbeat.engine.drafting import renew_once
from drumbeat.environment import read_environment
from drumbeat.models import Contact
from drumbeat.store import draft_outcomes
from tests.support.drafting import TEXT, Desk, settings_of, written
from tests.support.model import a_model
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model(monkeypatch):
    with a_model(written()) as listening:
        env = read_environment(settings_of(listening))
        monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)
        yield listening


@pytest.fixture
def desk(model):
    desk = Desk(settings_of(model))
    desk.round(NOW)
    return desk


def written_by(desk, model, *, every, times):
    """Let somebody else's program change the contact so often; return when the model was asked for a text."""
    asked = []
    for turn in range(1, times + 1):
        now, calls = NOW + turn * every, len(model.calls)
        Contact.objects.update(company=f"Acme {turn}")
        renew_once(now)
        desk.round(now)
        asked += [turn * every] * (len(model.calls) - calls)
    return asked


def test_what_changes_all_the_time_is_written_anew_ever_later(desk, model):
    minutes = [6, 30, 114]
    asked = written_by(desk, model, every=timedelta(minutes=6), times=20)
    assert asked == [timedelta(minutes=one) for one in minutes]
    assert desk.touch.status == "in_approval"


def test_what_changes_all_the_time_waits_at_last_and_no_approval_lets_it_go(desk, model):
    written_by(desk, model, every=timedelta(days=1), times=9)
    assert len(model.calls) == draft_outcomes.MOST_WRITTEN
    assert desk.touch.status == "in_approval"
    (answer,) = deciding.approve(desk.owner, [desk.draft.pk], NOW + timedelta(days=9))
    assert answer.code == "outdated"


def test_words_that_a_person_wrote_in_between_are_not_written_over(desk):
    Contact.objects.update(company="Bolt")
    editing.edit(desk.owner, desk.draft.pk, TEXT + " Ours.", NOW)
    draft_outcomes.outdate(desk.draft.pk, NOW + timedelta(hours=1))
    assert (desk.touch.status, desk.draft.text) == ("in_approval", TEXT + " Ours.")
