"""How well mail that nobody here wrote is understood: one score for each kind of the corpora, with its bar.

`pytest -s` prints the table. What is asserted is what the product promises; the samples are not fitted one by one.
"""

import json
import re
from collections import Counter
from functools import cache

import pytest

from drumbeat.core.invites import read_invite
from drumbeat.core.mail import Mail, read_mail
from drumbeat.core.mail_text import own_text_from_html
from drumbeat.core.replies import MailKind, Verdict, classify
from drumbeat.core.reply_text import reply_text
from tests.support.corpora import OPEN, rows

LEAST = {
    "bounce: recipient found": 0.97,
    "bounce: hard or soft": 0.97,
    "complaint: recognised": 1.0,
    "complaint: recipient": 1.0,
    "auto-reply: no reply": 1.0,
    "reply: asserted": 1.0,
    "reply: agreed by others": 0.8,  # of what nobody asserts; the rest keeps a quote's header as the writer's
    "reply in mails": 1.0,
    "reply in HTML": 0.8,
    "reply: inline": 0.95,
    "reply: signature folded": 0.8,
    "reply: all agreed or told": 0.9,
}
WHOLE = "reply: all agreed or told"
"""Every reply whose own part others agree on or its origin tells; where both contradict, the origin is right."""


def of(kind):
    return [row for row in rows("manifest.jsonl") if row["kind"] == kind]


@cache
def verdict_of(name: str) -> Verdict:
    return classify(read_mail((OPEN / name).read_bytes()))


def bare(text):
    return re.sub(r"\s+", "", text)


class Score(Counter):
    def note(self, name, right):
        self[name, "asked"] += 1
        self[name, "right"] += bool(right)

    def part(self, name):
        return self[name, "right"] / self[name, "asked"]


def of_bounces(score):
    for row in of("bounce-dsn"):
        found = {one.address.lower(): one for one in verdict_of(row["file"]).recipients}
        for expected in row["expect"]["recipients"]:
            if expected.get("reason") != "delivered":
                one = found.get(expected["recipient"].lower())
                score.note("bounce: recipient found", one)
                if one and "hardbounce" in expected:
                    score.note("bounce: hard or soft", one.hard is expected["hardbounce"])


def of_complaints(score):
    for row in of("complaint-arf"):
        verdict = verdict_of(row["file"])
        # Apple's mail program says "unsubscribe" in a mail of its own: that is what it is.
        score.note("complaint: recognised", verdict.kind in {MailKind.COMPLAINT, MailKind.OPT_OUT})
        named = {one.address for one in verdict.recipients}
        for expected in row["expect"]["recipients"]:
            if verdict.kind is MailKind.COMPLAINT and "undisclosed" not in expected["recipient"]:
                score.note("complaint: recipient", expected["recipient"] in named)


def of_auto_replies(score):
    for row in of("auto-reply"):
        kind = verdict_of(row["file"]).kind
        score.note("auto-reply: no reply", kind in {MailKind.AUTO_REPLY, MailKind.OUT_OF_OFFICE})


def of_replies(score):
    for row in of("reply-text"):
        own, expect = reply_text((OPEN / row["file"]).read_bytes().decode()), row["expect"]
        asserted = expect.get("asserted", {})
        exact = asserted.get("first_fragment_equals", asserted.get("reply_equals"))
        agreed = expect.get("reply_text")
        if exact is not None:
            score.note("reply: asserted", bare(own) == bare(exact))
        elif agreed is not None:
            score.note("reply: agreed by others", bare(own) == bare(agreed))
        if agreed is not None and (exact is None or bare(exact) == bare(agreed)):
            score.note(WHOLE, bare(own) == bare(agreed))
        for piece in asserted.get("reply_must_contain", ()):
            score.note("reply: asserted", piece in own)


def of_replies_elsewhere(score):
    for row in of("reply-eml"):
        own, expect = verdict_of(row["file"]).reply_text, row["expect"]
        wanted = "reply_text" not in expect or bare(own) == bare(expect["reply_text"])
        unwanted = any(piece in own for piece in expect.get("reply_must_not_contain", ()))
        note_both(score, "reply in mails", own and wanted and not unwanted)
    for row in of("reply-html"):
        own = reply_text(own_text_from_html((OPEN / row["file"]).read_text()))
        note_both(score, "reply in HTML", bare(own) == bare(row["expect"]["reply_text_ignoring_whitespace"]))
    for row in of("reply-inline"):
        for case in rows(row["file"]):
            note_both(score, "reply: inline", bare(reply_text(case["input"])) == bare(case["expected"]))
    for row in of("reply-signature"):
        for case in rows(row["file"]):
            own, wanted = own_of_signed(case)
            note_both(score, "reply: signature folded", own == wanted)


def own_of_signed(case):
    """Return what was found and what should have been, of the two ways in which the origin tells it."""
    if "input" in case:
        return bare(reply_text(case["input"])), bare(case["expected"][0])
    wanted = case["body"].removesuffix(case["signature"]) if case["signature"] else case["body"]
    return bare(reply_text(case["body"])), bare(wanted)


def note_both(score, name, right):
    score.note(name, right)
    score.note(WHOLE, right)


def test_the_scores_stand_above_their_bars():
    score = Score()
    for part in (of_bounces, of_complaints, of_auto_replies, of_replies, of_replies_elsewhere):
        part(score)
    table = [
        f"{name:26} {score[name, 'right']:4} of {score[name, 'asked']:4}  {score.part(name):6.1%}  bar {bar:.0%}"
        for name, bar in LEAST.items()
    ]
    print("", *table, sep="\n")
    assert [name for name, bar in LEAST.items() if score.part(name) < bar] == []


def test_no_soft_bounce_is_called_hard():
    wrong = [
        (row["file"], expected["recipient"])
        for row in of("bounce-dsn")
        for expected in row["expect"]["recipients"]
        if expected.get("hardbounce", expected.get("permanent")) is False
        for one in verdict_of(row["file"]).recipients
        if one.address.lower() == expected["recipient"].lower() and one.hard
    ]
    assert wrong == []


def test_refusals_that_speak_about_the_sender_are_never_hard():
    about_us = {
        "authfailure", "badreputation", "blocked", "norelaying", "policyviolation", "rejected", "requireptr",
        "securityerror", "spamdetected", "speeding", "toomanyconn",
    }  # fmt: skip
    hard = [
        row["file"]
        for row in of("bounce-dsn")
        if {expected.get("reason") for expected in row["expect"]["recipients"]} <= about_us
        if any(one.hard for one in verdict_of(row["file"]).recipients)
    ]
    assert hard == []


@pytest.mark.parametrize("kind", ["bounce-negative", "mime-robustness", "bounce-unparsed"])
def test_strange_mail_is_some_kind(kind):
    found = [verdict_of(row["file"]).kind for row in of(kind)]
    assert found
    assert kind != "bounce-negative" or MailKind.BOUNCE not in found


def test_calendars_are_read_or_say_nothing():
    for row in of("calendar-ics"):
        text = (OPEN / row["file"]).read_bytes().decode("utf-8", "replace")
        invite = read_invite(text, "bob@example.com")
        assert invite is None or invite.uid
        assert classify(Mail(text=text)).kind in MailKind


def test_hostile_strings_are_words_like_others():
    for row in of("hostile-strings"):
        text = (OPEN / row["file"]).read_text(encoding="utf-8", errors="replace")
        for hostile in text.split("\n"):
            verdict = classify(Mail(text=hostile, html=hostile, subject=hostile, from_address=hostile))
            assert json.dumps(verdict.reply_text)
