"""`drumbeat webhook secret`: shown, replaced, and the one before named while it still signs."""

import pytest

from drumbeat.actions import workspaces
from tests.support.office import NOW

pytestmark = pytest.mark.django_db


def test_the_secret_is_shown_and_replaced(run):
    workspaces.create_installation(NOW)
    code, shown = run("webhook", "secret")
    assert code == 0
    assert shown["current"].startswith("whsec_")
    assert shown["previous"] == ""

    code, replaced = run("webhook", "secret", "--new")
    assert code == 0
    assert replaced["previous"] == shown["current"]
    assert replaced["current"] != shown["current"]
    assert run("webhook", "secret")[1] == replaced
