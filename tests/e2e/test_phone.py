"""On a phone every kind of step, and every tab of a sequence, fits across: nothing is reached by pushing sidewards."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from tests.support import rooms, showcase

pytestmark = pytest.mark.e2e

WIDTHS = (360, 390)
HEIGHT = 780
TABS = ("", "/enrollments", "/review", "/settings", "/history")
# What stands out at the right, though nothing around it scrolls or cuts, once the page has taken its new width.
TOO_WIDE = """async (patience) => {
  const fits = () => document.documentElement.scrollWidth <= innerWidth;
  const until = performance.now() + patience;
  while (!fits() && performance.now() < until) await new Promise((go) => requestAnimationFrame(go));
  if (fits()) return [];
  const cuts = (each) => each !== null && each !== document.body &&
    (getComputedStyle(each).overflowX !== "visible" || cuts(each.parentElement));
  return [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5 && !cuts(each.parentElement))
    .map((each) => `${each.tagName} ${each.getAttribute("class")} ${each.textContent.slice(0, 30)}`);
}"""
PATIENCE_MS = 2_000
# As a link within the app: the page stays, the address changes.
GO = """(address) => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.mark.parametrize("view", ["line", "canvas"])
def test_every_kind_of_step_fits_across(at_work, office, view):
    page = at_work
    sequence, keys = a_sequence_of_every_kind(office, page, f"Every kind, {view}")
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    page.goto(f"{office.base}/sequences/{sequence}?view={view}")
    rooms.is_drawn(page)
    found: dict[str, list[str]] = {}
    for key in keys:
        page.evaluate(GO, f"/sequences/{sequence}?view={view}&step={key}")
        page.locator(f"[data-inspector='{key}']").wait_for()
        found |= {f"{key} at {width}": wide for width in WIDTHS if (wide := too_wide(page, width))}
    assert found == {}


def test_every_tab_of_a_sequence_fits_across(at_work, office):
    page = at_work
    sequence, _ = a_sequence_of_every_kind(office, page, "Every tab")
    found: dict[str, list[str]] = {}
    for tab in TABS:
        page.goto(f"{office.base}/sequences/{sequence}{tab}")
        rooms.is_drawn(page)
        found |= {f"{tab} at {width}": wide for width in WIDTHS if (wide := too_wide(page, width))}
    assert found == {}


def too_wide(page: Page, width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return list(page.evaluate(TOO_WIDE, PATIENCE_MS))


def a_sequence_of_every_kind(office, page: Page, name: str) -> tuple[int, list[str]]:
    document = showcase.every_kind()
    sequence = int(office.tell(page, "sequences", {"name": name})["id"])
    draft = json.loads(page.request.get(f"{office.base}/api/sequences/{sequence}/draft").text())
    change = {"document": document, "revision": draft["revision"]}
    office.tell(page, f"sequences/{sequence}/draft", change, "PUT")
    return sequence, [step["key"] for step in document["steps"]]
