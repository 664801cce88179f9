"""Two people with one sequence open: each sees the other and what they change; what both change is chosen.

Nothing of anybody is overwritten or lost, also while the network is gone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.rooms import is_drawn
from tests.support.working import TELL

pytestmark = pytest.mark.e2e

PATIENCE_MS = 40_000
FIRST, SECOND = "The first one wrote this", "The second one wrote that"


@dataclass(frozen=True)
class Opened:
    """One draft of two mails, open at its first step before two people."""

    base: str
    sequence: int
    one: Page
    other: Page

    def draft(self, sequence: int = 0) -> str:
        return f"{self.base}/api/sequences/{sequence or self.sequence}/draft"

    def subjects(self, sequence: int = 0) -> list[str]:
        """Return the subjects of a working copy as it is saved, in the order of its steps."""
        return subjects_of(self.other.request.get(self.draft(sequence)).json())

    def published(self) -> list[str]:
        """Return the subjects of the version that runs."""
        path = f"{self.base}/api/sequences/{self.sequence}/versions/1"
        return subjects_of(self.one.request.get(path).json())


def subjects_of(answer: dict[str, Any]) -> list[str]:
    return [step["content"]["subject"] for step in answer["document"]["steps"]]


@pytest.fixture
def both(browser, crowded):
    contexts = [
        browser.new_context(storage_state=state, locale="en-GB")
        for state in (crowded.owner, crowded.colleague)
    ]
    one, other = (context.new_page() for context in contexts)
    one.goto(f"{crowded.base}/sequences")
    document = {"format": 1, "steps": [a_mail("first"), a_mail("second")]}
    made = one.evaluate(TELL, ["POST", "sequences", {"name": "Together", "document": document}])
    opened = Opened(crowded.base, made["id"], one, other)
    for page in (one, other):
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{crowded.base}/sequences/{opened.sequence}?step=first")
        is_drawn(page)
        expect(subject_field(page)).to_be_visible()
    yield opened
    for context in contexts:
        context.close()


def a_mail(key):
    return {"key": key, "kind": "email", "content": {"subject": key, "text": "Hello"}}


def test_each_sees_the_other_and_what_they_change(both):
    for page in (both.one, both.other):
        here = page.get_by_role("list", name="Who else is here")
        expect(here).to_be_visible(timeout=PATIENCE_MS)
        expect(here.get_by_role("listitem")).to_have_attribute(
            "aria-label", re.compile("is here, at “.+”"), timeout=PATIENCE_MS
        )
    write_subject(both.one, "Seen by both")
    expect(subject_field(both.other)).to_contain_text("Seen by both", timeout=PATIENCE_MS)
    expect(both.other.get_by_text("changed “Seen by both”")).to_be_visible()


def test_edits_of_different_steps_are_brought_together(both):
    deaf(both.other)
    both.other.locator("[data-step=second]").click()
    expect(subject_field(both.other)).to_contain_text("second")
    write_subject(both.one, "Of the first")
    is_saved(both.one)
    write_subject(both.other, "Of the second")
    expect(both.other.get_by_text("brought together with yours")).to_be_visible(timeout=PATIENCE_MS)
    is_saved(both.other)
    assert both.subjects() == ["Of the first", "Of the second"]


def test_the_same_step_is_chosen_and_nothing_is_overwritten_until_then(both):
    told = both_write(both)
    told.get_by_role("radio", name="Yours").click()
    told.get_by_role("button", name="Go on with what I chose").click()
    expect(told).to_be_hidden()
    is_saved(both.other)
    assert both.subjects()[0] == SECOND


def test_the_second_may_keep_both_apart(both):
    told = both_write(both)
    told.get_by_role("button", name="Keep mine as a copy").click()
    both.other.wait_for_url(lambda url: f"/sequences/{both.sequence}" not in url)
    is_drawn(both.other)
    copy = int(both.other.url.partition("?")[0].rpartition("/")[2])
    assert both.subjects(copy)[0] == SECOND
    assert both.subjects()[0] == FIRST


@pytest.mark.parametrize(("chosen", "left"), [("Yours", ["second"]), ("Theirs", [FIRST, "second"])])
def test_what_one_removes_and_the_other_edits_is_chosen(both, chosen, left):
    deaf(both.other)
    write_subject(both.one, FIRST)
    is_saved(both.one)
    both.other.get_by_role("button", name="Remove", exact=True).click()
    told = both.other.get_by_role("dialog")
    for words in ("Nothing was overwritten", "Removed"):
        expect(told).to_contain_text(words, timeout=PATIENCE_MS)
    assert both.subjects() == [FIRST, "second"]
    told.get_by_role("radio", name=chosen).click()
    told.get_by_role("button", name="Go on with what I chose").click()
    expect(told).to_be_hidden()
    is_saved(both.other)
    assert both.subjects() == left


def test_what_one_publishes_has_nothing_of_what_the_other_writes_meanwhile(both):
    deaf(both.other)
    both.other.locator("[data-step=second]").click()
    expect(subject_field(both.other)).to_contain_text("second")
    both.other.route("**/draft", unsent)
    write_subject(both.other, SECOND)
    expect(both.other.get_by_text("Kept here: nobody answers.").first).to_be_visible(timeout=PATIENCE_MS)
    write_subject(both.one, FIRST)
    is_saved(both.one)
    revision = both.one.request.get(both.draft()).json()["revision"]
    both.one.evaluate(TELL, ["POST", f"sequences/{both.sequence}/activate", {"revision": revision}])
    both.other.unroute("**/draft")
    expect(both.other.get_by_text("brought together with yours")).to_be_visible(timeout=PATIENCE_MS)
    is_saved(both.other)
    assert both.subjects() == [FIRST, SECOND]
    assert both.published() == [FIRST, "second"]
    expect(both.other.get_by_role("link", name="1 change not published")).to_be_visible(timeout=PATIENCE_MS)


def test_what_is_written_without_a_network_is_sent_once_it_is_back(both):
    both.one.context.set_offline(True)
    write_subject(both.one, "Written in a train")
    expect(both.one.get_by_text("Kept here: nobody answers.").first).to_be_visible(timeout=PATIENCE_MS)
    assert both.subjects()[0] == "first"
    both.one.context.set_offline(False)
    is_saved(both.one)
    expect(subject_field(both.other)).to_contain_text("Written in a train", timeout=PATIENCE_MS)
    assert both.subjects()[0] == "Written in a train"


def test_nothing_is_lost_without_a_network_over_a_reload(both):
    both.one.route("**/draft", unsent)
    write_subject(both.one, "Written in a tunnel")
    expect(both.one.get_by_text("Kept here: nobody answers.").first).to_be_visible(timeout=PATIENCE_MS)
    both.one.reload()
    expect(both.one.get_by_text("Your edits from before are back")).to_be_visible(timeout=PATIENCE_MS)
    expect(subject_field(both.one)).to_contain_text("Written in a tunnel")
    assert both.subjects()[0] == "first"
    both.one.unroute("**/draft")
    is_saved(both.one)
    assert both.subjects()[0] == "Written in a tunnel"


def test_a_rule_that_the_other_saved_meanwhile_is_not_overwritten(both):
    settings = f"sequences/{both.sequence}/settings"
    begun, theirs = ({"any": [{"event": "tag_added", "name": name}]} for name in ("lost", "won"))
    both.other.evaluate(TELL, ["PATCH", settings, {"stop_when": begun}])
    both.one.goto(f"{both.base}/{settings}")
    is_drawn(both.one)
    rule = both.one.get_by_role("region", name="Stop rule")
    tag = rule.locator("input[aria-label='Which tag']")
    tag.fill("mine")
    both.other.evaluate(TELL, ["PATCH", settings, {"stop_when": theirs}])
    rule.get_by_role("button", name="Save", exact=True).click()
    expect(rule).to_contain_text("It says now: Stops when the tag “won” is added.", timeout=PATIENCE_MS)
    rule.get_by_role("button", name="Go on with mine").click()
    rule.get_by_role("button", name="Save", exact=True).click()
    expect(both.one.get_by_text("The stop rule is saved.")).to_be_visible()
    kept = both.other.request.get(f"{both.base}/api/sequences/{both.sequence}").json()["settings"]
    assert kept["stop_when"]["any"][0]["name"] == "mine"


def unsent(route):
    """Let nothing be saved."""
    if route.request.method == "PUT":
        route.abort("internetdisconnected")
    else:
        route.continue_()


def both_write(both):
    """Let both write one subject, the second without having seen the first; return what the second is asked."""
    deaf(both.other)
    write_subject(both.one, FIRST)
    is_saved(both.one)
    assert both.subjects()[0] == FIRST
    write_subject(both.other, SECOND)
    told = both.other.get_by_role("dialog")
    for words in ("Nothing was overwritten", FIRST, SECOND):
        expect(told).to_contain_text(words, timeout=PATIENCE_MS)
    assert both.subjects()[0] == FIRST
    return told


def deaf(page):
    """Keep a page from learning that the other one saved, as if both had saved in one moment."""
    page.route("**/presence", lambda route: route.abort())


def is_saved(page):
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible(timeout=PATIENCE_MS)


def subject_field(page):
    return page.get_by_role("textbox", name="Subject")


def write_subject(page, text):
    subject_field(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    expect(page.get_by_text("Saved", exact=True)).to_have_count(0)
