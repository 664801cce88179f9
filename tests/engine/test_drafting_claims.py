"""One claim, one answer: what was asked for before something changed is no answer, and no fault holds others up."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from drumbeat.actions import enrollments, senders
from drumbeat.actions.approvals import findings
from drumbeat.core.errors import DomainError
from drumbeat.engine.drafting import renew_once
from drumbeat.environment import read_environment
from drumbeat.models import Contact, Draft, Sequence, SequenceVersion, Writing
from drumbeat.store import flows
from tests.support.drafting import TEXT, Desk, by_agent, settings_of, written
from tests.support.flows import a_flow
from tests.support.model import a_model
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence

pytestmark = pytest.mark.django_db(transaction=True)

SOON = NOW + timedelta(minutes=1)
NEW_TEXT = TEXT.replace("Acme", "Bolt")


@pytest.fixture(autouse=True)
def _published(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)


@pytest.fixture
def model():
    with a_model(written()) as listening:
        yield listening


def threads():
    return [one for one in threading.enumerate() if one.name.startswith("draft-")]


def another_sender_takes_over(desk, now):
    Sequence.objects.update(sender=a_mailbox(desk.owner, "second@ours.test"))
    senders.disable(desk.owner, desk.sender.pk, now)
    desk.round(now, drafts=False)


def held_back(gate, text):
    def says(call):
        gate.wait(20)
        return written(text)

    return says


def test_what_was_asked_for_before_the_contact_changed_is_no_answer(model):
    first, second = threading.Event(), threading.Event()
    model.says(held_back(first, TEXT), held_back(second, NEW_TEXT))
    desk = Desk(settings_of(model), agent={"autonomy": "full"})
    desk.round(NOW, drafts=False)
    desk.drafting.turn(NOW)
    (writing,) = threads()
    Contact.objects.update(company="Bolt")
    another_sender_takes_over(desk, SOON)
    desk.drafting.turn(SOON)
    first.set()
    writing.join(20)
    desk.drafting.turn(SOON)
    assert (desk.draft.state, desk.draft.text, desk.sent) == ("wanted", "", [])
    assert Writing.objects.count() == 1
    second.set()
    desk.round(SOON)
    assert (desk.draft.state, desk.draft.text, len(desk.sent)) == ("done", NEW_TEXT, 1)


class FailsOnce:
    """Stands where threads are made; the first one cannot be started."""

    def __init__(self, fault):
        self.fault = fault

    def __call__(self, **more):
        fault, self.fault = self.fault, None
        if fault is not None:
            raise fault
        return threading.Thread(**more)


@pytest.fixture
def desk(model):
    """Two contacts wait for their texts."""
    desk = Desk(settings_of(model))
    bo = a_lead(desk.owner, "bo@example.com", first_name="Bo", company="Acme")
    enrollments.enroll(desk.owner, desk.sequence.pk, [bo.pk], NOW)
    desk.round(NOW, drafts=False)
    return desk


def states():
    return sorted(Draft.objects.values_list("state", flat=True))


def test_one_that_cannot_be_begun_is_put_off_and_the_others_are_written(desk, monkeypatch):
    maker = FailsOnce(RuntimeError("can't start new thread"))
    monkeypatch.setattr("drumbeat.engine.aside.threading", SimpleNamespace(Thread=maker))
    desk.write(NOW)
    assert states() == ["waiting", "wanted"]
    late = Draft.objects.get(state="wanted")
    assert (late.fault, late.lease_token) == ("RuntimeError: can't start new thread", "")
    desk.write(late.not_before)
    assert states() == ["waiting", "waiting"]


def test_a_claim_that_a_lost_connection_cut_short_is_given_back(desk, monkeypatch):
    maker = FailsOnce(OperationalError("the connection is gone"))
    monkeypatch.setattr("drumbeat.engine.aside.threading", SimpleNamespace(Thread=maker))
    with pytest.raises(OperationalError):
        desk.drafting.turn(NOW)
    desk.write(NOW)
    assert states() == ["waiting", "waiting"]


def test_a_fault_while_a_fault_is_noted_frees_the_place(desk, model, monkeypatch):
    def fails(*args):
        raise DomainError("broken", "It cannot be read.")

    monkeypatch.setattr("drumbeat.store.draft_outcomes.record", fails)
    monkeypatch.setattr("drumbeat.store.draft_outcomes.failed", fails)
    desk.write(NOW)
    assert states() == ["wanted", "wanted"]
    monkeypatch.undo()
    desk.write(SOON)
    assert states() == ["waiting", "waiting"]


def test_one_that_cannot_be_read_is_put_off_and_the_others_are_written(model):
    desk = Desk(settings_of(model))
    sound = an_active_sequence(desk.owner, a_flow(by_agent()), name="Sound", sender_id=desk.sender.pk)
    enrollments.enroll(desk.owner, sound.pk, [a_lead(desk.owner, "bo@example.com").pk], NOW)
    desk.round(NOW, drafts=False)
    SequenceVersion.objects.filter(sequence=desk.sequence).update(document={"steps": "?"})
    flows.load_flow.cache_clear()
    desk.write(NOW)
    assert states() == ["waiting", "wanted"]
    late = Draft.objects.get(touch__enrollment__sequence=desk.sequence)
    assert late.fault.startswith("AssertionError")
    assert late.because == "own_fault"
    told = {one.code: one.detail for one in findings.of(desk.owner, NOW)}
    assert told == {"drafts_waiting": "", "drafts_not_asked_for": late.fault}
    assert late.not_before > NOW


def test_one_that_cannot_be_read_keeps_no_other_from_being_compared(desk, model):
    desk.write(NOW)
    desk.planner.plan_once(NOW)
    SequenceVersion.objects.update(document={"steps": "?"})
    flows.load_flow.cache_clear()
    sound = an_active_sequence(desk.owner, a_flow(by_agent()), name="Sound", sender_id=desk.sender.pk)
    kai = a_lead(desk.owner, "kai@example.com", company="Acme")
    enrollments.enroll(desk.owner, sound.pk, [kai.pk], NOW)
    desk.round(NOW)
    assert states() == ["waiting"] * 3
    kai.company = "Bolt"
    kai.save()
    renew_once(NOW + timedelta(minutes=6))
    assert Draft.objects.get(touch__contact=kai).state == "wanted"
