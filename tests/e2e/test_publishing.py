"""The dialogs of activating, publishing and moving in the browser: their figures are those of the database."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_versions import a_mail
from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e
PHONES = {"en-GB": "+442079460123", "de-DE": "+442079460124"}
PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.fixture(
    params=[
        pytest.param({}, id="desktop"),
        pytest.param({**PHONE, "locale": "de-DE"}, id="phone, dark, German"),
    ]
)
def seen(request, browser, office) -> Iterator[Page]:
    """A page of the owner, as different people look at it."""
    context = browser.new_context(**{**office.seen_by_its_owner({}), **request.param})
    page = context.new_page()
    page.goto(f"{office.base}/contacts")
    is_drawn(page)
    yield page
    context.close()


def count(office, question: str, *values: object) -> int:
    return int(text_of(office, question, *values))


def text_of(office, question: str, *values: object) -> str:
    """Ask the database itself."""
    with contextlib.closing(sqlite3.connect(office.data / "drumbeat.sqlite3", timeout=20)) as database:
        return str(database.execute(question, values).fetchone()[0])


def unfinished(office, sequence: int, version: int) -> int:
    return count(
        office,
        "SELECT count(*) FROM drumbeat_enrollment e JOIN drumbeat_sequenceversion v ON v.id = e.version_id"
        " WHERE e.sequence_id = ? AND v.number = ? AND e.state != 'finished'",
        sequence,
        version,
    )


def a_line(*keys: str) -> dict[str, Any]:
    steps = [a_mail(key, following) for key, following in zip(keys, [*keys[1:], None], strict=True)]
    return {"format": 1, "start": keys[0], "steps": steps}


def a_sequence(office, page: Page, name: str, flow: dict[str, Any]) -> tuple[int, int]:
    """Return a draft with this flow, and its revision."""
    made = office.tell(page, "sequences", {"name": name, "description": ""})
    body = {"document": flow, "revision": made["draft"]["revision"]}
    return int(made["id"]), office.tell(page, f"sequences/{made['id']}/draft", body, "PUT")["revision"]


def a_running_one(office, page: Page, name: str, *, people: int) -> tuple[int, int]:
    """Return a sequence whose first version people run through, and the revision of its working copy."""
    sequence, revision = a_sequence(office, page, name, a_line("intro", "last"))
    office.tell(page, f"sequences/{sequence}/activate", {"revision": revision})
    ids = [office.a_contact(page, email=f"p{n}@{sequence}.under.test") for n in range(people)]
    office.tell(page, "enroll", {"sequence_id": sequence, "contact_ids": ids})
    until(lambda: unfinished(office, sequence, 1) == people, 60.0)
    return sequence, revision


def fits_its_room(page: Page) -> bool:
    """Tell whether nothing of the dialog lies beyond its edges sideways, its buttons least of all."""
    return bool(
        page.evaluate(
            """() => {
              const dialog = document.querySelector("[role=dialog]");
              const { left, right } = dialog.getBoundingClientRect();
              return [...dialog.querySelectorAll("button, li, dd, p")].every((one) => {
                const box = one.getBoundingClientRect();
                return box.left >= left && box.right <= right;
              });
            }"""
        )
    )


def test_activating_counts_those_whom_it_enrolls(seen, office, faults_of):
    page = seen
    language = page.evaluate("navigator.language")
    company = f"Acme {language}"
    for number in range(4):
        office.a_contact(page, email=f"p{number}@{language}.acme.test".lower(), company=company)
    office.a_contact(page, phone=PHONES[language], company=company, first_name="Only a phone")
    sequence, _ = a_sequence(office, page, f"For {company}", a_line("intro", "last"))
    criteria = {"rules": [{"field": "company", "operator": "equals", "value": company}]}
    rules = {"auto_enroll": True, "enrollment_criteria": criteria, "enroll_at_activation": True}
    office.tell(page, f"sequences/{sequence}/settings", rules, "PATCH")
    page.goto(f"{office.base}/sequences/{sequence}")
    is_drawn(page)
    page.get_by_role("button", name=re.compile("^(Activate|Aktivieren)$")).click()
    asked = page.get_by_role("dialog")
    fitting = count(
        office, "SELECT count(*) FROM drumbeat_contact WHERE company = ? AND email != ''", company
    )
    silent = count(office, "SELECT count(*) FROM drumbeat_contact WHERE company = ? AND email = ''", company)
    words = re.compile(f"(Activate for {fitting} people|Für {fitting} Personen aktivieren)")
    go_on = asked.get_by_role("button", name=words)
    expect(go_on).to_be_focused()
    expect(asked.get_by_text(re.compile(f"^{silent} (does not begin|beginnt nicht)"))).to_be_visible()
    expect(asked).to_contain_text("Robin Vale (rep@ours.test)")
    expect(asked).to_contain_text("Europe/Berlin")
    expect(asked).to_contain_text(re.compile("all are through by|alle durch"))
    assert faults_of(page) == []
    assert fits_its_room(page)
    page.keyboard.press("Control+Enter")
    expect(asked).to_be_hidden()
    until(lambda: unfinished(office, sequence, 1) == fitting, 60.0)


def test_publishing_says_who_is_under_way_and_offers_to_move_them(seen, office, faults_of):
    page = seen
    sequence, revision = a_running_one(
        office, page, f"Under way {page.evaluate('navigator.language')}", people=3
    )
    body = {"document": a_line("welcome", "last"), "revision": revision}
    office.tell(page, f"sequences/{sequence}/draft", body, "PUT")
    page.goto(f"{office.base}/sequences/{sequence}")
    is_drawn(page)
    opener = page.get_by_role("button", name=re.compile("^(Publish version 2|Version 2 veröffentlichen)$"))
    opener.click()
    asked = page.get_by_role("dialog")
    people = unfinished(office, sequence, 1)
    expect(asked).to_contain_text(
        re.compile(f"{people} (people run through|Personen durchlaufen) (v|V)ersion 1")
    )
    expect(asked.locator("dd").first).to_have_text(str(people))
    assert faults_of(page) == []
    assert fits_its_room(page)
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    asked.get_by_role("button", name=re.compile("(Publish version 2|Version 2 veröffentlichen)")).click()
    expect(asked).to_contain_text(re.compile("Move people to version 2|Personen in Version 2"))
    leave = asked.get_by_role("button", name=re.compile("Leave them there|Dort lassen"))
    expect(leave).to_be_focused()
    expect(asked.locator("dd").last).to_have_text(str(people))
    stays = re.compile(f"{people} (stay and go on in version 1|bleiben und gehen in Version 1)")
    expect(asked.get_by_text(stays)).to_be_visible()
    assert faults_of(page) == []
    assert fits_its_room(page)
    asked.get_by_role("combobox").click()
    page.get_by_role("option", name="About welcome", exact=True).click()
    expect(asked.get_by_text(re.compile(f"{people} (move at once|wechseln sofort)"))).to_be_visible()
    page.keyboard.press("Escape")
    if asked.is_visible():
        leave.click()
    assert unfinished(office, sequence, 1) == people


def test_a_move_is_begun_only_as_it_was_counted(at_work, office):
    page = at_work
    sequence, revision = a_running_one(office, page, "Counted before", people=2)
    body = {"document": a_line("welcome", "last"), "revision": revision}
    revision = office.tell(page, f"sequences/{sequence}/draft", body, "PUT")["revision"]
    office.tell(page, f"sequences/{sequence}/versions", {"revision": revision})
    page.goto(f"{office.base}/sequences/{sequence}/history")
    page.get_by_role("button", name="Move people here").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name="Nobody moves")).to_be_disabled()
    waits = asked.get_by_role("combobox", name="Where those at About intro go on")
    held: list[Any] = []
    page.route("**/move-preview", lambda route: held.insert(0, route))
    for step, is_answered in (("About welcome", False), ("About last", True)):
        waits.click()
        page.get_by_role("option", name=step).click()
        expect(asked.get_by_role("button", name="Counting")).to_be_disabled()
        until(lambda: len(held) == 1, 10.0)
        if is_answered:
            held.pop().continue_()
        else:
            held.pop().abort()
            expect(asked.get_by_role("button", name="Nobody moves")).to_be_disabled()
            expect(asked.get_by_role("alert")).not_to_be_empty()
    expect(asked.get_by_role("button", name="Move 2 people")).to_be_enabled()
    page.unroute("**/move-preview")
    asked.get_by_role("button", name="Move 2 people").click()
    page.wait_for_function("() => document.activeElement.closest('[role=dialog] footer button') !== null")
    expect(asked.get_by_role("status")).to_have_text("The move is done.", timeout=30_000)
    until(lambda: unfinished(office, sequence, 2) == 2, 60.0)
    at_last = "SELECT count(*) FROM drumbeat_enrollment WHERE sequence_id = ? AND step = 'last'"
    assert count(office, at_last, sequence) == 2


@pytest.mark.parametrize("view", ["line", "canvas"])
def test_an_error_leads_to_the_field_that_it_speaks_of(at_work, office, faults_of, view):
    page = at_work
    flow = a_line("intro", "last")
    flow["steps"][1]["content"] = {"subject": "", "text": ""}
    sequence, _ = a_sequence(office, page, f"With errors on the {view}", flow)
    page.goto(f"{office.base}/sequences/{sequence}/settings?view={view}")
    is_drawn(page)
    page.get_by_role("button", name="Activate").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text(re.compile("errors? ha(s|ve) to be mended first"))
    expect(asked.get_by_role("button", name="Mend the errors first")).to_be_disabled()
    assert faults_of(page) == []
    asked.get_by_role("listitem").first.get_by_role("button").press("Enter")
    expect(asked).to_be_hidden()
    page.wait_for_url(re.compile(r"step=last"))
    page.wait_for_function(
        "() => document.activeElement.closest('[data-inspector=last] [data-place]') !== null"
    )
    assert count(office, "SELECT count(*) FROM drumbeat_sequenceversion WHERE sequence_id = ?", sequence) == 0


def test_what_cannot_be_saved_is_not_published_and_that_is_said(at_work, office):
    page = at_work
    sequence, _ = a_sequence(office, page, "Without a net", a_line("intro", "last"))
    page.goto(f"{office.base}/sequences/{sequence}?step=intro")
    is_drawn(page)
    activate = page.get_by_role("button", name="Activate")
    expect(activate).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Subject").fill("Written in a tunnel")
    activate.click()
    expect(page.get_by_text("Not published: nobody answers")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible(timeout=15_000)
    activate.click()
    page.get_by_role("dialog").get_by_role("button", name="Activate").click()
    expect(page.get_by_text("Version 1 live")).to_be_visible()


def test_restoring_says_what_changes_and_that_it_is_not_saved_yet(seen, office, faults_of):
    page = seen
    name = f"Restored {page.evaluate('navigator.language')}"
    sequence, revision = a_running_one(office, page, name, people=1)
    body = {"document": a_line("intro"), "revision": revision}
    office.tell(page, f"sequences/{sequence}/draft", body, "PUT")
    page.goto(f"{office.base}/sequences/{sequence}/history")
    words = re.compile("Restore into the working copy|In die Arbeitsfassung holen")
    opener = page.get_by_role("button", name=words)
    opener.click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text(re.compile("1 (step added|Schritt neu)"))
    assert faults_of(page) == []
    assert fits_its_room(page)
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    opener.click()
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(re.compile("^(Restored here|Hier zurückgeholt)"))).to_be_visible()
    draft = "SELECT document FROM drumbeat_sequencedraft WHERE sequence_id = ?"
    assert text_of(office, draft, sequence).count('"kind"') == 1
    page.context.set_offline(False)
    until(lambda: text_of(office, draft, sequence).count('"kind"') == 2, 30.0)
    assert unfinished(office, sequence, 1) == 1
