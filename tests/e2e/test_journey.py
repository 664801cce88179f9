"""From an empty workspace to a sequence that runs, as a newcomer walks it: with the mouse, and with keys alone.

Everything is real: the processes of `drumbeat serve`, a mail server that takes what leaves, mail that comes back.
"""

from __future__ import annotations

import re
import smtplib
from base64 import b64decode
from email import message_from_bytes
from email.message import Message

import pytest
from playwright.sync_api import Page, expect

from tests.support import smtp
from tests.support.hands import PATIENCE_MS, Hand
from tests.support.letters import a_mail
from tests.support.processes import answer, free_port, get_json, running, until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

TWO_MINUTES = 120.0
US = "rep@ours.test"
PASSWORD = "violet-harbour-43"
PEOPLE = "First name,Email,Company\nKim,kim@example.com,Tallow Mills\nAna,ana@example.com,Kestrel Freight\n"
FILE = {"name": "people.csv", "mimeType": "text/csv", "buffer": PEOPLE.encode()}
OURS = "How does {{ contact.company | default: 'your team' }} plan its nights?"


class Place:
    """A fresh installation that serves, and the rest of the world as a mail server of ours."""

    def __init__(self, data, server):
        self.data, self.server = data, server
        self.claim = ""
        self.port, self.inbound = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"

    def do(self, *words):
        return answer(self.data, *words)

    def serve(self):
        return running(
            self.data, "serve", "--port", str(self.port), DRUMBEAT_INBOUND_SMTP=f"127.0.0.1:{self.inbound}"
        )

    def is_up(self):
        return (get_json(self.port, "/healthz") or (0,))[0] == 200

    def mail_to(self, address: str) -> Message:
        """Wait until this person has got a mail."""
        mine = until(
            lambda: [one for one in self.server.messages if one["rcpt_tos"] == [address]], TWO_MINUTES
        )
        return message_from_bytes(b64decode(mine[0]["raw"]))

    def comes_back(self, raw: bytes) -> None:
        """Deliver a mail to drumbeat as its mail server would."""
        with smtplib.SMTP("127.0.0.1", self.inbound, timeout=20) as client:
            client.sendmail("someone@example.com", [US], raw)


@pytest.fixture
def place(tmp_path):
    with smtp.serving(tmp_path / "judge", keep_raw=True) as server:
        made = Place(tmp_path / "data", server)
        made.claim = made.do("migrate")["claim_link"].rpartition("/welcome/")[2]
        mailbox = f"smtp://127.0.0.1:{server.port}"
        made.do("sender", "add", US, "--name", "Robin Vale", "--smtp", mailbox, "--always")
        with made.serve():
            until(made.is_up, TWO_MINUTES, pause=0.5)
            yield made


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/Berlin"}


def test_an_empty_workspace_comes_to_a_sequence_that_runs_and_ends_with_a_reply(page: Page, place, hand):
    claim(page, place, hand)
    sequence = begin_with_a_template(page, place, hand)
    edit_a_step(page, hand)
    activate(page, hand)
    import_people(page, place, hand)
    enroll(page, hand)
    mail = place.mail_to("kim@example.com")
    assert mail["Subject"] == "How does Tallow Mills plan its nights?"
    page.goto(f"{sequence}/enrollments")
    row = page.get_by_role("row").filter(has_text="Kim")
    expect(row).to_contain_text("Active", timeout=PATIENCE_MS)
    reply = {"sender": "kim@example.com", "answers": str(mail["Message-ID"]).strip("<>")}
    place.comes_back(a_mail("Yes, call me on Monday.\n", **reply))
    expect(row).to_contain_text("Replied", timeout=PATIENCE_MS)
    expect(row).to_contain_text("nothing more")
    page.goto(f"{place.base}/inbox")
    hand.press(page.get_by_role("link", name=re.compile("Kim")).first)
    expect(page.get_by_text("Yes, call me on Monday.").last).to_be_visible(timeout=PATIENCE_MS)


def claim(page: Page, place: Place, hand: Hand) -> None:
    page.goto(f"{place.base}/welcome/{place.claim}")
    hand.write(page.get_by_label("Your name"), "Robin Vale")
    hand.write(page.get_by_label("Email"), "robin@ours.test")
    hand.write(page.get_by_label("Password", exact=True), PASSWORD)
    hand.write(page.get_by_label("Name of the workspace"), "Ours")
    hand.press(page.get_by_role("button", name="Take over and begin"))
    expect(page.get_by_role("navigation").first).to_contain_text("Sequences", timeout=PATIENCE_MS)


def begin_with_a_template(page: Page, place: Place, hand: Hand) -> str:
    """Return the address of the new sequence."""
    page.goto(f"{place.base}/sequences")
    hand.press(page.get_by_role("button", name=re.compile("Follow-Up Series")))
    page.wait_for_url(re.compile(r"/sequences/\d+"))
    is_drawn(page)
    return page.url.partition("?")[0]


def edit_a_step(page: Page, hand: Hand) -> None:
    hand.press(page.locator("[data-step]").first)
    hand.write(page.get_by_role("textbox", name="Subject"), OURS)
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def activate(page: Page, hand: Hand) -> None:
    hand.press(page.get_by_role("button", name="Activate"))
    dialog = page.get_by_role("dialog")
    hand.press(dialog.get_by_role("button", name=re.compile("^Activate")))
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Version 1 live")).to_be_visible()


def import_people(page: Page, place: Place, hand: Hand) -> None:
    page.goto(f"{place.base}/contacts")
    hand.press(page.get_by_role("link", name="Import").first)
    hand.choose_file(page.locator("input[type=file]"), FILE)
    hand.press(page.get_by_role("button", name="Import 2 contacts"))
    expect(page.get_by_role("status").filter(has_text="Done")).to_be_visible()
    hand.press(page.get_by_role("link", name="See the contacts"))


def enroll(page: Page, hand: Hand) -> None:
    hand.tick(page.get_by_role("checkbox", name="Select all"))
    hand.press(page.get_by_role("button", name="Enroll 2 in Sequence"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("will be enrolled")
    hand.press(dialog.get_by_role("button", name="Enroll 2 people"))
    expect(page.get_by_text("2 people enrolled in Follow-Up Series")).to_be_visible()
