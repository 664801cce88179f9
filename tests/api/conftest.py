"""Ids come again from test to test: nothing that was kept for another test may answer."""

from collections.abc import Iterator

import pytest

from drumbeat.api.board import routes as board
from drumbeat.api.board.kept import Kept
from drumbeat.api.sequences import routes as sequences
from drumbeat.store import flows


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (board, sequences):
        monkeypatch.setattr(module, "_kept", Kept(ticks=lambda: 0.0))
    flows.load_flow.cache_clear()
    yield
    flows.load_flow.cache_clear()
