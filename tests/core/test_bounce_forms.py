"""Delivery reports in the forms that mail servers, gateways and providers give them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.mail import Mail, read_mail
from drumbeat.core.provider_notices import translated
from drumbeat.core.replies import MailKind, classify

DAEMON = Mail(from_address="MAILER-DAEMON@mx.test", return_path="", subject="failure notice",
              headers={"to": "ann@sender.test"})  # fmt: skip
REPORT = """From: MAILER-DAEMON@inner.test
To: ann@sender.test
Subject: Returned mail: User unknown
Content-Type: multipart/report; report-type=delivery-status; boundary=i

--i
Content-Type: text/plain

It failed.

--i
Content-Type: message/delivery-status

Reporting-MTA: dns; inner.test

Final-Recipient: rfc822; bob@example.com
Action: failed
Status: 5.1.1

--i
Content-Type: text/rfc822-headers

Message-ID: <m1@sender.test>

--i--
"""


def told(mail):
    return [(one.address, one.reason.value) for one in classify(mail).recipients]


def test_a_report_that_a_gateway_wrapped():
    raw = (
        "From: MAILER-DAEMON@outer.test\nTo: ann@sender.test\nSubject: Returned mail\nContent-Type: multipart/mixed;"
        " boundary=o\n\n--o\nContent-Type: text/plain\n\nThe following addresses had delivery errors\n\n"
        f"--o\nContent-Type: message/rfc822\n\n{REPORT}\n--o--\n"
    )
    verdict = classify(read_mail(raw.encode()))
    assert [(one.address, one.hard) for one in verdict.recipients] == [("bob@example.com", True)]
    assert verdict.message_ids[0] == "m1@sender.test"


def test_a_person_who_attaches_a_report_is_a_person():
    raw = (
        "From: bob@example.com\nSubject: Re: hello\nIn-Reply-To: <m9@sender.test>\nContent-Type: multipart/mixed;"
        " boundary=o\n\n--o\nContent-Type: text/plain\n\nI got this, what now?\n\n"
        f"--o\nContent-Type: message/rfc822\n\n{REPORT}\n--o--\n"
    )
    assert classify(read_mail(raw.encode())).kind is MailKind.REPLY


def test_a_report_that_was_forwarded_in_quotes():
    quoted = "\n".join(f"> {line}" for line in REPORT.split("\n\n", 1)[1].splitlines())
    mail = Mail(
        from_address="ann@sender.test", subject="Fwd: Returned mail: see transcript", text=f"See:\n{quoted}"
    )
    assert told(mail) == [("bob@example.com", "user_unknown")]
    assert classify(replace(mail, text="See:\n> nothing of that kind")).kind is MailKind.REPLY


def test_a_report_outside_its_parts():
    text = "The following addresses had errors:\n\nbob@example.com: 550 5.1.1 no such user"
    assert told(replace(DAEMON, preamble=text, text="--x--")) == [("bob@example.com", "user_unknown")]


def test_whom_we_wrote_to_and_whom_it_was_forwarded_to_have_both_failed():
    group = {
        "original-recipient": "rfc822; bob@example.com", "final-recipient": "rfc822; b@inner.test",
        "action": "failed", "status": "5.2.2",
    }  # fmt: skip
    assert told(replace(DAEMON, reports=(group,))) == [
        ("bob@example.com", "mailbox_full"),
        ("b@inner.test", "mailbox_full"),
    ]


@pytest.mark.parametrize(
    ("category", "status", "reason"),
    [
        pytest.param("bad-mailbox", "5.0.0", "user_unknown", id="it is sure"),
        pytest.param("bad-domain", "5.0.0", "host_unknown", id="no such domain"),
        pytest.param("spam-related", "5.0.0", "policy", id="about us"),
        pytest.param("bad-mailbox", "4.0.0", "temporary", id="a temporary status rules"),
        pytest.param("other", "5.0.0", "other", id="it is not sure"),
    ],
)
def test_powermta_names_its_category(category, status, reason):
    group = {
        "final-recipient": "rfc822; bob@example.com", "action": "failed", "status": status,
        "x-powermta-bouncecategory": category,
    }  # fmt: skip
    assert told(replace(DAEMON, reports=(group,), text="no")) == [("bob@example.com", reason)]


def test_each_of_two_recipients_has_its_own_words():
    text = "<bob@example.com>:\n550 5.1.1 no such user\n\n<eve@example.com>:\nmailbox full\n"
    groups = tuple(
        {"final-recipient": f"rfc822; {name}@example.com", "action": "failed"} for name in ("bob", "eve")
    )
    assert told(replace(DAEMON, reports=groups, text=text)) == [
        ("bob@example.com", "user_unknown"),
        ("eve@example.com", "mailbox_full"),
    ]


@pytest.mark.parametrize(
    "subject",
    [
        "Unzustellbar: Hallo",
        "Non remis : Bonjour",
        "No se puede entregar: Hola",
        "Não foi possível entregar",
        "Onbestelbaar: Hallo",
        "Mancato recapito",
        "Вaше сообщение не доставлено",
        "メールエラー通知",
        "退信通知",
        "Niedostarczono: x",
    ],
)
def test_servers_report_in_the_language_of_their_country(subject):
    mail = Mail(from_address="postmaster@mx.test", subject=subject, text="bob@example.com 5.1.1")
    assert classify(mail).kind is MailKind.BOUNCE


def test_a_daemon_that_says_nothing_known_reports_all_the_same():
    mail = replace(DAEMON, subject="?", text="<bob@example.com>:")
    assert (classify(mail).kind, told(mail)) == (MailKind.BOUNCE, [("bob@example.com", "other")])


def test_a_bare_body_is_no_report_unless_it_has_its_fields():
    assert (
        classify(Mail(text="Your mail could not be delivered to bob@example.com, you say?")).kind
        is MailKind.REPLY
    )
    fields = "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1"
    assert told(Mail(text=fields)) == [("bob@example.com", "user_unknown")]


def test_a_group_of_fields_about_nobody_says_nothing():
    text = "Failed:\n\nFinal-Recipient: none\nAction: failed"
    assert classify(replace(DAEMON, text=text)).kind is MailKind.BOUNCE


SENT = {"destination": ["bob@example.com"], "commonHeaders": {"messageId": "<m1@sender.test>"}}


def ses(**notice):
    return Mail(from_address="no-reply@sns.amazonaws.com", subject="AWS Notification", headers={"to": "a@b.test"},
                text=json.dumps({"mail": SENT, **notice}) + "\n\n--\nTo stop this, click here.")  # fmt: skip


def bounced(kind, subtype="General", **recipient):
    person = {"emailAddress": "bob@example.com", **recipient}
    return ses(notificationType="Bounce", bounce={"bounceType": kind, "bounceSubType": subtype,
                                                   "bouncedRecipients": [person, "junk"]})  # fmt: skip


@pytest.mark.parametrize(
    ("mail", "kind", "reason"),
    [
        pytest.param(
            bounced("Permanent", status="5.1.1", action="failed", diagnosticCode="smtp; 550 5.1.1 no such user"),
            MailKind.BOUNCE, "user_unknown", id="no such user",
        ),
        pytest.param(bounced("Permanent", "NoEmail"), MailKind.BOUNCE, "user_unknown", id="by its subtype"),
        pytest.param(bounced("Permanent"), MailKind.BOUNCE, "other", id="nothing said"),
        pytest.param(bounced("Transient", "MailboxFull"), MailKind.BOUNCE, "mailbox_full", id="full"),
        pytest.param(bounced("Transient"), MailKind.BOUNCE, "temporary", id="for now"),
        pytest.param(bounced("?"), MailKind.BOUNCE, "temporary", id="unknown kinds are no proof"),
        pytest.param(
            ses(eventType="Complaint", complaint={"complainedRecipients": [{"emailAddress": "bob@example.com"}]}),
            MailKind.COMPLAINT, "complaint", id="a complaint",
        ),
        pytest.param(ses(eventType="DeliveryDelay"), MailKind.OTHER, "delayed", id="a delay"),
    ],
)  # fmt: skip
def test_ses_tells_in_json(mail, kind, reason):
    verdict = classify(mail)
    assert (verdict.kind, told(mail)) == (kind, [("bob@example.com", reason)])
    assert verdict.message_ids == ("m1@sender.test",)


def test_sns_wraps_it_once_more_and_breaks_its_lines():
    inner = bounced("Permanent", "NoEmail").text.partition("\n")[0]
    text = json.dumps({"Type": "Notification", "Message": inner})
    broken = f"{text[:60]}!\n {text[60:]}"
    assert told(replace(ses(), text=broken)) == [("bob@example.com", "user_unknown")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{", id="broken"),
        pytest.param("[1]", id="no object"),
        pytest.param("{} and a person's words", id="empty"),
        pytest.param('{"Message": "hello"}', id="words"),
        pytest.param('{"Message": "[1]"}', id="a list inside"),
        pytest.param("{" * 5_000, id="deep"),
        pytest.param('{"a":' * 5_000, id="deeper"),
    ],
)
def test_other_json_is_what_it_was(text):
    mail = Mail(text=text)
    assert translated(mail) is mail


def test_a_delivery_is_no_failure_and_a_notice_without_people_names_nobody():
    assert classify(ses(notificationType="Delivery")).kind is MailKind.OTHER
    empty = ses(notificationType="Delivery", mail={"destination": "x", "commonHeaders": 1})
    assert translated(empty).reports == ()
    assert translated(ses(notificationType="Bounce", bounce=1, mail=1)).reports == ()
    assert translated(ses(notificationType="Complaint")).feedback == {"original-rcpt-to": "-"}


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({}, MailKind.COMPLAINT, id="as it came"),
        pytest.param({"in_reply_to": "m9@sender.test"}, MailKind.REPLY, id="in somebody's answer"),
        pytest.param({"text": "Feedback-Type: what is that?\n\nBob"}, MailKind.REPLY, id="the word alone"),
    ],
)
def test_a_complaint_that_lost_its_structure(fields, kind):
    text = "This is a report.\n\nFeedback-Type: abuse\nUser-Agent: x/1\nOriginal-Rcpt-To: bob@example.com\n"
    mail = Mail(from_address="fbl@mx.test", subject="FW: hello", text=text)
    verdict = classify(replace(mail, **fields))
    assert verdict.kind is kind
    assert kind is MailKind.REPLY or told(mail) == [("bob@example.com", "complaint")]


def test_a_report_that_it_was_no_spam_is_no_complaint():
    feedback = {"feedback-type": "not-spam", "original-rcpt-to": "bob@example.com"}
    assert classify(replace(DAEMON, feedback=feedback)).kind is not MailKind.COMPLAINT


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["Message", "notificationType", "bounce", "mail", "bouncedRecipients"]), inner
            )
        ),
    )
)
def test_no_json_breaks_the_reader(value):
    assert classify(Mail(text=json.dumps(value))).kind in MailKind
