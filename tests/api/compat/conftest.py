"""A server process for each module that asks for one; the module names `tests.support.installed` as a plugin."""

import shutil

import pytest

from drumbeat.environment import environment
from tests.api.compat.service import serving
from tests.support.installation import Installation


@pytest.fixture(scope="module")
def service(_sqlite_template, tmp_path_factory, django_db_blocker):
    folder = tmp_path_factory.mktemp("kind_b")
    shutil.copy(_sqlite_template, folder / "drumbeat.sqlite3")
    shutil.copy(environment().data / "secret", folder / "secret")  # the template was written with it
    with django_db_blocker.unblock(), serving(Installation(folder)) as found:
        yield found
