"""The first workspace, its owner, and which workspace a command means."""

import pytest

from drumbeat.actions import workspaces
from drumbeat.core.errors import DomainError
from drumbeat.models import Member, SenderKind, SenderProfile, User, Workspace
from tests.support.office import NOW, an_owner, another_owner

pytestmark = pytest.mark.django_db


def test_an_installation_begins_with_one_workspace_its_owner_and_its_built_in_senders():
    owner, created = workspaces.create_installation(NOW, time_zone="Europe/Berlin")

    assert created
    assert (owner.workspace.name, owner.workspace.time_zone) == ("My workspace", "Europe/Berlin")
    assert (owner.role, owner.is_owner) == ("admin", True)
    kinds = set(SenderProfile.objects.filter(workspace=owner.workspace).values_list("kind", flat=True))
    assert kinds == {SenderKind.TASK, SenderKind.NOTICE, SenderKind.WEBHOOK}
    assert not owner.user.has_usable_password()


def test_creating_it_again_changes_nothing():
    first = an_owner()

    second, created = workspaces.create_installation(NOW)

    assert (second, created) == (first, False)
    assert (Workspace.objects.count(), User.objects.count(), Member.objects.count()) == (1, 1, 1)
    assert SenderProfile.objects.count() == 3


def test_an_unknown_time_zone_is_refused():
    with pytest.raises(DomainError) as refused:
        workspaces.create_installation(NOW, time_zone="Europe/Berln")
    assert refused.value.code == "time_zone_unknown"


def test_without_a_name_the_first_workspace_is_meant():
    owner = an_owner()
    another_owner()
    assert workspaces.owner_of() == owner


def test_a_workspace_is_named_by_its_name_or_its_id():
    other = another_owner("Elsewhere")
    assert workspaces.owner_of("Elsewhere") == other
    assert workspaces.owner_of(str(other.workspace_id)) == other


@pytest.mark.parametrize(
    ("names", "asked", "code"),
    [
        pytest.param([], None, "not_migrated", id="nothing is there yet"),
        pytest.param(["One"], "Two", "not_found", id="an unknown name"),
        pytest.param(["One"], "999999", "not_found", id="an unknown id"),
        pytest.param(["Twin", "Twin"], "Twin", "workspace_ambiguous", id="a name that two have"),
    ],
)
def test_what_names_no_workspace_is_refused(names, asked, code):
    for name in names:
        another_owner(name)
    with pytest.raises(DomainError) as refused:
        workspaces.owner_of(asked)
    assert refused.value.code == code
