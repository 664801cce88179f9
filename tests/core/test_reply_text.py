"""The part of a reply that its writer wrote."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.mail import read_mail
from drumbeat.core.mail_text import text_from_html
from drumbeat.core.reply_text import reply_text

CORPORA = Path(__file__).parents[3] / "shared/corpora/open"


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 3 Mar 2026 at 10:00, Ann <ann@sender.test> wrote:\n> Hello",
        "On Tue, 3 Mar 2026 at 10:00, Ann Long-Name\n<ann@sender.test>\nwrote:\n\n> Hello",
        "Am 03.03.2026 um 10:00 schrieb Ann:\n> Hallo",
        "Le mar. 3 mars 2026 à 10:00, Ann <ann@sender.test> a écrit :\n\nBonjour",
        "Ann <ann@sender.test> schrieb am Di., 3. März:\n> Hallo",
        '26.06.2014, 14:41, "Ann" <ann@sender.test>:\n\nHello',
        "-----Original Message-----\nFrom: Ann\n\nHello",
        "-------- Ursprüngliche Nachricht --------\nVon: Ann\n\nHallo",
        "---- Ann Sender wrote ----\n> Hello",
        "________________________________\nFrom: Ann <ann@sender.test>\nSent: Tuesday\nTo: Bob\n\nHello",
        "From: Ann <ann@sender.test>\nSent: Tuesday\nTo: Bob\nSubject: x\n\nHello",
        "*Von:* Ann\n*Gesendet:* Dienstag\n*An:* Bob\n\nHallo",
        "Date: Tue, 3 Mar 2026\nFrom: ann@sender.test\n\nHello",
        "> Hello\n> you",
        "-- \nBob Böhm\nExample Inc.",
        "Sent from my iPhone",
        "Sent from my iPhone!",
        "Von meinem iPhone gesendet",
        "- Bob",
        "- Bob\n\nSent from my phone",
        "--------------------\n\nBob Böhm\nt. 030 1234567\nwww.example.com",
    ],
)
def test_what_follows_the_own_words_is_left_out(quoted):
    assert reply_text(f"Sounds good.\r\n\r\nBob\r\n\r\n{quoted}\r\n") == "Sounds good.\n\nBob"


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday.",
        "On Monday I wrote to you: it works.",
        "From: where I stand, fine.",
        "To: be or not to be",
        "Two options:\n- one\n- two",
        "The winner is:\n\n- Berlin\n\nWe meet there.",
        "--------------------\nfirst part",
        "--------------------\n" + "long " * 30 + "www.example.com",
        "________________________________\nnot a header",
        "a --\nb",
    ],
)
def test_own_words_stay(text):
    assert reply_text(text) == text


@pytest.mark.parametrize(
    "quoted",
    [
        pytest.param(
            "> a line that is long enough to have been broken by a program on its way to\nus\n> more",
            id="wrapped",
        ),
        pytest.param("> see (http://example.com/a\n_b=1)\n> more", id="a link that was broken"),
        pytest.param("> see this\n (http://example.com/a) >\n> more", id="a link of a mail program"),
    ],
)
def test_a_line_torn_off_a_quote_is_quoted(quoted):
    assert reply_text(f"Yes.\n\nOn Tue, 3 Mar 2026 at 10:00, Ann wrote:\n\n{quoted}") == "Yes."


@pytest.mark.parametrize(
    "sent_from",
    [
        "Sent from my iPhone",
        "Gesendet von Outlook für Android<https://example.com/x>",
        "Envoyé à partir de Outlook pour iOS<https://example.com/x>",
        "Verzonden vanaf mijn telefoon",
        "Inviato dal mio telefono",
        "Enviado a partir do meu telefone",
    ],
)
def test_what_follows_the_line_of_a_mobile_program_is_not_written_by_hand(sent_from):
    assert reply_text(f"Yes.\n\n{sent_from}\n\nHello Bob, what do you think?") == "Yes."
    assert reply_text(f"{sent_from}\n\nYes.") == "Yes."


@pytest.mark.parametrize(
    "header",
    [
        "On Wed, 14 Nov 2018 08:14:43 -0200 Ann <ann@sender.test> wrote",
        "In data 11 ottobre 2017 21:11:31 Ann <ann@sender.test> ha scritto:",
        "Wednesday, 17 November 2021, 3:32 PM +0300 from Ann <ann@sender.test>:",
        "====\n\nMessage du : 12/12/2016 13:20\nDe : Ann <ann@sender.test>\nA : bob@example.com",
        "From: Ann of Human Resources\n<ann@sender.test>\nSent: Monday\nTo: Bob",
        "  *From:* ann@sender.test [mailto:\n  ann@sender.test]\n  *Sent:* Monday\n  *To:* Bob",
    ],
)
def test_quote_headers_of_more_programs(header):
    assert reply_text(f"Yes.\n\n{header}\n\nHello Bob") == "Yes."


def test_a_short_day_before_a_quote_is_the_writers():
    assert (
        reply_text("On Thursday.\n\n> On May 17, 2017, at 01:42 PM, Ann <a@b.test> wrote:\n>\n> When?")
        == "On Thursday."
    )


def test_what_was_passed_on_stays():
    text = "FYI\n\n---------- Forwarded message ----------\nFrom: ann@sender.test\nTo: bob@x.test\n\nHello"
    assert reply_text(text) == text


def test_answers_between_quoted_lines_stay():
    text = "On Tue, 3 Mar 2026 Ann wrote:\n> One?\nYes.\n> Two?\nNo.\n"
    assert reply_text(text) == "Yes.\nNo."


def test_a_name_before_the_quote_header_is_the_writers():
    assert (
        reply_text("Mvh,\nPerson B\n\nons 4 dec. 2024 kl. 20:42 skrev Ann <a@b.test>:\n> Hej")
        == "Mvh,\nPerson B"
    )


def test_all_quoted_is_nothing():
    assert reply_text("> one\n> two") == ""
    assert reply_text("") == ""


@given(st.text(alphabet=" \n>:-_abOnwroteFm<@.1", max_size=200))
def test_nothing_is_invented(text):
    own = {line.strip() for line in text.replace("\r", "\n").split("\n")}
    assert {line.strip() for line in reply_text(text).split("\n")} <= own | {""}


@pytest.mark.parametrize(
    "piece", ["> ", "On ", "From: a\n", "-", "\n", "On x wrote\n", "Am 1.1. schrieb x :\n", "a <b@c "]
)
def test_no_text_can_hold_the_reader_up(piece):
    begin = time.process_time()
    reply_text(piece * (200_000 // len(piece)))
    assert time.process_time() - begin < 3


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not here")
def test_what_the_origins_of_the_corpus_assert():
    rows = list(map(json.loads, (CORPORA / "manifest.jsonl").read_text().splitlines()))
    exact = asked = 0
    for row in rows:
        if row["kind"] != "reply-text":
            continue
        own = reply_text((CORPORA / row["file"]).read_bytes().decode())
        asserted = row["expect"].get("asserted", {})
        assert all(piece in own for piece in asserted.get("reply_must_contain", ())), row["file"]
        if "reply_equals" in asserted:
            assert bare(own) == bare(asserted["reply_equals"])
        if first := asserted.get("first_fragment_equals"):
            assert bare(first) in bare(own), row["file"]
            asked += 1
            exact += bare(first) == bare(own)
    assert exact >= 0.7 * asked > 0


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not here")
def test_the_mails_of_the_corpus():
    for row in map(json.loads, (CORPORA / "manifest.jsonl").read_text().splitlines()):
        if row["kind"] == "reply-eml" and "reply_text" in row["expect"]:
            mail = read_mail((CORPORA / row["file"]).read_bytes())
            own = reply_text(mail.text or text_from_html(mail.html))
            assert bare(own) == bare(row["expect"]["reply_text"]), row["file"]
