"""Two people with one sequence open: each sees the other and what they change; what both change is chosen, and nothing of
anybody is overwritten or lost, also while the network is gone.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

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
        opened(page, crowded)
    yield pages
    for context in contexts:
        context.close()


def opened(page, crowded):
    page.goto(f"{crowded.base}/sequences/{crowded.places['draft']}")
    is_drawn(page)
    page.locator("[data-step]").first.click()
    expect(page.get_by_role("textbox", name="Subject")).to_be_visible()


def test_each_sees_the_other_and_what_they_change(two_pages, crowded):
    one, other = two_pages
    for page in two_pages:
        here = page.get_by_role("list", name="Who else is here")
        expect(here).to_be_visible(timeout=PATIENCE_MS)
        expect(here.get_by_role("listitem")).to_have_attribute("aria-label", re.compile("is here, at “.+”"))
    write_subject(one, "Seen by both")
    expect(other.get_by_role("textbox", name="Subject")).to_contain_text("Seen by both", timeout=PATIENCE_MS)
    expect(other.get_by_text("changed “Seen by both”")).to_be_visible()


def test_edits_of_different_steps_are_brought_together(two_pages, crowded):
    one, other = two_pages
    deaf(other)
    other.locator("[data-step]").nth(1).click()
    second = key_of(other)
    write_subject(one, "Of the first")
    is_saved(one)
    write_subject(other, "Of the second")
    is_saved(other)
    subjects = subjects_of(one, crowded, crowded.places["draft"])
    assert subjects[key_of(one)] == "Of the first"
    assert subjects[second] == "Of the second"
    expect(other.get_by_text("brought together with yours")).to_be_visible()


def test_the_same_step_is_chosen_and_nothing_is_overwritten_until_then(two_pages, crowded):
    told = both_write(two_pages, crowded)
    _, other = two_pages
    told.get_by_role("radio", name="Yours").click()
    told.get_by_role("button", name="Go on with what I chose").click()
    expect(told).to_be_hidden()
    is_saved(other)
    assert subject_of(other, crowded, crowded.places["draft"]) == SECOND


def test_the_second_may_keep_both_apart(two_pages, crowded):
    told = both_write(two_pages, crowded)
    one, other = two_pages
    told.get_by_role("button", name="Keep mine as a copy").click()
    expect(other).not_to_have_url(one.url)
    other.wait_for_url("**/sequences/*")
    is_drawn(other)
    copy = int(other.url.partition("?")[0].rpartition("/")[2])
    assert copy != crowded.places["draft"]
    assert subject_of(other, crowded, copy) == SECOND
    assert subject_of(one, crowded, crowded.places["draft"]) == FIRST


def test_nothing_is_lost_without_a_network_over_a_reload(two_pages, crowded):
    one, _ = two_pages
    one.route("**/draft", lambda route: route.abort("internetdisconnected"))
    write_subject(one, "Written in a tunnel")
    expect(one.get_by_text("Kept here: nobody answers.")).to_be_visible()
    assert subject_of(one, crowded, crowded.places["draft"]) != "Written in a tunnel"
    one.unroute("**/draft")
    one.reload()
    expect(one.get_by_text("Your edits from before are back")).to_be_visible(timeout=PATIENCE_MS)
    expect(one.get_by_role("textbox", name="Subject")).to_contain_text("Written in a tunnel")
    is_saved(one)
    assert subject_of(one, crowded, crowded.places["draft"]) == "Written in a tunnel"


def both_write(pages, crowded):
    """Let both write one subject, the second without having seen the first; return what the second is asked."""
    one, other = pages
    deaf(other)
    write_subject(one, FIRST)
    is_saved(one)
    assert subject_of(one, crowded, crowded.places["draft"]) == FIRST
    write_subject(other, SECOND)
    told = other.get_by_role("dialog")
    expect(told).to_contain_text("Nothing was overwritten")
    expect(told).to_contain_text(FIRST)
    expect(told).to_contain_text(SECOND)
    assert subject_of(other, crowded, crowded.places["draft"]) == FIRST
    return told


def deaf(page):
    """Keep a page from learning that the other one saved, as if both had saved in one moment."""
    page.route("**/presence", lambda route: route.abort())


def is_saved(page):
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def write_subject(page, text):
    page.get_by_role("textbox", name="Subject").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def key_of(page):
    return parse_qs(urlsplit(page.url).query)["step"][0]


def subjects_of(page, crowded, sequence):
    answer = page.request.get(f"{crowded.base}/api/sequences/{sequence}/draft").json()
    return {step["key"]: (step.get("content") or {}).get("subject") for step in answer["document"]["steps"]}


def subject_of(page, crowded, sequence):
    return next(iter(subjects_of(page, crowded, sequence).values()))
