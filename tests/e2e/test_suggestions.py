"""An agent drafts an answer to a mail that came; a person reads it in the Inbox and decides what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.answered import ANSWER, ANSWERS, answering
from tests.support.hands import PATIENCE_MS, Hand
from tests.support.model import a_model
from tests.support.processes import until
from tests.support.rooms import is_drawn
from tests.support.working import Working, working

pytestmark = pytest.mark.e2e

SECONDS = 60.0


@pytest.fixture(scope="module")
def office(browser, tmp_path_factory) -> Iterator[Working]:
    """An installation at work whose agent drafts answers by a model of the tests."""
    folder = tmp_path_factory.mktemp("suggestions")
    with a_model(answering()) as model, working(browser, folder, **model.settings()) as made:
        yield made


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.fixture
def agent(page, office) -> int:
    page.goto(f"{office.base}/contacts")
    is_drawn(page)
    known = page.evaluate("async () => (await fetch('/api/agents')).json()")["items"]
    made: int = (known or [office.tell(page, "agents", {"name": "Scout", **ANSWERS})])[0]["id"]
    return made


def test_it_is_sent_as_it_is_taken_back_and_sent_changed(page, office, agent, hand: Hand, faults_of):
    contact, suggestion = written_to(page, office, agent, f"Kim{type(hand).__name__}")
    expect(suggestion.get_by_text("Not sent")).to_be_visible()
    assert faults_of(page) == []

    hand.press(suggestion.get_by_role("button", name="Send", exact=True))
    hand.press(page.get_by_role("button", name="Take back"))
    expect(suggestion).to_be_visible(timeout=PATIENCE_MS)

    hand.press(suggestion.get_by_role("button", name="Edit in the composer"))
    field = page.get_by_role("textbox", name="Message")
    expect(field).to_have_value(ANSWER)
    hand.write(field, "Thursday it is.")
    hand.press(page.get_by_role("button", name="Send"))
    expect(suggestion).to_have_count(0, timeout=PATIENCE_MS)
    until(lambda: "Thursday it is." in said_to(page, contact), SECONDS, pause=0.3)


def test_it_is_written_anew_with_a_wish_and_thrown_away(page, office, agent, faults_of):
    contact, suggestion = written_to(page, office, agent, "Lou")
    suggestion.get_by_role("button", name="Write anew…").click()
    page.get_by_role("textbox", name="What should be different?").fill("Offer Friday")
    assert faults_of(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Write anew").click()
    expect(suggestion.get_by_text("Your wish: Offer Friday")).to_be_visible(timeout=PATIENCE_MS)

    suggestion.get_by_role("button", name="Throw away").click()
    page.get_by_role("dialog").get_by_role("button", name="Throw away").click()
    expect(suggestion).to_have_count(0, timeout=PATIENCE_MS)
    assert ANSWER not in said_to(page, contact)


def test_it_says_that_the_agent_is_another_by_now(page, office, agent):
    _, suggestion = written_to(page, office, agent, "Max")
    office.tell(page, f"agents/{agent}", {"persona": "Dry and short."}, "PATCH")
    page.reload()
    expect(suggestion.get_by_text("Changed since then: the agent.")).to_be_visible(timeout=PATIENCE_MS)


def test_it_is_found_in_approvals_by_keys_and_opened_where_it_was_asked(page, office, agent, faults_of):
    contact, _ = written_to(page, office, agent, "Nia")
    page.goto(f"{office.base}/approvals?show=answers&q=nia%40example.com")
    is_drawn(page)
    [line] = page.get_by_role("list", name="Drafted answers").get_by_role("link").all()
    expect(line).to_contain_text("Would Thursday at ten suit you?")
    expect(line).to_contain_text(ANSWER)
    assert faults_of(page) == []
    counted = page.evaluate("async () => (await fetch('/api/answer-drafts/counts')).json()")["waiting"]
    expect(page.get_by_role("link", name="Approvals")).to_contain_text(str(counted))

    page.keyboard.press("j")
    expect(line).to_be_focused()
    page.keyboard.press("e")
    expect(page).to_have_url(re.compile(rf"/inbox/{contact}$"))
    expect(page.get_by_role("region", name="Scout drafted an answer")).to_contain_text(ANSWER)


def test_on_a_phone_it_is_in_sight_below_what_was_asked(page, office, agent):
    page.set_viewport_size({"width": 390, "height": 844})
    _, suggestion = written_to(page, office, agent, "Pia", "Much happened here.\n\n" * 40)
    page.reload()
    send = suggestion.get_by_role("button", name="Send", exact=True)
    expect(send).to_be_in_viewport(ratio=1, timeout=PATIENCE_MS)


def written_to(page: Page, office: Working, agent: int, name: str, before: str = "") -> tuple[int, Locator]:
    """Let somebody write to us; return who, and what the agent would answer, opened in the Inbox."""
    address = f"{name.lower()}@example.com"
    contact = office.a_contact(page, email=address, first_name=name)
    office.arrives(address, f"{before}That sounds good. Would Thursday at ten suit you?")
    page.goto(f"{office.base}/inbox/{contact}?scope=all")
    page.get_by_role("button", name="Yes").click(timeout=PATIENCE_MS)
    suggestion = page.get_by_role("region", name="Scout drafted an answer")
    expect(suggestion).to_contain_text(ANSWER, timeout=PATIENCE_MS)
    return contact, suggestion


def said_to(page: Page, contact: int) -> str:
    return str(page.evaluate(f"async () => (await fetch('/api/conversations/{contact}')).text()"))
