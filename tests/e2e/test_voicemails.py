"""A voicemail, and a person whom nobody of us answered: what the contact's page says of them, word by word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from drumbeat.core.document.form import FORMAT
from drumbeat.demo.twilio.scripts import NUMBERS
from drumbeat.demo.twilio.server import ACCOUNT, TOKEN
from tests.support import working
from tests.support.phoned import Phoned, phoned
from tests.support.phoning import OURS
from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

SCRIPT = "Hi {{ contact.first_name }}, this is Ann of Northwind. I sent you a mail; you need not call back."
SPOKEN = "Hi Kim, this is Ann of Northwind. I sent you a mail; you need not call back."
PATIENCE = 30.0


@pytest.fixture(scope="module")
def phoning(browser, tmp_path_factory) -> Iterator[Phoned]:
    """An installation with a number that calls, and an owner whose own phone is never answered."""
    with phoned(browser, tmp_path_factory.mktemp("voicemails")) as made, made.seen(browser) as page:
        page.goto(f"{made.base}/contacts")
        is_drawn(page)
        account = tell(page, "phone-accounts", {"sid": ACCOUNT, "token": TOKEN})
        number = {"account_id": account["id"], "number": OURS, "channel": "voice", "name": "Ann"}
        tell(page, "numbers", {**number, "any_hour": True})
        me = page.evaluate("() => fetch('/api/session').then((answered) => answered.json())")["member_id"]
        tell(page, f"members/{me}", {"phone": NUMBERS["no_answer"]}, "PATCH")
        yield made


def tell(page: Page, path: str, body: object, method: str = "POST") -> Any:
    return page.evaluate(working.TELL, [method, path, body])


def by_day() -> str:
    """Return a zone in which it is day: quiet hours hold calls."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "UTC"


def is_called(page: Page, phoning: Phoned, phone: str, last_name: str) -> tuple[int, str]:
    """Let a new contact be called; return their id and the name of the call."""
    person = {"first_name": "Kim", "last_name": last_name, "phone": phone, "time_zone": by_day()}
    contact = tell(page, "contacts", {**person, "email": f"{last_name.lower()}@example.com"})["id"]
    step = {"key": "call", "kind": "voice", "script": SCRIPT, "sender": OURS}
    document = {"format": FORMAT, "start": "call", "steps": [step]}
    made = tell(page, "sequences", {"name": f"Calls {last_name}", "document": document})
    tell(page, f"sequences/{made['id']}/activate", {"revision": made["draft"]["revision"]})
    tell(page, "enroll", {"sequence_id": made["id"], "contact_ids": [contact]})
    calls = phoning.twilio.calls
    until(lambda: any(one["to"] == phone for one in calls.values()), PATIENCE)
    return contact, next(sid for sid, one in calls.items() if one["to"] == phone)


def lives(phoning: Phoned, sid: str, answered_by: str, told: str) -> None:
    """Let a call be answered, told what to do, and end."""
    twilio = phoning.twilio
    for news in ({"CallStatus": "ringing"}, {"CallStatus": "in-progress"}, {"AnsweredBy": answered_by}):
        assert twilio.report(sid, **news) == 200
    until(lambda: told in twilio.calls[sid]["twiml"][-1], PATIENCE)
    assert twilio.report(sid, CallStatus="completed", CallDuration="31") == 200


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desktop"),
        pytest.param({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, id="phone, dark"),
    ],
)
def test_what_a_voicemail_said_stands_on_the_contacts_page(browser, phoning, faults_of, how, tmp_path):
    with phoning.seen(browser, **how) as page:
        page.goto(f"{phoning.base}/contacts")
        is_drawn(page)
        name = "Vale" if "color_scheme" not in how else "Night"
        phone = NUMBERS["machine"] if name == "Vale" else "+14155567002"
        contact, sid = is_called(page, phoning, phone, name)
        lives(phoning, sid, "machine_end_beep", "<Say")
        page.goto(f"{phoning.base}/contacts/{contact}")
        is_drawn(page)
        said = page.get_by_role("group", name="What was said on the phone")
        expect(page.get_by_text("Voicemail left")).to_be_visible(timeout=PATIENCE * 1_000)
        expect(said).to_have_text(SPOKEN)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.screenshot(path=tmp_path / f"voicemail-{name}.png", full_page=True)
        assert faults_of(page) == []


def test_who_was_put_through_to_nobody_is_to_be_called_back(browser, phoning, faults_of, tmp_path):
    with phoning.seen(browser) as page:
        page.goto(f"{phoning.base}/contacts")
        is_drawn(page)
        contact, sid = is_called(page, phoning, NUMBERS["human"], "Moor")
        lives(phoning, sid, "human", "<Dial")
        page.goto(f"{phoning.base}/contacts/{contact}")
        is_drawn(page)
        unanswered = page.get_by_text("Call answered, but nobody of us was there")
        expect(unanswered).to_be_visible(timeout=PATIENCE * 1_000)
        expect(page.get_by_text("Call Kim Moor back").first).to_be_visible()
        page.screenshot(path=tmp_path / "nobody.png", full_page=True)
        assert faults_of(page) == []
