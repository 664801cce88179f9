"""Every room is accessible, by day and by night, on the desk and on the phone, and fits the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import RULES
from tests.support import rooms
from tests.support.rooms import Room

pytestmark = pytest.mark.e2e

DESK, PHONE = (1440, 900), (390, 844)
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What may differ by night; the rest is looked at by day."""
SHAPE = {**RULES, "rules": {**RULES["rules"], "color-contrast": {"enabled": False}}}
"""What may differ on a phone: all but colours, which are the same there."""


def each(shown):
    return [pytest.param(room, id=room.name) for room in shown]


@pytest.fixture(scope="module")
def inside(browser, crowded):
    """A page that is signed in, in a workspace in which much happened."""
    context = browser.new_context(
        storage_state=crowded.owner, locale="en-GB", timezone_id="Europe/Berlin", reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(rooms.STEP_MS)
    yield page
    context.close()


@pytest.fixture(scope="module")
def outside(browser):
    context = browser.new_context(locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("room", each(rooms.LIVED_IN))
def test_a_room_is_accessible_and_fits_the_screen(inside, crowded, faults_of, room):
    look(inside, room, crowded.base, crowded.places, faults_of)


@pytest.mark.parametrize("room", each(rooms.OUTSIDE))
def test_a_page_for_strangers_is_accessible_and_fits_the_screen(outside, crowded, faults_of, room):
    look(outside, room, crowded.base, {}, faults_of)


def test_a_section_that_a_role_does_not_open_says_who_may(browser, crowded):
    context = browser.new_context(storage_state=crowded.colleague, locale="en-GB")
    page = context.new_page()
    page.goto(f"{crowded.base}/settings/hooks")
    rooms.is_drawn(page)
    expect(page.get_by_text("Your role does not open this section")).to_be_visible()
    expect(page.get_by_text("Your role here is Manager. An admin of the workspace can see")).to_be_visible()
    context.close()


def look(page: Page, room: Room, base: str, places, faults_of) -> None:
    """Open the room on the desk, then let the same page become as narrow as a phone."""
    page.set_viewport_size(size(DESK))
    page.emulate_media(color_scheme="light")
    room.open(page, base, places)
    faults = {"by day": faults_of(page), "desk is too narrow": overflow(page)}
    page.emulate_media(color_scheme="dark")
    faults["by night"] = faults_of(page, COLOURS)
    page.set_viewport_size(size(PHONE))
    rooms.has_settled(page)
    faults |= {"on a phone": faults_of(page, SHAPE), "phone is too narrow": overflow(page)}
    assert {where: found for where, found in faults.items() if found} == {}


def size(of):
    return dict(zip(("width", "height"), of, strict=True))


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return max(0, int(page.evaluate("document.documentElement.scrollWidth - innerWidth")))
