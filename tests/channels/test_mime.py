"""A built mail says what it was told, to any reader of mail, and nothing a value could add."""

import email
import json
import time
import timeit
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.channels.email.mime import EmailOutbound, build, message_id, needs_smtputf8
from drumbeat.core.errors import DomainError

ID = "0123abcd@sender.test"
PLAIN = EmailOutbound(
    touch_key="step:1:hello:1",
    sender_address="ann@sender.test",
    sender_name="Ann Sender",
    envelope_from="bounce+x1@sender.test",
    recipient_address="bob@example.com",
    recipient_name="Bob",
    subject="A question",
    text="Hello Bob,\n\nshall we talk?\n",
    message_id=ID,
    date=datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=1))),
)
ENDS_A_LINE = ["\r", "\n", "\r\n", "\0", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x7f", "\ud800"]
STRANGE = [
    "Grüße aus Köln",
    "Привет, как дела? " * 6,
    "日本語の件名" * 20,
    "👩‍👩‍👧‍👦 family " * 12,
    "=?utf-8?q?not=20ours?=",
    'a "quoted", \\ thing; <b@c.test>',
    "  leading and trailing  ",
    "x" * 2000,
    "word " * 60 + "end",
    "a@x.test, b@y.test",
    "undisclosed-recipients:;",
    "(comment)",
    "’curly’ – dash",
    "שלום עולם",
]


def changed(**fields: Any) -> EmailOutbound:
    return replace(PLAIN, **fields)


def parse(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def read(outbound: EmailOutbound) -> EmailMessage:
    raw = build(outbound)
    lines = raw.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line or len(line) > 998 for line in lines)
    return parse(raw)


def name_in(message: EmailMessage, field: str) -> str:
    """The structured parser of Python 3.11 keeps the space of adjacent encoded words; RFC 2047 drops it."""
    raw = dict(message.raw_items())[field]
    return str(make_header(decode_header(parseaddr(str(raw))[0])))


def by_the_standard_library(outbound: EmailOutbound) -> EmailMessage:
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = outbound.subject
    message.set_content(outbound.text)
    if outbound.html is not None:
        message.add_alternative(outbound.html, subtype="html")
    return parse(bytes(message))


def bodies(message: EmailMessage) -> list[tuple[str, str]]:
    parts = (part for part in message.walk() if not part.is_multipart())
    return [(part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in parts]


@pytest.mark.parametrize("value", STRANGE)
def test_a_strange_subject_and_name_arrive_as_they_were(value):
    message = read(replace(PLAIN, subject=value, recipient_name=value, sender_name=value))
    assert message["Subject"] == value
    assert name_in(message, "To") == " ".join(value.split())
    assert [a.addr_spec for a in message["To"].addresses] == ["bob@example.com"]
    assert [a.addr_spec for a in message["From"].addresses] == ["ann@sender.test"]


printable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=200)


@given(subject=printable, name=printable)
def test_every_printable_subject_and_name_arrives(subject, name):
    message = read(replace(PLAIN, subject=subject, recipient_name=name))
    assert message["Subject"] == subject
    assert [a.addr_spec for a in message["To"].addresses] == ["bob@example.com"]
    assert name_in(message, "To") == " ".join(name.split())


@given(
    text=st.text(st.characters(codec="utf-8"), max_size=400),
    html=st.none() | st.text(st.characters(codec="utf-8")),
)
def test_every_body_reads_as_the_standard_library_would_write_it(text, html):
    outbound = replace(PLAIN, text=text, html=html)
    one_kind = str.maketrans(
        {"\x0b": "\n", "\x0c": "\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n", "\x85": "\n"}
    )
    mine, theirs = (
        [(kind, "\n".join(body.translate(one_kind).splitlines())) for kind, body in bodies(message)]
        for message in (read(outbound), by_the_standard_library(outbound))
    )
    assert mine == theirs


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param("Hello\n", "7bit", id="short plain lines stay as they are"),
        pytest.param(
            "Grüße aus Köln, wie geht es?\n" * 9, "quoted-printable", id="mostly Latin stays readable"
        ),
        pytest.param("long " * 60, "quoted-printable", id="a long line is wrapped"),
        pytest.param("Здравствуйте, коллеги.\n" * 9, "base64", id="another script takes less room"),
    ],
)
def test_the_encoding_fits_the_content(text, encoding):
    message = read(replace(PLAIN, text=text))
    assert message["Content-Transfer-Encoding"] == encoding
    assert bodies(message) == [("text/plain", text if text.endswith("\n") else f"{text}\n")]


def test_lines_that_mean_something_to_transport_survive():
    text = ".\n..\n.hidden\nFrom me\n trailing \r\nmac\rend"
    [(_, body)] = bodies(read(replace(PLAIN, text=text)))
    assert body == ".\n..\n.hidden\nFrom me\n trailing \nmac\nend\n"


@pytest.mark.parametrize("end", ENDS_A_LINE)
@pytest.mark.parametrize(
    "field",
    [
        "subject",
        "reply_to",
        "sender_address",
        "recipient_address",
        "message_id",
        "in_reply_to",
        "unsubscribe_url",
    ],
)
def test_a_value_that_ends_its_line_is_refused(field, end):
    value = f"{getattr(PLAIN, field) or 'x@y.test'}{end}Bcc: eve@example.com"
    with pytest.raises(DomainError) as refused:
        build(changed(**{field: value}))
    assert refused.value.code == "header_invalid"


@pytest.mark.parametrize("end", ENDS_A_LINE)
def test_a_value_that_ends_its_line_is_refused_in_further_headers_and_references(end):
    for outbound in (
        replace(PLAIN, headers={"X-Note": f"a{end}b"}),
        replace(PLAIN, headers={f"X-No{end}te": "a"}),
        replace(PLAIN, references=(f"a{end}b@c.test",)),
    ):
        with pytest.raises(DomainError):
            build(outbound)


@pytest.mark.parametrize("end", ENDS_A_LINE)
def test_in_a_display_name_it_becomes_a_space(end):
    message = read(
        replace(PLAIN, recipient_name=f"Bob{end}Bcc: eve@example.com", sender_name=f"{end}Ann{end}")
    )
    assert name_in(message, "To") == "Bob Bcc: eve@example.com"
    assert name_in(message, "From") == "Ann"
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    [
        "a@x.test,b@y.test",
        "a@x.test, b@y.test",
        "a@x.test;b@y.test",
        "group: a@x.test;",
        "a(comment)@x.test",
        '"a b"@x.test',
        '"a@y.test"@x.test',
        "a\\@b@x.test",
        "<a@x.test>",
        "Ann <a@x.test>",
        "a@x.test>",
        "a b@x.test",
        "a..b@x.test",
        ".a@x.test",
        "a.@x.test",
        "a@",
        "@x.test",
        "a",
        "",
        "a@x..test",
        "a@-x.test",
        "a@[192.0.2.1]",
        "a@x.test SIZE=1",
        "a@ex\u00adample\u2100.test",
        "a@x\u3002\u3002test",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address):
    for field in ("recipient_address", "sender_address"):
        with pytest.raises(DomainError) as refused:
            build(changed(**{field: address}))
        assert refused.value.code == "header_invalid"


def test_an_international_domain_travels_in_ascii():
    message = read(replace(PLAIN, recipient_address="bob@straße.example.com"))
    assert message["To"].addresses[0].addr_spec == "bob@xn--strae-oqa.example.com"


def test_a_local_part_outside_ascii_needs_smtputf8():
    outbound = replace(PLAIN, recipient_address="jörg@example.com")
    assert needs_smtputf8(outbound)
    assert not needs_smtputf8(PLAIN)
    assert "To: Bob <jörg@example.com>\r\n".encode() in build(outbound)


def test_the_fixed_headers():
    message = read(PLAIN)
    assert message["Date"].datetime == PLAIN.date
    assert message["Message-ID"] == f"<{ID}>"
    assert message["MIME-Version"] == "1.0"
    for absent in (
        "Reply-To",
        "In-Reply-To",
        "References",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "Bcc",
    ):
        assert message[absent] is None


def test_one_click_unsubscribe_comes_with_its_link_only():
    message = read(replace(PLAIN, unsubscribe_url="https://mail.example.com/u/" + "t" * 200))
    assert str(message["List-Unsubscribe"]).strip() == f"<https://mail.example.com/u/{'t' * 200}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param("rep+r-0123@ours.test", True, id="an address with a mark"),
        pytest.param("", False, id="none"),
        pytest.param("jörg+r-0123@ours.test", False, id="one that a header could not hold"),
        pytest.param("a@b.test>,<https://y.test", False, id="one that breaks out"),
    ],
)
def test_one_can_unsubscribe_by_mail_too(address, shown):
    url = "https://mail.example.com/u/t"
    message = read(replace(PLAIN, unsubscribe_url=url, unsubscribe_address=address))
    by_mail = f"<mailto:{address}?subject=unsubscribe>"
    assert (by_mail in str(message["List-Unsubscribe"])) is shown
    assert str(message["List-Unsubscribe"]).strip().startswith(f"<{url}>")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.test/>,<https://y.test", "https://x.test/a b", "x"]
)
def test_an_unsubscribe_link_is_a_plain_web_address(url):
    with pytest.raises(DomainError):
        build(replace(PLAIN, unsubscribe_url=url))


def test_references_grow_and_stay_bounded():
    ids = tuple(f"m{n}@x.test" for n in range(30))
    message = read(replace(PLAIN, references=ids, in_reply_to="last@x.test"))
    assert message["In-Reply-To"] == "<last@x.test>"
    found = str(message["References"]).split()
    assert found == ["<m0@x.test>", *(f"<m{n}@x.test>" for n in range(12, 30)), "<last@x.test>"]


def test_a_malformed_id_of_somebody_else_is_left_out():
    message = read(replace(PLAIN, references=("a b@x.test", "ok@x.test"), in_reply_to="<bad> id"))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<ok@x.test>"


def test_own_ids_must_be_well_formed():
    with pytest.raises(DomainError):
        build(replace(PLAIN, message_id="<a@b.test>"))


def test_further_headers_come_from_a_list():
    message = read(replace(PLAIN, headers={"X-Campaign": "Größe", "Auto-Submitted": "no"}))
    assert (message["X-Campaign"], message["Auto-Submitted"]) == ("Größe", "no")
    for name in ("Bcc", "DKIM-Signature", "X Y", "X-", "Return-Path", "Content-Type"):
        with pytest.raises(DomainError):
            build(replace(PLAIN, headers={name: "x"}))


def test_reply_to_and_html():
    message = read(replace(PLAIN, reply_to="reply+t@sender.test", html="<p>Grüße</p>"))
    assert message["Reply-To"] == "reply+t@sender.test"
    assert message.get_content_type() == "multipart/alternative"
    assert bodies(message) == [("text/plain", PLAIN.text), ("text/html", "<p>Grüße</p>\n")]


def test_a_naive_date_is_a_defect():
    with pytest.raises(ValueError, match="aware"):
        build(replace(PLAIN, date=PLAIN.date.replace(tzinfo=None)))


def test_the_same_value_gives_the_same_bytes():
    outbound = replace(PLAIN, html="<p>x</p>", date=datetime(2026, 1, 1, tzinfo=UTC))
    assert build(outbound) == build(replace(outbound))


def test_a_message_id_is_stable_and_secret():
    first = message_id(b"secret", 1, "step:1:hello:1", "sender.test")
    assert first == message_id(b"secret", 1, "step:1:hello:1", "sender.test")
    others = {
        message_id(b"other", 1, "step:1:hello:1", "sender.test"),
        message_id(b"secret", 2, "step:1:hello:1", "sender.test"),
        message_id(b"secret", 1, "step:1:hello:2", "sender.test"),
    }
    assert len({first, *others}) == 4
    assert first.endswith("@sender.test")


def test_building_is_cheap():
    outbound = replace(
        PLAIN,
        subject="Grüße, Bob: eine kurze Frage",
        text="Hallo Bob,\n\nwie geht es dir? Größere Pläne?\n\n" * 20,
        html="<p>Hallo Bob, größere Pläne?</p>\n" * 40,
        references=("a@x.test", "b@x.test"),
        in_reply_to="c@x.test",
        unsubscribe_url="https://mail.example.com/u/abc",
    )
    best = min(timeit.repeat(lambda: build(outbound), timer=time.process_time, number=50, repeat=5)) / 50
    assert best < 0.003  # ten times what it takes, so that a busy machine does not matter


HOSTILE = Path(__file__).parents[3] / "shared/corpora/open/hostile-strings"


@pytest.mark.skipif(not HOSTILE.exists(), reason="the corpora are not here")
def test_hostile_strings_add_no_header_and_no_recipient():
    strings = [json.loads(line)["text"] for line in (HOSTILE / "blns.jsonl").open()]
    assert len(strings) > 200
    plain = [name for name, _ in read(PLAIN).items()]
    for value in strings:
        try:
            message = read(
                changed(subject=value, sender_name=value, recipient_name=value, text=value, html=value)
            )
        except DomainError as refused:
            assert refused.code == "header_invalid"
            continue
        assert [name for name, _ in message.items() if not name.startswith("Content-")] == [
            name for name in plain if not name.startswith("Content-")
        ]
        assert [a.addr_spec for a in message["To"].addresses] == ["bob@example.com"]
