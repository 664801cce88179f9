"""How a sequence ends and when it sends, set as a person sets it: by mouse, and by keys alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

STAGE = "customer"
FRIDAY = 4


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_a_stop_rule_ends_it_and_leaves_a_task_behind(at_work, office, hand, faults_of):
    page, who = at_work, type(hand).__name__
    contact = office.a_contact(page, first_name=f"Ada {who}", email=f"ada.{who}@example.com")
    sequence = office.a_sequence(page, f"Winback {who}")
    office.tell(page, "enroll", {"sequence_id": sequence, "contact_ids": [contact]})
    go(page, f"{office.base}/sequences/{sequence}/settings")
    write_the_rule(page, hand, f"Congratulate Ada {who}")
    words = "Stops when the stage becomes “customer”. Then: Congratulate Ada"
    expect(stop_rule(page)).to_contain_text(words)
    assert faults_of(page) == []
    office.tell(page, f"contacts/{contact}", {"stage": STAGE}, "PATCH")
    go(page, f"{office.base}/sequences/{sequence}/enrollments")
    row = page.get_by_role("row").filter(has_text=f"Ada {who}")
    expect(row).to_contain_text("Stop rule", timeout=PATIENCE_MS)
    go(page, f"{office.base}/tasks?when=open")
    expect(page.get_by_role("row").filter(has_text=f"Congratulate Ada {who}")).to_be_visible()


def write_the_rule(page: Page, hand: Hand, task: str) -> None:
    rule = stop_rule(page)
    hand.press(rule.get_by_role("button", name="The stage changes"))
    hand.write(rule.locator("input[aria-label='Which stage']"), STAGE)
    page.keyboard.press("Escape")
    hand.choose(
        rule.get_by_role("button", name="Add what happens then"),
        page.get_by_role("menuitem", name="Task", exact=True),
    )
    expect(rule).to_contain_text("Not complete yet")
    expect(rule).not_to_contain_text("The flow waits")
    hand.write(rule.get_by_role("textbox", name="Title"), task)
    hand.press(rule.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("The stop rule is saved.")).to_be_visible()


def test_what_was_taken_from_a_stop_rule_comes_back(at_work, office, hand):
    page = at_work
    sequence = office.a_sequence(page, f"Kept {type(hand).__name__}")
    rule = {"stop_when": {"any": [{"event": "tag_added", "name": "lost"}, {"event": "opened"}]}}
    office.tell(page, f"sequences/{sequence}/settings", rule, "PATCH")
    go(page, f"{office.base}/sequences/{sequence}/settings")
    says, shown = "Stops when the tag “lost” is added, or somebody opens a mail.", stop_rule(page)
    hand.press(shown.get_by_role("button", name="Remove this line").last)
    expect(shown).to_contain_text("Stops when the tag “lost” is added.")
    hand.press(shown.get_by_role("button", name="Undo"))
    expect(shown).to_contain_text(says)
    expect(shown).not_to_contain_text("Not saved yet")
    hand.press(shown.get_by_role("button", name="Take the stop rule away"))
    expect(shown).to_contain_text("No rule of its own stops it.")
    hand.press(page.get_by_role("button", name="Undo"))
    expect(shown).to_contain_text(says, timeout=PATIENCE_MS)


def test_free_days_move_the_next_times_before_they_are_saved(at_work, office, hand, faults_of):
    page, who = at_work, type(hand).__name__
    berlin = {"time_zone": "Europe/Berlin", "email": f"lea.{who}@example.com"}
    office.a_contact(page, first_name="Lea", last_name=f"Roth {who}", **berlin)
    sequence = office.a_sequence(page, f"Timely {who}")
    go(page, f"{office.base}/sequences/{sequence}/settings")
    hand.select(page.get_by_role("combobox", name="Whose window holds"), "a window of its own")
    expect(page.get_by_text("Both this window and the sender's must be open.")).to_be_visible()
    hand.write(page.get_by_role("combobox", name="For whom"), f"Roth {who}")
    expect(page.get_by_role("option", name=f"Roth {who}")).to_be_visible(timeout=PATIENCE_MS)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    times = page.get_by_role("list", name="When the next ten messages could leave").get_by_role("listitem")
    expect(times).to_have_count(10, timeout=PATIENCE_MS)
    expect(times.last).to_contain_text("when the window opens")
    day = a_weekday(datetime.now(UTC).date() + timedelta(days=3))
    expect(times.filter(has_text=written(day))).to_have_count(1)
    give_free(page, hand, day)
    expect(page.get_by_text("which are not saved yet")).to_be_visible()
    expect(times.filter(has_text=written(day))).to_have_count(0, timeout=PATIENCE_MS)
    expect(times.filter(has_text="after a free day")).to_have_count(1)
    assert faults_of(page) == []
    hand.press(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("The free days are saved.")).to_be_visible()
    expect(page.get_by_text("which are not saved yet")).to_have_count(0)
    expect(times.filter(has_text=written(day))).to_have_count(0)


def give_free(page: Page, hand: Hand, day: date) -> None:
    hand.select(page.get_by_role("combobox", name="Holidays", exact=True), "it rests")
    hand.write_day(page.get_by_label("Free days of your own"), day)
    hand.press(page.get_by_role("button", name="Add the day"))


def a_weekday(day: date) -> date:
    """Return the first on or after a day that is not in a weekend."""
    return next(each for ahead in range(3) if (each := day + timedelta(days=ahead)).weekday() <= FRIDAY)


def written(day: date) -> str:
    """Write a day as the page does: 26 Nov."""
    return f"{day.day} {day:%b}"


def stop_rule(page: Page) -> Locator:
    return page.get_by_role("region", name="Stop rule")


def go(page: Page, address: str) -> None:
    page.goto(address)
    is_drawn(page)
