"""Between the look at a draft and its lock somebody may do something: what was true then is asked again."""

from datetime import timedelta

import pytest
from django.db import connection

from drumbeat.actions.approvals import editing
from drumbeat.engine.drafting import renew_once
from drumbeat.environment import read_environment
from drumbeat.models import Contact, Touch
from drumbeat.store import drafts
from tests.support.drafting import TEXT, Desk, settings_of, written
from tests.support.model import a_model
from tests.support.office import NOW

pytestmark = pytest.mark.django_db(transaction=True)

OURS = TEXT.replace("Shall we look", "Could we look")


@pytest.fixture
def desk(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)
    with a_model(written()) as model:
        desk = Desk(settings_of(model))
        desk.round(NOW)
        yield desk


def before_the_lock(monkeypatch, act):
    """Do it once, right before drafts are locked."""
    lock = drafts.lock

    def locks(ids):
        monkeypatch.setattr(drafts, "lock", lock)
        act()
        return lock(ids)

    monkeypatch.setattr(drafts, "lock", locks)


@pytest.mark.parametrize(
    ("company", "after"),
    [("Acme", timedelta(days=8)), ("Bolt", timedelta(minutes=6))],
    ids=["too old", "outdated"],
)
def test_words_that_a_person_saves_meanwhile_are_kept(desk, monkeypatch, company, after):
    Contact.objects.update(company=company)
    now = NOW + after
    before_the_lock(monkeypatch, lambda: editing.edit(desk.owner, desk.draft.pk, OURS, now))
    renew_once(now)
    assert (desk.touch.status, desk.draft.state, desk.draft.text) == ("in_approval", "waiting", OURS)


def test_one_that_was_written_anew_meanwhile_is_not_old(desk, monkeypatch):
    now = NOW + timedelta(days=8)
    before_the_lock(monkeypatch, lambda: type(desk.draft).objects.update(waits_since=now))
    renew_once(now)
    assert (desk.draft.state, desk.draft.renewals) == ("waiting", 0)


def test_one_that_is_wanted_again_meanwhile_is_not_closed(desk):
    Touch.objects.update(status="scheduled")
    wanted_again = [lambda: Touch.objects.update(status="in_approval")]

    def after_the_look(execute, *query):
        found = execute(*query)
        if wanted_again:
            wanted_again.pop()()
        return found

    with connection.execute_wrapper(after_the_look):
        drafts.drop_unwanted()
    assert desk.draft.state == "waiting"


def test_what_nobody_needs_is_closed(desk):
    Touch.objects.update(status="scheduled")
    assert drafts.drop_unwanted() == 1
    assert (desk.draft.state, drafts.drop_unwanted()) == ("done", 0)
