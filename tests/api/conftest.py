"""Who asks, and when. Ids come again from test to test: nothing that was kept for another test may answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from whitenoise.middleware import WhiteNoiseMiddleware

from drumbeat.api.board import routes as board
from drumbeat.api.board.kept import Kept
from drumbeat.api.sequences import routes as sequences
from drumbeat.models import Member
from drumbeat.store import flows
from tests.support.office import an_owner


@pytest.fixture(autouse=True, scope="session")
def _the_files_of_the_web_app_are_looked_up_once() -> Iterator[None]:
    """Each test client builds its middleware anew, and looks at hundreds of files that none of these tests changes."""
    look_up = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look_up(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (board, sequences):
        monkeypatch.setattr(module, "_kept", Kept(ticks=lambda: 0.0))
    flows.load_flow.cache_clear()
    yield
    flows.load_flow.cache_clear()


@pytest.fixture
def owner(client: Client) -> Member:
    """The owner of the workspace, signed in."""
    member = an_owner()
    client.force_login(member.user)
    return member


@pytest.fixture
def now() -> datetime:
    return timezone.now()
