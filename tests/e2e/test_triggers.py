"""What starts a sequence, built as a person builds it: by mouse and by keys alone, by day, on a phone, in German."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import smtp
from tests.support.hands import PATIENCE_MS, Hand, Keyboard, Mouse
from tests.support.processes import answer, free_port, get_json, running, until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

TWO_MINUTES = 120.0
PHONE = {"width": 390, "height": 844}
PASSWORD = "violet-harbour-43"
TAG = "vip"
TELL = """async ([path, body]) => {
  const token = (document.cookie.match(/csrftoken=([^;]+)/) || [])[1];
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const answered = await fetch(`/api/${path}`, {method: "POST", headers, body: JSON.stringify(body)});
  return await answered.json();
}"""


class Place:
    """A fresh installation that serves, and a mail server that takes what leaves."""

    def __init__(self, data, server):
        self.data = data
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.claim = answer(data, "migrate")["claim_link"].rpartition("/welcome/")[2]
        mailbox = f"smtp://127.0.0.1:{server.port}"
        answer(data, "sender", "add", "rep@ours.test", "--name", "Robin Vale", "--smtp", mailbox, "--always")

    def is_up(self):
        return (get_json(self.port, "/healthz") or (0,))[0] == 200


@pytest.fixture
def place(tmp_path):
    with smtp.serving(tmp_path / "judge") as server:
        made = Place(tmp_path / "data", server)
        with running(made.data, "serve", "--port", str(made.port)):
            until(made.is_up, TWO_MINUTES, pause=0.5)
            yield made


@pytest.fixture
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/Berlin",
        "reduced_motion": "reduce",
    }


@pytest.fixture(params=[pytest.param(Mouse, id="by mouse"), pytest.param(Keyboard, id="by keyboard alone")])
def hand(request, page) -> Hand:
    page.set_default_timeout(PATIENCE_MS)
    chosen: Hand = request.param(page)
    return chosen


def test_who_gets_a_tag_is_enrolled_and_stands_among_the_last_matches(page: Page, place, hand, faults_of):
    claim(page, place)
    contact = tell(page, "contacts", {"first_name": "Kim", "email": "kim@example.com"})["id"]
    sequence = begin(page, place)
    build(page, hand, sequence)
    expect(starts(page)).to_contain_text("Starts when the tag “vip” is added, or a meeting is booked.")
    assert faults_of(page) == []
    tell(page, "contacts/bulk", {"contact_ids": [contact], "act": "add_tag", "tag": TAG})
    row = starts(page).get_by_role("row").filter(has_text="Kim")
    expect(row).to_contain_text("A tag is added", timeout=PATIENCE_MS)
    expect(row).to_contain_text("Enrolled")
    fits_a_phone(page, faults_of)


def claim(page: Page, place: Place) -> None:
    page.goto(f"{place.base}/welcome/{place.claim}")
    page.get_by_label("Your name").fill("Robin Vale")
    page.get_by_label("Email").fill("robin@ours.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Name of the workspace").fill("Ours")
    page.get_by_role("button", name="Take over and begin").click()
    expect(page.get_by_role("navigation").first).to_contain_text("Sequences", timeout=PATIENCE_MS)


def tell(page: Page, path: str, body: object):
    return page.evaluate(TELL, [path, body])


def begin(page: Page, place: Place) -> str:
    """Activate a template; return the address of the sequence."""
    made = tell(page, "sequences", {"name": "Welcome", "template": "follow_up_series"})
    revision = made["draft"]["revision"]
    assert tell(page, f"sequences/{made['id']}/activate", {"revision": revision})
    return f"{place.base}/sequences/{made['id']}"


def build(page: Page, hand: Hand, sequence: str) -> None:
    page.goto(f"{sequence}/settings")
    is_drawn(page)
    hand.press(starts(page).get_by_role("button", name="A tag is added"))
    tag = starts(page).locator("input[aria-label='Which tag']")
    hand.write(tag, TAG)
    page.keyboard.press("Escape")
    hand.press(starts(page).get_by_role("button", name="Add another start"))
    kind = starts(page).locator("input[aria-label='What happens']").last
    hand.write(kind, "A meeting is booked")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    hand.press(starts(page).get_by_role("button", name="Save", exact=True))
    expect(page.get_by_text("What starts it is saved.")).to_be_visible()


def starts(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile("What starts it|Was sie auslöst"), exact=False).first


def fits_a_phone(page: Page, faults_of) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    is_drawn(page)
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
