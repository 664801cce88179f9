"""`drumbeat inbox parse` as a program sees it: lines of JSON, whatever the files are, without data or settings."""

import json
import os
import subprocess
import sys
import time

import pytest

KEYS = ["file", "kind", "sentiment", "recipients", "reply_text", "returns_on", "message_ids"]
REPLY = b"""From: Bob <bob@x.test>
To: ann@sender.test
Subject: Re: A question
In-Reply-To: <m1@sender.test>
Message-ID: <r1@x.test>
Date: Wed, 4 Mar 2026 09:00:00 +0000

Sounds good, call me.

On Tue, 3 Mar 2026 at 10:00, Ann <ann@sender.test> wrote:
> Hello Bob
"""
BOUNCE = b"""From: MAILER-DAEMON@mx.test
To: ann@sender.test
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It failed.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

Final-Recipient: rfc822; bob@x.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <m1@sender.test>
To: bob@x.test

--b--
"""
AWAY = "Ich bin bis zum 16. März 2026 nicht im Büro."


def inbox(*words, cwd):
    bare = {"PATH": os.environ["PATH"], "LANG": "C", "HOME": str(cwd)}
    return subprocess.run(
        [sys.executable, "-m", "drumbeat", "inbox", "parse", *map(str, words)],
        cwd=cwd, env=bare, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def lines(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


@pytest.fixture
def files(tmp_path):
    def write(**named):
        paths = []
        for name, content in named.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return paths

    return write


def test_each_file_becomes_a_line_in_the_order_given(files, tmp_path):
    paths = files(b__eml=BOUNCE, r__eml=REPLY, away__txt=AWAY, stop__html="<p>Bitte <b>abmelden</b></p>")

    done = inbox("--json", *paths, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, b"")
    found = lines(done)
    assert [list(line) for line in found] == [KEYS] * 4
    assert [line["file"] for line in found] == [str(path) for path in paths]
    bounce, reply, away, stop = found
    assert bounce["kind"] == "bounce"
    assert bounce["recipients"] == [
        {"address": "bob@x.test", "hard": True, "reason": "user_unknown", "status": "5.1.1"}
    ]
    assert bounce["message_ids"] == ["m1@sender.test"]
    assert (reply["kind"], reply["sentiment"]) == ("reply", "interested")
    assert reply["reply_text"] == "Sounds good, call me."
    assert reply["message_ids"] == ["m1@sender.test"]
    assert (away["kind"], away["sentiment"], away["returns_on"]) == (
        "out_of_office",
        "out_of_office",
        "2026-03-16",
    )
    assert (stop["kind"], stop["sentiment"]) == ("opt_out", "unsubscribe")


def test_what_cannot_be_read_counts_as_other_and_says_why(files, tmp_path):
    paths = files(
        empty__eml=b"", binary__eml=b"\x00\x01\xff" * 900, binary__txt=b"PK\x03\x04\x00\x00", good__eml=REPLY
    )
    pipe = tmp_path / "pipe.eml"
    os.mkfifo(pipe)

    done = inbox("--json", *paths, tmp_path / "missing.eml", tmp_path, pipe, cwd=tmp_path)

    assert done.returncode == 0
    found = lines(done)
    assert [line["kind"] for line in found] == ["other", "other", "other", "reply", "other", "other", "other"]
    assert all(list(line) == KEYS for line in found)
    told = done.stderr.decode()
    assert "empty.eml: empty" in told
    assert "missing.eml: No such file" in told


def test_bodies_in_other_encodings(files, tmp_path):
    paths = files(a__txt="Désinscription".encode("latin-1"), b__txt="Bitte abmelden".encode("utf-16"))
    assert [line["kind"] for line in lines(inbox("--json", *paths, cwd=tmp_path))] == ["opt_out"] * 2


def test_without_json_there_is_a_table(files, tmp_path):
    done = inbox(*files(b__eml=BOUNCE, r__eml=REPLY * 3), cwd=tmp_path)
    text = done.stdout.decode()
    assert "bob@x.test (hard, user_unknown)" in text
    assert "interested" in text


def test_a_thousand_mails_in_half_a_minute(files, tmp_path):
    paths = [files(**{f"m{number}__eml": BOUNCE if number % 2 else REPLY})[0] for number in range(1_000)]
    begin = time.monotonic()
    assert len(lines(inbox("--json", *paths, cwd=tmp_path))) == 1_000
    assert time.monotonic() - begin < 30


def test_it_needs_words(tmp_path):
    assert inbox(cwd=tmp_path).returncode == 2
