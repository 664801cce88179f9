"""A sent mail opened in a browser: its links lead where they say, and count as a person's once; a gateway's do not."""

from __future__ import annotations

import base64
import contextlib
import email
import email.policy
import http.client
import json
import sqlite3
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.core.test_tracking_agents import PEOPLE
from tests.support import smtp
from tests.support.endpoint import listening
from tests.support.processes import answer, free_port, get_json, running, until

pytestmark = pytest.mark.e2e

FLOW = """
format: 1
steps:
  - key: hello
    kind: email
    delay: 0m
    content:
      subject: Hello
      text: Hi
      html: '<p><a href="{prices}">our prices</a> and <a href="{map}">how to find us</a></p>'
"""
PERSON, GATEWAY = "kim@example.com", "lee@example.com"
SECONDS = 90


@pytest.fixture
def targets():
    with listening() as endpoint:
        yield endpoint


@pytest.fixture
def sent(tmp_path, targets):
    """Serve, send one tracked mail to each of two people, and return the port, a key and the HTML by recipient."""
    data, port, log, flow = tmp_path / "data", free_port(), tmp_path / "judge", tmp_path / "flow.yaml"
    links = {"prices": targets.url("/ok?a=1&amp;b=2"), "map": targets.url("/ok?map")}
    flow.write_text(FLOW.format(**links))
    with smtp.serving(log, smtp.Settings(keep_raw=True)) as server:
        answer(data, "migrate")
        answer(
            data, "sender", "add", "rep@ours.test", "--smtp", f"smtp://127.0.0.1:{server.port}", "--always"
        )
        answer(data, "sequence", "create", "Hello", "--file", str(flow), "--activate")
        for name in ("track_opens", "track_clicks"):
            answer(data, "sequence", "settings", "Hello", name, "true")
        for person in (PERSON, GATEWAY):
            answer(data, "contact", "add", person)
            answer(data, "enroll", "Hello", "--contact", person)
        key = answer(data, "key", "create", "Robot")["key"]
        with running(data, "serve", "--port", str(port), DRUMBEAT_PUBLIC_URL=f"http://127.0.0.1:{port}"):
            until(lambda: len(smtp.read_log(log)) == 2, SECONDS)
            until(lambda: changed(data, "status = 'sent'") == 2, SECONDS)
            yield port, key, {line["rcpt_tos"][0]: html_of(line["raw"]) for line in smtp.read_log(log)}


def changed(data, where):
    """Let the mails that are so have left an hour ago: what is fetched within seconds is no person's."""
    with contextlib.closing(sqlite3.connect(data / "drumbeat.sqlite3", timeout=20)) as database, database:
        return database.execute(
            "UPDATE drumbeat_touch SET handed_at = datetime(handed_at, '-1 hour'), "
            f"settled_at = datetime(settled_at, '-1 hour') WHERE {where}"
        ).rowcount


def html_of(raw):
    mail = email.message_from_bytes(base64.b64decode(raw), policy=email.policy.default)
    html = mail.get_body(("html",))
    assert html is not None
    return html.get_content()


def fetch(method, address):
    parts = urlsplit(address)
    line = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    line.request(method, parts.path, headers={"User-Agent": PEOPLE[0]})
    status = line.getresponse().status
    line.close()
    return status


def counted(port, key):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request("GET", "/api/sequences/1/engagement", headers={"Authorization": f"Bearer {key}"})
    (step,) = json.loads(line.getresponse().read())
    line.close()
    return {name: step[name] for name in ("sent", "clicked", "clicked_by_machines")}


def test_a_person_s_click_leads_on_and_counts_once_and_a_gateway_s_is_no_person_s(sent, targets, browser):
    port, key, mails = sent
    context = browser.new_context(user_agent=PEOPLE[0])
    page = context.new_page()
    for _ in range(2):
        page.set_content(mails[PERSON])
        page.wait_for_function("document.images.length === 1 && document.images[0].complete")
        page.get_by_role("link", name="our prices").click()
        page.wait_for_url(targets.url("/ok?a=1&b=2"))
    context.close()

    links = [one.attributes["href"] for one in LexborHTMLParser(mails[GATEWAY]).css("a[href*='/c/']")]
    assert len(links) == 3  # the hidden one is there, too
    for method in ("HEAD", "GET"):
        assert sorted(fetch(method, link) for link in links) == [302, 302, 404]

    until(
        lambda: counted(port, key) == {"sent": 2, "clicked": 1, "clicked_by_machines": 1}, SECONDS, pause=0.5
    )
    assert get_json(port, "/healthz")
