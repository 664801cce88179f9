"""From a template to a sequence with a question on *opened*, an A/B split, a voicemail drop, a task and a notice, live.

A sales manager builds it on the canvas without reading anything: by mouse, and by keys alone, in few moves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Protocol

import pytest
from playwright.sync_api import Locator, Page, expect

from drumbeat.demo.twilio.server import ACCOUNT, TOKEN
from tests.support import smtp, working
from tests.support.counted import Counted
from tests.support.phoned import Phoned, phoned
from tests.support.phoning import OURS
from tests.support.processes import answer
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

MOST_GROUPS = 40
SCRIPT = "Hi, this is Robin of Ours. I sent you a mail; you need not call back."
TASK = "Look at what they opened"
NOTICE = "Somebody who opened did not answer."


@pytest.fixture(scope="module")
def ready(browser, tmp_path_factory) -> Iterator[Phoned]:
    """An installation with a mailbox and a number that calls, and nothing else."""
    folder = tmp_path_factory.mktemp("story")
    with smtp.serving(folder / "judge") as server, phoned(browser, folder) as made:
        mailbox = f"smtp://127.0.0.1:{server.port}"
        answer(folder / "data", "sender", "add", "rep@ours.test", "--smtp", mailbox, "--always")
        with made.seen(browser) as page:
            page.goto(f"{made.base}/contacts")
            is_drawn(page)
            account = page.evaluate(
                working.TELL, ["POST", "phone-accounts", {"sid": ACCOUNT, "token": TOKEN}]
            )
            number = {"account_id": account["id"], "number": OURS, "channel": "voice", "name": "Robin"}
            page.evaluate(working.TELL, ["POST", "numbers", {**number, "any_hour": True}])
        yield made


class Walk(Protocol):
    """How a person gets about; each way counts what it takes."""

    def choose_template(self, name: str) -> None: ...
    def show_canvas(self) -> None: ...
    def add(self, slot: str, kind: str) -> None: ...
    def write(self, field: Locator, text: str) -> None: ...
    def ask_for(self, event: str) -> None: ...
    def activate(self) -> None: ...


class ByMouse:
    """Clicks, and types where something is to be said."""

    def __init__(self, page: Page, count: Counted) -> None:
        self.page, self.count = page, count

    def choose_template(self, name: str) -> None:
        self.count.click(self.page.get_by_role("button", name=re.compile(f"^{name}")))

    def show_canvas(self) -> None:
        self.count.click(self.page.locator("label").filter(has_text="Canvas"))

    def add(self, slot: str, kind: str) -> None:
        plus = plus_at(self.page, slot)
        if plus.count() == 0:
            # What is out of sight is not drawn.
            self.count.click(self.page.get_by_role("button", name="Show all"))
        self.count.click(plus)
        self.count.click(item(self.page, kind))

    def write(self, field: Locator, text: str) -> None:
        self.count.click(field)
        self.count.key("ControlOrMeta+a")
        self.count.type(text)

    def ask_for(self, event: str) -> None:
        self.count.click(asked(self.page))
        self.count.click(self.page.get_by_role("option", name=event, exact=True))

    def activate(self) -> None:
        self.count.click(self.page.get_by_role("button", name="Activate"))
        self.count.click(self.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Activate")))


class ByKeys:
    """Walks with Tab and arrows and acts with Enter; the mouse is never touched."""

    def __init__(self, page: Page, count: Counted) -> None:
        self.page, self.count = page, count

    def choose_template(self, name: str) -> None:
        self._press(self.page.get_by_role("button", name=re.compile(f"^{name}")))

    def show_canvas(self) -> None:
        self.count.onto("Tab", self.page.get_by_role("radio", name="Line"))
        self.count.key("ArrowRight")

    def add(self, slot: str, kind: str) -> None:
        """Walk to the + and choose from its list; + itself opens the list behind the step that has the focus."""
        step, _, way = slot.partition("|")
        if way in ("next", "after"):
            self._walk_to(self.page.locator(f"[data-canvas] [data-step='{step}']"))
            self.count.key("+")
        else:
            self._press(plus_at(self.page, slot), "Shift+Tab")
        expect(item(self.page, kind)).to_be_visible()
        self.count.onto("ArrowDown", item(self.page, kind))
        self.count.key("Enter")

    def write(self, field: Locator, text: str) -> None:
        """Type over what stands in the field: Tab has chosen all of it."""
        self._into_fields()
        self.count.onto("Tab", field)
        self.count.type(text)

    def ask_for(self, event: str) -> None:
        self._into_fields()
        self.count.onto("Tab", asked(self.page))
        self.count.type(event)
        self.count.key("ArrowDown")
        self.count.key("Enter")

    def activate(self) -> None:
        self._press(self.page.get_by_role("button", name="Activate"), "Shift+Tab")
        expect(
            self.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Activate"))
        ).to_be_focused()
        self.count.key("Enter")

    def _walk_to(self, step: Locator) -> None:
        """Leave the fields, if one is in them, and walk from step to step."""
        if self.page.evaluate("() => document.activeElement.closest('[data-inspector]') !== null"):
            self.count.key("Escape")
        if self.page.evaluate("() => 'step' in document.activeElement.dataset"):
            self.count.onto("ArrowUp", step)
        else:
            self.count.onto("Tab", step)

    def _into_fields(self) -> None:
        """Open the fields of the step that has the focus, unless one is in them."""
        inspector = self.page.locator("[data-inspector]")
        if not inspector.evaluate("one => one.contains(document.activeElement)"):
            self.count.key("Enter")
            self.page.wait_for_function(
                "() => document.querySelector('[data-inspector]').contains(document.activeElement)"
            )

    def _press(self, target: Locator, key: str = "Tab") -> None:
        self.count.onto(key, target)
        self.count.key("Enter")


@pytest.mark.parametrize(
    "walk_of", [pytest.param(ByMouse, id="by mouse"), pytest.param(ByKeys, id="by keys alone")]
)
def test_a_sequence_is_built_from_a_template_and_activated_in_few_moves(browser, ready, walk_of):
    with ready.seen(browser, viewport={"width": 1440, "height": 900}) as page:
        count = Counted(page)
        page.goto(f"{ready.base}/sequences")
        is_drawn(page)
        sequence = build(page, walk_of(page, count))
        print(f"{walk_of.__name__}: {len(count.groups)}", *count.groups, sep="\n  ")
        assert_is_what_was_told(page, ready.base, sequence)
        assert len(count.groups) <= MOST_GROUPS


def build(page: Page, walk: Any) -> int:
    """Tell the whole story; return the id of its sequence."""
    walk.choose_template("Follow-Up Series")
    page.wait_for_url(re.compile(r"/sequences/\d+"))
    is_drawn(page)
    walk.show_canvas()
    step_of(page, "email").or_(page.locator("[data-canvas] [data-step]")).first.wait_for()
    walk.add("check_in|next", "Condition")
    condition = added(page, "condition")
    walk.write(page.get_by_role("textbox", name="Name of the branch"), "Opened")
    walk.ask_for("Open")
    walk.add(f"{condition}|branches.0", "A/B split")
    split = added(page, "split")
    walk.add(f"{split}|arms.0", "Voicemail drop")
    added(page, "voice")
    walk.write(page.get_by_role("textbox", name="Script"), SCRIPT)
    walk.add(f"{split}|arms.1", "Task")
    added(page, "task")
    walk.write(page.get_by_role("textbox", name="Title"), TASK)
    walk.add(f"{condition}|after", "Notice")
    added(page, "notify")
    walk.write(page.get_by_role("textbox", name="What to say"), NOTICE)
    expect(page.get_by_text("Saved", exact=True).first).to_be_visible()
    walk.activate()
    expect(page.get_by_text("Version 1 live")).to_be_visible()
    return int(page.url.partition("?")[0].rpartition("/")[2])


def assert_is_what_was_told(page: Page, base: str, sequence: int) -> None:
    told = page.request.get(f"{base}/api/sequences/{sequence}").json()
    assert told["status"] == "active"
    text = page.request.get(f"{base}/api/sequences/{sequence}/draft").text()
    steps = {step["kind"]: step for step in json.loads(text)["document"]["steps"] if step["kind"] != "email"}
    [branch] = steps["condition"]["branches"]
    [rule] = branch["condition"]["rules"]
    assert (branch["name"], rule["field"]) == ("Opened", "event.opened")
    assert [arm["next"] for arm in steps["split"]["arms"]] == [steps["voice"]["key"], steps["task"]["key"]]
    # A call is a voicemail drop unless its document says otherwise.
    assert ("job_type" in steps["voice"], steps["voice"]["script"]) == (False, SCRIPT)
    assert steps["task"]["title"] == TASK
    assert steps["notify"]["text"] == NOTICE
    assert {steps["voice"]["next"], steps["task"]["next"], steps["condition"]["next"]} == {
        steps["notify"]["key"]
    }


def plus_at(page: Page, slot: str) -> Locator:
    return page.locator(f"[data-canvas] [data-slot='{slot}']")


def item(page: Page, kind: str) -> Locator:
    return page.get_by_role("menuitem").filter(has_text=re.compile(f"^{re.escape(kind)}")).first


def asked(page: Page) -> Locator:
    return page.locator("[data-inspector]").get_by_role("combobox", name="What is asked about").first


def step_of(page: Page, kind: str) -> Locator:
    return page.locator(f"[data-canvas] [data-step^='{kind}_']")


def added(page: Page, kind: str) -> str:
    """Return the key of the step that was put in; it is the chosen one and has the focus."""
    step = step_of(page, kind)
    expect(step).to_be_focused()
    expect(page.locator(f"[data-inspector^='{kind}_']")).to_be_visible()
    return step.get_attribute("data-step") or ""
