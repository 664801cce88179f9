"""The canvas by hand: ways hold on to what is dragged, many steps are taken at once, every way leads where one says."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_canvas import RULES, a_flow, document_of, has_steps, leads, shows, step
from tests.support.hands import Keyboard
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

ENDS = """way => {
  const path = document.querySelector(`[data-edge="${way}"]`);
  const on = (at) => path.getPointAtLength(at).matrixTransform(path.getScreenCTM());
  const [first, last] = [on(0), on(path.getTotalLength())];
  return [first.x, first.y, last.x, last.y];
}"""
NEAR = 3


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return {**office.seen_by_its_owner(browser_context_args), "color_scheme": "dark"}


def middle(page: Page, key: str) -> tuple[float, float, float]:
    """Return the middle of a step with its upper and lower edge."""
    box = step(page, key).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"], box["y"] + box["height"]


def picked(page: Page) -> list[Any]:
    found: list[Any] = page.locator("[data-picked] [data-step]").evaluate_all(
        "all => all.map((each) => each.dataset.step)"
    )
    return sorted(found)


def test_ways_hold_on_to_a_step_while_it_is_dragged(at_work, office):
    page = at_work
    sequence = a_flow(office, page, "Held", ["a", "b", "c"])
    shows(page, office, sequence)
    x, top, _ = middle(page, "b")
    page.mouse.move(x - 60, top + 12)
    page.mouse.down()
    page.mouse.move(x + 100, top + 30, steps=5)
    page.mouse.move(x + 270, top + 52, steps=8)
    x, top, bottom = middle(page, "b")
    assert page.evaluate(ENDS, "a:next")[2:] == pytest.approx([x, top], abs=NEAR)
    assert page.evaluate(ENDS, "b:next")[:2] == pytest.approx([x, bottom], abs=NEAR)
    page.mouse.up()
    x, top, _ = middle(page, "b")
    assert page.evaluate(ENDS, "a:next")[2:] == pytest.approx([x, top], abs=NEAR)


def test_many_are_taken_by_a_frame_moved_doubled_and_removed_and_each_is_undone(at_work, office):
    page = at_work
    sequence = a_flow(office, page, "Many", ["a", "b", "c", "d"])
    shows(page, office, sequence)
    frame(page, "b", "c")
    before = [middle(page, key) for key in "bc"]
    pull(page, before[0][:2], (-240, 8))
    by = [middle(page, key)[0] - x for key, (x, *_) in zip("bc", before, strict=True)]
    assert by[0] == pytest.approx(by[1], abs=1)
    assert by[0] < -150
    page.keyboard.press("ControlOrMeta+z")
    expect(page.get_by_role("button", name="Lay out by itself")).to_be_disabled()
    page.keyboard.press("d")
    has_steps(page, 6)
    page.keyboard.press("ControlOrMeta+z")
    has_steps(page, 4)
    page.keyboard.press("Escape")
    for key in "bc":
        step(page, key).click(modifiers=["Shift"])
    assert picked(page) == ["b", "c"]
    page.keyboard.press("Delete")
    has_steps(page, 2)
    page.keyboard.press("ControlOrMeta+z")
    has_steps(page, 4)
    assert leads(document_of(office, page, sequence)) == {"a": "b", "b": "c", "c": "d", "d": None}


def frame(page: Page, first: str, last: str) -> None:
    """Draw a frame around steps that stand below each other."""
    x, top, _ = middle(page, first)
    bottom = middle(page, last)[2]
    page.keyboard.down("Shift")
    pull(page, (x - 200, top - 17), (400, bottom - top + 10))
    page.keyboard.up("Shift")
    assert picked(page) == [first, last]


def pull(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Press a little below a point, and let go so many pixels from there."""
    x, y = start[0], start[1] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=5)
    page.mouse.move(x + by[0], y + by[1], steps=5)
    page.mouse.up()


def test_the_start_leads_elsewhere_by_keys_and_what_an_end_is_held_over_is_outlined(
    at_work, office, faults_of
):
    page, hand = at_work, Keyboard(at_work)
    sequence = a_flow(office, page, "Started", ["a", "b", "c"])
    shows(page, office, sequence)
    end, to = page.locator("[data-way-end='a:next']").bounding_box(), middle(page, "c")
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 4)
    page.mouse.down()
    page.mouse.move(to[0], to[1] + 30, steps=8)
    expect(page.locator("[data-target=c]")).to_be_attached()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("[data-target]")).to_have_count(0)
    hand.press(page.get_by_role("button", name="Lead the start elsewhere…"))
    hand.select(page.get_by_role("combobox", name="Where “Start” leads"), "to step 2: Hello")
    assert faults_of(page, RULES) == []
    assert document_of(office, page, sequence)["start"] == "b"


def test_on_a_phone_the_line_leads_the_start_and_a_plain_way_elsewhere(at_work, office, faults_of):
    page = at_work
    sequence = a_flow(office, page, "In the hand", ["a", "b", "c"])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{office.base}/sequences/{sequence}?view=line&step=a")
    is_drawn(page)
    page.get_by_role("button", name="The step after it").click()
    page.get_by_role("combobox", name="The step after it").select_option("c")
    assert leads(document_of(office, page, sequence))["a"] == "c"
    page.goto(f"{office.base}/sequences/{sequence}?view=line")
    is_drawn(page)
    page.get_by_role("combobox", name="Where the flow starts").select_option("b")
    assert faults_of(page) == []
    page.locator("[data-steps] [data-step=b]").first.click()
    assert document_of(office, page, sequence)["start"] == "b"


def test_versions_are_compared_where_people_put_the_steps(at_work, office):
    page = at_work
    sequence = a_flow(office, page, "Put", ["a", "b", "c"])
    places = {"positions": {"b": {"x": 480, "y": 320}}}
    office.tell(page, f"sequences/{sequence}/positions", places, "PATCH")
    page.goto(f"{office.base}/sequences/{sequence}/history/compare?view=canvas")
    expect(page.locator("[data-canvas] [data-step=b]")).to_be_visible()
    assert middle(page, "b")[0] > middle(page, "a")[0] + 150
