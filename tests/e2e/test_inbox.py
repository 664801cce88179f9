"""The Inbox by its keys: what is asked about a mail, and files that go along with an answer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.hands import PATIENCE_MS
from tests.support.pictures import a_pdf
from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def asked_about(page: Page, office, name: str) -> int:
    """Return a contact in whose name somebody wrote: only the address of the sender says so."""
    address = f"{name.lower()}@example.com"
    contact: int = office.a_contact(page, email=address, first_name=name)
    office.arrives(address, "That sounds good. Call me on Thursday.")
    until(lambda: questions(page).get(contact) == "whose_reply", patience=60.0, pause=0.3)
    return contact


def questions(page: Page) -> dict[int, str]:
    """Return what is asked in the Inbox, by contact."""
    found = page.evaluate("async () => (await fetch('/api/conversations?scope=all')).json()")["items"]
    return {item["contact"]["id"]: item["question"] for item in found}


@pytest.mark.parametrize(
    ("key", "name", "said", "kind"),
    [
        pytest.param("y", "Yara", "Counted as a reply", "reply", id="y: it is theirs"),
        pytest.param("n", "Nico", "What was paused goes on", "other", id="n: it is not"),
    ],
)
def test_whose_reply_it_is_is_said_by_one_key(at_work, office, faults_of, key, name, said, kind):
    page = at_work
    contact = asked_about(page, office, name)
    page.goto(f"{office.base}/inbox?scope=questions")
    is_drawn(page)
    page.keyboard.press("j")
    expect(page).to_have_url(f"{office.base}/inbox/{contact}?scope=questions", timeout=PATIENCE_MS)
    expect(page.get_by_text(f"Did {name} write this?")).to_be_visible(timeout=PATIENCE_MS)
    assert faults_of(page) == []

    page.keyboard.press(key)

    expect(page.get_by_text(said)).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text(f"Did {name} write this?")).to_have_count(0)
    assert questions(page)[contact] == ""
    thread = page.evaluate(f"async () => (await fetch('/api/conversations/{contact}')).json()")
    assert thread["kind"] == kind


def test_while_somebody_writes_the_keys_are_letters(at_work, office):
    page = at_work
    contact = asked_about(page, office, "Walt")
    page.goto(f"{office.base}/inbox/{contact}?scope=questions")
    is_drawn(page)
    page.keyboard.press("a")
    page.keyboard.type("yn")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("yn")
    assert questions(page)[contact] == "whose_reply"


def test_files_go_along_are_taken_back_and_leave(at_work, office, faults_of):
    page = at_work
    contact = asked_about(page, office, "Fee")
    page.goto(f"{office.base}/inbox/{contact}")
    is_drawn(page)
    along = page.get_by_role("list", name="Files that go along")
    page.get_by_role("textbox", name="Message").fill("Here it is.")
    page.locator("input[type=file]").set_input_files(
        [
            {"name": "offer.pdf", "mimeType": "application/pdf", "buffer": a_pdf()},
            {"name": "run.exe", "mimeType": "application/pdf", "buffer": b"MZ"},
            {"name": "empty.txt", "mimeType": "text/plain", "buffer": b""},
        ]
    )
    expect(along.get_by_text("offer.pdf")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("empty.txt is empty.")).to_be_visible()
    expect(page.get_by_text("run.exe may run programs")).to_be_visible(timeout=PATIENCE_MS)
    expect(along.get_by_role("listitem")).to_have_count(1)
    assert faults_of(page) == []

    page.get_by_role("button", name="Send").click()
    page.get_by_role("button", name="Take back").click(timeout=PATIENCE_MS)
    expect(along.get_by_text("offer.pdf")).to_be_visible(timeout=PATIENCE_MS)

    page.get_by_role("button", name="Send").click()
    sent = page.get_by_role("list", name="Attached files").get_by_role("link", name="offer.pdf")
    expect(sent).to_be_visible(timeout=PATIENCE_MS)
    with page.expect_download() as download:
        sent.click()
    assert download.value.suggested_filename == "offer.pdf"
