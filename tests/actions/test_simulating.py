"""A rehearsal says when what would leave, and writes nothing."""

import pytest

from drumbeat.actions.sequences import simulating
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import TaskStep
from drumbeat.models import Enrollment, Touch
from tests.support.flows import a_line, an_email
from tests.support.office import NOW, a_draft, a_mailbox, an_active_sequence, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


def test_volumes_obey_the_cap_of_the_sender(owner):
    a_mailbox(owner, per_day=50)
    came = simulating.rehearse(owner, an_active_sequence(owner).pk, 60, NOW)
    assert (came.contacts, came.sent, came.ends) == (60, 120, {"completed": 60})
    days = [(volume.day, volume.sent) for volume in came.volumes]
    assert days[:2] == [("2026-03-02", 50), ("2026-03-03", 10)]
    assert all(count <= 50 for _, count in days)
    assert came.held["cap"] > 0


def test_the_window_of_a_fresh_sender_is_kept(owner):
    a_mailbox(owner, always=False)
    came = simulating.rehearse(owner, an_active_sequence(owner).pk, 1, NOW)
    assert [volume.day for volume in came.volumes] == ["2026-03-02", "2026-03-05"]


def test_a_draft_is_rehearsed_as_if_it_ran_and_tasks_take_a_day(owner):
    a_mailbox(owner)
    flow = a_line(an_email("hello"), TaskStep(key="call", title="Call"), an_email("thanks"))
    came = simulating.rehearse(owner, a_draft(owner, flow).pk, 1, NOW)
    assert [volume.day for volume in came.volumes] == ["2026-03-02", "2026-03-03"]
    assert came.ends == {"completed": 1}


def test_without_a_sender_everybody_is_blocked(owner):
    came = simulating.rehearse(owner, a_draft(owner).pk, 3, NOW)
    assert (came.sent, came.ends) == (0, {"blocked": 3})


def test_nothing_is_written(owner):
    a_mailbox(owner)
    simulating.rehearse(owner, an_active_sequence(owner).pk, 5, NOW)
    assert not Enrollment.objects.exists()
    assert not Touch.objects.exists()


@pytest.mark.parametrize("contacts", [0, -1, simulating.MOST_CONTACTS + 1])
def test_the_number_of_contacts_has_bounds(owner, contacts):
    with pytest.raises(DomainError) as refused:
        simulating.rehearse(owner, a_draft(owner).pk, contacts, NOW)
    assert refused.value.code == "contacts_invalid"
