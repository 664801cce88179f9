"""A lost or exchanged secret stops everything: under another one the suppression list would look empty."""

import pytest

from drumbeat.actions import workspaces
from drumbeat.core.errors import DomainError
from drumbeat.store import installation
from tests.support.outreach import NOW

pytestmark = pytest.mark.django_db


def test_the_secret_of_the_first_start_is_remembered():
    workspaces.create_installation(NOW)
    installation.check_secret()
    workspaces.create_installation(NOW)


def test_another_secret_is_refused_by_name(settings):
    workspaces.create_installation(NOW)
    settings.INSTALLATION_SECRET = b"f" * 64
    for refused in (
        installation.check_secret,
        workspaces.owner_of,
        lambda: workspaces.create_installation(NOW),
    ):
        with pytest.raises(DomainError) as error:
            refused()
        assert error.value.code == "secret_changed"
        assert "Put the right file back" in error.value.message


def test_before_the_first_start_there_is_nothing_to_compare():
    installation.check_secret()
