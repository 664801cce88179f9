"""The product as an outsider meets it: its commands, its health check, real mail both ways; nothing of its inside."""

import json
import os
import signal
import smtplib
import sqlite3
from base64 import b64decode
from collections import Counter
from contextlib import closing, suppress
from email import message_from_bytes

import pytest

from tests.support import smtp
from tests.support.letters import a_bounce, a_mail, an_auto_reply
from tests.support.processes import (
    all_end,
    answer,
    descendants,
    drumbeat,
    free_port,
    get_json,
    running,
    until,
)

TWO_MINUTES = 120
US = "rep@ours.test"


def healthy(process, port):
    def answers():
        assert process.poll() is None
        return (get_json(port, "/healthz") or (0,))[0] == 200

    until(answers, TWO_MINUTES)


def stats(data):
    done = drumbeat(data, "stats", "--json")
    return json.loads(done.stdout) if done.returncode == 0 else {}


def is_lively(counted):
    finished = counted.get("finish_reasons", {})
    return (
        counted.get("touches", {}).get("sent", 0) >= 50
        and counted["events"].get("replied", 0) >= 3
        and counted["events"].get("bounced", 0) >= 1
        and sum(number for reason, number in finished.items() if reason != "completed") >= 3
    )


def message_ids(data):
    """Return the Message-IDs that the outside world of the demo has taken."""
    (file,) = (data / "world").glob("*.sqlite3")
    with closing(sqlite3.connect(file)) as post:
        raws = [raw for (raw,) in post.execute("SELECT raw FROM mail")]
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in raws]


def mails_by_status(data):
    """Return how many touches that leave as mails stand how; the demo texts and calls as well."""
    counted = "SELECT status, count(*) FROM drumbeat_touch WHERE kind IN ('email', 'notice') GROUP BY status"
    with closing(sqlite3.connect(data / "drumbeat.sqlite3")) as ours:
        return Counter(dict(ours.execute(counted).fetchall()))


def test_the_demo_lives_within_two_minutes_survives_a_kill_and_ends_whole(tmp_path):
    data, port = tmp_path / "data", free_port()
    with running(data, "demo", "--port", str(port)) as demo:
        healthy(demo, port)
        until(lambda: is_lively(stats(data)), TWO_MINUTES, pause=1)
        family = descendants(demo.pid)
        demo.kill()
        demo.wait(TWO_MINUTES)
        all_end(family)
    before = stats(data)["touches"]["sent"]
    with running(data, "demo", "--port", str(port)) as demo:
        healthy(demo, port)
        until(lambda: stats(data)["touches"]["sent"] > before, TWO_MINUTES, pause=1)
        family = descendants(demo.pid)
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(TWO_MINUTES) == 0
        all_end(family)
    taken = Counter(message_ids(data))
    assert max(taken.values()) == 1
    mails = mails_by_status(data)
    assert mails["sent"] <= len(taken) <= mails["sent"] + mails["interrupted"]


class Outreach:
    """A workspace made by hand, with a mail server of ours as the rest of the world."""

    def __init__(self, data, server, tmp_path):
        self.data, self.server = data, server
        self.inbound = free_port()
        self.people = tmp_path / "people.csv"

    def do(self, *words):
        return answer(self.data, *words)

    def set_up(self, *names, per_day=50):
        lines = [f"{name}@example.com,{name.title()}" for name in names]
        self.people.write_text("\n".join(["email,first_name", *lines]))
        self.do("migrate")
        self.do(
            "sender",
            "add",
            US,
            "--smtp",
            f"smtp://127.0.0.1:{self.server.port}",
            "--always",
            "--per-day",
            str(per_day),
        )
        imported = self.do("contact", "import", str(self.people), "--list", "people")
        assert imported == {"created": len(names), "updated": 0, "refused": 0}

    def serve(self, port):
        return running(
            self.data, "serve", "--port", str(port), DRUMBEAT_INBOUND_SMTP=f"127.0.0.1:{self.inbound}"
        )

    def sent_to(self, name):
        """Return what this person has got, as messages, in order."""
        mine = [line for line in self.server.messages if line["rcpt_tos"] == [f"{name}@example.com"]]
        return [message_from_bytes(b64decode(line["raw"])) for line in mine]

    def last_id(self, name):
        return str(self.sent_to(name)[-1]["Message-ID"]).strip("<>")

    def answers(self, raw, envelope_from="someone@example.com"):
        """Deliver a mail to drumbeat as its mail server would."""
        with smtplib.SMTP("127.0.0.1", self.inbound, timeout=20) as client:
            client.sendmail(envelope_from, [US], raw)

    def enrollment(self, name):
        found = self.do("enrollment", "list", "--limit", "1000")
        return next(one for one in found if one["contact"] == f"{name}@example.com")

    def standings(self):
        found = self.do("enrollment", "list", "--limit", "1000")
        return {one["contact"].partition("@")[0]: (one["state"], one["reason"]) for one in found}


@pytest.fixture
def outreach(tmp_path):
    with smtp.serving(tmp_path / "judge", keep_raw=True) as server:
        yield Outreach(tmp_path / "data", server, tmp_path)


def test_what_comes_back_decides_what_happens_next(outreach, port):
    outreach.set_up(*ENDS)
    template = ("--template", "cold_outreach", "--activate")
    outreach.do("sequence", "create", "Later", *template, "--delays", "1h")
    outreach.do("sequence", "create", "Now", *template, "--delays", "0m")
    outreach.do("enroll", "Later", "--list", "people")
    outreach.do("contact", "add", "kim@example.com")
    outreach.do("enroll", "Now", "--contact", "kim@example.com")
    with outreach.serve(port) as serve:
        until(lambda: all(outreach.sent_to(name) for name in ENDS), TWO_MINUTES)
        come_back(outreach)
        ends = {**ENDS, "kim": ("finished", "completed")}
        until(lambda: outreach.standings() == ends, TWO_MINUTES, pause=1)
        until(lambda: stats(outreach.data)["events"].get("auto_replied") == 1, TWO_MINUTES, pause=1)
        serve.send_signal(signal.SIGTERM)
        assert serve.wait(TWO_MINUTES) == 0
    is_one_thread(*outreach.sent_to("kim"))
    is_told(outreach)


def is_one_thread(first, second, third):
    assert second["In-Reply-To"] == first["Message-ID"]
    assert third["In-Reply-To"] == second["Message-ID"]
    assert str(second["Subject"]) == f"Re: {first['Subject']}"
    assert len({mail["Message-ID"] for mail in (first, second, third)}) == 3
    assert all(mail["List-Unsubscribe-Post"] for mail in (first, second, third))


def is_told(outreach):
    """Every end is to be seen in the numbers, in what an enrollment shows, and in why it stands there."""
    counted = stats(outreach.data)
    assert counted["touches"] == {"sent": len(ENDS) + 3 + len(PASSED_ON)}
    assert counted["finish_reasons"] == {"replied": 1, "bounced": 1, "opted_out": 1, "completed": 1}
    happened = {"replied": 1, "auto_replied": 1, "bounced": 1, "opted_out": 1, "meeting_booked": 1}
    assert {kind: counted["events"].get(kind) for kind in happened} == happened
    told = outreach.do("enrollment", "why", *(str(outreach.enrollment(name)["id"]) for name in WHY))
    for one, sentence in zip(told, WHY.values(), strict=True):
        assert (one["lines"][-1]["sentence"], one["state_now"]) == (sentence, sentence)
    (shown,) = outreach.do("enrollment", "show", str(outreach.enrollment("leaves")["id"]))
    assert shown["label"] == "Unsubscribed"
    again = outreach.do("enroll", "Later", "--contact", "gone@example.com", "leaves@example.com")
    assert again == {"enrolled": 0, "answers": {"suppressed": 2}}


ENDS = {
    "replies": ("finished", "replied"),
    "machine": ("active", ""),
    "gone": ("finished", "bounced"),
    "leaves": ("finished", "opted_out"),
    "meets": ("paused", "meeting"),
    "silent": ("active", ""),
}
PASSED_ON = ("replies", "leaves")
"""Whose mails went on to the owner: what people write does, what machines write does not."""
WHY = {
    "replies": "Finished: the contact replied.",
    "gone": "Finished: the address does not exist.",
    "leaves": "Finished: the contact unsubscribed.",
    "meets": "Paused: a meeting was booked.",
}


def come_back(outreach):
    """A reply, an auto-reply, a bounce and an opt-out arrive by mail, a meeting by the command line."""

    def about(name):
        return {
            "sender": f"{name}@example.com",
            "answers": outreach.last_id(name),
            "message_id": f"{name}@x.test",
        }

    outreach.answers(a_mail("Yes, call me on Monday.\n", **about("replies")))
    outreach.answers(an_auto_reply(**about("machine")))
    outreach.answers(a_mail("Please unsubscribe me.\n", **about("leaves")))
    outreach.answers(a_bounce(recipient="gone@example.com", of=outreach.last_id("gone")), "")
    outreach.do("contact", "event", "meets@example.com", "meeting_booked")


LOST = "lost250"
"""Its server takes each message and cuts the connection instead of saying so."""


def test_a_kill_of_everything_sends_nothing_twice_and_a_person_ends_the_doubt(outreach, port):
    names = [LOST, *(f"kim{n}" for n in range(120))]
    outreach.set_up(*names, per_day=1000)
    outreach.do("sequence", "create", "Now", "--template", "meeting_request", "--activate")
    outreach.do("enroll", "Now", "--list", "people")
    with outreach.serve(port) as serve:
        until(lambda: len(outreach.server.messages) >= 5, TWO_MINUTES)
        kill_all([serve.pid, *descendants(serve.pid)])
    with outreach.serve(port):
        until(lambda: sum(settled(outreach.data)) == len(names), TWO_MINUTES, pause=1)
        taken = [line["rcpt_tos"][0] for line in outreach.server.messages]
        assert len(taken) == len(set(taken))
        send_again(outreach, LOST)
        end_the_doubt(outreach)
        until(lambda: stats(outreach.data)["touches"] == {"sent": len(names)}, TWO_MINUTES, pause=1)
    taken = [line["rcpt_tos"][0] for line in outreach.server.messages]
    assert sorted(taken) == sorted(f"{name}@example.com" for name in [LOST, *names])
    assert len({line["message_id"] for line in outreach.server.messages}) == len(names)


def kill_all(pids):
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    all_end(pids)


def settled(data):
    touches = stats(data)["touches"]
    return touches.get("sent", 0), touches.get("interrupted", 0)


def send_again(outreach, name):
    """Let one message in doubt leave once more, and wait until it is in doubt again."""
    id_ = str(outreach.enrollment(name)["id"])
    (resolved,) = outreach.do("enrollment", "resolve", id_, "send-again")
    assert resolved["done"]
    first, second = until(lambda: outreach.sent_to(name)[1:] and outreach.sent_to(name), TWO_MINUTES)
    assert first["Message-ID"] == second["Message-ID"]
    until(lambda: outreach.enrollment(name)["reason"] == "interrupted", TWO_MINUTES, pause=1)


def end_the_doubt(outreach):
    """Ask the receiving server, as a person would: what it has arrived, the rest is sent again."""
    doubtful = outreach.do("enrollment", "list", "--state", "blocked", "--reason", "interrupted")
    assert len(doubtful) <= 4 + 1
    taken = {line["rcpt_tos"][0] for line in outreach.server.messages}
    arrived = {str(one["id"]): one["contact"] in taken for one in doubtful}
    for word, is_there in (("arrived", True), ("send-again", False)):
        ids = [id_ for id_, there in arrived.items() if there is is_there]
        assert not ids or all(one["done"] for one in outreach.do("enrollment", "resolve", *ids, word))
