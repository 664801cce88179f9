"""A condition means the same to memory and to SQL: for every contact, on both databases."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.core.conditions import holds
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


class Undo(Exception):
    pass


def check(team, people, conditions, now):
    workspace_id = team[1].workspace_id
    try:
        with transaction.atomic():
            ids = answering.insert(team, people)
            views = load_views(workspace_id, ids)
            for condition in conditions:
                in_memory = {id_ for id_ in ids if holds(condition, views[id_], now)}
                found = Contact.objects.filter(
                    where(workspace_id, condition, now), workspace_id=workspace_id
                ).values_list("id", flat=True)
                in_sql = list(found)
                assert len(in_sql) == len(set(in_sql)), "each once"
                assert set(in_sql) == in_memory, f"{condition}\n{found.query}"
            raise Undo
    except Undo:
        pass


DRAWN = given(
    people=st.lists(answering.people(), min_size=1, max_size=12),
    conditions=st.lists(answering.asked(), min_size=1, max_size=6),
    now=answering.nows(),
)
STILL = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large)


@DRAWN
@settings(max_examples=60, suppress_health_check=STILL)
def test_memory_and_sql_read_the_same(team, people, conditions, now):
    check(team, people, conditions, now)


@pytest.mark.soak
@DRAWN
@settings(max_examples=5_000, suppress_health_check=STILL)
def test_memory_and_sql_read_the_same_for_long(team, people, conditions, now):
    check(team, people, conditions, now)
