"""A suppression stands once, in a workspace as in the whole installation, on both databases."""

import pytest
from django.core.management import call_command
from django.db import transaction

from bench import world
from drumbeat.models import Suppression
from drumbeat.store import stops

pytest_plugins = ["tests.support.installed"]

NOW = world.START
ONE = {"channel": "email", "base_address": "kim@example.com", "reason": "manual", "source": "test"}


def suppress(workspace_id, **other):
    with transaction.atomic():
        stops.suppress(workspace_id, now=NOW, **(ONE | other))


@pytest.fixture(params=["a workspace", "the installation"])
def whose(request, installation):
    return world.a_workspace().workspace_id if request.param == "a workspace" else None


def test_suppressing_again_changes_nothing(whose):
    suppress(whose)
    suppress(whose, source="again")
    assert Suppression.objects.get().source == "test"


def test_what_was_lifted_can_be_suppressed_again(whose):
    suppress(whose)
    Suppression.objects.update(lifted_at=NOW)
    suppress(whose)
    assert sorted(row.lifted_at is None for row in Suppression.objects.all()) == [False, True]


@pytest.mark.parametrize("other", [{"channel": ""}, {"reason": "complaint"}, {"scope": "sequence:1"}])
def test_what_differs_stands_beside_it(whose, other):
    suppress(whose)
    suppress(whose, **other)
    assert Suppression.objects.count() == 2


def test_an_older_database_keeps_the_first_of_those_that_stand_more_than_once(installation):
    workspace_id = world.a_workspace().workspace_id
    call_command("migrate", "drumbeat", "0001", verbosity=0)
    for source in ("first", "second", "third"):
        suppress(None, source=source)
    suppress(None, base_address="lee@example.com", source="lee")
    suppress(workspace_id, source="own")
    Suppression.objects.filter(source="third").update(lifted_at=NOW)

    call_command("migrate", verbosity=0)

    assert set(Suppression.objects.values_list("source", flat=True)) == {"first", "third", "lee", "own"}
