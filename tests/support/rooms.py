"""Every room of the web app: its name, its address, and what brings it to the state that is looked at.

The pictures of tools.screenshots and the tests of accessibility walk the same table, so a new room is one line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.support import showcase

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

IMPORT_3 = re.compile("Import 3|3 (Kontakte )?importieren")

WHICH = re.compile("Choose a sequence|Sequenz wählen")

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
    has_settled(page)


def has_settled(page: Page) -> None:
    """Wait until no skeleton and no font is on its way."""
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

    def called(name: str) -> int:
        found: Mapping[str, int] = sequences.get(name, {})
        return found.get("id", 0)

    talks = ask("conversations?scope=all")["items"]
    enrollments = ask(f"enrollments?sequence_id={running}")["items"]
    return {
        "running": running,
        "lively": lively,
        "draft": called("Meeting Request") or _first(drafts).get("id", 0),
        "kinds": called(showcase.EVERY_KIND),
        "guarded": called(showcase.GUARDED),
        "moved": called(showcase.MOVED),
        "reviewed": called(showcase.REVIEWED),
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


def press(*names: str, role: Any = "button") -> Prepare:
    """Return the step that presses what is called so, in one of the languages."""

    def prepare(page: Page) -> None:
        _seen(page.get_by_role(role, name=_any_of(names))).click()

    return prepare


def dialog(*names: str) -> Prepare:
    """Return the step that presses what is called so and waits for the dialog that it opens."""
    return steps(press(*names), _has_dialog)


def choose(menu: Sequence[str], *names: str) -> Prepare:
    """Return the step that opens a menu and chooses from it what opens a dialog."""
    return steps(choose_item(menu, *names), _has_dialog)


def choose_item(menu: Sequence[str], *names: str) -> Prepare:
    """Return the step that opens a menu and chooses from it."""
    return steps(press(*menu), press(*names, role="menuitem"))


def steps(*each: Prepare) -> Prepare:
    """Return these steps as one."""

    def prepare(page: Page) -> None:
        for step in each:
            step(page)

    return prepare


def _has_dialog(page: Page) -> None:
    expect(page.get_by_role("dialog").filter(visible=True).first).to_be_visible(timeout=STEP_MS)


def _any_of(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, names)))


def _seen(found: Locator) -> Locator:
    return found.filter(visible=True).first


def keys(*pressed: str) -> Prepare:
    """Return the step that presses these keys one after the other and waits for the dialog that they open."""

    def prepare(page: Page) -> None:
        for key in pressed:
            page.keyboard.press(key)
        _has_dialog(page)

    return prepare


def _choose_from(rows: str) -> Prepare:
    """Return the step that chooses the first three rows."""

    def prepare(page: Page) -> None:
        boxes = page.locator(f"{rows} input[type=checkbox]")
        for place in range(3):
            boxes.nth(place).check(force=True)
        page.mouse.move(0, 0)

    return prepare


_choose_rows, _choose_reviews = _choose_from("tbody"), _choose_from("li")


def _enroll(page: Page) -> None:
    _choose_rows(page)
    dialog("Enroll 3 in Sequence", "3 in Sequenz aufnehmen")(page)
    page.get_by_placeholder(WHICH).click()
    page.get_by_role("option").filter(visible=True).first.click()


def _inspect(page: Page) -> None:
    page.locator("[data-step]").nth(1).click()
    expect(page.get_by_role("textbox", name=_any_of(("Text of the mail", "Text der E-Mail")))).to_be_visible(
        timeout=STEP_MS
    )


def _upload(page: Page) -> None:
    file = {"name": "spring.csv", "mimeType": "text/csv", "buffer": CSV.encode()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a payload is one, too
    expect(page.get_by_role("button", name=IMPORT_3)).to_be_visible(timeout=STEP_MS)


def _imported(page: Page) -> None:
    _upload(page)
    page.get_by_role("button", name=IMPORT_3).click()
    expect(page.get_by_text(re.compile("Done|Fertig"))).to_be_visible(timeout=STEP_MS)


def _simulate(page: Page) -> None:
    dialog("Simulate", "Simulieren")(page)
    shown = page.get_by_role("dialog")
    shown.get_by_role("button", name=_any_of(("Simulate", "Simulieren"))).click()
    expect(shown.get_by_role("img").first).to_be_visible(timeout=STEP_MS)


def _field(page: Page, *names: str) -> Locator:
    """Return the field that is called so, ready to be written to."""
    return _seen(page.get_by_role("combobox", name=_any_of(names)))


def _pick(page: Page, field: Locator, typed: str = "") -> None:
    """Choose the first that a field offers for what is typed."""
    field.click()
    field.fill(typed)
    page.get_by_role("option").filter(visible=True).first.click()


def _starts(page: Page) -> None:
    """Write, and do not save, a start by a tag or by a condition, with a condition besides."""
    press("Somebody joins a list", "Jemand kommt auf eine Liste")(page)
    press("Add another start", "Weiterer Auslöser")(page)
    press("But only if", "Aber nur wenn")(page)


def _stops(page: Page) -> None:
    """Write, and do not save, a stop rule that leaves a task behind."""
    rule = page.get_by_role("region", name=_any_of(STOP_RULE))
    rule.get_by_role("button", name=_any_of(("A tag is added", "Ein Schlagwort wird vergeben"))).click()
    for kind in (("Task", "Aufgabe"), ("Tag", "Schlagwort")):
        choose_item(("Add what happens then", "Was dann geschieht"), *kind)(page)


def _when(page: Page) -> None:
    """Write, and do not save, free days, and look when messages could leave for somebody."""
    page.get_by_role("combobox", name=_any_of(("Holidays", "Feiertage")), exact=True).select_option("on")
    _pick(page, _field(page, "Countries and their parts", "Länder und ihre Teile"), "Norw")
    page.keyboard.press("Escape")
    _pick(page, _field(page, "For whom", "Für wen"))
    title = _any_of(("When the next ten", "Wann die nächsten zehn"))
    expect(page.get_by_role("list", name=title).get_by_role("listitem").nth(9)).to_be_visible(timeout=STEP_MS)


def _merge(page: Page) -> None:
    choose(OF_PERSON, "Merge", "Zusammenführen")(page)
    _pick(page, _field(page, "somebody else", "jemand anderes"), "an")
    page.get_by_role("dialog").get_by_role("table").wait_for()


MORE = ("More about", "Mehr zu")
OF_PERSON = ("More", "Mehr")
STOP_RULE = ("Stop rule", "Stoppregel")
STEPS = (
    "split",
    "heard",
    "again",
    "decide",
    "fits",
    "branch",
    "story",
    "call",
    "hook",
    "other",
    "field",
    "tell",
)
"""Steps of showcase.every_kind whose forms are looked at."""
SECTIONS = (
    "account",
    "workspace",
    "branding",
    "limits",
    "members",
    "roles",
    "keys",
    "mailboxes",
    "domains",
    "numbers",
    "agents",
    "hooks",
    "audit",
    "stop",
)

LIVED_IN: tuple[Room, ...] = (
    Room("today", "/today"),
    Room("inbox", "/inbox"),
    Room("inbox-thread", "/inbox/{talker}"),
    Room("approvals", "/approvals"),
    Room("reviews", "/reviews"),
    Room("reviews-bulk", "/reviews", _choose_reviews),
    Room("tasks", "/tasks?when=open"),
    Room("tasks-player", "/tasks/{task}"),
    Room("sequences", "/sequences"),
    Room("sequences-new", "/sequences", dialog("New sequence", "Neue Sequenz")),
    Room("sequences-menu", "/sequences", press(*MORE)),
    Room("sequences-tagged", "/sequences?tag=spring"),
    Room("template-dialog", "/sequences/{running}", choose(MORE, "Save as a template", "Als Vorlage")),
    Room("tags-dialog", "/sequences/{kinds}", choose(MORE, "Tags", "Schlagwörter")),
    Room("password-dialog", "/sequences/{running}", choose(MORE, "Password", "Passwort")),
    Room("unlock-dialog", "/sequences/{guarded}", dialog("Unlock", "Entsperren")),
    Room("simulate-dialog", "/sequences/{running}", dialog("Simulate", "Simulieren")),
    Room("move-dialog", "/sequences/{moved}/history", dialog("Move people here", "Personen hierher holen")),
    *(Room(f"step-{key}", f"/sequences/{{kinds}}?step={key}") for key in STEPS),
    Room("sequence-steps", "/sequences/{running}"),
    Room("sequence-inspector", "/sequences/{running}", _inspect),
    Room("sequence-branches", "/sequences/{lively}"),
    Room("sequence-canvas", "/sequences/{lively}?view=canvas"),
    Room("sequence-enrollments", "/sequences/{running}/enrollments"),
    Room("sequence-enrollments-bulk", "/sequences/{running}/enrollments", _choose_rows),
    Room("sequence-review", "/sequences/{reviewed}/review"),
    Room("sequence-settings", "/sequences/{running}/settings"),
    Room("sequence-starts", "/sequences/{running}/settings", _starts),
    Room(
        "sequence-starts-condition",
        "/sequences/{running}/settings",
        press("A condition turns true", "Eine Bedingung wird wahr"),
    ),
    Room("sequence-stops", "/sequences/{running}/settings", _stops),
    Room("sequence-when", "/sequences/{running}/settings", _when),
    Room("sequence-history", "/sequences/{running}/history"),
    Room("sequence-draft", "/sequences/{draft}"),
    Room("activate-dialog", "/sequences/{draft}", dialog("Activate", "Aktivieren")),
    Room("enrollment", "/enrollments/{enrollment}"),
    Room("contacts", "/contacts"),
    Room("contacts-bulk", "/contacts", _choose_rows),
    Room("enroll-dialog", "/contacts", _enroll),
    Room("contact", "/contacts/{talker}"),
    Room("contact-enrolled", "/contacts/{contact}"),
    Room("contact-menu", "/contacts/{contact}", press(*OF_PERSON)),
    Room("merge-dialog", "/contacts/{contact}", _merge),
    Room("erase-dialog", "/contacts/{contact}", choose(OF_PERSON, "Erase", "Endgültig löschen")),
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
    Room("hook-dialog", "/settings/hooks", dialog("New hook", "Neuer Hook")),
    Room("live", "/live"),
    Room("palette", "/sequences", keys("ControlOrMeta+k")),
    Room("keys", "/contacts", keys("?")),
    Room("missing", "/no-such-room"),
)
"""Rooms of a workspace in which something happens."""

WORKED: tuple[Room, ...] = (
    Room("simulate-done", "/sequences/{running}", _simulate),
    Room("import-done", "/contacts/import", _imported),
)
"""They need a worker; the import changes the workspace, so it comes last."""

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
