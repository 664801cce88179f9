"""Every room is accessible, by day and by night, on the desk and on the phone, and fits the screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.support import rooms
from tests.support.rooms import Room

pytestmark = pytest.mark.e2e

SIZES = {"desk": (1440, 900), "phone": (390, 844)}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What may differ by night; the rest is looked at by day."""


def each(shown):
    return [pytest.param(room, id=room.name) for room in shown]


@pytest.fixture(params=["desk", pytest.param("phone", marks=pytest.mark.soak)], scope="module")
def size(request):
    return request.param


@pytest.fixture(scope="module")
def inside(browser, crowded, size):
    """A page that is signed in, in a workspace in which much happened."""
    width, height = SIZES[size]
    context = browser.new_context(
        storage_state=crowded.owner,
        viewport={"width": width, "height": height},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(rooms.STEP_MS)
    yield page
    context.close()


@pytest.fixture(scope="module")
def outside(browser, size):
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("room", each(rooms.LIVED_IN))
def test_a_room_is_accessible_and_fits_the_screen(inside, crowded, faults_of, room):
    look(inside, room, crowded.base, crowded.places, faults_of)


@pytest.mark.parametrize("room", each(rooms.OUTSIDE))
def test_a_page_for_strangers_is_accessible_and_fits_the_screen(outside, crowded, faults_of, room):
    look(outside, room, crowded.base, {}, faults_of)


def look(page: Page, room: Room, base: str, places, faults_of) -> None:
    page.emulate_media(color_scheme="light")
    room.open(page, base, places)
    by_day = faults_of(page)
    page.emulate_media(color_scheme="dark")
    by_night = faults_of(page, COLOURS)
    assert (by_day, by_night) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
