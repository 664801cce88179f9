"""Two contacts become one, and one goes for ever, as a person does it: by mouse, and by keys alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_who_is_there_twice_becomes_one_with_the_values_that_were_chosen(at_work, office, hand, faults_of):
    page, who = at_work, type(hand).__name__
    named = {"first_name": "Mia", "last_name": f"Sand {who}", "company": f"Sand {who}"}
    kept = office.a_contact(page, **named, email=f"mia.{who}@example.com", title="Head of Sales")
    other = office.a_contact(page, **named, email=f"mia@{who}.test", title="Partner", tags=["vip"])
    go(page, f"{office.base}/contacts/{kept}")
    dialog = opened(page, hand, "Merge with …")
    expect(dialog).to_contain_text("It cannot be undone.")
    hand.tick(dialog.get_by_role("radio", name=re.compile(f"mia@{who}.test", re.IGNORECASE)))
    row = dialog.get_by_role("row").filter(has_text="Head of Sales")
    expect(row).to_contain_text("Partner")
    assert faults_of(page) == []
    hand.tick(row.get_by_role("radio", name="Title: Partner"))
    hand.press(dialog.get_by_role("button", name="Merge for good"))
    expect(dialog).to_be_hidden(timeout=PATIENCE_MS)
    expect(page.get_by_text("The two are one now.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Partner")
    expect(page.get_by_role("main")).to_contain_text("vip")
    assert told(page, f"contacts?q=Sand+{who}") == [kept]
    assert other != kept


def test_who_is_erased_is_gone_and_is_never_contacted_again(at_work, office, hand, faults_of):
    page, who = at_work, type(hand).__name__
    address = f"gus.{who.lower()}@example.com"
    contact = office.a_contact(page, first_name=f"Gus {who}", email=address)
    go(page, f"{office.base}/contacts/{contact}")
    dialog = opened(page, hand, "Erase for good …")
    confirm = dialog.get_by_role("button", name="Erase for good")
    hand.write(dialog.get_by_role("textbox"), "somebody.else@example.com")
    expect(confirm).to_be_disabled()
    assert faults_of(page) == []
    hand.write(dialog.get_by_role("textbox"), address)
    hand.press(confirm)
    expect(page.get_by_text("The person is erased.")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_url(re.compile("/contacts$"))
    assert told(page, f"contacts?q=gus.{who.lower()}") == []
    again = office.a_contact(page, first_name=f"Gus {who}", email=address)
    go(page, f"{office.base}/contacts/{again}")
    expect(page.get_by_role("main")).to_contain_text(re.compile("suppress", re.IGNORECASE))


def opened(page: Page, hand: Hand, item: str) -> Locator:
    """Return the dialog that the person's menu opens."""
    hand.choose(page.get_by_role("button", name="More", exact=True), page.get_by_role("menuitem", name=item))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible(timeout=PATIENCE_MS)
    return dialog


def told(page: Page, path: str) -> list[int]:
    found = page.evaluate("path => fetch(`/api/${path}`).then((answer) => answer.json())", path)
    return [each["id"] for each in found["items"]]


def go(page: Page, address: str) -> None:
    page.goto(address)
    is_drawn(page)
