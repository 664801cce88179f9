"""Agents are made, changed, made the default and removed; what is wrong is said for each field."""

from datetime import timedelta
from decimal import Decimal

import pytest

from drumbeat.actions import agents
from drumbeat.core.errors import DomainError
from drumbeat.core.personas import ActionKind, Policy
from drumbeat.models import Agent, AuditEntry, Role, Writing
from drumbeat.store.agents import persona_of, tomorrow, writers_of
from tests.support.office import NOW, a_draft, an_owner, another_owner
from tests.support.outreach import a_member

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_agent_is_the_default():
    owner = an_owner()
    first, second = (agents.add(owner, {"name": name}, NOW) for name in ("Robin", "Sam"))
    assert (first.is_default, second.is_default) == (True, False)
    agents.make_default(owner, second.pk, NOW)
    assert list(Agent.objects.order_by("id").values_list("is_default", flat=True)) == [False, True]
    agents.remove(owner, second.pk, NOW)
    assert Agent.objects.get().is_default
    acts = AuditEntry.objects.filter(object_kind="agent").order_by("id").values_list("act", flat=True)
    assert list(acts) == ["agents.create", "agents.create", "agents.default", "agents.delete"]


def test_all_of_an_agent_is_kept():
    owner = an_owner()
    told = {
        "name": " Robin ",
        "persona": "Calm.",
        "tone": "direct",
        "language": "de",
        "facts": ["We are in Basel.", "We are in Basel."],
        "banned": ["cheap"],
        "links": ["https://ours.test/book"],
        "autonomy": "controlled",
        "policies": {"email": "autonomous"},
        "warm_up": 3,
        "drafts_per_day": 10,
        "cost_per_day": "1.5",
    }
    agent = persona_of(Agent.objects.get(pk=agents.add(owner, told, NOW).pk))
    assert (agent.name, agent.facts, agent.cost_per_day) == ("Robin", ("We are in Basel.",), Decimal("1.5"))
    assert agent.policies == {ActionKind.EMAIL: Policy.AUTONOMOUS}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({}, "name"),
        ({"name": "a\0"}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"name": "a", "tone": "rude"}, "tone"),
        ({"name": "a", "language": "xx"}, "language"),
        ({"name": "a", "autonomy": "total"}, "autonomy"),
        ({"name": "a", "facts": "no list"}, "facts"),
        ({"name": "a", "facts": [""]}, "facts"),
        ({"name": "a", "links": ["javascript:x"]}, "links"),
        ({"name": "a", "policies": {"fax": "approval"}}, "policies"),
        ({"name": "a", "policies": {"email": "maybe"}}, "policies"),
        ({"name": "a", "policies": []}, "policies"),
        ({"name": "a", "warm_up": -1}, "warm_up"),
        ({"name": "a", "warm_up": True}, "warm_up"),
        ({"name": "a", "drafts_per_day": 0}, "drafts_per_day"),
        ({"name": "a", "cost_per_day": "much"}, "cost_per_day"),
        ({"name": "a", "cost_per_day": "NaN"}, "cost_per_day"),
        ({"name": "a", "cost_per_day": "0"}, "cost_per_day"),
        ({"name": "a", "colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(told, field):
    owner = an_owner()
    with pytest.raises(DomainError) as refused:
        agents.add(owner, told, NOW)
    assert refused.value.code == "agent_invalid"
    assert field in refused.value.fields
    assert not Agent.objects.exists()


def test_a_name_is_taken_once_in_each_workspace():
    owner = an_owner()
    agents.add(owner, {"name": "Robin"}, NOW)
    agents.add(another_owner(), {"name": "Robin"}, NOW)
    sam = agents.add(owner, {"name": "Sam"}, NOW)
    for act in (
        lambda: agents.add(owner, {"name": "Robin"}, NOW),
        lambda: agents.change(owner, sam.pk, {"name": "Robin"}, NOW),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert refused.value.code == "agent_name_taken"


def test_a_change_tells_the_log_what_was_before():
    owner = an_owner()
    agent = agents.add(owner, {"name": "Robin", "warm_up": 2}, NOW)
    agents.change(owner, agent.pk, {"warm_up": 5, "tone": "friendly"}, NOW)
    entry = AuditEntry.objects.get(act="agents.edit")
    assert (entry.before, entry.after) == ({"warm_up": 2}, {"warm_up": 5})


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP, Role.VIEWER])
def test_only_admins_make_agents(role):
    owner = an_owner()
    member = a_member(owner.workspace, "kim", role)
    agent = agents.add(owner, {"name": "Robin"}, NOW)
    assert agents.find(member, "Robin") == agent
    for act in (
        lambda: agents.add(member, {"name": "Sam"}, NOW),
        lambda: agents.change(member, agent.pk, {"name": "Sam"}, NOW),
        lambda: agents.make_default(member, agent.pk, NOW),
        lambda: agents.remove(member, agent.pk, NOW),
    ):
        with pytest.raises(DomainError, match="does not include settings"):
            act()


def test_a_sequence_names_its_agent_or_gets_the_default():
    owner = an_owner()
    robin, sam = (agents.add(owner, {"name": name}, NOW) for name in ("Robin", "Sam"))
    one, other = a_draft(owner, name="One"), a_draft(owner, name="Other")
    type(one).objects.filter(pk=one.pk).update(agent=sam)
    assert writers_of([one.pk, other.pk]) == {one.pk: sam, other.pk: robin}
    agents.remove(owner, sam.pk, NOW)
    assert writers_of([one.pk]) == {one.pk: robin}


def test_today_begins_at_midnight_where_the_workspace_is():
    owner = an_owner()
    type(owner.workspace).objects.update(time_zone="Asia/Kolkata")
    owner.workspace.refresh_from_db()
    agent = agents.add(owner, {"name": "Robin"}, NOW)
    for hours in (1, 9, 11, 20):
        Writing.objects.create(
            workspace=owner.workspace, agent=agent, at=NOW - timedelta(hours=hours), cost=Decimal("0.25")
        )
    work = agents.work_of(owner, [agent], NOW)[agent.pk]
    assert (work.today.drafts, work.today.cost) == (3, Decimal("0.75"))
    assert tomorrow(owner.workspace, NOW) == NOW.replace(hour=18, minute=30)
