"""What an agent may be, and how far it goes without a person."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.autonomy import Because, Counts, Verdict, may_answer, may_draft, may_send
from drumbeat.core.personas import ActionKind, Agent, Autonomy, Policy, problems_of

EMAIL = ActionKind.EMAIL
FULL = Agent(name="Ada", autonomy=Autonomy.FULL)


def test_a_name_is_enough():
    assert problems_of(Agent(name="Ada")) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("name", " ", id="no name"),
        pytest.param("name", "x" * 101, id="a long name"),
        pytest.param("persona", "x" * 2001, id="a long persona"),
        pytest.param("language", "tlh", id="a language that we cannot name"),
        pytest.param("facts", (" ",), id="an empty fact"),
        pytest.param("facts", ("x",) * 101, id="too many facts"),
        pytest.param("banned", ("",), id="an empty word"),
        pytest.param("banned", ("x",) * 201, id="too many words"),
        pytest.param("links", ("acme.example.com",), id="a link without https"),
        pytest.param("links", ("https://localhost",), id="a link to no domain"),
        pytest.param("links", ("https://a.test@b.test",), id="a link with a name in it"),
        pytest.param("links", ("https://[::1",), id="a link that is none"),
        pytest.param("links", ("https://a.test\n",), id="a link with a line break"),
        pytest.param("links", ("https://a.test",) * 21, id="too many links"),
        pytest.param("warm_up", -1, id="a warm-up below nothing"),
        pytest.param("drafts_per_day", 0, id="no drafts"),
        pytest.param("cost_per_day", Decimal(0), id="no money"),
        pytest.param("cost_per_day", Decimal("nan"), id="no amount"),
    ],
)
def test_what_keeps_an_agent_from_being_stored_is_said_by_field(field, value):
    problems = problems_of(Agent(**{"name": "Ada", field: value}))
    assert list(problems) == [field]


def test_a_whole_agent_has_no_problems():
    agent = Agent(
        name="Ada",
        persona="A calm engineer",
        language="de",
        facts=("We make bicycles.",),
        banned=("synergy",),
        links=("https://acme.example.com/demo",),
        warm_up=3,
        drafts_per_day=10,
        cost_per_day=Decimal("1.50"),
    )
    assert problems_of(agent) == {}


@pytest.mark.parametrize(
    ("agent", "policy", "because"),
    [
        pytest.param(Agent(name="A"), Policy.APPROVAL, Because.AUTONOMY, id="assisted: all waits"),
        pytest.param(FULL, Policy.AUTONOMOUS, Because.AUTONOMY, id="full: nothing waits"),
        pytest.param(
            Agent(name="A", autonomy=Autonomy.CONTROLLED),
            Policy.APPROVAL,
            Because.POLICY,
            id="controlled: what nobody set waits",
        ),
        pytest.param(
            Agent(name="A", autonomy=Autonomy.CONTROLLED, policies={EMAIL: Policy.AUTONOMOUS}),
            Policy.AUTONOMOUS,
            Because.POLICY,
            id="controlled: by action",
        ),
        pytest.param(
            Agent(name="A", autonomy=Autonomy.CONTROLLED, policies={EMAIL: Policy.DISABLED}),
            Policy.DISABLED,
            Because.POLICY,
            id="controlled: never",
        ),
        pytest.param(
            Agent(name="A", autonomy=Autonomy.FULL, policies={EMAIL: Policy.DISABLED}),
            Policy.AUTONOMOUS,
            Because.AUTONOMY,
            id="policies count for controlled agents alone",
        ),
        pytest.param(
            Agent(name="A", autonomy=Autonomy.FULL, warm_up=1), Policy.APPROVAL, Because.WARM_UP, id="warm-up"
        ),
    ],
)
def test_autonomy_says_who_sees_a_draft_first(agent, policy, because):
    assert may_draft(agent, EMAIL, Counts()) == Verdict(policy, because)
    assert may_send(agent, EMAIL, approved=0, concerns=0) == Verdict(policy, because)


def test_a_warm_up_ends_with_what_people_approved():
    agent = Agent(name="A", autonomy=Autonomy.FULL, warm_up=2)
    assert may_draft(agent, EMAIL, Counts(approved=1)).because is Because.WARM_UP
    assert may_draft(agent, EMAIL, Counts(approved=2)).policy is Policy.AUTONOMOUS


@pytest.mark.parametrize(
    ("agent", "counts", "because"),
    [
        pytest.param(
            Agent(name="A", drafts_per_day=2), Counts(drafts_today=2), Because.DRAFT_CAP, id="by number"
        ),
        pytest.param(
            Agent(name="A", cost_per_day=Decimal(1)),
            Counts(cost_today=Decimal("1.01")),
            Because.COST_CAP,
            id="by cost",
        ),
    ],
)
def test_a_cap_holds_new_drafts_and_no_finished_ones(agent, counts, because):
    verdict = may_draft(agent, EMAIL, counts)
    assert verdict == Verdict(Policy.DISABLED, because)
    assert verdict.passes_by_itself
    assert may_send(agent, EMAIL, counts.approved, concerns=0).policy is Policy.APPROVAL


def test_below_its_caps_an_agent_writes():
    agent = Agent(name="A", autonomy=Autonomy.FULL, drafts_per_day=2, cost_per_day=Decimal(1))
    counts = Counts(drafts_today=1, cost_today=Decimal("0.99"))
    assert may_draft(agent, EMAIL, counts) == Verdict(Policy.AUTONOMOUS, Because.AUTONOMY)


def test_what_a_member_switched_off_does_not_wait_for_tomorrow():
    off = Agent(name="A", autonomy=Autonomy.CONTROLLED, policies={EMAIL: Policy.DISABLED}, drafts_per_day=1)
    assert not may_draft(off, EMAIL, Counts(drafts_today=9)).passes_by_itself


@given(
    autonomy=st.sampled_from(Autonomy),
    policy=st.none() | st.sampled_from(Policy),
    kind=st.sampled_from(ActionKind),
    approved=st.integers(0, 5),
    warm_up=st.integers(0, 5),
    concerns=st.integers(0, 3),
)
def test_nothing_with_a_concern_goes_out_unseen(autonomy, policy, kind, approved, warm_up, concerns):
    agent = Agent(name="A", autonomy=autonomy, policies={kind: policy} if policy else {}, warm_up=warm_up)
    verdict = may_send(agent, kind, approved, concerns)
    if verdict.policy is Policy.AUTONOMOUS:
        assert not concerns
        assert approved >= warm_up
        assert autonomy is not Autonomy.ASSISTED


@pytest.mark.parametrize("policy", Policy)
def test_answers_are_drafted_where_a_member_switched_them_on(policy):
    agent = Agent(name="A", autonomy=Autonomy.CONTROLLED, policies={ActionKind.REPLY: policy})
    assert may_answer(agent) == (policy is not Policy.DISABLED)
    assert not may_answer(Agent(name="A", autonomy=Autonomy.CONTROLLED))
    assert not may_answer(FULL)
