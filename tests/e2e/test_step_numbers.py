"""A running sequence says at each step what came of it; each number is true, and opens exactly its people."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

SECONDS = 90.0
PEOPLE = ("Ann", "Bob", "Cyn")
CONTENT = {"text": "Shall we talk? {{ unsubscribe_url }}"}
WON = {"rules": [{"field": "stage", "operator": "equals", "value": "won"}]}
STEPS: list[dict[str, Any]] = [
    {"key": "hello", "kind": "email", "content": {**CONTENT, "subject": "Hello"}, "next": "mark"},
    {"key": "mark", "kind": "tag", "tag": "greeted", "only_if": WON, "next": "later"},
    {
        "key": "later",
        "kind": "email",
        "delay": "20d",
        "content": {**CONTENT, "subject": "Later"},
        "next": None,
    },
]
SAID: dict[str, dict[str, tuple[str, ...]]] = {
    "hello": {"3 done": PEOPLE, "1 replied": ("Bob",)},
    "mark": {"1 done": ("Ann",), "2 skipped: the condition of the step did not hold": ("Bob", "Cyn")},
    "later": {"2 waiting": ("Ann", "Cyn")},
}


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_numbers_are_true_and_open_exactly_their_people(at_work, office, faults_of):
    page = at_work
    sequence = a_running_sequence(page, office)
    expected = {key: sorted(said) for key, said in SAID.items()}
    until(lambda: told_at_steps(page, office, sequence) == TOLD, SECONDS, pause=1.0)

    page.goto(f"{office.base}/sequences/{sequence}?view=canvas")
    is_drawn(page)
    for key, said in expected.items():
        node = page.locator(f"[data-canvas] [data-step='{key}']")
        for words in said:
            expect(node).to_contain_text(words)

    page.goto(f"{office.base}/sequences/{sequence}?view=line")
    is_drawn(page)
    assert {key: links_of(page, key) for key in SAID} == expected
    assert faults_of(page) == []
    for key, numbers in SAID.items():
        for words, people in numbers.items():
            page.goto(f"{office.base}/sequences/{sequence}?view=line")
            page.locator(f"[data-numbers='{key}']").first.get_by_role("link", name=words, exact=True).click()
            expect(page).to_have_url(re.compile(r"/enrollments\?"))
            is_drawn(page)
            for name in PEOPLE:
                expect(page.get_by_role("row").filter(has_text=name)).to_have_count(int(name in people))


TOLD = {
    "hello": {"done": 3, "replied": 1, "waiting": 0},
    "mark": {"done": 1, "replied": 0, "waiting": 0},
    "later": {"done": 0, "replied": 0, "waiting": 2},
}


def a_running_sequence(page: Page, office) -> int:
    """Three people got the first mail, one of them is a customer, and one of the others answered."""
    document = {"format": 1, "start": "hello", "steps": STEPS}
    made = office.tell(page, "sequences", {"name": "Numbered", "document": document})
    office.tell(page, f"sequences/{made['id']}/activate", {"revision": made["draft"]["revision"]})
    contacts = [
        office.a_contact(
            page,
            first_name=name,
            last_name="Numbered",
            email=f"{name.lower()}@numbered.test",
            stage="won" if name == "Ann" else "new",
        )
        for name in PEOPLE
    ]
    office.tell(page, "enroll", {"sequence_id": made["id"], "contact_ids": contacts})
    until(lambda: len(mails_to(office, "numbered.test")) == len(PEOPLE), SECONDS)
    until(lambda: told_at_steps(page, office, made["id"]).get("later", {}).get("waiting") == 3, SECONDS)
    (got,) = [str(mail["Message-ID"]) for mail in mails_to(office, "bob@numbered.test")]
    office.arrives("bob@numbered.test", "Yes, gladly.", answers=got)
    return int(made["id"])


def mails_to(office, domain: str) -> list[Any]:
    return [mail for mail in office.sent() if domain in str(mail["To"])]


def told_at_steps(page: Page, office, sequence: int) -> dict[str, dict[str, int]]:
    numbers = page.request.get(f"{office.base}/api/sequences/{sequence}/step-numbers").json()
    return {each["step"]: {name: each[name] for name in ("done", "replied", "waiting")} for each in numbers}


def links_of(page: Page, key: str) -> list[str]:
    return sorted(page.locator(f"[data-numbers='{key}']").first.get_by_role("link").all_inner_texts())
