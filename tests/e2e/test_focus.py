"""The builder without a mouse: an edit never loses the focus, and what is done is said."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.test_canvas import a_flow, document_of, has_steps, shows, step
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_the_canvas_keeps_the_focus_and_says_what_its_keys_do(at_work, office):
    page = at_work
    sequence = a_flow(office, page, "Kept focus", ["a", "b", "c"])
    shows(page, office, sequence)
    step(page, "b").focus()
    page.keyboard.press("Delete")
    expect(step(page, "c")).to_be_focused()
    page.keyboard.press("ControlOrMeta+z")
    expect(step(page, "c")).to_be_focused()
    page.keyboard.press("Shift+ArrowUp")
    expect(step(page, "c")).to_have_attribute("aria-label", re.compile("^Step 2, "))
    expect(page.get_by_role("status").filter(has_text="1 step moved")).to_be_attached()
    assert [each["key"] for each in document_of(office, page, sequence)["steps"]] == ["a", "c", "b"]
    page.keyboard.press("x")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("x")
    expect(page.get_by_role("status").filter(has_text="2 steps are picked")).to_be_attached()
    page.keyboard.press("Delete")
    has_steps(page, 1)


def test_the_line_keeps_the_focus_and_copies_as_the_canvas_does(at_work, office):
    page = at_work
    sequence = a_flow(office, page, "Kept focus in the line", ["a", "b"])
    page.goto(f"{office.base}/sequences/{sequence}?view=line")
    is_drawn(page)
    card = page.locator("[data-steps] [data-step]")
    card.first.focus()
    page.keyboard.press("k")
    page.keyboard.press("ControlOrMeta+c")
    page.keyboard.press("ControlOrMeta+v")
    expect(card.nth(1)).to_be_focused()
    expect(card.nth(1)).to_contain_text("Step 2:")
    page.keyboard.press("Delete")
    expect(card).to_have_count(2)
    expect(card.nth(1)).to_be_focused()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Move the step up")
    page.keyboard.press("Escape")
    expect(card.nth(1)).to_be_focused()
