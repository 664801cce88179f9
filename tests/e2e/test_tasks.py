"""A day of tasks, one after the other in the player, by keys alone; and a to-do that is written by hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

CALLS = ("Ask for the budget", "Ask who decides", "Ask again", "Ask the office", "Leave a word")
TO_DOS = ("Send the offer", "Book a room", "Read the report", "Hand it over", "Tidy up")
TAKES_EFFECT_SECONDS = 40.0


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.fixture
def day(at_work, office) -> list[int]:
    """Ten tasks that are due now: five calls, then five to-dos."""
    contact = office.a_contact(at_work, first_name="Kim", email="kim.day@example.com", phone="+4930901820")
    wanted = [("call", title) for title in CALLS] + [("to_do", title) for title in TO_DOS]
    return [
        int(office.tell(at_work, "tasks", {"contact_id": contact, "kind": kind, "title": title})["id"])
        for kind, title in wanted
    ]


def test_ten_tasks_are_done_by_keys_alone(at_work, office, day, faults_of):
    page = at_work
    page.goto(f"{office.base}/tasks/{day[0]}")
    is_drawn(page)
    makes_the_calls(page, faults_of)
    does_the_to_dos(page)
    with page.expect_response(re.compile(f"/tasks/{day[9]}/complete")):
        press(page, "d")
    expect(page.get_by_text(f"{TO_DOS[4]}: Done")).to_be_visible()
    with page.expect_response(re.compile(f"/tasks/{day[9]}/take-back")):
        press(page, "z")
    until(lambda: task(page, day[9])["settled_at"] is None, TAKES_EFFECT_SECONDS)
    became = {each["title"]: each for each in (task(page, id_) for id_ in day)}
    assert {title: (one["outcome"], one["settled_at"] is not None) for title, one in became.items()} == {
        CALLS[0]: ("reached", True),
        CALLS[1]: ("no_answer", False),
        CALLS[2]: ("busy", True),
        CALLS[3]: ("wrong_number", True),
        CALLS[4]: ("left_message", True),
        TO_DOS[0]: ("done", True),
        TO_DOS[1]: ("", False),
        TO_DOS[2]: ("skipped", True),
        TO_DOS[3]: ("done", True),
        TO_DOS[4]: ("", False),
    }
    assert (became[CALLS[0]]["note"], became[CALLS[1]]["tries"]) == ("Wants a demo", 1)
    assert became[CALLS[3]]["contact_phone"] == ""
    until(lambda: task(page, day[0])["status"] == "completed", TAKES_EFFECT_SECONDS)


def test_what_was_done_is_found_with_its_note_and_opened_again(at_work, office, hand: Hand, faults_of):
    page, title = at_work, f"Write to the board {type(hand).__name__}"
    contact = office.a_contact(page, email=f"lee.{type(hand).__name__.lower()}@example.com", first_name="Lee")
    made = office.tell(page, "tasks", {"contact_id": contact, "title": title})
    office.tell(page, f"tasks/{made['id']}/complete", {"note": "By letter"})
    page.goto(f"{office.base}/tasks?when=done")
    is_drawn(page)
    expect(page.get_by_role("table")).to_contain_text(title)
    page.goto(f"{office.base}/tasks/{made['id']}")
    is_drawn(page)
    expect(page.get_by_text("By letter")).to_be_visible()
    assert faults_of(page) == []
    hand.press(page.get_by_role("button", name="Open it again"))
    expect(page.get_by_role("button", name="Done")).to_be_visible(timeout=PATIENCE_MS)


def test_a_to_do_is_written_on_a_contact(at_work, office, hand: Hand, faults_of):
    page, title = at_work, f"Send the offer to Bo {type(hand).__name__}"
    contact = office.a_contact(page, email=f"bo.{type(hand).__name__.lower()}@example.com", first_name="Bo")
    page.goto(f"{office.base}/contacts/{contact}")
    is_drawn(page)
    hand.press(page.get_by_role("button", name="To-do", exact=True).filter(visible=True).first)
    dialog = page.get_by_role("dialog")
    hand.write(dialog.get_by_role("textbox", name="What is to do"), title)
    assert faults_of(page) == []
    hand.press(dialog.get_by_role("button", name="Write it down"))
    expect(dialog).to_be_hidden(timeout=PATIENCE_MS)
    expect(page.get_by_role("main")).to_contain_text(title)


def makes_the_calls(page: Page, faults_of: Callable[..., list[str]]) -> None:
    shows(page, CALLS[0])
    assert faults_of(page) == []
    press(page, "n")
    page.keyboard.insert_text("Wants a demo")
    press(page, "Escape", "1")
    shows(page, CALLS[1])
    press(page, "3")
    expect(page.get_by_role("group", name="No answer. What follows?")).to_be_visible()
    assert faults_of(page) == []
    press(page, "1")
    shows(page, CALLS[2])
    press(page, "4", "3")
    shows(page, CALLS[3])
    press(page, "5")
    expect(page.get_by_role("button", name=re.compile("Never contact this number"))).to_be_visible()
    press(page, "1")
    shows(page, CALLS[4])
    press(page, "2")
    shows(page, TO_DOS[0])


def does_the_to_dos(page: Page) -> None:
    press(page, "d")
    shows(page, TO_DOS[1])
    press(page, "s")
    page.get_by_role("button", name=re.compile("Tomorrow morning")).press("Enter")
    shows(page, TO_DOS[2])
    press(page, "k")
    shows(page, TO_DOS[3])
    press(page, "a")
    page.get_by_role("button", name="Hand it to nobody").press("Enter")
    expect(page.get_by_text(f"{TO_DOS[3]}: handed on")).to_be_visible()
    shows(page, TO_DOS[3])
    press(page, "d")
    shows(page, TO_DOS[4])


def shows(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("button", name=re.compile("^Snooze"))).to_be_visible(timeout=PATIENCE_MS)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def task(page: Page, id_: int) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(
        "id => fetch(`/api/tasks/${id}`).then((answer) => answer.json())", id_
    )
    return found
