"""`drumbeat serve`, `web` and `worker` as an operator meets them: real processes, real ports, signals."""

import contextlib
import os
import signal
import socket
import sqlite3
from pathlib import Path

import pytest

from tests.support import smtp
from tests.support.processes import (
    PATIENCE,
    all_end,
    command_of,
    descendants,
    drumbeat,
    get_json,
    is_alive,
    running,
    until,
)

PEOPLE = 150
FLOW = """
format: 1
steps:
  - {key: hello, kind: email, delay: 0m, content: {subject: Hello, text: "Hi {{ contact.first_name }}"}}
"""


def health(port):
    return get_json(port, "/healthz")


def healthy(port):
    return until(lambda: (health(port) or (0,))[0] == 200)


def worker_of(process):
    def found():
        return next((pid for pid in descendants(process.pid) if " worker " in command_of(pid)), None)

    return until(found)


def statuses(data):
    with contextlib.closing(sqlite3.connect(data / "drumbeat.sqlite3")) as database:
        return dict(database.execute("SELECT status, count(*) FROM drumbeat_touch GROUP BY status"))


@contextlib.contextmanager
def an_outreach(data, tmp_path):
    """Enroll people over a real mail server; yield the judge's log of what that server took."""
    people, flow, log = tmp_path / "people.csv", tmp_path / "flow.yaml", tmp_path / "judge"
    rows = [f"Kim{number},kim{number}@example.com" for number in range(PEOPLE)]
    people.write_text("\n".join(["first_name,email", *rows]))
    flow.write_text(FLOW)
    log.touch()
    with smtp.spawned(log) as mail_port:
        server = f"smtp://127.0.0.1:{mail_port}"
        for words in (
            ("sender", "add", "rep@ours.test", "--smtp", server, "--per-day", "5000", "--always"),
            ("contact", "import", str(people), "--list", "people"),
            ("sequence", "create", "Hello", "--file", str(flow), "--activate"),
            ("enroll", "Hello", "--list", "people"),
        ):
            done = drumbeat(data, *words)
            assert done.returncode == 0, done.stderr
        yield log


def taken(log: Path):
    return [to for line in smtp.read_log(log) for to in line["rcpt_tos"]]


def test_serve_is_healthy_with_its_worker_and_ends_cleanly(data, port):
    with running(data, "serve", "--port", str(port)) as process:
        healthy(port)
        assert health(port) == (200, {"web": True, "database": True, "worker": True})
        family = descendants(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        assert not any(map(is_alive, family))


def test_all_of_serve_ends_when_it_is_killed_and_the_next_start_works(data, port):
    with running(data, "serve", "--port", str(port)) as first:
        healthy(port)
        family = descendants(first.pid)
        assert len(family) >= 3
        first.kill()
        first.wait(PATIENCE)
        with running(data, "serve", "--port", str(port)):
            all_end(family)
            healthy(port)


def test_a_worker_that_dies_is_replaced(data, port):
    with running(data, "serve", "--port", str(port)) as process:
        healthy(port)
        killed = worker_of(process)
        os.kill(killed, signal.SIGKILL)
        until(lambda: worker_of(process) != killed)
        lock = data / "worker.lock"
        until(lambda: lock.read_text().strip() not in ("", str(killed)))


def test_sigterm_leaves_nothing_half_sent_and_the_next_start_sends_the_rest_once(data, port, tmp_path):
    with an_outreach(data, tmp_path) as log:
        with running(data, "serve", "--port", str(port)) as process:
            until(lambda: len(taken(log)) >= 5)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
        left = statuses(data)
        assert left.get("sending", 0) == left.get("interrupted", 0) == 0
        assert left.get("sent", 0) == len(taken(log))
        with running(data, "serve", "--port", str(port)):
            until(lambda: statuses(data).get("sent", 0) == PEOPLE)
        assert sorted(taken(log)) == sorted(f"kim{number}@example.com" for number in range(PEOPLE))


def test_a_second_worker_ends_with_3_and_says_who_is_there(data):
    with running(data, "worker") as first:
        until(lambda: (data / "worker.lock").exists() and (data / "worker.lock").read_text())
        second = drumbeat(data, "worker")
        assert second.returncode == 3
        assert f"process {first.pid}" in second.stderr
        first.send_signal(signal.SIGTERM)
        assert first.wait(PATIENCE) == 0


def test_a_port_in_use_ends_serve_with_3(data):
    with socket.create_server(("127.0.0.1", 0)) as taken_by_another:
        port = taken_by_another.getsockname()[1]
        refused = drumbeat(data, "serve", "--port", str(port))
    assert refused.returncode == 3
    assert f"Port {port} on 127.0.0.1 is in use" in refused.stderr


@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_a_database_without_tables_is_told_with_its_remedy(tmp_path, command):
    refused = drumbeat(tmp_path, command)
    assert refused.returncode == 1
    assert "drumbeat migrate" in refused.stderr


def test_web_alone_is_healthy_without_a_worker(data, port):
    with running(data, "web", "--port", str(port)) as process:
        healthy(port)
        assert health(port) == (200, {"web": True, "database": True, "worker": False})
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_the_processes_of_the_server_end_when_web_is_killed(data, port):
    with running(data, "web", "--port", str(port), DRUMBEAT_WEB_PROCESSES="2") as process:
        healthy(port)
        family = descendants(process.pid)
        process.kill()
        all_end(family)


def test_mail_is_taken_where_the_settings_say(data, port):
    with running(data, "worker", DRUMBEAT_INBOUND_SMTP=f"127.0.0.1:{port}"):

        def greeting():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as mail:
                return mail.recv(100)

        assert until(greeting).startswith(b"220 ")
