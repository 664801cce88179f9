"""Versions in the browser: two set against each other on the canvas and in the line, one restored, people moved."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def a_mail(key: str, following: str | None, text: str = "Hello") -> dict[str, Any]:
    content = {"subject": f"About {key}", "text": f"{text} {{{{ unsubscribe_url }}}}"}
    return {"kind": "email", "key": key, "delay": "1d", "next": following, "content": content}


def a_fork(*, call: bool, intro: str) -> dict[str, Any]:
    """Return a flow that asks who answered; `call`: a way and a step on it that the other has not."""
    ways = [("Answered", "event.replied", "warm")] + ([("Opened", "event.opened", "call")] if call else [])
    branches = [
        {"name": name, "condition": {"rules": [{"field": field, "operator": "happened"}]}, "next": to}
        for name, field, to in ways
    ]
    ask = {"kind": "condition", "key": "ask", "delay": "2d", "next": "last", "branches": branches}
    steps = [a_mail("intro", "ask", intro), ask, a_mail("warm", "last"), a_mail("last", None)]
    task = {"kind": "task", "key": "call", "delay": "4h", "next": "last", "title": "Call them"}
    return {"format": 1, "start": "intro", "steps": [*steps, task] if call else steps}


def a_changed_sequence(office, page: Page, name: str) -> int:
    """Publish a flow and edit its working copy: a text, a way, and the step on it."""
    made = office.tell(page, "sequences", {"name": name, "description": ""})
    number, revision = int(made["id"]), made["draft"]["revision"]
    for document, publishes in (
        (a_fork(call=True, intro="First"), True),
        (a_fork(call=False, intro="Then"), False),
    ):
        body = {"document": document, "revision": revision}
        revision = office.tell(page, f"sequences/{number}/draft", body, "PUT")["revision"]
        if publishes:
            office.tell(page, f"sequences/{number}/activate", {"revision": revision})
    return number


def keys_of(office, page: Page, sequence: int) -> set[str]:
    text = page.request.get(f"{office.base}/api/sequences/{sequence}/draft").text()
    return {step["key"] for step in json.loads(text)["document"]["steps"]}


@pytest.mark.parametrize("view", ["canvas", "line"])
def test_two_versions_are_drawn_as_one(at_work, office, faults_of, view):
    page = at_work
    sequence = a_changed_sequence(office, page, f"Compared on the {view}")
    page.goto(f"{office.base}/sequences/{sequence}?view={view}")
    is_drawn(page)
    page.get_by_role("link", name="3 changes not published").click()
    expect(page.get_by_role("status").filter(has_text="1 removed · 2 changed")).to_be_visible()
    drawn = page.locator(f"[data-view={view}]")
    for step, change in (("intro", "Changed"), ("ask", "Changed"), ("call", "Removed")):
        expect(drawn.locator(f"[data-step={step}]")).to_contain_text(change)
    expect(drawn.locator("[data-step=warm]")).not_to_contain_text("Changed")
    panel = page.get_by_role("region", name="What is different")
    expect(panel.locator("del", has_text="First")).to_be_visible()
    expect(panel.locator("ins", has_text="Then")).to_be_visible()
    expect(panel).to_contain_text("The way “Opened” is gone; it led to “Call them”.")
    assert faults_of(page) == []
    for key, step in (("n", "intro"), ("n", "ask"), ("n", "call"), ("p", "ask")):
        page.keyboard.press(key)
        expect(drawn.locator(f"[data-step={step}]")).to_have_attribute("aria-current", "step")
        expect(panel.locator(f"[data-key={step}]")).to_have_attribute("data-chosen", "true")


def test_a_phone_shows_the_drawing_and_the_words_below(at_work, office, faults_of):
    page = at_work
    sequence = a_changed_sequence(office, page, "Compared on a phone")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{office.base}/sequences/{sequence}/history/compare?view=canvas")
    expect(page.locator("[data-canvas] [data-step=intro]")).to_contain_text("Changed")
    expect(page.get_by_role("region", name="What is different")).to_contain_text("Removed")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert faults_of(page) == []


def test_a_version_is_restored_and_what_it_replaced_is_had_back(at_work, office):
    page = at_work
    sequence = a_changed_sequence(office, page, "Restored")
    page.goto(f"{office.base}/sequences/{sequence}/history")
    page.get_by_role("button", name="Restore into the working copy").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("1 step added · 2 changed")
    asked.get_by_role("button", name="Restore into the working copy").click()
    expect(page.get_by_text("The two say the same.").first).to_be_visible()
    # It is drawn at once; the dialog stays until the server has it, or is too busy for it and is asked again.
    expect(asked).to_have_count(0)
    until(lambda: "call" in keys_of(office, page, sequence))
    page.reload()
    page.get_by_role("link", name="Working copy before the last restore").click()
    expect(page.locator("[data-step=call]")).to_contain_text(re.compile("Added"))
    page.get_by_role("button", name="Restore into the working copy").click()
    page.get_by_role("dialog").get_by_role("button", name="Restore into the working copy").click()
    expect(page.get_by_text("Restored: Working copy before the last restore.")).to_be_visible()
    assert "call" not in keys_of(office, page, sequence)


def test_people_at_a_step_that_is_gone_are_moved_to_the_one_that_is_chosen(at_work, office, faults_of):
    page = at_work
    made = office.tell(page, "sequences", {"name": "Moved", "description": ""})
    sequence, revision = int(made["id"]), made["draft"]["revision"]
    for first in ("intro", "welcome"):
        flow = {"format": 1, "start": first, "steps": [a_mail(first, "last"), a_mail("last", None)]}
        body = {"document": flow, "revision": revision}
        revision = office.tell(page, f"sequences/{sequence}/draft", body, "PUT")["revision"]
        if first == "intro":
            office.tell(page, f"sequences/{sequence}/activate", {"revision": revision})
            contact = office.a_contact(page, first_name="Mo", email="mo@moved.test")
            office.tell(page, "enroll", {"sequence_id": sequence, "contact_ids": [contact]})
    office.tell(page, f"sequences/{sequence}/versions", {"revision": revision})
    page.goto(f"{office.base}/sequences/{sequence}/history")
    page.get_by_role("button", name="Move people here").click()
    asked = page.get_by_role("dialog")
    expect(asked.get_by_role("button", name="Nobody moves")).to_be_disabled()
    asked.get_by_role("combobox", name="Where those at").click()
    page.get_by_role("option", name="About welcome").click()
    asked.get_by_role("button", name="See who, and when").click()
    expect(asked).to_contain_text("About welcome")
    assert faults_of(page) == []
    held: list[Route] = []

    def hold(asking: Route) -> None:
        held.append(asking)

    page.route(re.compile(r"/versions\?"), hold)
    asked.get_by_role("button", name="Move 1 person").click()
    expect(asked.get_by_role("status")).to_have_text("The move is done.", timeout=30_000)
    expect(asked).to_contain_text("1 person moved")
    # Once the list behind it knows, nobody is left to be offered a move: what became of this one is told all the same.
    for asking in held:
        asking.continue_()
    expect(page.get_by_text("Move people here")).to_have_count(0)
    expect(asked).to_contain_text("1 person moved")
    asked.get_by_role("button", name="Close").last.click()
    expect(page.get_by_role("navigation", name="Versions").get_by_text("1 person in it")).to_be_visible()
