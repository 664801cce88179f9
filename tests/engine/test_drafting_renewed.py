"""Drafts that are written anew because what they rest on is another now: soon, then ever later, and not for ever."""

from datetime import timedelta

import pytest

from drumbeat.actions import senders
from drumbeat.actions.approvals import deciding, editing
from drumbeat.agents.named import drafter_of
from drumbeat.engine.drafting import Drafting, renew_once
from drumbeat.environment import read_environment
from drumbeat.models import Contact, Sequence, Writing
from drumbeat.store import draft_outcomes, leases
from tests.support.drafting import TEXT, Desk, settings_of, written
from tests.support.model import a_model, refusing
from tests.support.office import NOW, a_mailbox

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


NEW = TEXT.replace("Acme", "Bolt")
SOON = NOW + timedelta(minutes=6)
"""When a draft may be looked at again."""
FAULT = refusing(500, "down")


def outdated(desk, now=SOON):
    Contact.objects.update(company="Bolt")
    renew_once(now)


def test_an_outdated_text_does_not_come_back_because_the_model_failed_once(desk, model):
    outdated(desk)
    model.says(FAULT, written(NEW))
    desk.round(SOON)
    assert (desk.draft.state, desk.touch.status) == ("wanted", "drafting")
    desk.round(SOON + timedelta(minutes=5))
    assert (desk.draft.text, desk.touch.status) == (NEW, "in_approval")


def test_an_outdated_text_does_not_come_back_because_its_worker_died(desk, model):
    outdated(desk)
    model.says(written(NEW))
    Drafting("dead", drafter_of(read_environment(settings_of(model)))).turn(SOON)
    leases.expire("dead")
    desk.write(SOON)
    assert desk.draft.text == NEW


def test_a_wish_is_not_lost_because_the_model_failed_once(desk, model):
    editing.regenerate(desk.owner, desk.draft.pk, "mention Friday", NOW)
    model.says(FAULT, written(NEW))
    desk.round(NOW)
    desk.round(SOON)
    assert desk.draft.text == NEW
    assert "mention Friday" in model.calls[-1].system


def planned_anew(desk):
    """What was let go is planned again, for another sender, once its contact is at another company."""
    Contact.objects.update(company="Bolt")
    Sequence.objects.update(sender=a_mailbox(desk.owner, "second@ours.test"))
    senders.disable(desk.owner, desk.sender.pk, NOW)


def test_a_yes_does_not_hold_for_another_text_though_the_model_failed_meanwhile(desk, model):
    (answer,) = deciding.approve(desk.owner, [desk.draft.pk], NOW)
    assert answer.code == "done"
    planned_anew(desk)
    model.says(FAULT, written(NEW))
    for minutes in (0, 5, 6, 7):
        desk.round(NOW + timedelta(minutes=minutes), sends=minutes > 0)
    assert (desk.sent, desk.draft.text, desk.touch.status) == ([], NEW, "in_approval")


def test_what_an_agent_let_go_is_written_anew_though_the_model_failed_meanwhile(model):
    desk = Desk(settings_of(model), agent={"autonomy": "full"})
    desk.round(NOW, sends=False)
    planned_anew(desk)
    model.says(FAULT, written(NEW))
    for minutes in (1, 5, 6, 7):
        desk.round(NOW + timedelta(minutes=minutes))
    assert "Acme" not in str(desk.touch.content)


def test_a_model_is_asked_again_for_what_a_cap_held_back_for_a_day(model):
    desk = Desk(settings_of(model), agent={"drafts_per_day": 1})
    Writing.objects.create(workspace=desk.agent.workspace, agent=desk.agent, at=NOW)
    desk.round(NOW)
    assert desk.draft.because == "draft_cap"
    model.says(FAULT, written())
    desk.round(desk.draft.not_before)
    assert desk.draft.state == "wanted"
