"""A hook, made in the settings and called by another program: by mouse, and by keys alone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook

from tests.support.hands import PATIENCE_MS, Hand
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


def test_a_hook_is_made_called_and_given_a_new_secret(at_work, office, hand, faults_of):
    page, who = at_work, type(hand).__name__
    go(page, f"{office.base}/settings/hooks")
    address, secret = made(page, hand, f"Form {who}")
    assert faults_of(page) == []
    hand.press(page.get_by_role("dialog").get_by_role("button", name="Done").last)
    expect(page.get_by_text(secret)).to_have_count(0)
    row = page.get_by_role("row").filter(has_text=f"Form {who}")
    expect(row).to_contain_text("never")
    told = call(address, secret, {"email": f"pia.{who}@example.com", "first_name": "Pia"}, who)
    assert told["counted"] is True
    go(page, f"{office.base}/settings/hooks")
    expect(row).not_to_contain_text("never")
    go(page, f"{office.base}/contacts/{told['contact_id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pia")
    go(page, f"{office.base}/settings/hooks")
    renewed = renew(page, hand, f"Form {who}")
    assert refusal(address, secret, f"{who} old") == HTTPStatus.UNAUTHORIZED
    assert call(address, renewed, {"email": f"pia.{who}@example.com"}, f"{who} new")["counted"] is True


def made(page: Page, hand: Hand, name: str) -> tuple[str, str]:
    """Make a hook; return its address and the secret that is shown once."""
    hand.press(page.get_by_role("button", name="New hook"))
    dialog = page.get_by_role("dialog")
    hand.write(dialog.get_by_role("textbox", name="Name"), name)
    hand.press(dialog.get_by_role("button", name="Make the hook"))
    expect(dialog).to_contain_text("it is shown this once", timeout=PATIENCE_MS)
    return shown(page, "Address"), shown(page, "Secret")


def renew(page: Page, hand: Hand, name: str) -> str:
    more = page.get_by_role("button", name=f"More about {name}")
    hand.choose(more, page.get_by_role("menuitem", name="New secret"))
    hand.press(page.get_by_role("dialog").get_by_role("button", name="New secret"))
    expect(page.get_by_role("dialog", name=name, exact=True)).to_contain_text("shown this once")
    return shown(page, "Secret")


def shown(page: Page, label: str) -> str:
    value: str = page.get_by_role("dialog").get_by_label(label, exact=True).input_value()
    return value


def call(address: str, secret: str, body: object, number: str) -> dict[str, object]:
    """Call as another program does, signed by the form of Standard Webhooks."""
    raw, at = json.dumps(body), datetime.now(UTC)
    headers = {
        "Content-Type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(number, at, raw),
    }
    with urlopen(Request(address, raw.encode(), headers), timeout=20) as answer:
        told: dict[str, object] = json.load(answer)
    return told


def refusal(address: str, secret: str, number: str) -> int:
    with pytest.raises(HTTPError) as refused:
        call(address, secret, {"email": "pia@example.com"}, number)
    return refused.value.code


def go(page: Page, address: str) -> None:
    page.goto(address)
    is_drawn(page)
