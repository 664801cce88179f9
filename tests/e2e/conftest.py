"""A browser over the built web app. It stays on this machine: every name but loopback fails to resolve."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from drumbeat.api.board import routes as board
from drumbeat.api.board.kept import Kept
from drumbeat.store import flows
from tests.support import chromium, furnished, rooms, working
from tests.support.hands import PATIENCE_MS, Hand, Keyboard, Mouse

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
RULES: dict[str, Any] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # It takes the initials of an avatar, which are hidden from readers, for a part of the label.
    "rules": {"label-content-name-mismatch": {"enabled": False}},
}
SERIOUS = frozenset({"serious", "critical"})
# Colours on their way from day to night have any contrast; what turns for ever is not waited for.
SETTLED = """async () => {
  const drawn = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  await drawn();
  const moving = document.getAnimations().filter((each) => Number.isFinite(each.effect.getComputedTiming().endTime));
  await Promise.all(moving.map((each) => each.finished.catch(() => null)));
  await drawn();
}"""

# Playwright runs an event loop in the test's thread; the tests use the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium.launching()}


@dataclass(frozen=True, slots=True)
class Furnished:
    """An installation that serves: `owner` and `colleague` are the cookies of who is signed in."""

    base: str
    owner: Any
    colleague: Any
    places: Mapping[str, int]


@pytest.fixture(scope="session")
def furnish(browser, tmp_path_factory) -> Callable[..., Iterator[Furnished]]:
    """Return what makes an installation, with names of the caller's; a fixture yields from it."""

    def make(names: Sequence[str] = ()) -> Iterator[Furnished]:
        with furnished.served(tmp_path_factory.mktemp("furnished"), names=names) as (base, tokens):
            states = {
                who: working.sign_in(browser, f"{base}/sign-in/{token}") for who, token in tokens.items()
            }
            context = browser.new_context(storage_state=states["owner"])
            places = rooms.places(lambda path: context.request.get(f"{base}/api/{path}").json())
            context.close()
            yield Furnished(base, states["owner"], states["colleague"], places)

    return make


@pytest.fixture(scope="session")
def crowded(furnish) -> Iterator[Furnished]:
    """A workspace in which much happened."""
    yield from furnish()


@pytest.fixture(scope="session")
def office(browser, tmp_path_factory) -> Iterator[working.Working]:
    """An installation at work, which tests share: each brings people and sequences of its own."""
    with working.working(browser, tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture
def at_work(page, office) -> Page:
    """A page of the owner, anywhere in the web app."""
    page.goto(f"{office.base}/contacts")
    rooms.is_drawn(page)
    opened: Page = page
    return opened


@pytest.fixture(params=[pytest.param(Mouse, id="by mouse"), pytest.param(Keyboard, id="by keyboard alone")])
def hand(request, page) -> Hand:
    page.set_default_timeout(PATIENCE_MS)
    chosen: Hand = request.param(page)
    return chosen


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ids come again from test to test: what was kept would belong to another."""
    monkeypatch.setattr(board, "_kept", Kept(ticks=lambda: 0.0))
    flows.load_flow.cache_clear()
    yield
    flows.load_flow.cache_clear()


@pytest.fixture
def faults_of() -> Callable[..., list[str]]:
    """Return what axe finds serious on a page, each with the elements concerned; `rules` are axe's options."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make test-web")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page, rules: Mapping[str, Any] = RULES) -> list[str]:
        page.evaluate(SETTLED)
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        found = page.evaluate("rules => axe.run(document, rules)", rules)
        return [
            f"{fault['id']}: {[node['html'][:160] for node in fault['nodes']]}"
            for fault in found["violations"]
            if fault["impact"] in SERIOUS
        ]

    return check
