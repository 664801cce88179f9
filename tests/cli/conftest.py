"""Flows are kept by version id; every test begins with ids that another test used."""

from collections.abc import Iterator

import pytest

from drumbeat.store import flows


@pytest.fixture(autouse=True)
def _no_flow_of_another_test() -> Iterator[None]:
    flows.load_flow.cache_clear()
    yield
    flows.load_flow.cache_clear()
