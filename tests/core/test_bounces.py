"""Mails that say a mail did not arrive: whose address, why, and whether the person or the sender is meant."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.bounce_judgement import judge
from drumbeat.core.bounce_reasons import BounceReason, said_reason
from drumbeat.core.bounces import FailedRecipient
from drumbeat.core.mail import Mail
from drumbeat.core.replies import MailKind, classify

REPLY = Mail(
    message_id="r1@example.com",
    in_reply_to="m2@sender.test",
    references=("m1@sender.test", "m2@sender.test"),
    from_address="bob@example.com",
    subject="Re: A question",
    return_path="bob@example.com",
    text="Sounds good, call me.\n\nOn Tue, 3 Mar 2026 at 10:00 Ann <ann@sender.test> wrote:\n> Hello Bob\n",
)
DAEMON = Mail(
    from_address="MAILER-DAEMON@mx.test",
    return_path="",
    subject="Undelivered Mail Returned to Sender",
    headers={"to": "bounce+x1@sender.test"},
)
RETURNED = {"message-id": "<m1@sender.test>", "to": "bob@example.com", "from": "ann@sender.test"}


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        pytest.param({"status": "5.1.1"}, "user_unknown", id="no such user"),
        pytest.param({"status": "5.1.2"}, "host_unknown", id="no such host"),
        pytest.param({"status": "5.1.6"}, "moved", id="moved"),
        pytest.param({"status": "5.2.2"}, "mailbox_full", id="full, by its status alone"),
        pytest.param({"status": "5.7.1"}, "policy", id="policy, by its status alone"),
        pytest.param(
            {"status": "5.0.0", "diagnostic-code": "smtp; 550 5.1.1 no such user"},
            "user_unknown",
            id="by its text",
        ),
        pytest.param(
            {"status": "5.0.0", "diagnostic-code": "smtp; 550 no such user"}, "filtered", id="not at RCPT"
        ),
        pytest.param(
            {"status": "5.0.0", "diagnostic-code": "smtp; 550 no such user (in reply to RCPT TO command)"},
            "user_unknown",
            id="at RCPT",
        ),
        pytest.param({"status": "4.1.1", "diagnostic-code": "450 user unknown"}, "temporary", id="given up"),
        pytest.param(
            {"status": "4.2.2", "diagnostic-code": "452 mailbox full"}, "mailbox_full", id="full so far"
        ),
        pytest.param(
            {"status": "5.1.1", "diagnostic-code": "smtp; 550 blocked as spam"}, "policy", id="spam"
        ),
        pytest.param(
            {"status": "5.1.1", "diagnostic-code": "550 account disabled"}, "disabled", id="closed for now"
        ),
        pytest.param(
            {"status": "5.2.1", "diagnostic-code": "550 account disabled"}, "disabled", id="suspended"
        ),
        pytest.param({"status": "5.0.0"}, "other", id="nothing said"),
    ],
)
def test_a_delivery_report_names_the_reason(group, reason):
    mail = replace(
        DAEMON,
        text="It failed.",
        original=RETURNED,
        reports=(
            {"reporting-mta": "x"},
            {"final-recipient": "rfc822; bob@example.com", "action": "failed", **group},
        ),
    )
    verdict = classify(mail)
    assert verdict.kind is MailKind.BOUNCE
    assert verdict.message_ids == ("m1@sender.test",)
    [failed] = verdict.recipients
    assert (failed.address, failed.reason) == ("bob@example.com", reason)
    assert failed.hard is (reason in {"user_unknown", "host_unknown", "moved"})
    assert failed.about_sender is (reason == "policy")


@pytest.mark.parametrize(
    ("group", "addresses", "kind"),
    [
        ({"action": "delayed", "final-recipient": "rfc822; a@b.test"}, ["a@b.test"], MailKind.OTHER),
        ({"action": "delivered", "final-recipient": "rfc822; a@b.test"}, [], MailKind.OTHER),
        ({"action": "relayed", "final-recipient": "a@b.test"}, [], MailKind.OTHER),
        (
            {"action": "failed", "final-recipient": "x; a@b.test", "original-recipient": "rfc822;c@d.test"},
            ["c@d.test", "a@b.test"],
            MailKind.BOUNCE,
        ),
        ({"action": "failed (x)", "x-actual-recipient": "rfc822; <a@b.test>"}, ["a@b.test"], MailKind.BOUNCE),
        ({"action": "failed"}, [], MailKind.BOUNCE),
    ],
)
def test_a_delay_or_success_is_no_failure(group, addresses, kind):
    verdict = classify(replace(DAEMON, reports=(group,), subject="Delivery Status Notification"))
    assert ([one.address for one in verdict.recipients], verdict.kind) == (addresses, kind)


def test_a_full_mailbox_named_in_the_text_outweighs_a_wrong_status():
    group = {
        "final-recipient": "a@b.test",
        "action": "failed",
        "status": "5.1.1",
        "diagnostic-code": "User unknown",
    }
    mail = replace(DAEMON, reports=(group,), text="Your message was rejected: not enough disk space")
    assert classify(mail).recipients[0].reason is BounceReason.MAILBOX_FULL


def test_answers_that_owners_of_domains_write_are_not_hard():
    by = {"reporting-mta": "dns; inbound-smtp.eu-west-1.amazonaws.com"}
    group = {"final-recipient": "a@b.test", "action": "failed", "status": "5.1.1"}
    assert classify(replace(DAEMON, reports=(by, group))).recipients[0].reason is BounceReason.FILTERED


COPY = """
--- Below this line is a copy of the message.

Return-Path: <ann@sender.test>
From: ann@sender.test
To: bob@example.com
Message-ID: <m1@sender.test>

hello carol@example.com"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "<bob@example.com>:\nRemote host said: 550 5.1.1 no such user\n" + COPY,
            [("bob@example.com", "user_unknown")],
            id="a server that writes freely",
        ),
        pytest.param(
            "<bob@example.com>:\nover quota\n\n<eve@example.com>:\n550 5.1.1 user unknown\n",
            [("bob@example.com", "mailbox_full"), ("eve@example.com", "user_unknown")],
            id="two addresses, each with its reason",
        ),
        pytest.param(
            "It did not reach the recipient.\n" + COPY, [("bob@example.com", "other")], id="by the copy"
        ),
        pytest.param(
            "Ask help@mx.test. The following recipients failed:\n\n  bob@example.com\n    550 5.7.1 spam\n",
            [("bob@example.com", "policy")],
            id="after the heading of the list",
        ),
        pytest.param(
            "The following addresses failed: none named\nbob@example.com: mailbox is full",
            [("bob@example.com", "mailbox_full")],
            id="before a heading that leads nowhere",
        ),
        pytest.param(
            "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n\nx",
            [("bob@example.com", "user_unknown")],
            id="a report that lost its structure",
        ),
        pytest.param("Could not be delivered.\n-----\nnothing here", [], id="nobody named"),
        pytest.param("Failed\n--- copy of the original message\nnothing", [], id="a copy without a header"),
        pytest.param(
            "Failed\n--- copy of the original message\nTo: x\nbob@example.com",
            [("bob@example.com", "other")],
            id="one header line is no copy",
        ),
    ],
)
def test_a_bounce_in_free_words(text, found):
    verdict = classify(replace(DAEMON, text=text))
    assert verdict.kind is MailKind.BOUNCE
    assert [(one.address, one.reason) for one in verdict.recipients] == found


def test_the_header_for_failed_recipients_goes_before_the_text():
    mail = replace(REPLY, text="bob@example.com failed", headers={"x-failed-recipients": "eve@example.com"})
    assert [one.address for one in classify(mail).recipients] == ["eve@example.com"]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param(
            {
                "from_address": "imss@gw.test",
                "in_reply_to": "",
                "subject": "Mail could not be delivered",
                "text": "Unable to deliver to <x@y.test>",
            },
            MailKind.BOUNCE,
            id="an unknown daemon",
        ),
        pytest.param(
            {"subject": "Re: Undelivered mail", "text": "It could not be delivered, you say?"},
            MailKind.REPLY,
            id="a person who writes about a bounce",
        ),
        pytest.param(
            {
                "from_address": "MAILER-DAEMON@mx.test",
                "subject": "Warning: message delayed 24 hours",
                "text": "bob@example.com",
            },
            MailKind.OTHER,
            id="a warning",
        ),
        pytest.param(
            {"from_address": "postmaster@mx.test", "subject": "Hm", "text": "will be retried: a@b.test"},
            MailKind.REPLY,
            id="a postmaster may be a person",
        ),
        pytest.param(
            {
                "from_address": "postmaster@mx.test",
                "subject": "Delivery status",
                "text": "bob@example.com: not yet been delivered, will be retried",
            },
            MailKind.OTHER,
            id="a delay in free words",
        ),
        pytest.param(
            {"return_path": "", "text": "Nice to meet you"}, MailKind.AUTO_REPLY, id="not about delivery"
        ),
    ],
)
def test_what_is_a_bounce(fields, kind):
    assert classify(replace(REPLY, **fields)).kind is kind


@given(st.sampled_from(["", "5.0.0", "5.1.1", "5.2.2", "5.7.1", "4.1.1"]), st.text(max_size=80))
def test_a_temporary_status_is_never_hard(status, words):
    reason = judge(status, words)
    assert not (status.startswith("4") and FailedRecipient("a@b.test", reason).hard)
    assert said_reason(words) in BounceReason
