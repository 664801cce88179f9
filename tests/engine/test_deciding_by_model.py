"""AI steps with a model behind them, from the mail that left to the way that is taken: its own parts."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError

from drumbeat.actions import enrollments
from drumbeat.agents.named import decider_of
from drumbeat.core.delay import parse_delay
from drumbeat.core.flow import AiDecideStep, AiQualifyStep, EndStep, NamedBranch, WaitForStep
from drumbeat.engine.aside import Aside
from drumbeat.engine.asking import Asker
from drumbeat.engine.dispatcher import Dispatcher
from drumbeat.engine.planner import Planner
from drumbeat.environment import read_environment
from drumbeat.inbound import intake
from drumbeat.inbound.arrivals import Arrival, keep
from drumbeat.models import (
    Contact,
    ContactTag,
    Decision,
    Enrollment,
    JournalEntry,
    SequenceVersion,
    Suppression,
    Touch,
)
from drumbeat.store import flows
from tests.support.flows import a_flow, an_email
from tests.support.hand_wire import HandWire
from tests.support.injections import INJECTIONS, MISDEEDS
from tests.support.letters import a_mail
from tests.support.model import a_model, choosing, nobody, refusing
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db(transaction=True)

KIM = "kim@example.com"
SOON = NOW + timedelta(hours=1)
BRANCHES = (NamedBranch(name="buyer", description="Signs", next="yes"), NamedBranch(name="user", next="no"))
ENDS = (EndStep(key="yes", goal=True), EndStep(key="no"), EndStep(key="fallback"))
FLOW = a_flow(
    an_email("hello", next="wait"),
    WaitForStep(key="wait", event="replied", time_limit=parse_delay("9d"), next="ask"),
    AiDecideStep(key="ask", question="Who is it?", branches=BRANCHES, next="fallback"),
    *ENDS,
)
QUALIFY = a_flow(
    an_email("hello", next="ask"),
    AiQualifyStep(key="ask", question="Do they buy?", qualified="yes", unqualified="no", next="fallback"),
    *ENDS,
)


class Office:
    """One contact whose first mail has left, and a worker with a model."""

    def __init__(self, settings, flow=FLOW, *, asks=True):
        env = read_environment(settings)
        owner = an_owner()
        sender = a_mailbox(owner)
        sequence = an_active_sequence(owner, flow, sender_id=sender.pk, exit_on_reply="off")
        self.contact = a_lead(owner, KIM, first_name="Kim", company="Acme", title="Head of Bikes")
        enrollments.enroll(owner, sequence.pk, [self.contact.pk], NOW)
        self.wire, self.planner = HandWire(), Planner()
        self.dispatcher = Dispatcher("test", self.wire)
        decider = decider_of(env)
        assert decider is not None
        self.asker = Asker("test", decider)
        self.round(NOW, asks=asks)

    def round(self, now, *, asks=True):
        for _ in range(6):
            intake.process_once(now)
            self.planner.plan_once(now)
            self.dispatcher.turn(now)
            self.wire.end_all()
            if asks:
                self.asker.turn(now)
                for thread in threading.enumerate():
                    if thread.name.startswith("decide-"):
                        thread.join(20)
                self.asker.turn(now)

    def hears(self, text, number=1):
        (touch,) = Touch.objects.filter(kind="email")
        raw = a_mail(
            text,
            answers=f"{touch.mark}@ours.test",
            sender=KIM,
            message_id=f"a{number}@example.com",
            Content_Type="text/plain; charset=utf-8",
            Content_Transfer_Encoding="8bit",
        )
        keep(Arrival("smtp", KIM, ("rep@ours.test",), raw), SOON)

    def standing(self):
        row = Enrollment.objects.get()
        return row.state, row.reason


@pytest.fixture(autouse=True)
def _published(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)


@pytest.fixture
def model():
    with a_model(choosing("buyer")) as listening:
        yield listening


def test_naming_a_model_makes_deciding_work(model):
    office = Office(model.settings(DRUMBEAT_MODEL_PRICE_IN="1", DRUMBEAT_MODEL_PRICE_OUT="2"))
    assert model.calls == []
    office.hears("I sign the orders.")
    office.round(SOON)
    assert office.standing() == ("finished", "goal")
    row = Decision.objects.get()
    assert (row.answer, row.reason, row.model, row.fallback) == ("buyer", "It fits.", "stand-in-1", False)
    assert row.cost == Decimal("0.00012")
    assert "I sign the orders." in model.calls[0].user


def test_naming_a_model_makes_qualifying_work(model):
    model.says(choosing("unqualified", score=12))
    office = Office(model.settings(), QUALIFY)
    assert office.standing() == ("finished", "completed")
    assert (Decision.objects.get().answer, Decision.objects.get().score) == ("unqualified", 12)
    assert JournalEntry.objects.filter(rule="finished", step="no").exists()


def world():
    """Return all that a model must not change."""
    fields = [one for one in Contact._meta.fields if one.name not in {"updated_at"}]
    return (
        [[getattr(row, one.attname) for one in fields] for row in Contact.objects.all()],
        list(ContactTag.objects.values_list()),
        list(Suppression.objects.values_list()),
        list(Touch.objects.filter(kind="email").values_list("id", "recipient", "status")),
    )


@pytest.mark.parametrize("language", INJECTIONS)
def test_a_contact_who_steers_a_model_that_obeys_gets_the_fallback(model, language):
    model.says(*MISDEEDS.values())
    office = Office(model.settings())
    before = world()
    office.hears(" ".join(text.partition("\n")[0] for text in INJECTIONS[language][:6]))
    office.round(SOON)
    assert model.calls
    assert office.standing() == ("finished", "completed")
    assert JournalEntry.objects.filter(rule="decided", reason="else").exists()
    assert world() == before


OPT_OUTS = {
    "en": "Please unsubscribe me.",
    "en, a word": "STOP",
    "de": "Bitte streichen Sie mich aus dem Verteiler.",
    "fr": "Merci de me désinscrire.",
    "es": "Quiero darme de baja de la lista.",
    "it": "Vorrei essere cancellato dalla lista.",
    "nl": "Graag uitschrijven.",
}


@pytest.mark.parametrize("language", OPT_OUTS)
def test_who_says_stop_is_heard_before_a_model_is_asked(model, language):
    office = Office(model.settings())
    office.hears(OPT_OUTS[language] + "\n")
    office.round(SOON)
    assert office.standing() == ("finished", "opted_out")
    assert model.calls == []


def test_who_says_stop_while_a_question_waits_is_heard_before_it_is_asked(model):
    office = Office(model.settings())
    office.hears("Tell me more.")
    office.round(SOON, asks=False)
    assert Decision.objects.get().decided_at is None
    office.hears("Please unsubscribe me.\n", 2)
    office.round(SOON)
    assert office.standing() == ("finished", "opted_out")
    assert model.calls == []


def test_who_says_stop_is_heard_without_any_model():
    with nobody() as url:
        office = Office({"DRUMBEAT_MODEL_URL": url})
        office.hears("Please unsubscribe me.\n")
        office.round(SOON)
        assert office.standing() == ("finished", "opted_out")


def test_a_model_that_is_away_leads_to_the_fallback_and_to_no_mail(model):
    model.says(refusing(500, "oops"))
    office = Office(model.settings())
    office.hears("Tell me more.")
    office.round(SOON)
    assert office.standing()[0] == "awaiting"
    assert "failed (500)" in Decision.objects.get().fault
    office.round(SOON + timedelta(hours=2), asks=False)
    assert office.standing() == ("finished", "completed")
    assert JournalEntry.objects.filter(rule="decided", reason="else").exists()
    assert Touch.objects.filter(kind="email").count() == 1


def test_a_model_that_comes_back_is_asked_again(model):
    model.says(refusing(500, "oops"), choosing("buyer"))
    office = Office(model.settings())
    office.hears("Tell me more.")
    office.round(SOON)
    office.round(SOON + timedelta(minutes=1))
    assert office.standing() == ("finished", "goal")
    assert len(model.calls) == 2


def gone(*args):
    raise OperationalError("the connection is gone")


def test_a_claim_that_a_lost_connection_cut_short_is_given_back(model, monkeypatch):
    office = Office(model.settings(), QUALIFY, asks=False)
    with monkeypatch.context() as broken:
        broken.setattr(Aside, "begin", gone)
        with pytest.raises(OperationalError):
            office.asker.turn(NOW)
    office.round(NOW)
    assert Decision.objects.get().decided_at is not None


def test_a_question_that_cannot_be_read_is_asked_later(model):
    office = Office(model.settings(), QUALIFY, asks=False)
    SequenceVersion.objects.update(document={"steps": "?"})
    flows.load_flow.cache_clear()
    office.asker.turn(NOW)
    row = Decision.objects.get()
    assert (row.tries, row.lease_token, model.calls) == (1, "", [])
    assert row.fault
