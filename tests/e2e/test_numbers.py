"""Phones of one's own: an account at the tests' own Twilio is connected, a number added, and a text weighed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from drumbeat.core.document.form import FORMAT
from drumbeat.demo.twilio.server import ACCOUNT, TEMPLATE, TOKEN
from tests.support import working
from tests.support.hands import Hand, Keyboard
from tests.support.phoned import Phoned, phoned
from tests.support.phoning import OURS
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

NUMBER = {"phone_number": OURS, "friendly_name": "Sales", "capabilities": {"sms": True, "voice": True}}
LISTED = {
    "sid": TEMPLATE,
    "friendly_name": "hello",
    "language": "en",
    "variables": {"1": "Ann"},
    "types": {"twilio/text": {"body": "Hi {{1}}, shall we talk?"}},
    "approval_requests": {"status": "approved"},
}


@pytest.fixture(scope="module")
def phoning(browser, tmp_path_factory) -> Iterator[Phoned]:
    with phoned(browser, tmp_path_factory.mktemp("phoning")) as made:
        made.twilio.numbers, made.twilio.templates = [NUMBER], [LISTED]
        yield made


@pytest.fixture
def settings(browser, phoning) -> Iterator[Page]:
    with phoning.seen(browser) as page:
        page.goto(f"{phoning.base}/settings/numbers")
        is_drawn(page)
        yield page


def test_an_account_is_connected_and_a_number_sends_from_then_on(settings, phoning, faults_of):
    page = settings
    hand: Hand = Keyboard(page)
    expect(page.get_by_text("No account is connected")).to_be_visible()
    assert faults_of(page) == []
    hand.press(page.get_by_role("button", name="Connect Twilio"))
    dialog = page.get_by_role("dialog")
    hand.write(dialog.get_by_role("textbox", name="Account SID"), ACCOUNT)
    hand.write(dialog.get_by_label("Auth token"), "wrong")
    hand.press(dialog.get_by_role("button", name="Connect Twilio"))
    expect(dialog.get_by_role("alert")).to_be_visible()
    assert faults_of(page) == []
    hand.write(dialog.get_by_label("Auth token"), TOKEN)
    hand.press(dialog.get_by_role("button", name="Connect Twilio"))
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("textbox", name="Address for incoming messages")).to_be_visible()
    hand.press(page.get_by_role("button", name="Ask Twilio anew"))
    expect(page.get_by_text("Hi {{1}}, shall we talk?")).to_be_visible()
    hand.press(page.get_by_role("button", name="Add a number"))
    expect(dialog.get_by_role("combobox", name="Number")).to_contain_text(OURS)
    assert faults_of(page) == []
    hand.press(dialog.get_by_role("button", name="Add a number"))
    expect(page.get_by_role("table")).to_contain_text(OURS)
    assert faults_of(page) == []


def test_a_text_is_weighed_while_it_is_written(settings, phoning, faults_of):
    page = settings
    document = {
        "format": FORMAT,
        "start": "text",
        "steps": [
            {"key": "text", "kind": "sms", "text": "Shall we talk? 😀", "next": "hello"},
            {"key": "hello", "kind": "whatsapp", "template_id": TEMPLATE, "next": "call"},
            {"key": "call", "kind": "voice", "script": "Hello, this is Ann. I sent you a mail."},
        ],
    }
    made = page.evaluate(working.TELL, ["POST", "sequences", {"name": "Phones", "document": document}])
    page.goto(f"{phoning.base}/sequences/{made['id']}")
    is_drawn(page)
    step = page.locator("[data-step]")
    step.nth(0).click()
    expect(page.get_by_text("17 characters in UCS-2 · 1 segment")).to_be_visible()
    expect(page.get_by_text("more than twice as much: 😀")).to_be_visible()
    assert faults_of(page) == []
    step.nth(2).click()
    expect(page.get_by_text("Takes 4 seconds to say.")).to_be_visible()
    assert faults_of(page) == []
