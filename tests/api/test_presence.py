"""Two people with one sequence open learn of each other, and of what the other saved."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drumbeat.actions import sequences
from drumbeat.core.document import write_document
from drumbeat.models import Member, Presence, Role, User
from tests.support.flows import a_line, an_email
from tests.support.office import another_owner, two_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def sequence(owner):
    return sequences.create(owner, "Hello", timezone.now(), document=write_document(two_mails()))


def a_colleague(owner, name):
    user = User.objects.create(email=f"{name.lower()}@ours.test", password="!")
    return Member.objects.create(
        workspace=owner.workspace, user=user, name=name, role=Role.MANAGER, created_at=timezone.now()
    )


def tell(client, sequence, step=None):
    path = f"/api/sequences/{sequence.pk}/presence"
    return client.put(path, {"step": step}, content_type="application/json")


def is_here(member, sequence, seconds_ago, step=""):
    seen_at = timezone.now() - timedelta(seconds=seconds_ago)
    return Presence.objects.create(sequence=sequence, member=member, step=step, seen_at=seen_at)


def test_each_learns_who_else_is_here_and_at_which_step(client, owner, sequence):
    mira = a_colleague(owner, "Mira")
    assert tell(client, sequence, "first").json()["others"] == []
    client.force_login(mira.user)
    assert tell(client, sequence).json()["others"] == [{"id": owner.pk, "name": owner.name, "step": "first"}]
    client.force_login(owner.user)
    assert tell(client, sequence).json()["others"] == [{"id": mira.pk, "name": "Mira", "step": None}]
    assert Presence.objects.count() == 2  # telling again renews a row


def test_whoever_is_silent_for_half_a_minute_has_left(client, owner, sequence):
    is_here(a_colleague(owner, "Mira"), sequence, seconds_ago=25)
    is_here(a_colleague(owner, "Noor"), sequence, seconds_ago=31)
    assert [each["name"] for each in tell(client, sequence).json()["others"]] == ["Mira"]


def test_rows_that_say_nothing_any_more_are_dropped(client, owner, sequence):
    is_here(a_colleague(owner, "Mira"), sequence, seconds_ago=2 * 3600)
    tell(client, sequence)
    assert [row.member_id for row in Presence.objects.all()] == [owner.pk]


def test_the_answer_says_what_is_saved_by_whom(client, owner, sequence):
    assert (tell(client, sequence).json()["revision"], Presence.objects.count()) == (1, 1)
    mira = a_colleague(owner, "Mira")
    document = write_document(a_line(an_email("other")))
    sequences.save_draft(mira, sequence.pk, document, timezone.now(), revision=1)
    told = tell(client, sequence).json()
    assert (told["revision"], told["saved_by"]) == (2, {"id": mira.pk, "name": "Mira"})


@pytest.mark.parametrize("step", ["", "A", "a" * 64, "a\0", 5])
def test_a_step_that_can_be_none_is_refused(client, sequence, step):
    assert tell(client, sequence, step).status_code in (400, 422)
    assert not Presence.objects.exists()


def test_a_sequence_of_another_workspace_is_not_there(client, owner):
    theirs = sequences.create(another_owner(), "Theirs", timezone.now())
    assert tell(client, theirs).status_code == 404
    assert not Presence.objects.exists()


def test_it_costs_the_same_however_many_are_here(client, owner, sequence):
    tell(client, sequence)
    with CaptureQueriesContext(connection) as alone:
        tell(client, sequence)
    for name in ("Mira", "Noor", "Otto", "Pia"):
        is_here(a_colleague(owner, name), sequence, seconds_ago=1)
    with CaptureQueriesContext(connection) as many:
        assert len(tell(client, sequence).json()["others"]) == 4
    assert len(many) == len(alone)
