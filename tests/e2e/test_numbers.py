"""Phones of one's own: an account at the tests' own Twilio is connected, a number added, and a text weighed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from drumbeat.core.document.form import FORMAT
from drumbeat.demo.twilio.server import ACCOUNT, TEMPLATE, TOKEN
from tests.support import working
from tests.support.hands import PATIENCE_MS, Hand, Keyboard
from tests.support.phoning import OURS
from tests.support.processes import answer, free_port, get_json, running, until
from tests.support.rooms import is_drawn
from tests.support.twilio import calling

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
TWO_MINUTES = 120.0


@dataclass(frozen=True, slots=True)
class Phoning:
    """An installation whose Twilio is the tests' own; `state` are the cookies of its owner."""

    base: str
    state: Any


@pytest.fixture(scope="module")
def phoning(browser, tmp_path_factory) -> Iterator[Phoning]:
    data, port = tmp_path_factory.mktemp("phoning") / "data", free_port()
    base = f"http://127.0.0.1:{port}"
    with calling() as twilio:
        twilio.numbers, twilio.templates = [NUMBER], [LISTED]
        answer(data, "migrate")
        surroundings = {"DRUMBEAT_PROVIDER_API_URL": twilio.base, "DRUMBEAT_PUBLIC_URL": base}
        with running(data, "serve", "--port", str(port), **surroundings):
            until(lambda: (get_json(port, "/healthz") or (0,))[0] == 200, TWO_MINUTES, pause=0.5)
            token = answer(data, "sign-in")["link"].rpartition("/")[2]
            yield Phoning(base, working.sign_in(browser, f"{base}/sign-in/{token}"))


@pytest.fixture
def settings(browser, phoning) -> Iterator[Page]:
    context = browser.new_context(storage_state=phoning.state, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{phoning.base}/settings/numbers")
    is_drawn(page)
    yield page
    context.close()


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
