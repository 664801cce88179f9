"""Writing a mail: merge tags that are typed or pasted as text are tags, and what is saved says so."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.processes import until
from tests.support.rooms import is_drawn

pytestmark = pytest.mark.e2e

PASTE = """(editor) => {
  const data = new DataTransfer();
  data.setData("text/plain", 'Greetings from {{ contact.company | default: "us" }}');
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def browser_context_args(browser_context_args, office):
    return office.seen_by_its_owner(browser_context_args)


@pytest.mark.parametrize("mode", ["Plain", "Formatted"])
def test_tags_that_are_typed_or_pasted_become_chips(at_work, office, mode):
    page = at_work
    sequence = office.a_sequence(page, f"Written {mode}")
    page.goto(f"{office.base}/sequences/{sequence}?view=line&step=check_in")
    is_drawn(page)
    panel = page.locator("[data-inspector=check_in]")
    panel.get_by_text(mode, exact=True).click()
    body = panel.get_by_role("textbox", name="Text of the mail")
    body.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Dear {{ contact.last_name }}, ")
    body.evaluate(PASTE)
    expect(body.get_by_role("button", name="Merge tag")).to_have_count(2)
    expect(body.get_by_role("link")).to_have_count(0)
    path = f"{office.base}/api/sequences/{sequence}/draft"
    said = 'Dear {{ contact.last_name }}, Greetings from {{ contact.company | default: "us" }}'

    def is_saved() -> bool:
        steps = page.request.get(path).json()["document"]["steps"]
        content = next(step["content"] for step in steps if step["key"] == "check_in")
        written = content.get("html" if mode == "Formatted" else "text", "")
        return said in written.replace("&quot;", '"')

    until(is_saved)
