"""Every room of the web app: its name, its address, and what brings it to the state that is looked at.

The pictures of tools.screenshots and the tests of accessibility walk the same table, so a new room is one line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

STEP_MS = 20_000
QUIET_MS = 4_000
WAITING = (".mantine-Skeleton-root[data-visible]", ".mantine-Loader-root", "[aria-busy=true]")
CSV = (
    "First name;Last name;Email;Company;Plan;Since\n"
    "Ana;Ruiz;ana.ruiz@tallow.test;Tallow Mills;Team;2026-01-12\n"
    "Kofi;Mensah;kofi@kestrel.test;Kestrel Freight;Solo;2026-02-03\n"
    "Marit;Dahl;marit.dahl@fjordlys.test;Fjordlys;Team;2025-11-30\n"
    "Sanne;Vos;not an address;Vos & Vos;Team;2026-02-20\n"
)

Prepare = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Room:
    """`path` may hold names of `places`; `prepare` acts after the room has loaded."""

    name: str
    path: str
    prepare: Prepare | None = None

    def open(self, page: Page, base: str, places: Mapping[str, int]) -> None:
        """Go there and wait until it is drawn."""
        page.goto(f"{base}{self.path.format(**places)}")
        is_drawn(page)
        if self.prepare is not None:
            self.prepare(page)
            is_drawn(page)


def is_drawn(page: Page) -> None:
    """Wait until there is a heading, no skeleton and no picture or font on its way."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=STEP_MS)
    with suppress(PlaywrightTimeout):  # a room that asks again and again is never quite silent
        page.wait_for_load_state("networkidle", timeout=QUIET_MS)
    waiting = page.locator(f":is({', '.join(WAITING)}):visible")
    expect(waiting).to_have_count(0, timeout=STEP_MS)
    page.evaluate("() => document.fonts.ready.then(() => true)")


def places(ask: Callable[[str], Any]) -> dict[str, int]:
    """Return the ids that the paths name; `ask` answers an address of the API. Whatever is missing is 0."""
    sequences = {one["name"]: one for one in ask("sequences?limit=200&sort=-active")["items"]}
    by_status = [one for one in sequences.values() if one["status"] == "active"]
    drafts = [one for one in sequences.values() if one["status"] == "draft"]
    running = (sequences.get("Cold Outreach") or _first(by_status))["id"]
    lively = _first(by_status)["id"]
    talks = ask("conversations?scope=all")["items"]
    enrollments = ask(f"enrollments?sequence_id={running}")["items"]
    return {
        "running": running,
        "lively": lively,
        "draft": _first(drafts).get("id", 0),
        "enrollment": _first(enrollments).get("id", 0),
        "talker": _first(talks).get("contact", {}).get("id", 0),
        "contact": _first(enrollments).get("contact", {}).get("id", 0),
        "task": _first(ask("tasks?when=open")["items"]).get("id", 0),
        "list": _first(ask("lists")["items"]).get("id", 0),
        "sender": _first(ask("senders")["items"]).get("id", 0),
        "segment": _first(ask("segments")["items"]).get("id", 0),
    }


def _first(items: Sequence[Any]) -> Any:
    return items[0] if items else {}


def press(name: str, role: Any = "button") -> Prepare:
    """Return the step that presses what is called so."""

    def prepare(page: Page) -> None:
        _seen(page.get_by_role(role, name=name)).click()

    return prepare


def dialog(name: str) -> Prepare:
    """Return the step that presses what is called so and waits for the dialog that it opens."""

    def prepare(page: Page) -> None:
        press(name)(page)
        expect(page.get_by_role("dialog")).to_be_visible(timeout=STEP_MS)

    return prepare


def _seen(found: Locator) -> Locator:
    return found.filter(visible=True).first


def keys(*pressed: str) -> Prepare:
    """Return the step that presses these keys one after the other."""

    def prepare(page: Page) -> None:
        for key in pressed:
            page.keyboard.press(key)

    return prepare


def _choose_rows(page: Page) -> None:
    boxes = page.locator("tbody input[type=checkbox]")
    for place in range(3):
        boxes.nth(place).check(force=True)


def _enroll(page: Page) -> None:
    _choose_rows(page)
    press("Enroll 3 in Sequence")(page)
    expect(page.get_by_role("dialog")).to_be_visible(timeout=STEP_MS)


def _inspect(page: Page) -> None:
    page.locator("[data-step]").nth(1).click()
    expect(page.get_by_role("textbox", name="Text of the mail")).to_be_visible(timeout=STEP_MS)


def _upload(page: Page) -> None:
    file = {"name": "spring.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a payload is one, too
    expect(page.get_by_role("button", name="Import 3")).to_be_visible(timeout=STEP_MS)


def _imported(page: Page) -> None:
    _upload(page)
    press("Import 3")(page)
    expect(page.get_by_text("Done")).to_be_visible(timeout=STEP_MS)


SECTIONS = ("account", "workspace", "branding", "limits", "members", "roles", "keys", "audit", "stop")

LIVED_IN: tuple[Room, ...] = (
    Room("today", "/today"),
    Room("inbox", "/inbox"),
    Room("inbox-thread", "/inbox/{talker}"),
    Room("reviews", "/reviews"),
    Room("tasks", "/tasks?when=open"),
    Room("tasks-player", "/tasks/{task}"),
    Room("sequences", "/sequences"),
    Room("sequences-new", "/sequences", dialog("New sequence")),
    Room("sequence-steps", "/sequences/{running}"),
    Room("sequence-inspector", "/sequences/{running}", _inspect),
    Room("sequence-branches", "/sequences/{lively}"),
    Room("sequence-enrollments", "/sequences/{running}/enrollments"),
    Room("sequence-enrollments-bulk", "/sequences/{running}/enrollments", _choose_rows),
    Room("sequence-review", "/sequences/{running}/review"),
    Room("sequence-settings", "/sequences/{running}/settings"),
    Room("sequence-history", "/sequences/{running}/history"),
    Room("sequence-draft", "/sequences/{draft}"),
    Room("activate-dialog", "/sequences/{draft}", dialog("Activate")),
    Room("enrollment", "/enrollments/{enrollment}"),
    Room("contacts", "/contacts"),
    Room("contacts-bulk", "/contacts", _choose_rows),
    Room("enroll-dialog", "/contacts", _enroll),
    Room("contact", "/contacts/{talker}"),
    Room("contact-enrolled", "/contacts/{contact}"),
    Room("contact-fields", "/contacts/fields"),
    Room("import", "/contacts/import"),
    Room("import-columns", "/contacts/import", _upload),
    Room("lists", "/lists"),
    Room("list", "/lists/{list}"),
    Room("segments", "/lists/segments"),
    Room("segment", "/lists/segments/{segment}"),
    Room("segment-new", "/lists/segments/new"),
    Room("suppressions", "/suppressions"),
    Room("senders", "/senders"),
    Room("sender", "/senders/{sender}"),
    *(Room(f"settings-{section}", f"/settings/{section}") for section in SECTIONS),
    Room("live", "/live"),
    Room("palette", "/sequences", keys("ControlOrMeta+k")),
    Room("keys", "/contacts", keys("?")),
    Room("missing", "/no-such-room"),
)
"""Rooms of a workspace in which something happens."""

IMPORTED = Room("import-done", "/contacts/import", _imported)
"""It changes the workspace and needs a worker, so it comes last."""

EMPTY: tuple[Room, ...] = (
    *(
        Room(f"empty-{name}", f"/{name}")
        for name in ("today", "inbox", "reviews", "tasks", "sequences", "contacts", "lists")
    ),
    Room("empty-segments", "/lists/segments"),
    *(Room(f"empty-{name}", f"/{name}") for name in ("suppressions", "senders")),
)
"""Rooms of a workspace in which nothing ever happened."""

OUTSIDE: tuple[Room, ...] = (
    Room("sign-in", "/sign-in"),
    Room("signed-out", "/signed-out"),
    Room("welcome-gone", "/welcome/gone"),
    Room("invitation-gone", "/invitation/gone"),
    Room("password-gone", "/password/gone"),
)
"""Pages for people who are not signed in."""
