"""Two people edit one sequence at once: the second is told, and nothing of anybody is overwritten."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

PATIENCE_MS = 40_000
FIRST, SECOND = "The first one wrote this", "The second one wrote that"


@pytest.fixture
def two_pages(browser, crowded):
    """The same step of the same draft, open before two people."""
    contexts = [
        browser.new_context(storage_state=state, locale="en-GB")
        for state in (crowded.owner, crowded.colleague)
    ]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{crowded.base}/sequences/{crowded.places['draft']}")
        is_drawn(page)
        page.locator("[data-step]").first.click()
        expect(page.get_by_role("textbox", name="Subject")).to_be_visible()
    yield pages
    for context in contexts:
        context.close()


def test_the_second_to_save_is_told_and_keeps_both(two_pages, crowded):
    one, other = two_pages
    write_subject(one, FIRST)
    expect(one.get_by_text("Saved", exact=True)).to_be_visible()
    assert subject_of(one, crowded, crowded.places["draft"]) == FIRST
    write_subject(other, SECOND)
    told = other.get_by_role("dialog")
    expect(told).to_contain_text("Nothing was overwritten")
    assert subject_of(other, crowded, crowded.places["draft"]) == FIRST
    told.get_by_role("button", name="Keep mine as a copy").click()
    expect(other).not_to_have_url(one.url)
    other.wait_for_url("**/sequences/*")
    is_drawn(other)
    copy = int(other.url.partition("?")[0].rpartition("/")[2])
    assert copy != crowded.places["draft"]
    assert subject_of(other, crowded, copy) == SECOND
    assert subject_of(one, crowded, crowded.places["draft"]) == FIRST


def write_subject(page, text):
    page.get_by_role("textbox", name="Subject").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def subject_of(page, crowded, sequence):
    answer = page.request.get(f"{crowded.base}/api/sequences/{sequence}/draft").json()
    return answer["document"]["steps"][0]["content"]["subject"]
