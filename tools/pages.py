"""Writes pages, and parts of pages, that come from the code; tests in `tests/docs` hold them against it.

`python -m tools.pages` writes them anew. `tools.reference` does the same for what authors of flows look up.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from drumbeat.core.smtp_codes import MEANINGS, Meaning, Scope
from tools import access_page, keywords_page, twilio_page
from tools.life import diagram
from tools.report import ROOT

DOCS = ROOT / "docs"
BEGIN, END = "<!-- drawn by tools.life -->\n", "<!-- end -->\n"
LIFE = DOCS / "explanation/life-of-an-enrollment.md"

SMTP_HEAD = """# What a mail server's answer does

The reply code decides first, then the enhanced status (`5.1.1`), the longest that is listed; text is read only where
codes are vague, and never turns a temporary answer into a permanent one. Until the recipient is named, every refusal is
about you. The same table reads bounces.

- *about the person*: this message is tried again or fails; others go on.
- *about you*: the message waits, the sender is held, nobody is suppressed.
- *dead*: the address is suppressed, the contact's enrollments finish with `bounced`.

| answer | says | about | again by itself | failure reason |
|---|---|---|---|---|
"""
_SAYS: Mapping[str, str] = {
    "421": "closes the connection",
    "454": "login or TLS not available now",
    "530": "login or TLS required",
    "534": "login method too weak",
    "535": "login refused",
    "538": "login wants encryption",
    "5.1.1": "no such mailbox",
    "5.1.2": "no such host",
    "5.1.3": "an address that cannot exist",
    "5.1.6": "moved, no forwarding",
    "5.1.10": "the domain takes no mail",
    "5.1.7": "bad sender address",
    "5.1.8": "bad sender domain",
    "4.1.7": "sender address cannot be checked now",
    "4.1.8": "sender domain cannot be checked now",
    "4.3": "the mail system has trouble",
    "4.3.0": "other trouble, often of one mailbox",
    "5.3.2": "takes no messages",
    "5.7": "policy",
    "4.7": "policy, for now",
    "4.7.1": "greylisting",
    "5.7.2": "may not write to this list",
    "5.7.17": "the mailbox has another owner now",
    "5.7.18": "the domain has another owner now",
    "5.7.124": "not on the group's list of senders",
    "5.7.133": "takes mail of its organisation only",
    "5.7.134": "takes mail of its organisation only",
    "5.7.135": "takes mail of its organisation only",
    "5.7.136": "takes mail of its organisation only",
    "4": "any other temporary refusal",
    "5": "any other permanent refusal",
}

ROUTES_HEAD = """# HTTP routes

`openapi.json` in the root of the repository describes the API exactly. It serves the web app: a signed-in member's
session, and for whatever changes something the cookie `csrftoken` in the header `X-CSRFToken`. Programs send
`Authorization: Bearer KEY` instead ([keys](access.md)). Errors are problem bodies (RFC 9457) with a stable `code`.

| route | what it does | answers |
|---|---|---|
"""
ROUTES_TAIL = """
Outside the API:

| route | what it does |
|---|---|
| `GET /healthz` | `{"web", "database", "worker"}`; 503 without database, and under `serve` without its worker |
| `GET, POST /sign-in/{token}` | a one-time link that signs a member in: GET shows a button, POST signs in |
| `/v2/…` | [the interface of kind B](kind-b.md) |
| `/_allauth/browser/v1/…` | signing in and changing the password, for the web app |
| `GET, POST /u/{token}` | the unsubscribe page; only POST acts, one click (RFC 8058) included |
| everything else | the web app |
"""


def smtp_page() -> str:
    return SMTP_HEAD + "".join(
        f"| `{code}` | {_SAYS[code]} | {_row(said)} |\n" for code, said in MEANINGS.items()
    )


def _row(said: Meaning) -> str:
    about = "you" if said.scope is Scope.SENDER else "the person"
    about += ", dead" if said.dead_address else ""
    again = "when the hold ends" if said.scope is Scope.SENDER else "no" if said.permanent else "yes"
    return f"{about} | {again} | `{said.reason}`"


def routes_page() -> str:
    paths: dict[str, dict[str, Any]] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))[
        "paths"
    ]
    rows = (_route(path, verb, does) for path, verbs in paths.items() for verb, does in verbs.items())
    return ROUTES_HEAD + "".join(rows) + ROUTES_TAIL


def _route(path: str, verb: str, does: dict[str, Any]) -> str:
    says = does.get("description", "").partition("\n")[0]
    return f"| `{verb.upper()} {path}` | {says} | {', '.join(does['responses'])} |\n"


def life_page() -> str:
    """Return the page as it stands, its picture drawn anew."""
    before, _, rest = LIFE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n```mermaid\n{diagram()}\n```\n\n{END}{after}"


PAGES: Mapping[Path, Callable[[], str]] = {
    DOCS / "reference/smtp-answers.md": smtp_page,
    DOCS / "reference/routes.md": routes_page,
    DOCS / "reference/access.md": access_page.markdown,
    DOCS / "reference/twilio-answers.md": twilio_page.markdown,
    DOCS / "reference/text-message-words.md": keywords_page.markdown,
    LIFE: life_page,
}

if __name__ == "__main__":
    from drumbeat.cli.entry import start_django

    start_django(pooled=False)
    for path, page in PAGES.items():
        path.write_text(page(), encoding="utf-8")
