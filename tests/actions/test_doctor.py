"""Why is nothing going out? Each cause is named, with a number and what to do."""

from datetime import timedelta

import pytest

from drumbeat.actions import doctor, emergency, enrollments, senders, sequences
from drumbeat.actions.doctor import Level
from drumbeat.environment import read_environment
from drumbeat.models import Enrollment, Grant, InboundMail, Job, Mailbox, SenderProfile, Touch, Worker
from drumbeat.store import suppressions
from tests.support.model import a_model, saying
from tests.support.office import NOW, a_lead, a_mailbox, an_active_sequence, an_owner
from tests.support.outreach import a_touch

pytestmark = pytest.mark.django_db

AGO = NOW - timedelta(hours=1)


@pytest.fixture
def owner():
    """A workspace in which nothing is wrong."""
    member = an_owner()
    a_mailbox(member)
    Worker.objects.create(name="one", pid=1, started_at=AGO, seen_at=NOW)
    sequence = an_active_sequence(member)
    enrollments.enroll(member, sequence.pk, [a_lead(member).pk], NOW)
    return member


def codes(owner, *levels):
    return {finding.code for finding in doctor.examine(owner, NOW) if finding.level in levels}


def test_where_all_is_well_nothing_is_wrong(owner):
    assert codes(owner, Level.ERROR, Level.WARNING, Level.NOTE) == set()
    assert codes(owner, Level.OK) == {
        "worker_alive",
        "suppression_readable",
        "sender_ready",
        "sequences_active",
        "enrollments_waiting",
    }


def a_mail(**more):
    return InboundMail.objects.create(source="smtp", external_id="1", raw=b"", received_at=AGO, **more)


CAUSES = {
    "worker_never_ran": lambda owner: Worker.objects.all().delete(),
    "worker_dead": lambda owner: Worker.objects.update(seen_at=AGO),
    "emergency_stop": lambda owner: emergency.stop_all(owner, NOW),
    "no_sender": lambda owner: SenderProfile.objects.filter(kind="smtp").delete(),
    "sender_disabled": lambda owner: senders.disable(owner, SenderProfile.objects.get(kind="smtp").pk, NOW),
    "sender_down": lambda owner: SenderProfile.objects.update(down_until=NOW + timedelta(hours=1)),
    "sender_cap": lambda owner: SenderProfile.objects.update(full_until=NOW + timedelta(hours=1)),
    "sender_window": lambda owner: SenderProfile.objects.update(window={"sunday": [["09:00", "10:00"]]}),
    "sequence_paused": lambda owner: sequences.pause(owner, Enrollment.objects.get().sequence_id, NOW),
    "no_active_sequence": lambda owner: sequences.pause(owner, Enrollment.objects.get().sequence_id, NOW),
    "enrollments_behind": lambda owner: Enrollment.objects.update(next_step_at=AGO),
    "blocked_error": lambda owner: Enrollment.objects.update(state="blocked", reason="error"),
    "blocked_sender_unavailable": lambda owner: Enrollment.objects.update(
        state="blocked", reason="sender_unavailable"
    ),
    "held_cap": lambda owner: _touch(owner, hold_reason="cap"),
    "interrupted": lambda owner: _touch(owner, status="interrupted", handed_at=AGO),
    "inbound_behind": lambda owner: a_mail(),
    "inbound_poison": lambda owner: a_mail(fault="ValueError", processed_at=AGO),
    "mailbox_down": lambda owner: Mailbox.objects.create(
        workspace=owner.workspace, port=993, fault="auth", fault_text="the login was refused", created_at=AGO
    ),
    "grant_lost": lambda owner: _grant(owner, "revoked"),
    "grant_failing": lambda owner: _grant(owner, "error"),
    "job_failed": lambda owner: Job.objects.create(
        kind="x", state="failed", fault="why", not_before=AGO, created_at=AGO, finished_at=AGO
    ),
}


def _grant(owner, state):
    return Grant.objects.create(
        workspace=owner.workspace,
        provider="google",
        address="ann@ours.test",
        state=state,
        fault="Token has been expired or revoked.",
        connected_at=AGO,
        created_at=AGO,
    )


def _touch(owner, **more):
    return a_touch(Enrollment.objects.get(), SenderProfile.objects.get(kind="smtp"), "hello", **more)


def test_a_sender_that_is_held_for_its_record_waits_for_a_person(owner):
    SenderProfile.objects.update(down_until=NOW + timedelta(hours=1), down_reason="reputation")
    (finding,) = (each for each in doctor.examine(owner, NOW) if each.code == "sender_held")
    assert "is held until somebody releases it" in finding.text


@pytest.mark.parametrize("code", CAUSES)
def test_each_cause_is_named_with_what_to_do(owner, code):
    CAUSES[code](owner)
    (finding,) = (each for each in doctor.examine(owner, NOW) if each.code == code)
    assert finding.level is not Level.OK
    assert finding.text.endswith((".", "why"))
    assert finding.fix or code.startswith("held_")


def test_a_suppression_list_that_cannot_be_read_is_named(owner, monkeypatch):
    def away(*_):
        raise suppressions.SuppressionUnavailable("away")

    monkeypatch.setattr(suppressions, "suppressed", away)
    assert "compliance_unavailable_stub" in codes(owner, Level.ERROR)


def test_a_sender_s_finding_counts_what_waits_for_it(owner):
    _touch(owner)
    SenderProfile.objects.update(down_until=NOW + timedelta(hours=1), down_reason="sender_auth")
    findings = {each.code: each for each in doctor.examine(owner, NOW)}
    assert findings["sender_down"].count == Touch.objects.filter(kind="email").count() == 1
    assert "refused the sender's password" in findings["sender_down"].text


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        pytest.param({}, "model_ready", id="there"),
        pytest.param({"DRUMBEAT_MODEL": "nobody-1"}, "model_unknown", id="another one"),
        pytest.param({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"}, "model_out_of_reach", id="away"),
        pytest.param({"DRUMBEAT_DECIDER": "own:code"}, None, id="not asked where own code decides"),
    ],
)
def test_the_model_that_is_named_is_asked_for(owner, monkeypatch, settings, code):
    with a_model(saying("")) as model:
        env = read_environment(model.settings(**settings))
        monkeypatch.setattr("drumbeat.actions.doctor.environment", lambda: env)
        found = [one.code for one in doctor.examine(owner, NOW) if one.code.startswith("model_")]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("code", "stops"),
    [
        ("worker_dead", True),
        ("no_sender", True),
        ("blocked_error", True),
        ("interrupted", True),
        ("sequence_paused", False),
        ("inbound_poison", False),
        ("inbound_behind", False),
        ("mailbox_down", False),
        ("job_failed", False),
    ],
)
def test_what_keeps_messages_from_leaving_is_told_apart_from_what_only_warns(owner, code, stops):
    CAUSES[code](owner)
    found = {finding.code: finding.stops for finding in doctor.examine(owner, NOW)}
    assert found[code] == stops
