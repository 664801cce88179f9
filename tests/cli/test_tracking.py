"""A tracked mail over real processes: its links work while the database is away, and no fetch is lost by a kill."""

import base64
import contextlib
import email
import email.policy
import http.client
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.core.test_tracking_agents import PEOPLE
from tests.support import smtp
from tests.support.processes import answer, free_port, get_json, running, until

FLOW = """
format: 1
steps:
  - key: hello
    kind: email
    delay: 0m
    content: {subject: Hello, text: "Hi", html: '<p>See <a href="https://a.test/prices?a=1&amp;b=2">prices</a></p>'}
"""
FILES = ("drumbeat.sqlite3", "drumbeat.sqlite3-wal", "drumbeat.sqlite3-shm")


@pytest.fixture
def port():
    return free_port()


def healthy(port):
    return until(lambda: (get_json(port, "/healthz") or (0,))[0] == 200, pause=0.3)


def sent_mail(data, folder, port):
    """Send one tracked mail over a real server and return its HTML."""
    flow, log = folder / "flow.yaml", folder / "judge"
    flow.write_text(FLOW)
    with smtp.serving(log, smtp.Settings(keep_raw=True)) as server:
        mailbox = f"smtp://127.0.0.1:{server.port}"
        answer(data, "sender", "add", "rep@ours.test", "--smtp", mailbox, "--always")
        answer(data, "contact", "add", "kim@example.com")
        answer(data, "sequence", "create", "Hello", "--file", str(flow), "--activate")
        for name in ("track_opens", "track_clicks"):
            answer(data, "sequence", "settings", "Hello", name, "true")
        answer(data, "enroll", "Hello", "--contact", "kim@example.com")
        with running(data, "serve", "--port", str(port)):
            (line,) = until(lambda: smtp.read_log(log))
            until(lambda: count(data, "touch", "status = 'sent'") == 1)
    mail = email.message_from_bytes(base64.b64decode(line["raw"]), policy=email.policy.default)
    html = mail.get_body(("html",))
    assert html is not None
    return html.get_content()


def count(data, table, condition):
    with contextlib.closing(sqlite3.connect(data / FILES[0])) as database:
        return database.execute(f"SELECT count(*) FROM drumbeat_{table} WHERE {condition}").fetchone()[0]


def fetch(port, address, agent=PEOPLE[0]):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    begun = time.perf_counter()
    connection.request("GET", urlsplit(address).path, headers={"User-Agent": agent})
    response = connection.getresponse()
    response.read()
    took = time.perf_counter() - begun
    connection.close()
    return response, took


@contextlib.contextmanager
def no_database(data):
    """Take the database away, so that every new connection fails; then put it back."""
    there = [name for name in FILES if (data / name).exists()]
    for name in there:
        (data / name).rename(data / f"away-{name}")
        (data / name).mkdir()
    yield
    for name in there:
        (data / name).rmdir()
        (data / f"away-{name}").rename(data / name)


def test_links_work_without_a_database_and_no_fetch_is_lost_by_a_kill(data, port, tmp_path, capsys):
    html = LexborHTMLParser(sent_mail(data, tmp_path, port))
    link = html.css("a[href]:not([aria-hidden])")[0].attributes["href"]
    picture = html.css("img[width='1']")[0].attributes["src"]

    with running(data, "serve", "--port", str(port)) as process:
        healthy(port)
        fetch(port, "/c/warm-up")
        with no_database(data):
            opened, _ = fetch(port, picture)
            answered, took = fetch(port, link)
            times = [fetch(port, "/c/again")[1] for _ in range(20)]
            process.kill()
            process.wait()
    with capsys.disabled():
        print(
            f"\na link without a database: {took * 1000:.1f} ms; median of 20: {sorted(times)[10] * 1000:.1f} ms"
        )
    assert (answered.status, answered.headers["Location"]) == (302, "https://a.test/prices?a=1&b=2")
    assert answered.headers.get("Set-Cookie") is None
    assert (opened.status, opened.headers["Content-Type"]) == (200, "image/gif")
    assert sorted(times)[10] < 0.05

    with running(data, "serve", "--port", str(port)):
        until(lambda: count(data, "event", "source = 'tracking'") == 2, pause=0.5)
    assert count(data, "hit", "1") == 2
    assert not any((data / "hits").glob("*.hits"))


@contextlib.contextmanager
def locked_database(data):
    """Keep SQLite's one write lock, as a stuck process does."""
    with contextlib.closing(sqlite3.connect(data / FILES[0], timeout=30, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("ROLLBACK")


def post(port, path, body, kind, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    begun = time.perf_counter()
    connection.request("POST", path, body, {"Content-Type": kind, **headers})
    response = connection.getresponse()
    text = response.read().decode()
    took = time.perf_counter() - begun
    connection.close()
    return response, text, took


def test_while_the_database_is_locked_links_lead_on_and_wishes_are_turned_away_soon(data, port, tmp_path):
    html = LexborHTMLParser(sent_mail(data, tmp_path, port))
    link = html.css("a[href]:not([aria-hidden])")[0].attributes["href"]
    picture = html.css("img[width='1']")[0].attributes["src"]
    out = urlsplit(html.css("a[href*='/u/']")[0].attributes["href"]).path
    key = answer(data, "key", "create", "Robot")["key"]
    wish = (out, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    lead = ("/api/contacts", '{"email": "lee@example.com"}', "application/json")

    with running(data, "serve", "--port", str(port)), ThreadPoolExecutor() as pool:
        healthy(port)
        fetch(port, "/c/warm-up")
        with locked_database(data):
            waiting = [
                pool.submit(post, port, *wish),
                pool.submit(post, port, *lead, Authorization=f"Bearer {key}"),
            ]
            quick = [fetch(port, link), fetch(port, picture), fetch(port, out)]
            turned_away = [each.result() for each in waiting]
        assert [(one.status, took < 1) for one, took in quick] == [(302, True), (200, True), (200, True)]
        for one, _, took in turned_away:
            assert (one.status, "Retry-After" in one.headers, took < 9) == (503, True, True)
        assert '"code":"database_busy"' in turned_away[1][1]
        assert count(data, "suppression", "1") == 0

        assert post(port, *wish)[0].status == 200
        assert count(data, "suppression", "1") == 1
        until(lambda: count(data, "hit", "1") == 2)
