"""The builder with 500 steps: how long it takes to open, and from a key to the frame that shows what it did.

Real keys in a real Chromium, against a serving installation. `pan` is the longest task while the canvas is scrolled
(0: none above 50 ms); every other figure is the median of `TIMES` tries, `worst` the longest of all edits. What is
typed stands in its field first and on the canvas as soon as there is time: nobody waits for a canvas while typing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.support import chromium, rooms
from tests.support.working import Working, working

STEPS = 500
TIMES = 7
PACE_MS = 300
"""Between two acts: nobody adds a step and takes it back within a tenth of a second."""
WINDOW = {"width": 1440, "height": 900}

# When the first step stood there: asking for it from here would add the time that the question takes.
OPENED = """(() => {
  const look = () => {
    if (document.querySelector("[data-canvas] [data-step]")) window.opened = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
WATCH = """() => {
  window.slow = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({duration}) => window.slow.push(duration)))
    .observe({entryTypes: ["longtask"]});
}"""
# From the event to the end of the frame in which the canvas shows another set of steps, or another text.
ARM = """([what, named]) => {
  const said = (each) => named ? each.dataset.step : each.textContent;
  const shown = () => [...document.querySelectorAll(what)].map(said).join();
  const before = shown();
  let began = 0;
  const begin = () => { began ||= performance.now(); };
  for (const kind of ["keydown", "pointerdown"]) window.addEventListener(kind, begin, {capture: true, once: true});
  window.took = new Promise((tell) => {
    const look = () => {
      if (!began || shown() === before) return requestAnimationFrame(look);
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => tell(performance.now() - began);
      port2.postMessage(0);
    };
    requestAnimationFrame(look);
  });
}"""
STEP_KEYS = ("[data-canvas] [data-step]", True)
FACES = ("[data-canvas] [data-step]", False)
SUBJECT = ("[data-inspector='s1'] [contenteditable]", False)


@dataclass(frozen=True, slots=True)
class Board:
    page: Page

    def took(self, act: Callable[[], None], what: tuple[str, bool] = STEP_KEYS) -> float:
        """Return the milliseconds from the first key or press of `act` to the frame that shows it."""
        self.page.wait_for_timeout(PACE_MS)
        self.page.evaluate(ARM, list(what))
        act()
        return float(self.page.evaluate("window.took"))

    def press(self, key: str) -> Callable[[], None]:
        return lambda: self.page.keyboard.press(key)

    def step(self, key: str) -> Any:
        return self.page.locator(f"[data-canvas] [data-step='{key}']")


def measure() -> dict[str, float]:
    # Playwright runs an event loop in this thread.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with tempfile.TemporaryDirectory(prefix="drumbeat-builder-") as folder, sync_playwright() as play:
        browser = play.chromium.launch(**chromium.launching())
        with working(browser, Path(folder)) as office:
            page = browser.new_context(**office.seen_by_its_owner({"viewport": WINDOW})).new_page()
            return _measured(page, office)


def _measured(page: Page, office: Working) -> dict[str, float]:
    page.goto(f"{office.base}/contacts")
    rooms.is_drawn(page)
    sequence = _a_long_sequence(page, office)
    page.add_init_script(OPENED)
    opened = [_opened(page, f"{office.base}/sequences/{sequence}?view=canvas") for _ in range(TIMES)]
    page.evaluate(WATCH)
    board = Board(page)
    edits = _edits(board)
    edits["typing"] = _typing(board, SUBJECT)
    echoes = _typing(board, FACES)
    return {
        "open_ms": median(opened),
        **{f"{name}_ms": median(times) for name, times in edits.items()},
        "worst_edit_ms": max(max(times) for times in edits.values()),
        "typing_on_canvas_ms": median(echoes),
        "pan_longest_task_ms": _panned(page),
    }


def _opened(page: Page, address: str) -> float:
    """From the call of the address to the first steps; the browser keeps the app, as it does from the second day on."""
    page.goto("about:blank")
    page.goto(address)
    page.locator("[data-canvas] [data-step]").first.wait_for()
    page.locator("[data-offer=task]").wait_for()
    return float(page.evaluate("window.opened"))


def _edits(board: Board) -> dict[str, list[float]]:
    """Add a step behind one in sight, take it out again, delete it, and take that back."""
    times: Mapping[str, list[float]] = {
        name: [] for name in ("insert", "undo", "redo", "delete", "undo_delete")
    }
    for _ in range(TIMES):
        board.step("s2").click()
        board.page.locator("[data-inspector='s2']").wait_for()
        board.step("s2").focus()
        offer = board.page.locator("[data-offer=task]")
        times["insert"].append(board.took(offer.click))
        board.step("s2").focus()
        times["undo"].append(board.took(board.press("ControlOrMeta+z")))
        times["redo"].append(board.took(board.press("ControlOrMeta+Shift+z")))
        board.page.locator("[data-canvas] [data-step^=task]").first.focus()
        times["delete"].append(board.took(board.press("Delete")))
        times["undo_delete"].append(board.took(board.press("ControlOrMeta+z")))
        board.took(board.press("ControlOrMeta+z"))
    return dict(times)


def _typing(board: Board, where: tuple[str, bool]) -> list[float]:
    """A letter in the subject of an email: until it stands there, or until the step on the canvas shows it."""
    board.step("s1").click()
    board.page.locator("[data-inspector='s1']").get_by_label("Subject").first.focus()
    board.page.keyboard.press("End")
    return [board.took(board.press("x"), where) for _ in range(TIMES)]


def _panned(page: Page) -> float:
    page.keyboard.press("Escape")
    page.wait_for_timeout(500)
    page.evaluate("window.slow = []")
    page.mouse.move(600, 500)
    for _ in range(40):
        page.mouse.wheel(0, 300)
    page.wait_for_timeout(500)
    return float(max([0, *page.evaluate("window.slow")]))


def _a_long_sequence(page: Page, office: Working) -> int:
    """One step less than the most: so that one more goes in and is kept."""
    sequence = office.a_sequence(page, "Long")
    keys = [f"s{index}" for index in range(STEPS - 1)]
    content = {"subject": "Hello", "text": "Hi {{ unsubscribe_url }}"}
    steps = [
        {"kind": "email", "key": key, "delay": "2d", "next": following, "content": content}
        for key, following in zip(keys, [*keys[1:], None], strict=True)
    ]
    revision = page.request.get(f"{office.base}/api/sequences/{sequence}/draft").json()["revision"]
    flow = {"format": 1, "start": keys[0], "steps": steps}
    office.tell(page, f"sequences/{sequence}/draft", {"document": flow, "revision": revision}, "PUT")
    return sequence
