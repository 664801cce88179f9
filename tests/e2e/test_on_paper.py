"""A sequence over the whole screen, and on paper: all of the flow and nothing of the app, whichever way one prints."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

LONG = 40
# What stands for the page while the browser prints, in the words and heights of its pages.
LISTEN = """() => addEventListener("beforeprint", () => {
  window.paper = [...document.querySelectorAll("body > [data-printed] > svg")].map((page) => ({
    words: [...page.querySelectorAll("text")].map((text) => text.textContent),
    high: Number(page.getAttribute("height")),
  }));
  window.scheme = document.documentElement.dataset.mantineColorScheme;
})"""
OF_THE_SCREEN = ("nav", "aside", "[role=toolbar]", "[data-add]", "header button")


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return {**office.seen_by_its_owner(browser_context_args), "color_scheme": "dark"}


@pytest.fixture
def long(at_work, office) -> Any:
    """A page, and a sequence with more steps than a sheet of paper has room for."""
    sequence = office.a_sequence(at_work, "Quarter")
    content = {"subject": "Hello", "text": "Hi {{ unsubscribe_url }}"}
    keys = [f"s{index}" for index in range(LONG)]
    steps = [
        {"kind": "email", "key": key, "delay": "2d", "next": after, "content": content}
        for key, after in zip(keys, [*keys[1:], None], strict=True)
    ]
    path = f"sequences/{sequence}/draft"
    revision = at_work.request.get(f"{office.base}/api/{path}").json()["revision"]
    flow = {"format": 1, "start": keys[0], "steps": steps}
    office.tell(at_work, path, {"document": flow, "revision": revision}, "PUT")
    return at_work, f"{office.base}/sequences/{sequence}"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    is_drawn(page)
    page.locator("[data-step=s0], [data-steps]").first.wait_for()


def test_the_canvas_is_printed_whole_and_in_light_colours(long) -> None:
    page, address = long
    opened(page, f"{address}?view=canvas")
    page.evaluate(LISTEN)
    page.pdf()
    paper = page.evaluate("window.paper")
    assert len(paper) > 1
    numbers = [word for sheet in paper for word in sheet["words"] if word.endswith("· Email")]
    assert numbers == [f"{number} · Email" for number in range(1, LONG + 1)], "each step stands on one page"
    assert all(f"{index} / {len(paper)}" in sheet["words"][1] for index, sheet in enumerate(paper, 1))
    assert page.evaluate("window.scheme") == "light"
    assert page.locator("[data-printed]").count() == 0, "the page is there again"
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_the_steps_are_printed_without_the_app_around_them(long) -> None:
    page, address = long
    opened(page, f"{address}?view=line&step=s1")
    page.emulate_media(media="print")
    steps = page.locator("[data-steps]")
    expect(steps).to_be_visible()
    for part in OF_THE_SCREEN:
        expect(page.locator(part).filter(visible=True)).to_have_count(0)
    high = steps.evaluate("each => [each.scrollHeight, each.clientHeight]")
    assert high[0] == high[1], "what is scrolled on the screen stands there whole"


def test_menus_and_toasts_are_seen_where_the_sheet_has_the_whole_screen(long) -> None:
    page, address = long
    opened(page, f"{address}?view=canvas")
    page.get_by_role("button", name="Full screen").click()
    sheet = page.locator("[data-canvas]")
    page.wait_for_function("document.fullscreenElement !== null")
    assert page.evaluate("document.querySelector('[data-canvas]').getBoundingClientRect().top") == 0
    step = sheet.locator("[data-step=s1]")
    step.click()
    expect(page.locator("[data-inspector=s1]")).to_be_visible()
    sheet.locator("[data-slot='s0|next']").first.click()
    expect(page.get_by_role("menuitem", name="Task")).to_be_visible()
    page.keyboard.press("Escape")
    step.focus()
    page.keyboard.press("Delete")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(step).to_be_visible()
    page.get_by_role("button", name="Leave full screen").click()
    page.wait_for_function("document.fullscreenElement === null")
