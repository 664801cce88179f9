"""A test of a mail comes to one's own address as a chosen contact would read it, says so, and counts nowhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.processes import until
from tests.support.rooms import is_drawn
from tests.support.working import SENDER

pytestmark = pytest.mark.e2e

SECONDS = 60.0
STEP = {
    "key": "hello",
    "kind": "email",
    "content": {
        "subject": "An idea for {{ contact.company }}",
        "text": "Hello {{ contact.first_name }}, shall we talk?",
    },
}


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.fixture
def sequence(at_work, office) -> int:
    """A sequence of one mail, open at that."""
    made = office.tell(
        at_work, "sequences", {"name": "Tried", "document": {"format": 1, "start": "hello", "steps": [STEP]}}
    )
    number: int = made["id"]
    return number


@pytest.fixture
def no_sender(at_work, office) -> Iterator[None]:
    """No mailbox may send while the test runs."""
    senders = [one["id"] for one in told(at_work, "senders")["items"]]
    for one in senders:
        office.tell(at_work, f"senders/{one}/disable", {})
    yield
    for one in senders:
        office.tell(at_work, f"senders/{one}/enable", {})


def test_it_comes_to_oneself_as_the_contact_would_read_it_and_counts_nowhere(
    at_work, office, sequence, hand: Hand, faults_of
):
    page, who = at_work, type(hand).__name__
    company = f"Brack {who} & Sons"
    named = {"first_name": f"Odile{who}", "last_name": "Brack", "company": company}
    contact = office.a_contact(page, **named, email=f"odile.{who}@example.com")
    own, story = told(page, "session")["email"], f"contacts/{contact}/timeline"
    before = told(page, story)
    dialog = opened(page, office, sequence, hand)
    expect(dialog.get_by_role("textbox", name="To the address")).to_have_value(own)
    hand.write(dialog.get_by_role("combobox", name="For"), f"Odile{who}")
    page.get_by_role("option", name=f"Odile{who} Brack").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert faults_of(page) == []
    hand.press(dialog.get_by_role("button", name="Send 1 test mail"))
    expect(dialog.get_by_text(f"Sent to {own}.")).to_be_visible(timeout=PATIENCE_MS)

    (mail,) = until(lambda: [one for one in office.sent() if company in str(one["Subject"])], SECONDS)
    assert (mail["To"], str(mail["Subject"])) == (own, f"[Test] An idea for {company}")
    assert SENDER in str(mail["From"])
    body = mail.get_body(("plain",))
    assert body is not None
    assert f"Hello Odile{who}, shall we talk?" in body.get_content()

    assert told(page, f"sequences/{sequence}/step-numbers") == []
    assert told(page, f"enrollments?sequence_id={sequence}")["items"] == []
    assert told(page, story) == before
    assert own not in [one["email"] for one in told(page, "contacts?limit=200")["items"]]


def test_where_nobody_can_send_it_is_said_before_and_after_one_tries(
    at_work, office, sequence, no_sender, hand: Hand, faults_of
):
    page = at_work
    sent = len(office.sent())
    dialog = opened(page, office, sequence, hand)
    hand.press(dialog.get_by_role("button", name="Send 1 test mail"))
    expect(dialog).to_contain_text("Add one under Senders", timeout=PATIENCE_MS)
    assert faults_of(page) == []
    hand.press(dialog.get_by_role("button", name="Close").last)
    hint = page.get_by_role("link", name="Senders").last
    expect(hint).to_be_visible()
    assert len(office.sent()) == sent


def opened(page: Page, office, sequence: int, hand: Hand) -> Locator:
    """Open the dialog that sends a test of the step."""
    page.goto(f"{office.base}/sequences/{sequence}?step=hello")
    is_drawn(page)
    hand.press(page.get_by_role("button", name="Send me a test"))
    return page.get_by_role("dialog", name="Send a test")


def told(page: Page, path: str):
    """Ask the API as the page does."""
    return page.evaluate("async (path) => (await fetch(`/api/${path}`)).json()", path)
