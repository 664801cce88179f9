"""Two ways to use a page: by mouse, and by the keys of the keyboard alone. Tests written for one run with the other."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 40_000
MOST_TABS = 150
MOST_ITEMS = 30
HAS_FOCUS = "one => one === document.activeElement"
GROUP_HAS_FOCUS = "one => one.name === document.activeElement.name && document.activeElement.type === 'radio'"


class Hand(Protocol):
    """What a person does with a page. Each verb waits until its target is there."""

    def press(self, target: Locator) -> None: ...
    def write(self, target: Locator, text: str) -> None: ...
    def choose_file(self, target: Locator, file: Any) -> None: ...
    def tick(self, target: Locator) -> None: ...
    def choose(self, menu: Locator, item: Locator) -> None: ...
    def select(self, target: Locator, label: str) -> None: ...
    def write_day(self, target: Locator, day: date) -> None: ...


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        target.click(timeout=PATIENCE_MS)

    def write(self, target: Locator, text: str) -> None:
        target.click(timeout=PATIENCE_MS)
        self._page.keyboard.press("ControlOrMeta+a")
        self._page.keyboard.insert_text(text)

    def choose_file(self, target: Locator, file: Any) -> None:
        target.set_input_files(file)

    def tick(self, target: Locator) -> None:
        target.check(timeout=PATIENCE_MS)

    def choose(self, menu: Locator, item: Locator) -> None:
        self.press(menu)
        self.press(item)

    def select(self, target: Locator, label: str) -> None:
        target.select_option(label=label, timeout=PATIENCE_MS)

    def write_day(self, target: Locator, day: date) -> None:
        target.fill(day.isoformat(), timeout=PATIENCE_MS)


class Keyboard:
    """Walks with Tab and acts with Enter and Space; the mouse is never touched."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, target: Locator) -> None:
        self._go_to(target)
        self._page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._go_to(target)
        self._page.keyboard.press("ControlOrMeta+a")
        self._page.keyboard.insert_text(text)

    def choose_file(self, target: Locator, file: Any) -> None:
        # A key press overtakes the word that a chooser is awaited; on the way to the target the page answers first.
        with self._page.expect_file_chooser() as asked:
            self._go_to(target)
            self._page.keyboard.press("Enter")
        asked.value.set_files(file)

    def tick(self, target: Locator) -> None:
        """Tick a box; of radios only one takes part in Tab, and arrows choose another."""
        if target.get_attribute("type") != "radio":
            self._go_to(target)
            self._page.keyboard.press("Space")
            return
        self._tab_until(target, GROUP_HAS_FOCUS)
        self._page.keyboard.press("Space")
        self._press_until(target, "ArrowDown", HAS_FOCUS)

    def choose(self, menu: Locator, item: Locator) -> None:
        self.press(menu)
        expect(item).to_be_visible(timeout=PATIENCE_MS)
        self._press_until(item, "ArrowDown", HAS_FOCUS)
        self._page.keyboard.press("Enter")

    def select(self, target: Locator, label: str) -> None:
        """Walk down a list that shows one of a few, from its first."""
        self._go_to(target)
        self._page.keyboard.press("Home")
        self._press_until(
            target, "ArrowDown", "(one, label) => one.selectedOptions[0].label === label", label
        )

    def write_day(self, target: Locator, day: date) -> None:
        self._go_to(target)
        self._page.keyboard.type(f"{day:%m%d%Y}")

    def _go_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus: what no key reaches fails here."""
        self._tab_until(target, HAS_FOCUS)

    def _tab_until(self, target: Locator, holds: str) -> None:
        expect(target).to_be_attached(timeout=PATIENCE_MS)
        self._press_until(target, "Tab", holds, most=MOST_TABS)

    def _press_until(
        self, target: Locator, key: str, holds: str, given: object = None, most: int = MOST_ITEMS
    ) -> None:
        for _ in range(most):
            if target.evaluate(holds, given):
                return
            self._page.keyboard.press(key)
        raise AssertionError(f"{key}, pressed {most} times, does not lead to {target}")
