"""Nodes put somewhere by hand: they stay there for everybody, the flow is the same, and one key lays it out again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

KEYS = ("a", "b", "c")
GRID = 16
# Where a node stands on the sheet, however far one looks.
AT = """key => {
  const node = document.querySelector(`.react-flow__node[data-id="${key}"]`);
  if (node === null) return [];
  const { m41, m42 } = new DOMMatrix(getComputedStyle(node).transform);
  return [m41, m42];
}"""
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll(".react-flow__node")].map((node) => node.getBoundingClientRect());
  return boxes.some((one, index) => boxes.some((other, at) => at > index && one.left < other.right &&
    other.left < one.right && one.top < other.bottom && other.top < one.bottom));
}"""


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.fixture
def opened(at_work, office) -> Any:
    """A line of three mails on the canvas, and its id."""
    sequence = office.a_sequence(at_work, "By hand")
    mail = {
        "kind": "email",
        "delay": "2d",
        "content": {"subject": "Hello", "text": "Hi {{ unsubscribe_url }}"},
    }
    steps = [{**mail, "key": key, "next": next} for key, next in zip(KEYS, (*KEYS[1:], None), strict=True)]
    path = f"sequences/{sequence}/draft"
    revision = at_work.request.get(f"{office.base}/api/{path}").json()["revision"]
    office.tell(
        at_work, path, {"document": {"format": 1, "start": "a", "steps": steps}, "revision": revision}, "PUT"
    )
    shows(at_work, office, sequence)
    return at_work, sequence


def shows(page: Page, office, sequence: int) -> None:
    page.goto(f"{office.base}/sequences/{sequence}?view=canvas")
    is_drawn(page)
    step(page, "a").wait_for()


def step(page: Page, key: str):
    return page.locator(f"[data-canvas] [data-step='{key}']")


def at(page: Page, key: str) -> tuple[float, float]:
    x, y = page.evaluate(AT, key)
    return x, y


def drag(page: Page, key: str, by: tuple[int, int], *, alt: bool = False) -> None:
    """Drag a node by so many pixels of the screen and let it go."""
    box = step(page, key).bounding_box()
    x, y = box["x"] + 40, box["y"] + 12
    page.mouse.move(x, y)
    page.mouse.down()
    if alt:
        page.keyboard.down("Alt")
    page.mouse.move(x + by[0] / 2, y + by[1] / 2, steps=5)
    page.mouse.move(x + by[0], y + by[1], steps=8)
    if by[0] > 100:
        expect(page.get_by_text("Let go: it stands here")).to_be_visible()
    page.mouse.up()
    if alt:
        page.keyboard.up("Alt")
    # Where it was let go it stands as soon as the sheet is drawn again.
    expect(page.get_by_text("Let go: it stands here")).to_have_count(0)
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def kept(page: Page, office, sequence: int) -> dict[str, Any]:
    answer = page.request.get(f"{office.base}/api/sequences/{sequence}/positions")
    found: dict[str, Any] = answer.json()["positions"]
    return found


def is_kept(page: Page, office, sequence: int, keys: list[str]) -> None:
    """Wait until the server keeps the places of just these steps."""
    for _ in range(100):
        if sorted(kept(page, office, sequence)) == keys:
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept(page, office, sequence))


def test_a_node_stays_where_it_was_put_for_everybody(opened, office, browser, browser_context_args):
    page, sequence = opened
    path = f"{office.base}/api/sequences/{sequence}/draft"
    home, others, before = at(page, "b"), [at(page, key) for key in "ac"], page.request.get(path).json()
    drag(page, "b", (330, 40))
    put = at(page, "b")
    assert put[0] > home[0] + 200
    assert [at(page, key) for key in "ac"] == others
    assert not page.evaluate(OVERLAPS)
    is_kept(page, office, sequence, ["b"])
    page.reload()
    step(page, "b").wait_for()
    assert at(page, "b") == put
    assert page.request.get(path).json() == before
    second = browser.new_context(**browser_context_args)
    other = second.new_page()
    shows(other, office, sequence)
    assert at(other, "b") == put
    second.close()


def test_one_undo_serves_moves_and_edits_and_one_key_lays_all_out(opened, office):
    page, sequence = opened
    home = {key: at(page, key) for key in KEYS}
    drag(page, "b", (330, 40))
    put = at(page, "b")
    step(page, "c").click()
    step(page, "c").focus()
    page.keyboard.press("Delete")
    expect(step(page, "c")).to_have_count(0)
    page.keyboard.press("ControlOrMeta+z")
    expect(step(page, "c")).to_have_count(1)
    stands(page, "b", put)
    page.keyboard.press("ControlOrMeta+z")
    stands(page, "b", home["b"])
    page.keyboard.press("ControlOrMeta+Shift+z")
    stands(page, "b", put)
    page.keyboard.press("l")
    stands(page, "b", home["b"])
    is_kept(page, office, sequence, [])
    page.keyboard.press("ControlOrMeta+z")
    stands(page, "b", put)
    page.get_by_role("button", name="Lay out by itself").click()
    stands(page, "b", home["b"])
    expect(page.get_by_role("button", name="Lay out by itself")).to_be_disabled()


def test_alt_and_an_arrow_move_by_one_line_of_the_grid_and_one_step_is_let_go(opened, office):
    page, sequence = opened
    home = at(page, "b")
    step(page, "b").click()
    step(page, "b").focus()
    page.keyboard.press("Alt+ArrowRight")
    first = (home[0] // GRID + 1) * GRID
    stands(page, "b", (first, home[1]))
    page.keyboard.press("Alt+ArrowRight")
    stands(page, "b", (first + GRID, home[1]))
    is_kept(page, office, sequence, ["b"])
    page.get_by_role("button", name="Back to its place").click()
    stands(page, "b", home)
    is_kept(page, office, sequence, [])


def test_a_node_snaps_to_a_neighbour_and_stands_free_with_alt(opened):
    page, _ = opened
    drag(page, "b", (330, -2))
    assert at(page, "b")[0] % GRID == 0
    drag(page, "c", (327, 60), alt=True)
    assert at(page, "c")[0] != at(page, "b")[0]
    drag(page, "c", (4, 20))
    assert at(page, "c")[0] == at(page, "b")[0]


def test_on_a_mark_a_step_moves_in_the_flow_and_stands_where_the_layout_puts_it(opened, office):
    page, sequence = opened
    box = step(page, "c").bounding_box()
    mark = page.locator("[data-slot='|start']").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"], steps=4)
    page.mouse.move(mark["x"] + 10, mark["y"] + 10, steps=10)
    expect(page.get_by_text("moves to this place in the flow")).to_be_visible()
    page.mouse.up()
    expect(step(page, "c")).to_have_attribute("aria-label", re.compile("^Step 1,"))
    assert kept(page, office, sequence) == {}


def test_what_may_not_be_changed_cannot_be_moved(opened, office):
    page, sequence = opened
    office.tell(page, f"sequences/{sequence}/archive", {})
    page.reload()
    step(page, "b").wait_for()
    home = at(page, "b")
    drag(page, "b", (60, 30))
    step(page, "b").focus()
    page.keyboard.press("Alt+ArrowRight")
    assert at(page, "b") == home
    expect(page.get_by_role("button", name="Lay out by itself")).to_have_count(0)


def stands(page: Page, key: str, where: tuple[float, float]) -> None:
    """Wait until a node stands there."""
    is_there = f"([key, x, y]) => {{ const at = ({AT})(key); return at[0] === x && at[1] === y; }}"
    page.wait_for_function(is_there, arg=[key, *where], timeout=10_000)
