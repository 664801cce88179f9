"""`drumbeat demo` as a visitor meets it: one command, real processes, a world that answers in a minute."""

import contextlib
import json
import re
import signal
import sqlite3
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.support.processes import all_end, descendants, drumbeat, free_port, get_json, running, until

A_MINUTE = 60


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def stats(data):
    done = drumbeat(data, "stats", "--json")
    return json.loads(done.stdout) if done.returncode == 0 else {}


def is_lively(data):
    """Tell whether mails went out and the world answered them in every way that matters."""
    counted = stats(data)
    finished = counted.get("finish_reasons", {})
    return (
        counted.get("touches", {}).get("sent", 0) >= 50
        and counted["events"].get("replied", 0) >= 3
        and counted["events"].get("bounced", 0) >= 1
        and sum(number for reason, number in finished.items() if reason != "completed") >= 3
    )


def link_of(process):
    for line in process.stdout:
        if found := re.search(r"http://\S+/sign-in/\S+", line):
            return found[0]
    raise AssertionError("no link was printed")


def sign_in(link):
    """Open the link as a browser does: read the page, press the button, follow."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = opener.open(link, timeout=A_MINUTE).read().decode()
    secret = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    body = urllib.parse.urlencode({"csrfmiddlewaretoken": secret}).encode()
    return opener.open(urllib.request.Request(link, data=body), timeout=A_MINUTE)


def test_within_a_minute_the_demo_lives_and_its_link_signs_in(data):
    port = free_port()
    with running(data, "demo", "--port", str(port)) as process:
        link = link_of(process)
        until(lambda: (get_json(port, "/healthz") or (0,))[0] == 200)
        assert sign_in(link).url == f"http://127.0.0.1:{port}/live"
        until(lambda: is_lively(data), patience=A_MINUTE)
        process.send_signal(signal.SIGTERM)
        assert process.wait(A_MINUTE) == 0
    left = stats(data)["touches"]
    assert left.get("sending", 0) == left.get("interrupted", 0) == 0


def test_a_second_demo_on_the_same_folder_ends_with_3_and_changes_nothing(data):
    port = free_port()
    with running(data, "demo", "--port", str(port)) as process:
        link_of(process)
        before = mail_ports(data)
        second = drumbeat(data, "demo", "--port", str(free_port()))
        assert second.returncode == 3
        assert "Another demo" in second.stderr
        assert mail_ports(data) == before


def mail_ports(data):
    with contextlib.closing(sqlite3.connect(data / "drumbeat.sqlite3")) as database:
        return database.execute("SELECT port FROM drumbeat_senderprofile ORDER BY id").fetchall()


def test_everything_ends_when_the_demo_is_killed(data):
    port = free_port()
    with running(data, "demo", "--port", str(port)) as process:
        link_of(process)
        until(lambda: (get_json(port, "/healthz") or (0,))[0] == 200)
        family = descendants(process.pid)
        assert len(family) >= 5
        process.kill()
        all_end(family)
