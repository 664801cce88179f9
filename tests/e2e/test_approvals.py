"""Ten drafts of an agent are read and decided by keys alone: one is edited, one is taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.support.drafting import written
from tests.support.model import a_model
from tests.support.processes import until
from tests.support.rooms import is_drawn
from tests.support.working import Working, working

pytestmark = pytest.mark.e2e

PEOPLE = ("Ada", "Bea", "Cem", "Dan", "Eli", "Fay", "Gus", "Hal", "Ida", "Jan")
SECONDS = 90.0
FLOW = {
    "format": 1,
    "start": "hello",
    "steps": [
        {
            "key": "hello",
            "kind": "email",
            "job_type": "initial_outreach",
            "written_by": "agent",
            "hints": {"angle": "parts orders", "call_to_action": "ten minutes"},
            "next": None,
        }
    ],
}


@pytest.fixture(scope="module")
def office(browser, tmp_path_factory) -> Iterator[Working]:
    """An installation at work whose agent writes by a model of the tests."""
    folder = tmp_path_factory.mktemp("approvals")
    with a_model(written()) as model, working(browser, folder, **model.settings()) as made:
        yield made


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.fixture
def drafts(page, office) -> Page:
    """The room of approvals with ten drafts that wait."""
    page.goto(f"{office.base}/contacts")
    is_drawn(page)
    office.tell(page, "agents", {"name": "Mira", "facts": ["We plan parts orders."]})
    made = office.tell(page, "sequences", {"name": "By the agent", "document": FLOW})
    revision = {"revision": made["draft"]["revision"]}
    office.tell(page, f"sequences/{made['id']}/activate", revision)
    ids = [
        office.a_contact(page, first_name=name, last_name="Moor", email=f"{name.lower()}@cobalt.example")
        for name in PEOPLE
    ]
    office.tell(page, "enroll", {"sequence_id": made["id"], "contact_ids": ids})
    until(lambda: counted(page) == len(PEOPLE), SECONDS, pause=0.5)
    page.goto(f"{office.base}/approvals")
    is_drawn(page)
    opened: Page = page
    return opened


def counted(page: Page) -> int:
    return int(page.evaluate("fetch('/api/approvals/counts').then((said) => said.json())")["waiting"])


def test_ten_drafts_are_decided_by_keys_alone(drafts, faults_of):
    page = drafts
    expect(page.get_by_role("button", name="Approve and next")).to_be_visible()
    assert faults_of(page) == []
    page.keyboard.press("e")
    page.get_by_role("textbox", name="Text").press_sequentially("Dear ")
    assert faults_of(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Approved for Ada Moor.")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_text("The draft waits again.")).to_be_visible()
    expect(page.get_by_role("region", name="Ada Moor")).to_be_visible()
    for name in PEOPLE:
        expect(page.get_by_role("region", name=f"{name} Moor")).to_be_visible()
        page.keyboard.press("Control+Enter")
        expect(page.get_by_text(f"Approved for {name} Moor.")).to_be_visible()
    expect(page.get_by_text("No draft waits")).to_be_visible()
    assert counted(page) == 0
    is_read_on_a_phone(page)
    assert faults_of(page) == []


def is_read_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(page.url.replace("/approvals", "/approvals?show=decided"))
    line = page.get_by_role("button", name="Ada Moor")
    line.click()
    expect(page.get_by_role("button", name="Back to the list")).to_be_visible()
    expect(line).to_be_hidden()
    expect(page.get_by_text("Changed and approved by")).to_be_visible()
