"""`make screenshots`: a demo on this machine, every room of it as pictures, by day and by night, on desk and phone.

Pictures go to `screenshots/`, which git ignores; `--publish` also writes the chosen ones to `docs/images`. What a page
complains about while it is photographed is printed, and makes the run fail.
"""

from __future__ import annotations

import argparse
import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, sync_playwright

from tests.support import processes, rooms, servers
from tests.support.rooms import Room

ROOT = Path(__file__).parents[1]
OUT = ROOT / "screenshots"
IMAGES = ROOT / "docs/images"
SIZES: Mapping[str, tuple[int, int]] = {"desktop": (1440, 900), "phone": (390, 844)}
SCHEMES = ("light", "dark")
LOCALES: Mapping[str, str] = {"en": "en-GB", "de": "de-DE"}
PUBLISHED: Mapping[str, str] = {
    "sequences-desktop-light": "sequences",
    "sequence-inspector-desktop-light": "steps",
    "sequence-canvas-desktop-light": "canvas",
    "sequence-canvas-desktop-dark": "canvas-dark",
    "live-desktop-dark": "live-board",
}
"""Pictures that the README shows, and what they are called there."""
LIVES_SECONDS = 40.0
FURNISH = (sys.executable, "-m", "tests.support.showcase")
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"


@dataclass
class Camera:
    """Takes pictures of rooms; `faults` holds what went wrong, each with the room."""

    browser: Browser
    out: Path
    sizes: Sequence[str]
    schemes: Sequence[str]
    language: str
    only: str
    faults: list[str] = field(default_factory=list)

    def shoot(self, world: str, shown: Sequence[Room], base: str, link: str | None) -> None:
        """Take every room of a world, signed in by `link`."""
        wanted = [room for room in shown if self.only in room.name]
        state = self._sign_in(link) if link and wanted else None
        for size in self.sizes:
            width, height = SIZES[size]
            context = self.browser.new_context(
                viewport={"width": width, "height": height},
                device_scale_factor=1 if size == "desktop" else 2,
                locale=LOCALES[self.language],
                timezone_id="Europe/Berlin",
                reduced_motion="reduce",
                storage_state=state,  # type: ignore[arg-type]  # what a context said of itself
            )
            try:
                self._all(context, wanted, base, size)
            finally:
                context.close()
        print(f"{world}: {len(wanted)} rooms", flush=True)

    def _sign_in(self, link: str) -> object:
        context = self.browser.new_context()
        page = context.new_page()
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in" not in url, timeout=rooms.STEP_MS)
        state = context.storage_state()
        context.close()
        return state

    def _all(self, context: BrowserContext, wanted: Sequence[Room], base: str, size: str) -> None:
        page = context.new_page()
        page.set_default_timeout(rooms.STEP_MS)
        asked = context.request

        def ask(path: str) -> object:
            return asked.get(f"{base}/api/{path}").json()

        places = rooms.places(ask) if any("{" in room.path for room in wanted) else {}
        for room in wanted:
            self._one(page, room, base, places, size)

    def _one(self, page: Page, room: Room, base: str, places: Mapping[str, int], size: str) -> None:
        with self._listening(page, f"{room.name} ({size})"):
            page.emulate_media(color_scheme=self.schemes[0])  # type: ignore[arg-type]  # a literal of the table
            try:
                room.open(page, base, places)
            except (Error, AssertionError) as fault:
                self.faults.append(f"{room.name} ({size}): {str(fault).splitlines()[0]}")
            for scheme in self.schemes:
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.screenshot(path=self.out / f"{room.name}-{size}-{scheme}.png", animations="disabled")
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            if wide > 0:
                self.faults.append(f"{room.name} ({size}): {wide} pixels wider than the screen")

    @contextlib.contextmanager
    def _listening(self, page: Page, name: str) -> Iterator[None]:
        """Note what the page complains about while it is open."""
        heard: list[str] = []
        said = lambda message: heard.append(message.text) if message.type == "error" else None  # noqa: E731
        broke = lambda error: heard.append(f"breaks: {error}")  # noqa: E731
        page.on("console", said)
        page.on("pageerror", broke)
        try:
            yield
        finally:
            page.remove_listener("console", said)
            page.remove_listener("pageerror", broke)
            self.faults += [f"{name}: {text.splitlines()[0][:300]}" for text in dict.fromkeys(heard)]


@contextlib.contextmanager
def lived_in(folder: Path) -> Iterator[tuple[str, str]]:
    """Run the demo until it has lived for a while; yield its address and a link that signs in."""
    port = processes.free_port()
    with processes.running(folder, "demo", "--port", str(port)):
        base = _up(port)
        subprocess.run(FURNISH, env=processes.environment(folder), cwd=ROOT, check=True)
        time.sleep(LIVES_SECONDS)
        yield base, _link(folder, base)


@contextlib.contextmanager
def empty(folder: Path) -> Iterator[tuple[str, str]]:
    """Run a fresh installation that somebody has taken over."""
    port = processes.free_port()
    processes.answer(folder, "migrate")
    with processes.running(folder, "web", "--port", str(port)):
        base = _up(port)
        yield base, _link(folder, base)


def _up(port: int) -> str:
    processes.until(lambda: processes.get_json(port, "/healthz"), patience=180.0, pause=0.5)
    return f"http://127.0.0.1:{port}"


def _link(folder: Path, base: str) -> str:
    token = processes.answer(folder, "sign-in")["link"].rpartition("/")[2]
    return f"{base}/sign-in/{token}"


def publish(out: Path) -> None:
    """Copy the chosen pictures to the documentation."""
    for name, called in PUBLISHED.items():
        source = out / f"{name}.png"
        if source.is_file():
            (IMAGES / f"{called}.png").write_bytes(source.read_bytes())


def _take(play: Playwright, options: argparse.Namespace, folder: Path) -> list[str]:
    browser = play.chromium.launch(
        executable_path=servers.chromium(), args=["--no-sandbox", "--disable-gpu", NO_NETWORK]
    )
    camera = Camera(browser, options.out, options.sizes, options.schemes, options.language, options.only)
    try:
        if options.base:
            camera.shoot("as asked", (*rooms.LIVED_IN, *rooms.WORKED), options.base, options.link)
            return camera.faults
        with empty(folder / "empty") as (base, link):
            camera.shoot("outside", rooms.OUTSIDE, base, None)
            camera.shoot("empty", rooms.EMPTY, base, link)
        with lived_in(folder / "demo") as (base, link):
            camera.shoot("lived in", (*rooms.LIVED_IN, *rooms.WORKED), base, link)
    finally:
        browser.close()
    return camera.faults


def main() -> int:
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("--only", default="", help="rooms whose name holds this")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--schemes", nargs="+", choices=SCHEMES, default=list(SCHEMES))
    parser.add_argument("--language", choices=LOCALES, default="en")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--base", help="a running installation, instead of an own demo")
    parser.add_argument("--link", help="a link that signs in there")
    parser.add_argument("--publish", action="store_true", help="write the chosen pictures to docs/images")
    options = parser.parse_args()
    if lacking := servers.missing("e2e"):
        print(lacking, file=sys.stderr)
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="drumbeat-pictures-") as folder, sync_playwright() as play:
        faults = _take(play, options, Path(folder))
    if options.publish:
        publish(options.out)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
