"""Two ways to use a page: by mouse, and by the keys of the keyboard alone. Tests written for one run with the other."""

from __future__ import annotations

from typing import Any, Protocol

from playwright.sync_api import Locator, Page, expect

PATIENCE_MS = 40_000
MOST_TABS = 150


class Hand(Protocol):
    """What a person does with a page. Each verb waits until its target is there."""

    def press(self, target: Locator) -> None: ...
    def write(self, target: Locator, text: str) -> None: ...
    def choose_file(self, target: Locator, file: Any) -> None: ...
    def tick(self, target: Locator) -> None: ...


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
        self._go_to(target)
        self._page.keyboard.press("Space")

    def _go_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus: what no key reaches fails here."""
        expect(target).to_be_attached(timeout=PATIENCE_MS)
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError(f"{MOST_TABS} times Tab do not lead to {target}")
