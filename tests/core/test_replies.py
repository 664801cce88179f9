"""What a received mail is: people, machines, bounces, complaints and opt-outs told apart."""

import json
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.answers.wishes import Sentiment
from drumbeat.core.bounce_reasons import BounceReason
from drumbeat.core.bounces import FailedRecipient
from drumbeat.core.mail import Mail, read_mail
from drumbeat.core.replies import MailKind, Verdict, classify

CORPORA = Path(__file__).parents[3] / "shared/corpora/open"
SENT = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)  # a Wednesday

REPLY = Mail(
    message_id="r1@example.com",
    in_reply_to="m2@sender.test",
    references=("m1@sender.test", "m2@sender.test"),
    from_address="bob@example.com",
    subject="Re: A question",
    return_path="bob@example.com",
    date=SENT,
    text="Sounds good, call me.\n\nOn Tue, 3 Mar 2026 at 10:00 Ann <ann@sender.test> wrote:\n> Hello Bob\n",
)
DAEMON = Mail(
    from_address="MAILER-DAEMON@mx.test",
    return_path="",
    subject="Undelivered Mail Returned to Sender",
    headers={"to": "bounce+x1@sender.test"},
)
RETURNED = {"message-id": "<m1@sender.test>", "to": "bob@example.com", "from": "ann@sender.test"}


def auto(subject: str = "Re: A question", text: str = "Thank you.", **headers: str) -> Mail:
    return replace(
        REPLY, subject=subject, text=text, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        pytest.param(REPLY, MailKind.REPLY, id="a person answers"),
        pytest.param(
            replace(REPLY, in_reply_to="", references=()), MailKind.REPLY, id="a person writes anew"
        ),
        pytest.param(Mail(), MailKind.REPLY, id="what fits no rule may be a person's"),
        pytest.param(
            auto(x_auto_response_suppress="All"), MailKind.REPLY, id="Outlook's mark proves nothing"
        ),
        pytest.param(auto(auto_submitted="no"), MailKind.REPLY, id="marked as not automatic"),
        pytest.param(auto("I am out of office, call me"), MailKind.REPLY, id="a person may say to be away"),
        pytest.param(auto(auto_submitted="auto-replied; x=y"), MailKind.AUTO_REPLY, id="RFC 3834"),
        pytest.param(auto(precedence="bulk"), MailKind.AUTO_REPLY, id="bulk precedence"),
        pytest.param(auto(x_autoreply="yes"), MailKind.AUTO_REPLY, id="an older mark"),
        pytest.param(auto(x_apple_action="VACATION"), MailKind.AUTO_REPLY, id="Apple's mark"),
        pytest.param(auto("Automatic reply: A question"), MailKind.AUTO_REPLY, id="a program's subject"),
        pytest.param(replace(REPLY, return_path=""), MailKind.AUTO_REPLY, id="the null sender"),
        pytest.param(auto("Auto: A question"), MailKind.AUTO_REPLY, id="a short subject of a program"),
        pytest.param(auto("Automatic reply: x", "I am on vacation."), MailKind.OUT_OF_OFFICE, id="away"),
        pytest.param(auto("Abwesenheitsnotiz: x", "Bin weg."), MailKind.OUT_OF_OFFICE, id="away in German"),
        pytest.param(
            auto("Re: x", "Ich bin bis 9.3. im Urlaub.", auto_submitted="auto-replied"),
            MailKind.OUT_OF_OFFICE,
            id="away by its text",
        ),
        pytest.param(auto(text="Please unsubscribe me."), MailKind.OPT_OUT, id="an opt-out"),
        pytest.param(
            auto("unsubscribe", "Mail sent this.", auto_submitted="auto-replied", x_apple_unsubscribe="true"),
            MailKind.OPT_OUT,
            id="an opt-out by a mail program",
        ),
        pytest.param(auto("Unsubscribe", ""), MailKind.OPT_OUT, id="an opt-out by a link"),
        pytest.param(
            replace(REPLY, in_reply_to="", references=(), headers={"list-id": "<news.example.com>"}),
            MailKind.OTHER,
            id="a newsletter",
        ),
        pytest.param(
            replace(REPLY, headers={"list-id": "<l.example.com>"}), MailKind.REPLY, id="an answer by a list"
        ),
        pytest.param(
            replace(DAEMON, subject="Automatic reply: x", text="I am on leave until Monday."),
            MailKind.OUT_OF_OFFICE,
            id="away with the null sender",
        ),
        pytest.param(
            replace(REPLY, text="", html="<p>Please remove me from your list</p>"),
            MailKind.OPT_OUT,
            id="HTML alone",
        ),
    ],
)
def test_a_mail_is(mail, kind):
    assert classify(mail).kind is kind


def test_a_reply_carries_its_own_words_and_the_mails_it_answers():
    assert classify(REPLY) == Verdict(
        MailKind.REPLY,
        message_ids=("m2@sender.test", "m1@sender.test"),
        reply_text="Sounds good, call me.",
        sentiment=Sentiment.INTERESTED,
    )


def test_an_opt_out_below_the_quote_is_the_senders_own():
    quoted = replace(REPLY, text="Sure.\n\nAnn <ann@sender.test> wrote:\n> To unsubscribe reply STOP\n")
    assert classify(quoted).kind is MailKind.REPLY


@pytest.mark.parametrize(
    ("mail", "addresses"),
    [
        pytest.param(
            {"feedback": {"original-rcpt-to": "bob@example.com, eve@example.com"}},
            ["bob@example.com", "eve@example.com"],
            id="named",
        ),
        pytest.param(
            {"feedback": {"removal-recipient": "rfc822; bob@example.com"}},
            ["bob@example.com"],
            id="asked to be removed",
        ),
        pytest.param(
            {"feedback": {"feedback-type": "abuse"}, "original": RETURNED},
            ["bob@example.com"],
            id="by the returned message",
        ),
        pytest.param(
            {"feedback": {"feedback-type": "abuse"}, "original": {"message-id": "<m1@sender.test>"}},
            [],
            id="withheld",
        ),
        pytest.param(
            {
                "subject": "complaint about message from 192.0.2.1",
                "original": RETURNED,
                "headers": {"x-hmxmroriginalrecipient": "eve@example.com"},
            },
            ["eve@example.com"],
            id="in the form of Hotmail",
        ),
    ],
)
def test_a_complaint_names_who_complained(mail, addresses):
    verdict = classify(replace(REPLY, **mail))
    assert verdict.kind is MailKind.COMPLAINT
    assert verdict.recipients == tuple(
        FailedRecipient(address, BounceReason.COMPLAINT) for address in addresses
    )
    assert verdict.message_ids[0] in {"m1@sender.test", "m2@sender.test"}


def test_a_subject_alone_is_no_complaint():
    assert classify(replace(REPLY, subject="Abuse report, as discussed")).kind is MailKind.REPLY


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("I am back on 2026-03-16.", date(2026, 3, 16)),
        ("I will be returning to the office on May 5th.", date(2026, 5, 5)),
        ("I am away until 5 May 2026", date(2026, 5, 5)),
        ("Back on January 7", date(2027, 1, 7)),
        ("out until March 3, 2027", date(2027, 3, 3)),
        ("I am on leave through March 13.", date(2026, 3, 14)),
        ("Ich bin bis 9.3. im Urlaub", date(2026, 3, 9)),
        ("Ich bin wieder am 9. März erreichbar", date(2026, 3, 9)),
        ("bis einschließlich 13.03.26", date(2026, 3, 14)),
        ("zurück am Montag", date(2026, 3, 9)),
        ("I return on Wednesday", date(2026, 3, 11)),
        ("back on 16/03/2026", date(2026, 3, 16)),
        ("back on 03/16/2026", date(2026, 3, 16)),
        ("back on 4/4", date(2026, 4, 4)),
        ("back on 3/5", None),
        ("back on 31.02.2026", None),
        ("back on 30.2.", None),
        ("back on 2025-01-01", None),
        ("back on 2029-01-01", None),
        ("back soon", None),
    ],
)
def test_when_somebody_is_back(text, back):
    assert classify(auto("Out of office: x", text)).returns_on == back


@pytest.mark.parametrize("text", ["back on Monday", "back on May 5", "back on 5.5."])
def test_without_a_date_of_sending_a_day_without_year_is_none(text):
    assert classify(replace(auto("Out of office: x", text), date=None)).returns_on is None


def test_without_a_date_of_sending_a_full_day_counts():
    mail = replace(auto("Out of office: x", "back on 2026-03-16"), date=None)
    assert classify(mail).returns_on == date(2026, 3, 16)


@pytest.mark.parametrize(
    "text",
    [
        "unsubscribe",
        "STOP",
        "Stop!",
        "please stop",
        "Remove me",
        "remove me please.",
        "Opt out",
        "Abmelden",
        "bitte abmelden",
        "Bitte austragen!",
        "Hi,\nunsubscribe\n\nThanks\nBob",
        "Please remove me from your list.",
        "Take me off this mailing list",
        "Please stop emailing me.",
        "Do not contact me again",
        "no more emails please",
        "I'd like to unsubscribe",
        "I want to be removed",
        "Hello Ann, please unsubscribe me. Regards",
        "Bitte nehmen Sie mich aus dem Verteiler",
        "Bitte entfernen Sie mich",
        "Keine weiteren E-Mails mehr senden",
        "Bitte melden Sie mich vom Newsletter ab",
        "Schreiben Sie mir bitte nicht mehr",
        "delete my address from the list",
        "Hiermit widerspreche ich der Nutzung meiner Daten",
    ],
)
def test_an_opt_out(text):
    assert classify(replace(REPLY, text=text)).kind is MailKind.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        "Not interested, thanks.",
        "Can we stop by on Monday?",
        "Please stop by our booth",
        "Don't unsubscribe me!",
        "How do your customers opt out?",
        "I don't want to unsubscribe",
        "Kein Interesse.",
        "Yes",
        "Wrong person",
        "We remove stains from your list of clothes?",
        "Please remove the second item from the quote.",
        "The stop is near our office.",
        "unsubscribe " + "and many other thoughts of mine " * 12,
        "Please do not write to the old address, use this one",
        "Bitte melden Sie sich ab Montag",
        "Ich habe keine E-Mails bekommen",
        "We stopped using this",
    ],
)
def test_no_opt_out(text):
    assert classify(replace(REPLY, text=text)).kind is MailKind.REPLY


@given(st.text(max_size=300), st.text(max_size=60), st.sampled_from([None, "", "a@b.test"]), st.booleans())
def test_any_mail_has_a_kind(text, subject, return_path, daemon):
    sender = "mailer-daemon@x.test" if daemon else "bob@example.com"
    mail = Mail(text=text, html=text, subject=subject, return_path=return_path, from_address=sender)
    assert classify(mail).kind in MailKind


@pytest.mark.parametrize(
    "piece",
    [
        "addr@b.test ",
        "a",
        "\n",
        "> ",
        "mailbox a b ",
        "-",
        "_",
        "On 1 wrote ",
        "a:\n",
        "To: a\n",
        "back until ",
        "remove my email ",
        "please unsubscribe ",
        "<",
        "<p>",
        "Final-Recipient: a@b.test\n\n",
        "- copy of ",
        "1.1.",
        "wieder da da ",
        "following recipient ",
        "message a b ",
        "exceeds the ",
        "user a b c ",
        "from a to ",
        "1. januar ",
        "ich bin da ",
        "je suis là ",
        "du 1 au ",
        "no me ",
        "please contact ",
        "bitte ",
        "thanks ",
        "this is an automated ",
        "back on 1 ",
    ],
)
def test_no_text_can_hold_the_reader_up(piece):
    text = (piece * (200_000 // len(piece)))[:200_000]
    begin = time.process_time()
    for mail in (REPLY, DAEMON, auto("Automatic reply: x")):
        classify(replace(mail, text=text))
        classify(replace(mail, text="", html=text))
    assert time.process_time() - begin < 5


def corpus(kind: str) -> list[dict]:
    rows = map(json.loads, (CORPORA / "manifest.jsonl").read_text().splitlines())
    return [row for row in rows if row["kind"] == kind and row["file"].endswith(".eml")]


def read(row: dict) -> Verdict:
    return classify(read_mail((CORPORA / row["file"]).read_bytes()))


needs_corpora = pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not here")


@needs_corpora
def test_the_bounces_of_the_corpus():
    """That no soft bounce is called hard is not negotiable."""
    score: Counter[str] = Counter()
    for row in corpus("bounce-dsn"):
        found = {one.address.lower(): one for one in read(row).recipients}
        for expected in row["expect"]["recipients"]:
            if expected.get("reason") == "delivered":
                continue
            one = found.get(expected["recipient"].lower())
            hard = expected.get("hardbounce", expected.get("permanent"))
            score["recipients"] += 1
            score["found"] += one is not None
            if one and "hardbounce" in expected:
                score["judged"] += 1
                score["right"] += one.hard == hard
            assert not (one and one.hard and hard is False), row["file"]
    assert score["found"] >= 0.97 * score["recipients"]
    assert score["right"] >= 0.97 * score["judged"]


@needs_corpora
@pytest.mark.parametrize(
    ("kind", "right"),
    [
        ("complaint-arf", {MailKind.COMPLAINT, MailKind.OPT_OUT}),
        ("auto-reply", {MailKind.AUTO_REPLY, MailKind.OUT_OF_OFFICE}),
        ("bounce-negative", {MailKind.REPLY, MailKind.AUTO_REPLY, MailKind.OTHER}),
        ("reply-eml", {MailKind.REPLY}),
    ],
)
def test_the_other_kinds_of_the_corpus(kind, right):
    rows = corpus(kind)
    wrong = [row["file"] for row in rows if read(row).kind not in right]
    assert (bool(rows), wrong) == (True, [])


@needs_corpora
@pytest.mark.parametrize("kind", ["mime-robustness", "bounce-unparsed"])
def test_strange_mail_is_classified_without_a_fault(kind):
    assert all(read(row).kind in MailKind for row in corpus(kind))
