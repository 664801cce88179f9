"""An installation that serves with its worker, a mail server that takes what leaves, and an owner who is signed in."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import make_msgid
from pathlib import Path
from smtplib import SMTP
from typing import Any

from playwright.sync_api import Browser, Page

from tests.support import rooms, smtp
from tests.support.processes import answer, free_port, get_json, running, until

TWO_MINUTES = 120.0
SENDER = "rep@ours.test"
TELL = """async ([method, path, body]) => {
  const token = (document.cookie.match(/csrftoken=([^;]+)/) || [])[1];
  const headers = {"Content-Type": "application/json", "X-CSRFToken": token};
  const answered = await fetch(`/api/${path}`, {method, headers, body: JSON.stringify(body)});
  if (!answered.ok) throw new Error(`${answered.status} ${await answered.text()}`);
  return await answered.json();
}"""


@dataclass(frozen=True, slots=True)
class Working:
    """`state` are the cookies of the owner. `mail_port` takes mail for the workspace, by SMTP."""

    base: str
    mail_port: int
    data: Path
    state: Any

    def seen_by_its_owner(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a browser's context is made with so that its pages are the owner's."""
        language = {"locale": "en-GB", "timezone_id": "Europe/Berlin", "reduced_motion": "reduce"}
        return {**arguments, **language, "storage_state": self.state}

    def tell(self, page: Page, path: str, body: object, method: str = "POST") -> Any:
        """Call the API as the page does that is open."""
        return page.evaluate(TELL, [method, path, body])

    def a_sequence(self, page: Page, name: str) -> int:
        """Activate a template under this name."""
        made = self.tell(page, "sequences", {"name": name, "template": "follow_up_series"})
        revision = {"revision": made["draft"]["revision"]}
        assert self.tell(page, f"sequences/{made['id']}/activate", revision)
        return int(made["id"])

    def arrives(self, sender: str, text: str, *, answers: str = "") -> None:
        """Send a mail to the workspace, as anybody can; `answers`: the Message-ID of the mail that it answers."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, SENDER, "Hello"
        mail["Message-ID"] = make_msgid(domain="elsewhere.test")
        if answers:
            mail["In-Reply-To"] = answers
        mail.set_content(text)
        with SMTP("127.0.0.1", self.mail_port, timeout=30) as server:
            server.send_message(mail)

    def sent(self) -> list[EmailMessage]:
        """Return the mails that left, in their order, as the server that takes them got them."""
        log = smtp.read_log(self.data.parent / "judge")
        return [message_from_bytes(b64decode(line["raw"]), policy=default) for line in log]

    def a_contact(self, page: Page, **fields: object) -> int:
        return int(self.tell(page, "contacts", fields)["id"])


@contextmanager
def working(browser: Browser, folder: Path, **settings: str) -> Iterator[Working]:
    """Serve a fresh installation in this folder until the end of the block; `settings` as the environment has them."""
    data, port, mail_port = folder / "data", free_port(), free_port()
    inbound = {"DRUMBEAT_INBOUND_SMTP": f"127.0.0.1:{mail_port}"}
    base = f"http://127.0.0.1:{port}"
    with smtp.serving(folder / "judge", keep_raw=True) as server:
        answer(data, "migrate")
        mailbox = f"smtp://127.0.0.1:{server.port}"
        answer(data, "sender", "add", SENDER, "--name", "Robin Vale", "--smtp", mailbox, "--always")
        with running(data, "serve", "--port", str(port), **inbound, **settings):
            until(lambda: (get_json(port, "/healthz") or (0,))[0] == 200, TWO_MINUTES, pause=0.5)
            token = answer(data, "sign-in")["link"].rpartition("/")[2]
            yield Working(base, mail_port, data, sign_in(browser, f"{base}/sign-in/{token}"))


def sign_in(browser: Browser, link: str) -> Any:
    """Return the cookies of whom this link signs in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url, timeout=rooms.STEP_MS)
    state = context.storage_state()
    context.close()
    return state
