"""What a person does with a page, counted: each click, each field that is typed, each chord or run of one key."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

MOST_PRESSES = 150
HAS_FOCUS = "one => one === document.activeElement"


class Counted:
    """A page in somebody's hands. `groups` says what was done, one line for each click or group of keystrokes."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._run = ""
        self.groups: list[str] = []

    def click(self, target: Locator) -> None:
        """Click once."""
        self._note(f"click {target}")
        target.click()

    def key(self, key: str, times: int = 1) -> None:
        """Press a key or a chord; the same one again right after belongs to the run before."""
        if key != self._run:
            self._note(f"key {key}")
            self._run = key
        for _ in range(times):
            self._page.keyboard.press(key)

    def until(self, key: str, holds: Callable[[], bool]) -> None:
        """Press one key on and on until this holds: one run."""
        for _ in range(MOST_PRESSES):
            if holds():
                return
            self.key(key)
        raise AssertionError(f"{key}, pressed {MOST_PRESSES} times, does not lead there")

    def onto(self, key: str, target: Locator) -> None:
        """Press one key until the target has the focus."""
        expect(target).to_be_attached()
        self.until(key, lambda: bool(target.evaluate(HAS_FOCUS)))

    def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        self._note(f"type {text}")
        self._page.keyboard.insert_text(text)

    def _note(self, what: str) -> None:
        self.groups.append(what)
        self._run = ""
