"""A received mail becomes a value, whatever was sent."""

import base64
import email
import email.message
import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core import mail as reading
from drumbeat.core.mail import Mail, message_ids, read_fields, read_mail

CORPORA = Path(__file__).parents[3] / "shared/corpora/open"

REPLY = """\
Return-Path: <bob@example.com>
Delivered-To: ann@sender.test
Received: from x
Message-ID: <r1@example.com>
In-Reply-To: <m1@sender.test>
References: <m0@sender.test> <m1@sender.test>
From: =?utf-8?q?Bob_B=C3=B6hm?= <bob@example.com>
To: Ann <ann@sender.test>, team@sender.test
Cc: carol@example.com
Subject: Re: =?utf-8?b?R3LDvMOfZQ==?=
 and more
Date: Mon, 2 Mar 2026 10:00:00 +0100
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe,
Bob
"""

BOUNCE = """\
From: MAILER-DAEMON@mx.test
Return-Path: <>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.test

Final-Recipient: rfc822; bob@example.com
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

Message-ID: <m1@sender.test>
To: bob@example.com

Hello
--b--
"""


def read(text: str) -> Mail:
    return read_mail(text.encode())


def in_report(part: str, kind: str = "multipart/report") -> Mail:
    return read(f"From: a@b.test\nContent-Type: {kind}; boundary=b\n\n--b\n{part}\n--b--\n")


def test_a_reply_is_read():
    mail = read(REPLY)
    assert mail.message_id == "r1@example.com"
    assert mail.in_reply_to == "m1@sender.test"
    assert mail.references == ("m0@sender.test", "m1@sender.test")
    assert (mail.from_name, mail.from_address) == ("Bob Böhm", "bob@example.com")
    assert mail.to_addresses == ("ann@sender.test", "team@sender.test", "carol@example.com")
    assert mail.return_path == "bob@example.com"
    assert mail.subject == "Re: Grüße and more"
    assert mail.date == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert mail.text == "Grüße,\nBob\n"
    assert mail.headers["received"] == "from x"


def test_a_bounce_is_read_with_its_report_and_the_returned_message():
    mail = read(BOUNCE)
    assert mail.content_type == "multipart/report"
    assert mail.return_path == ""
    assert mail.text.strip() == "It failed."
    assert [dict(group) for group in mail.reports] == [
        {"reporting-mta": "dns; mx.test"},
        {"final-recipient": "rfc822; bob@example.com", "action": "failed", "status": "5.1.1"},
    ]
    assert mail.original["message-id"] == "<m1@sender.test>"


@pytest.mark.parametrize(
    ("part", "reports", "feedback", "original"),
    [
        pytest.param(
            "Content-Type: message/global-delivery-status\n\nA: 1\n\nB: 2\n",
            [{"a": "1"}, {"b": "2"}],
            {},
            {},
            id="a report of the international kind",
        ),
        pytest.param(
            "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: a@b.test\n"
            "Original-Rcpt-To: c@d.test\n",
            [],
            {"feedback-type": "abuse", "original-rcpt-to": "a@b.test, c@d.test"},
            {},
            id="a feedback report with a repeated field",
        ),
        pytest.param(
            "Content-Type: text/rfc822-headers\n\nMessage-ID: <m1@sender.test>\n",
            [],
            {},
            {"message-id": "<m1@sender.test>"},
            id="returned headers",
        ),
        pytest.param(
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
            + base64.b64encode(b"Message-ID: <m1@sender.test>\n\nx").decode(),
            [],
            {},
            {},
            id="an encoded returned message, which nobody may send",
        ),
    ],
)
def test_parts_of_reports(part, reports, feedback, original):
    mail = in_report(part)
    assert [dict(group) for group in mail.reports] == reports
    assert dict(mail.feedback) == feedback
    assert {name: mail.original.get(name) for name in original} == original


def test_text_html_and_attachments():
    mail = in_report(
        "Content-Type: text/plain\n\none\n--b\nContent-Type: text/html\n\n<p>two</p>\n--b\n"
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nthree\n--b\n"
        "Content-Type: image/png\n\nfour\n--b\nContent-Type: text/plain\n\nfive\n",
        "multipart/mixed",
    )
    assert mail.text.split() == ["one", "five"]
    assert mail.html.strip() == "<p>two</p>"


def test_a_body_whose_boundary_is_wrong_is_still_text():
    mail = read("Content-Type: multipart/mixed; boundary=other\n\n--b\n\nhello\n--b--\n")
    assert "hello" in mail.text


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        pytest.param(
            "Content-Type: text/plain; charset=no-such", b"Gr\xfc\xdfe", "Grüße", id="unknown charset"
        ),
        pytest.param("Content-Type: text/plain", "Grüße".encode(), "Grüße", id="undeclared UTF-8"),
        pytest.param("Content-Type: text/plain", b"Gr\xfc\xdfe", "Grüße", id="undeclared Latin-1"),
        pytest.param("Content-Transfer-Encoding: base64", b"%%%", "%%%", id="broken base64"),
        pytest.param("Content-Transfer-Encoding: nonsense", b"a", "a", id="unknown transfer encoding"),
        pytest.param(
            "Content-Type: text/plain", b"a\x00b\x1bc\r\nd\re", "abc\nd\ne", id="controls and line ends"
        ),
        pytest.param("Content-Type: text/plain; charset*0*=x", b"a", "a", id="a broken parameter"),
        pytest.param("Content-Type: nonsense", b"a", "a", id="a broken type"),
        pytest.param(
            "Content-Type: text/plain; charset=utf-7", b"+2AA-", "+2AA-", id="a charset that misleads"
        ),
    ],
)
def test_a_body_is_read_as_far_as_it_can_be(head, body, text):
    assert read_mail(head.encode() + b"\n\n" + body).text.strip() in {text, ""} | ({text} if text else set())


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"Gr\xc3\xbc\xc3\x9fe", "Grüße"),
        (b"Gr\xfc\xdfe", "Grüße"),
        (b"=?no-such?q?a=FC?=", "aü"),
        (b"=?utf-8?b?%%%?=", None),
        (b"=?utf-8?b?R3LDvMOfZQ==?= =?utf-8?q?!?=", "Grüße!"),
        (b"a\x00b", "ab"),
        (b"", ""),
    ],
)
def test_a_header_is_read_as_far_as_it_can_be(header, subject):
    found = read_mail(b"Subject: " + header + b"\n\nx").subject
    assert subject is None or found == subject


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<a@b> <c@d>\r\n <a@b>", ("a@b", "c@d")),
        ("a@b.test", ("a@b.test",)),
        ('"x" a@b.test; (c@d.test)', ("a@b.test", "c@d.test")),
        ("nothing", ()),
        ("", ()),
    ],
)
def test_message_ids_are_bare(value, ids):
    assert message_ids(value) == ids


@pytest.mark.parametrize(
    "value", ["", "nonsense", "Mon, 99 Foo 2026 10:00:00", "1 Jan 99999999999 00:00:00 +0000"]
)
def test_a_date_that_is_none_is_none(value):
    assert read(f"Date: {value}\n\nx").date is None


def test_a_date_without_zone_counts_as_utc():
    assert read("Date: Mon, 2 Mar 2026 10:00:00\n\nx").date == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_fields_at_the_beginning_of_a_text():
    assert read_fields("To: a@b.test\nSubject: x\n\nTo: no") == {"to": "a@b.test", "subject": "x"}


@given(st.binary(max_size=600))
def test_any_bytes_are_a_mail(raw):
    read_mail(raw)


PIECES = st.lists(
    st.sampled_from(
        [
            b"Content-Type: multipart/mixed; boundary=b\n",
            b"Content-Type: message/delivery-status\n",
            b"Content-Type: message/rfc822\n",
            b"Content-Type: message/feedback-report\n",
            b"Content-Type: text/rfc822-headers\n",
            b"Content-Transfer-Encoding: base64\n",
            b"Content-Type: ;;;=\n",
            b"From: <<>>@,;\n",
            b"Subject: =?x?y?z?=\n",
            b"References: <",
            b"\n",
            b"--b\n",
            b"--b--\n",
            b"\xff\x00",
            b" folded\n",
        ]
    ),
    max_size=25,
)


@given(PIECES)
def test_any_pieces_of_mail_are_a_mail(pieces):
    read_mail(b"".join(pieces))


@pytest.mark.parametrize("failing", ["message_from_bytes", "message_from_string"])
def test_what_the_parser_trips_over_is_an_empty_mail(monkeypatch, failing):
    def trip(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(email, failing, trip)
    part = "Content-Type: text/rfc822-headers\n\nTo: a@b.test\n"
    mail = in_report(part)
    assert mail == Mail() or mail.original == {}


def test_what_the_reader_of_addresses_or_parts_trips_over_is_left_out(monkeypatch):
    def trip(*_: object, **__: object) -> None:
        raise IndexError

    monkeypatch.setattr(reading, "getaddresses", trip)
    monkeypatch.setattr(reading, "decode_header", trip)
    monkeypatch.setattr(email.message.Message, "get_content_charset", trip)
    mail = read("From: a@b.test\nSubject: =?utf-8?q?a?=\n\nhello")
    assert (mail.from_address, mail.subject, mail.text) == ("", "=?utf-8?q?a?=", "hello")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(
            b"".join(
                b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9_000)
            ),
            id="depth",
        ),
        pytest.param(b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 500_000, id="parts"),
        pytest.param(b"X-A: b\n" * 900_000 + b"\n", id="headers"),
        pytest.param(b"Subject: " + b"a\n " * 900_000 + b"\n\n", id="a header"),
        pytest.param(b"Subject: x\n\n" + b"x" * 30_000_000, id="size"),
        pytest.param(
            b"Content-Transfer-Encoding: base64\n\n" + b"QUFB" * 3_000_000, id="a large encoded part"
        ),
        pytest.param(b"Content-Type: text/plain" + b"; a=b" * 300_000 + b"\n\nx", id="parameters"),
        pytest.param(b"From: " + b"(" * 300_000 + b"\n\n", id="comments"),
        pytest.param(b"References: " + b"<a@b> " * 300_000, id="references"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_no_mail_can_hold_the_reader_up(raw):
    begin = time.process_time()
    mail = read_mail(raw)
    assert time.process_time() - begin < 2
    assert len(mail.text) <= reading.MAX_TEXT


def test_a_transfer_encoding_that_cannot_be_undone_is_left(monkeypatch):
    real = email.message.Message.get_payload

    def trip(self: Any, i: Any = None, decode: bool = False) -> Any:
        if decode:
            raise ValueError
        return real(self, i, decode)

    monkeypatch.setattr(email.message.Message, "get_payload", trip)
    assert read("Subject: x\n\nhello").text == "hello"
    assert in_report("Content-Type: message/delivery-status\n\nA: 1\n").reports == ({"a": "1"},)


def test_an_empty_report_says_nothing():
    mail = in_report("Content-Type: message/rfc822\n\n--b\nContent-Type: message/feedback-report\n")
    assert (mail.reports, dict(mail.feedback), mail.original) == ((), {}, {})


def test_a_part_with_very_many_headers_is_cut():
    part = "Content-Type: message/feedback-report\n\n" + "".join(f"X-{n}: y\n" for n in range(1_500))
    assert len(in_report(part).feedback) == 1_000
    assert len(read("".join(f"X-{n}: y\n" for n in range(1_500)) + "\nx").headers) == 1_000


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not here")
def test_every_mail_of_the_corpora_is_read():
    rows = [json.loads(line) for line in (CORPORA / "manifest.jsonl").read_text().splitlines()]
    files = [row["file"] for row in rows if row["file"].endswith((".eml", ".txt"))]
    assert len(files) > 500
    for name in files:
        assert isinstance(read_mail((CORPORA / name).read_bytes()), Mail)


@pytest.mark.parametrize("kind", ["text/calendar; method=REPLY", "application/ics"])
def test_the_first_calendar_part_is_kept_and_is_no_text(kind):
    parts = [f"Content-Type: {kind}\n\nBEGIN:VCALENDAR {number}\n" for number in (1, 2)]
    body = "--b\n" + "\n--b\n".join(["Content-Type: text/plain\n\nSee you.\n", *parts]) + "\n--b--\n"
    mail = read_mail(f"From: a@b.test\nContent-Type: multipart/mixed; boundary=b\n\n{body}".encode())

    assert mail.calendar.strip() == "BEGIN:VCALENDAR 1"
    assert mail.text.strip() == "See you."
