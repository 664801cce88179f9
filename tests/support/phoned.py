"""An installation that serves with its worker, whose Twilio is the tests' own, and an owner who is signed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from drumbeat.demo.twilio.server import Twilio
from tests.support import working
from tests.support.hands import PATIENCE_MS
from tests.support.processes import answer, free_port, get_json, running, until
from tests.support.twilio import calling

TWO_MINUTES = 120.0


@dataclass(frozen=True, slots=True)
class Phoned:
    """`state` are the cookies of its owner."""

    base: str
    state: Any
    twilio: Twilio

    @contextmanager
    def seen(self, browser: Browser, **how: Any) -> Iterator[Page]:
        """Open a page of the owner; `how` the browser is, as playwright has it."""
        context = browser.new_context(
            storage_state=self.state, locale="en-GB", reduced_motion="reduce", **how
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        yield page
        context.close()


@contextmanager
def phoned(browser: Browser, folder: Path) -> Iterator[Phoned]:
    """Serve a fresh installation in this folder until the end of the block."""
    data, port = folder / "data", free_port()
    base = f"http://127.0.0.1:{port}"
    with calling() as twilio:
        answer(data, "migrate")
        surroundings = {"DRUMBEAT_PROVIDER_API_URL": twilio.base, "DRUMBEAT_PUBLIC_URL": base}
        with running(data, "serve", "--port", str(port), **surroundings):
            until(lambda: (get_json(port, "/healthz") or (0,))[0] == 200, TWO_MINUTES, pause=0.5)
            token = answer(data, "sign-in")["link"].rpartition("/")[2]
            yield Phoned(base, working.sign_in(browser, f"{base}/sign-in/{token}"), twilio)
