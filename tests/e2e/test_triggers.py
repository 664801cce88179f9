"""What starts a sequence, built as a person builds it: by mouse and by keys alone, by day, and by night on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

TAG = "vip"


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_who_gets_a_tag_is_enrolled_and_stands_among_the_last_matches(at_work, office, hand, faults_of):
    page, who = at_work, type(hand).__name__
    contact = office.a_contact(page, first_name=f"Kim {who}", email=f"kim.{who}@example.com")
    sequence = office.a_sequence(page, f"Welcome {who}")
    build(page, hand, f"{office.base}/sequences/{sequence}")
    expect(starts(page)).to_contain_text("Starts when the tag “vip” is added, or a meeting is booked.")
    assert faults_of(page) == []
    office.tell(page, "contacts/bulk", {"contact_ids": [contact], "act": "add_tag", "tag": TAG})
    row = starts(page).get_by_role("row").filter(has_text=f"Kim {who}")
    expect(row).to_contain_text("A tag is added", timeout=PATIENCE_MS)
    expect(row).to_contain_text("Enrolled")
    fits_a_phone(page, faults_of)


def build(page: Page, hand: Hand, sequence: str) -> None:
    page.goto(f"{sequence}/settings")
    is_drawn(page)
    hand.press(starts(page).get_by_role("button", name="A tag is added"))
    tag = starts(page).locator("input[aria-label='Which tag']")
    hand.write(tag, TAG)
    page.keyboard.press("Escape")
    hand.press(starts(page).get_by_role("button", name="Add another start"))
    kind = starts(page).locator("input[aria-label='What happens']").last
    hand.write(kind, "A meeting is booked")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    hand.press(starts(page).get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("What starts it is saved.")).to_be_visible()


def starts(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("What starts it|Was sie auslöst"), exact=False).first


def fits_a_phone(page: Page, faults_of) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    is_drawn(page)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
