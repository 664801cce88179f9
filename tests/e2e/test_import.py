"""A file of contacts comes in, as a person brings it: columns, what will happen, progress, cancelling, the report."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

MANY = 60_000


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_columns_are_chosen_and_what_is_refused_can_be_fetched(at_work, office, hand, faults_of, tmp_path):
    page, who = at_work, type(hand).__name__
    rows = [f"Ole;ole.{who}@example.com;blue;12", f"Ina;ina.{who}@example.com;red;7", "Bob;no address;red;1"]
    upload(page, hand, office.base, f"First name;Mail;Colour;Shoes {who}", rows)
    expect(page.get_by_text("3 rows, UTF-8, separated by semicolons")).to_be_visible()
    assert faults_of(page) == []
    pick(page, hand, "Where Colour goes", "Leave out")
    expect(page.get_by_role("combobox", name=f"Where Shoes {who} goes")).to_have_value(f"Shoes {who}")
    expect(page.get_by_role("combobox", name=f"Type of Shoes {who}")).to_have_value("Number")
    expect(page.get_by_text("Line 4")).to_be_visible(timeout=PATIENCE_MS)
    hand.press(page.get_by_role("button", name="Import 2 contacts"))
    expect(page.get_by_role("status").filter(has_text="Done")).to_be_visible(timeout=PATIENCE_MS)
    assert faults_of(page) == []
    with page.expect_download() as fetched:
        hand.press(page.get_by_role("link", name="Fetch 1 refused row"))
    report = Path(fetched.value.path()).read_text(encoding="utf-8-sig")
    assert "no address" in report
    assert "Ole" not in report
    hand.press(page.get_by_role("link", name="See the contacts"))
    expect(page.get_by_role("row").filter(has_text="Ole").first).to_be_visible(timeout=PATIENCE_MS)


def test_a_long_import_says_how_long_it_still_takes_and_can_be_cancelled(at_work, office, hand):
    page, who = at_work, type(hand).__name__
    rows = [f"Ann,ann.{number}.{who}@example.com" for number in range(MANY)]
    upload(page, hand, office.base, "First name,Email", rows)
    hand.press(page.get_by_role("button", name="Import all"))
    expect(page.get_by_text("left").last).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_role("progressbar")).to_be_visible()
    hand.press(page.get_by_role("button", name="Cancel the import"))
    expect(page.get_by_role("status").filter(has_text="Cancelled")).to_be_visible(timeout=PATIENCE_MS)
    hand.press(page.get_by_role("button", name="Another file"))
    row = page.get_by_role("row").filter(has_text="Cancelled").first
    expect(row).to_contain_text("people.csv")


def upload(page: Page, hand: Hand, base: str, head: str, rows: list[str]) -> None:
    page.goto(f"{base}/contacts/import")
    is_drawn(page)
    file = {"name": "people.csv", "mimeType": "text/csv", "buffer": "\n".join([head, *rows]).encode()}
    hand.choose_file(page.locator("input[type=file]"), file)
    expect(page.get_by_role("heading", name="Columns")).to_be_visible(timeout=PATIENCE_MS)


def pick(page: Page, hand: Hand, field: str, what: str) -> None:
    """Choose by name from a field that finds what is typed."""
    shown = page.get_by_role("combobox", name=field)
    hand.write(shown, what)
    expect(page.get_by_role("option", name=what, exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(shown).to_have_value(what)


def go(page: Page, address: str) -> None:
    page.goto(address)
    is_drawn(page)
