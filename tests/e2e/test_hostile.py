"""Texts that want to be code stay texts, in every room that shows names which somebody else chose."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from tests.support import corpora, rooms

pytestmark = pytest.mark.e2e

OURS = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(2)</script>',
    "javascript:alert(3)",
    "<svg/onload=alert(4)>",
    "{{ contact.email }}{% for x in (1..9) %}",
    '=HYPERLINK("http://evil.test","click")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "<iframe srcdoc='<script>parent.alert(5)</script>'>",
    "${alert(6)}",
    "\u202egnp.txe",
)
LIKE_CODE = re.compile(r"<|script|\bon\w+=|^[=+\-@\t]", re.IGNORECASE)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHOWN = (
    *("today", "inbox", "inbox-thread", "tasks", "tasks-player", "sequences", "sequence-steps"),
    *("sequence-enrollments", "sequence-history", "enrollment", "contacts", "enroll-dialog", "contact"),
    *("contact-fields", "lists", "list", "senders", "settings-members", "settings-keys", "live"),
)
INJECTED = """() => {
    const found = [];
    for (const one of document.querySelectorAll("*")) {
        for (const { name } of one.attributes) if (name.startsWith("on")) found.push(one.outerHTML.slice(0, 120));
    }
    const own = (script) => script.src.startsWith(location.origin) || script.type === "application/json";
    for (const script of document.scripts) if (!own(script)) found.push(script.outerHTML.slice(0, 120));
    for (const link of document.querySelectorAll("a[href]")) {
        if (!/^(https?|mailto|tel|blob):/.test(link.href)) found.push(link.outerHTML.slice(0, 120));
    }
    for (const frame of document.querySelectorAll("iframe:not([sandbox]), object, embed, base")) {
        found.push(frame.outerHTML.slice(0, 120));
    }
    return found;
}"""


@pytest.fixture(scope="module")
def hostile(browser, furnish):
    """A workspace in which everything has a hostile name."""
    texts = [row["text"] for row in corpora.rows("hostile-strings/blns.jsonl")]
    kept = [text for text in texts if text.strip() and "\x00" not in text]
    kept.sort(key=lambda text: not LIKE_CODE.search(text))
    yield from furnish([*OURS, *kept])


@pytest.fixture(scope="module")
def page_of_hostile(browser, hostile):
    context = browser.new_context(storage_state=hostile.owner, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(rooms.STEP_MS)
    yield page
    context.close()


@pytest.fixture
def alarms(page_of_hostile):
    """What a page did that no text may make it do: dialogs, scripts that were refused, code that broke."""
    heard = []

    def on_dialog(dialog):
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_message(message):
        if message.type == "error":
            heard.append(message.text)

    def on_break(error):
        heard.append(str(error))

    listeners = {"dialog": on_dialog, "console": on_message, "pageerror": on_break}
    for event, listener in listeners.items():
        page_of_hostile.on(event, listener)
    yield heard
    for event, listener in listeners.items():
        page_of_hostile.remove_listener(event, listener)


@pytest.mark.parametrize(
    "room", [pytest.param(room, id=room.name) for room in rooms.LIVED_IN if room.name in SHOWN]
)
def test_a_hostile_name_is_shown_as_a_text(page_of_hostile, hostile, alarms, room):
    room.open(page_of_hostile, hostile.base, hostile.places)
    assert "<" in page_of_hostile.inner_text("body"), "no hostile name is shown here"
    assert page_of_hostile.evaluate(INJECTED) == []
    assert alarms == []


def test_what_is_looked_for_is_found(page_of_hostile, hostile):
    page_of_hostile.goto(f"{hostile.base}/contacts")
    page_of_hostile.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<b onclick=1></b><iframe></iframe>')"
    )
    assert len(page_of_hostile.evaluate(INJECTED)) == 2


def test_an_export_holds_no_formula(page_of_hostile, hostile):
    answer = page_of_hostile.request.get(f"{hostile.base}/api/contacts/export.csv")
    lines = list(csv.reader(StringIO(answer.text().removeprefix("\ufeff"), newline="")))
    assert len(lines) > 300
    assert [cell for line in lines for cell in line if cell.startswith(FORMULA)] == []
