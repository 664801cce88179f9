"""What an agent writes, from the step that falls due to the mail that leaves: seen where a person is to look."""

from datetime import timedelta
from decimal import Decimal

import pytest

from drumbeat.actions import agents, enrollments, sequences
from drumbeat.actions.approvals import deciding
from drumbeat.actions.sequences import settings
from drumbeat.agents.named import drafter_of
from drumbeat.core.draft_checks import Severity
from drumbeat.engine.drafting import Drafting
from drumbeat.environment import read_environment
from drumbeat.models import Draft, Message, Touch, Writing
from drumbeat.store import leases, outgoing
from tests.support.drafting import TEXT, Desk, by_agent, settings_of, written
from tests.support.flows import a_flow, an_email
from tests.support.model import a_model, nobody, refusing, saying
from tests.support.office import NOW, a_lead, an_active_sequence

pytestmark = pytest.mark.django_db(transaction=True)

SOON = NOW + timedelta(minutes=1)
FULL = {"autonomy": "full"}


@pytest.fixture(autouse=True)
def _published(monkeypatch):
    env = read_environment({"DRUMBEAT_MODEL_URL": "http://127.0.0.1:1/v1"})
    monkeypatch.setattr("drumbeat.actions.sequences.checking.environment", lambda: env)


@pytest.fixture
def model():
    with a_model(written()) as listening:
        yield listening


def test_a_draft_waits_for_a_person(model):
    desk = Desk(settings_of(model))
    desk.round(NOW)
    touch, draft = desk.touch, desk.draft
    assert (touch.status, touch.hold_reason) == ("in_approval", "approval")
    assert touch.vetoed_at is not None
    assert (draft.state, draft.because, draft.text, draft.subject) == (
        "waiting",
        "autonomy",
        TEXT,
        "Bikes and parts",
    )
    assert desk.sent == []
    assert "parts orders" in model.calls[0].system
    assert "Kim" in model.calls[0].user
    assert "Kim" not in model.calls[0].system
    row = Writing.objects.get()
    assert (row.agent, row.draft, row.tokens_in, row.tokens_out) == (desk.agent, draft, 100, 10)
    assert row.cost == Decimal("0.0012")
    assert TEXT in row.said
    desk.round(NOW + timedelta(days=2))
    assert desk.sent == []


def test_full_autonomy_sends_what_raises_no_concern(model):
    desk = Desk(settings_of(model), agent=FULL)
    desk.round(NOW)
    assert len(desk.sent) == 1
    assert (desk.draft.state, desk.draft.decision) == ("done", "autonomous")
    message = Message.objects.get(direction="out")
    assert message.subject == "Bikes and parts"
    assert message.text.startswith(TEXT)
    assert desk.enrollment.step == "later"


def test_a_concern_makes_a_person_look(model):
    model.says(written(TEXT + " We save you 37 %."))
    desk = Desk(settings_of(model), agent=FULL)
    desk.round(NOW)
    assert desk.sent == []
    assert (desk.draft.because, desk.draft.risk) == ("concerns", Severity.LOOK)


def test_what_looks_like_a_merge_tag_is_said_as_it_stands(model):
    model.says(written(TEXT.replace("Acme", "{Acme} {{ contact.email }} {% if x %}")))
    desk = Desk(settings_of(model), agent=FULL)
    desk.round(NOW)
    deciding.approve(desk.owner, [desk.draft.pk], NOW, anyway=True)
    desk.round(SOON)
    assert "{Acme} {{ contact.email }} {% if x %}" in Message.objects.get(direction="out").text


def test_the_first_drafts_of_a_free_agent_are_seen(model):
    desk = Desk(settings_of(model), agent={**FULL, "warm_up": 1})
    desk.round(NOW)
    assert (desk.touch.status, desk.draft.because) == ("in_approval", "warm_up")


def at_its_cap(model):
    desk = Desk(settings_of(model), agent={**FULL, "drafts_per_day": 1})
    Writing.objects.create(workspace=desk.owner.workspace, agent=desk.agent, at=NOW)
    return desk


def test_a_cap_lets_drafts_wait_for_tomorrow(model):
    desk = at_its_cap(model)
    desk.round(NOW)
    draft = desk.draft
    assert model.calls == []
    assert (draft.state, draft.because, draft.not_before.day) == ("wanted", "draft_cap", 3)
    desk.round(draft.not_before)
    assert len(desk.sent) == 1


@pytest.mark.parametrize("is_default", [True, False], ids=["the default", "the sequence's own"])
def test_raising_a_cap_helps_today(model, is_default):
    desk = at_its_cap(model)
    if not is_default:
        type(desk.sequence).objects.update(agent=desk.agent)
        agents.make_default(desk.owner, agents.add(desk.owner, {"name": "Kit"}, NOW).pk, NOW)
    desk.round(NOW)
    assert desk.draft.because == "draft_cap"
    agents.change(desk.owner, desk.agent.pk, {"drafts_per_day": 2}, SOON)
    desk.round(SOON)
    assert len(desk.sent) == 1


def test_raising_a_cap_helps_nobody_elses_drafts(model):
    desk = at_its_cap(model)
    other = agents.add(desk.owner, {"name": "Kit", "drafts_per_day": 1}, NOW)
    desk.round(NOW)
    until = desk.draft.not_before
    agents.change(desk.owner, other.pk, {"drafts_per_day": 2}, SOON)
    assert desk.draft.not_before == until > SOON


@pytest.mark.parametrize(
    "act", [agents.make_default, agents.remove], ids=["made the default", "the last one removed"]
)
def test_who_writes_instead_is_not_held_by_the_cap_of_who_wrote(model, act):
    desk = at_its_cap(model)
    other = agents.add(desk.owner, {"name": "Kit", **FULL}, NOW)
    desk.round(NOW)
    assert desk.draft.because == "draft_cap"
    act(desk.owner, other.pk if act is agents.make_default else desk.agent.pk, SOON)
    desk.round(SOON)
    assert (len(desk.sent), desk.draft.agent) == (1, other)


@pytest.mark.parametrize("names", ["names another", "names none any more"])
def test_another_agent_in_the_sequences_settings_frees_what_the_cap_held(model, names):
    desk = at_its_cap(model)
    other = agents.add(desk.owner, {"name": "Kit", **FULL}, NOW)
    if names == "names none any more":
        settings.change(desk.owner, desk.sequence.pk, {"agent_id": desk.agent.pk}, NOW)
        agents.make_default(desk.owner, other.pk, NOW)
    desk.round(NOW)
    assert desk.draft.because == "draft_cap"
    agent_id = other.pk if names == "names another" else None
    settings.change(desk.owner, desk.sequence.pk, {"agent_id": agent_id}, SOON)
    desk.round(SOON)
    assert (len(desk.sent), desk.draft.agent) == (1, other)


def test_one_at_its_cap_too_holds_it_again(model):
    desk = at_its_cap(model)
    other = agents.add(desk.owner, {"name": "Kit", "drafts_per_day": 1}, NOW)
    Writing.objects.create(workspace=desk.owner.workspace, agent=other, at=NOW)
    desk.round(NOW)
    settings.change(desk.owner, desk.sequence.pk, {"agent_id": other.pk}, SOON)
    desk.round(SOON)
    assert (desk.touch.status, desk.draft.because) == ("drafting", "draft_cap")
    assert desk.draft.not_before > SOON


def test_another_setting_of_the_sequence_frees_nothing(model):
    desk = at_its_cap(model)
    desk.round(NOW)
    until = desk.draft.not_before
    settings.change(desk.owner, desk.sequence.pk, {"track_opens": True}, SOON)
    assert desk.draft.not_before == until > SOON


def test_with_the_last_agent_gone_a_person_is_asked_at_once(model):
    desk = at_its_cap(model)
    desk.round(NOW)
    agents.remove(desk.owner, desk.agent.pk, SOON)
    desk.round(SOON)
    assert (desk.touch.status, desk.draft.because) == ("in_approval", "no_agent")


def test_a_draft_rests_with_its_sequence_and_is_written_when_it_goes_on(model):
    desk = Desk(settings_of(model), agent=FULL)
    desk.round(NOW, drafts=False)
    sequences.pause(desk.owner, desk.sequence.pk, NOW)
    desk.round(NOW)
    assert (desk.draft.because, model.calls) == ("rests", [])
    sequences.activate(desk.owner, desk.sequence.pk, SOON)
    desk.round(SOON)
    assert len(desk.sent) == 1


def test_a_cap_of_cost_counts_what_was_paid(model):
    desk = Desk(settings_of(model), agent={**FULL, "cost_per_day": "0.01"})
    Writing.objects.create(workspace=desk.owner.workspace, agent=desk.agent, at=NOW, cost=Decimal("0.01"))
    desk.round(NOW)
    assert (desk.draft.because, model.calls) == ("cost_cap", [])


def test_what_is_disabled_is_not_asked_for(model):
    policies = {"autonomy": "controlled", "policies": {"email": "disabled"}}
    desk = Desk(settings_of(model), agent=policies)
    desk.round(NOW)
    assert model.calls == []
    assert (desk.touch.status, desk.draft.because, desk.draft.risk) == ("in_approval", "disabled", "stop")


def test_a_fallback_goes_where_nobody_wants_to_look(model):
    model.says(saying("this is no JSON"))
    own = a_flow(by_agent(own="Hello {{ contact.first_name }}, it is us."))
    desk = Desk(settings_of(model), own, agent=FULL)
    desk.round(NOW)
    assert len(desk.sent) == 1
    assert (desk.draft.is_fallback, desk.draft.because) == (True, "model_fault")
    assert Message.objects.get(direction="out").text.startswith("Hello Kim, it is us.")
    assert Writing.objects.get().tokens_in == 200


def test_a_fallback_waits_where_a_person_approves(model):
    model.says(saying("this is no JSON"))
    desk = Desk(settings_of(model), a_flow(by_agent(own="Hello {{ contact.first_name }}, it is us.")))
    desk.round(NOW)
    assert desk.sent == []
    assert (desk.draft.is_fallback, desk.draft.text) == (True, "Hello Kim, it is us.")


def test_a_fallback_may_hold_the_link_that_ends_it_all(model):
    model.says(saying("this is no JSON"))
    own = a_flow(by_agent(own="Hello. No more of it: {{ unsubscribe_url }}"))
    desk = Desk(settings_of(model), own, agent=FULL)
    desk.round(NOW)
    assert (desk.draft.is_fallback, len(desk.sent)) == (True, 1)
    link = outgoing.unsubscribe_url(desk.owner.workspace_id, desk.contact.pk, desk.sequence.pk)
    assert Message.objects.get(direction="out").text.startswith(f"Hello. No more of it: {link}")


def test_without_a_fallback_a_person_writes(model):
    model.says(saying("this is no JSON"))
    desk = Desk(settings_of(model), agent=FULL)
    desk.round(NOW)
    assert (desk.touch.status, desk.draft.text, desk.draft.risk) == ("in_approval", "", "stop")


def test_a_model_that_is_away_is_asked_again_for_an_hour():
    with nobody() as url:
        desk = Desk({"DRUMBEAT_MODEL_URL": url, "DRUMBEAT_MODEL": "x"}, agent=FULL)
        desk.round(NOW)
        draft = desk.draft
        assert (draft.state, draft.because, draft.tries) == ("wanted", "model_fault", 1)
        assert draft.not_before > NOW
        desk.round(NOW + timedelta(minutes=61))
    assert (desk.draft.state, desk.draft.because) == ("waiting", "model_fault")
    assert desk.draft.fault


def test_a_model_that_is_away_once_is_asked_again_however_long_no_worker_ran():
    with nobody() as url:
        desk = Desk({"DRUMBEAT_MODEL_URL": url, "DRUMBEAT_MODEL": "x"}, agent=FULL)
        desk.round(NOW, drafts=False)
        desk.round(NOW + timedelta(hours=2))
    assert (desk.draft.state, desk.draft.tries) == ("wanted", 1)


def test_without_a_model_a_person_writes():
    desk = Desk({}, agent=FULL)
    desk.round(NOW)
    assert (desk.draft.state, desk.draft.because) == ("waiting", "no_model")


def test_without_an_agent_a_person_writes(model):
    desk = Desk(settings_of(model))
    agents.remove(desk.owner, desk.agent.pk, NOW)
    desk.round(NOW)
    assert (desk.draft.state, desk.draft.because, model.calls) == ("waiting", "no_agent", [])


def test_others_do_not_wait_for_a_draft(model):
    model.says(refusing(503, "busy", retry_after="100"))
    desk = Desk(settings_of(model))
    other = an_active_sequence(desk.owner, a_flow(an_email("plain")), name="Plain", sender_id=desk.sender.pk)
    enrollments.enroll(desk.owner, other.pk, [a_lead(desk.owner, "bo@example.com").pk], NOW)
    desk.round(NOW)
    assert Touch.objects.get(step="plain").status == "sent"
    assert desk.touch.status == "drafting"


def test_what_a_dead_worker_was_writing_is_written_again(model):
    desk = Desk(settings_of(model))
    desk.round(NOW, drafts=False)
    other = Drafting("dead", drafter_of(read_environment(settings_of(model))))
    other.turn(NOW)
    desk.write(NOW)
    assert desk.draft.state == "wanted"
    leases.expire("dead")
    desk.write(NOW)
    assert desk.draft.state == "waiting"
    assert len(model.calls) == 2
    other.turn(NOW)
    assert Draft.objects.count() == 1
    assert Writing.objects.count() == 2
