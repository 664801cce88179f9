"""A condition means the same to memory and to SQL: for every contact, on both databases."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.core.conditions import Group, holds
from drumbeat.models import Contact, Member, User
from drumbeat.store.conditions import load_views, where
from tests.support import answering
from tests.support.office import an_owner, another_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    owner = an_owner()
    user = User.objects.create(email="Straße@Ours.test", password="!")
    other = Member.objects.create(
        workspace=owner.workspace, user=user, name="Other", role="rep", created_at=answering.NOON
    )
    answering.define(owner)
    stranger = another_owner()
    answering.define(stranger)
    answering.insert([stranger, stranger, stranger], [answering.somebody()] * 3)
    return [None, owner, other]


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(answering.NOON, id="at noon, when there are three days on earth"),
        pytest.param(answering.NOON + timedelta(hours=11, minutes=30), id="shortly before midnight"),
        pytest.param(answering.ST_JOHNS_TWICE, id="in an evening that comes twice"),
    ],
)
def test_every_operator_of_every_field_reads_the_same(team, now):
    ids = answering.insert(team, answering.a_crowd(60))
    views = load_views(team[1].workspace_id, ids)
    for number, rule in enumerate(answering.every_rule()):
        condition = Group(negated=number % 3 == 0, rules=(rule,))
        compare(team[1].workspace_id, views, condition, now)


def compare(workspace_id, views, condition, now):
    ours = Contact.objects.filter(workspace_id=workspace_id)
    found = list(ours.filter(where(workspace_id, condition, now)).values_list("id", flat=True))
    assert len(found) == len(set(found)), "each once"
    expected = {id_ for id_, view in views.items() if holds(condition, view, now)}
    assert set(found) == expected, f"{condition} {[views[id_] for id_ in expected ^ set(found)]}"


class Undo(Exception):
    pass


def check(team, people, conditions, now):
    try:
        with transaction.atomic():
            views = load_views(team[1].workspace_id, answering.insert(team, people))
            for condition in conditions:
                compare(team[1].workspace_id, views, condition, now)
            raise Undo
    except Undo:
        pass


DRAWN = given(
    people=st.lists(answering.people(), min_size=1, max_size=12),
    conditions=st.lists(answering.asked(), min_size=1, max_size=12),
    now=answering.nows(),
)
STILL = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)


@DRAWN
@settings(max_examples=60, suppress_health_check=STILL)
def test_groups_of_rules_read_the_same(team, people, conditions, now):
    check(team, people, conditions, now)


@pytest.mark.soak
@DRAWN
@settings(max_examples=5_000, suppress_health_check=STILL)
def test_groups_of_rules_read_the_same_for_long(team, people, conditions, now):
    check(team, people, conditions, now)
