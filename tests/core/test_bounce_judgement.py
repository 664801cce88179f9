"""Why a recipient was refused, from codes and words together; what is uncertain is never hard."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.bounce_judgement import judge
from drumbeat.core.bounce_reasons import HARD, MEANINGS, BounceReason, said_reason

PAGE = Path(__file__).parents[2] / "docs/reference/bounce-reasons.md"


@pytest.mark.parametrize(
    ("status", "words", "around", "reason"),
    [
        pytest.param("5.0.0", "550 no such user", "(in reply to RCPT TO command)", "user_unknown", id="at RCPT"),
        pytest.param("5.0.0", "550 no such user", "SMTP:RCPT host 192.0.2.8:", "user_unknown", id="at RCPT, short"),
        pytest.param("5.2.1", "550 5.2.1 User Unknown [RCPT_TO]", "", "user_unknown", id="at RCPT, in brackets"),
        pytest.param("5.0.0", "550 no such user", "SMTP command DATA", "filtered", id="after the message was taken"),
        pytest.param("5.0.0", "550 no such user", "", "filtered", id="nobody says when"),
        pytest.param("5.1.1", "550 user unknown", "", "user_unknown", id="the status says it"),
        pytest.param("5.1.1", "procmail: No such user", "", "filtered", id="a program there failed"),
        pytest.param("5.1.6", "551 not our customer", "", "moved", id="moved, in other words"),
        pytest.param("5.1.7", "550 5.1.7 No such domain", "after MAIL FROM:<a@b.test>:", "policy", id="at MAIL FROM"),
        pytest.param("", "554 no reverse DNS", "after initial connection:", "policy", id="at the door"),
        pytest.param("", "452 too many, try later", "after HELO:", "policy", id="at HELO, with words for it"),
        pytest.param("", "550 too big message", "in reply to EHLO", "too_big", id="a reason that is not ours"),
        pytest.param("5.2.0", "550 Domain is invalid", "after end of data:", "filtered", id="whose domain"),
        pytest.param("5.0.0", "550 no such user", "(following RCPT command)", "user_unknown", id="following RCPT"),
        pytest.param("", "550 no such user (state 14)", "", "user_unknown", id="Gmail's state at RCPT"),
        pytest.param("", "550 no such user (state 17)", "", "filtered", id="Gmail's state after DATA"),
        pytest.param("", "550 no such user (state 13)", "", "policy", id="Gmail's state at MAIL FROM"),
        pytest.param("5.1.8", "550 5.1.8 domain not found", "", "policy", id="the sender's domain, by its status"),
        pytest.param("5.0.0", "550 Helo command rejected: Host not found", "reply to RCPT", "policy", id="our name"),
        pytest.param("5.1.1", "550 5.1.1 sender address unknown", "", "policy", id="our address"),
        pytest.param("5.1.1", "550 5.1.1 mailbox suspended", "", "disabled", id="suspended, whatever its status"),
        pytest.param("5.1.1", "blocked: spam", "The recipient name is not recognized", "policy", id="spam first"),
        pytest.param("", "Unrouteable address", "", "host_unknown", id="Exim found no way"),
        pytest.param("", "User bob not listed in Domino Directory", "", "user_unknown", id="a directory"),
        pytest.param("", "x", "The recipient name is not recognized", "user_unknown", id="a directory, beside"),
        pytest.param("4.4.7", "Unrouteable address", "", "temporary", id="a temporary status rules"),
        pytest.param("5.1.1", "550 see https://abuse.example.com/spam: user unknown", "", "user_unknown", id="a link"),
        pytest.param(
            "5.1.1", "550 5.1.1 antispam.mx.example.com: user unknown", "", "user_unknown", id="the name of a server"
        ),
        pytest.param("5.1.1", "550 5.1.1 blocked using a block list", "", "policy", id="a block list"),
        pytest.param("5.7.25", "550 The IP address has no PTR record", "", "policy", id="no PTR"),
        pytest.param("5.7.26", "550 unauthenticated, DMARC policy", "", "policy", id="authentication"),
    ],
)  # fmt: skip
def test_a_refusal_means(status, words, around, reason):
    assert judge(status, words, around) == reason


@pytest.mark.parametrize(
    ("host", "words", "reason"),
    [
        pytest.param("dns; mx.ezweb.ne.jp", "550 <a@ezweb.ne.jp>: User unknown", "user_unknown", id="with an address"),
        pytest.param("dns; mx.ezweb.ne.jp", "550 : User unknown", "filtered", id="without one"),
        pytest.param(
            "", "550 5.4.1 [a@b.test]: Recipient address rejected: Access denied [X.outlook.com]", "user_unknown",
            id="Exchange Online",
        ),
        pytest.param("", "550 5.4.1 Recipient address rejected: Access denied", "policy", id="the same by others"),
    ],
)  # fmt: skip
def test_a_provider_may_mean_its_own_by_the_same_words(host, words, reason):
    assert judge("5.0.0" if host else "5.4.1", words, host=host) == reason


def test_a_plain_550_in_the_fields_of_a_report_is_meant_as_it_stands():
    assert judge("", "550 Unknown user bob", in_fields=True) is BounceReason.USER_UNKNOWN
    assert judge("5.0.0", "550 Unknown user bob", in_fields=True) is BounceReason.FILTERED
    assert judge("", "550 Unknown user bob") is BounceReason.FILTERED


@given(st.sampled_from(["", "4.1.1", "4.2.2", "4.7.1"]), st.text(max_size=60), st.text(max_size=60))
def test_nothing_temporary_is_hard(status, words, around):
    assert judge(status or "4.0.0", words, around) not in HARD


@given(st.sampled_from(["blocked as spam", "SPF check failed", "no PTR record", "relay access denied"]),
       st.sampled_from(["", "5.0.0", "5.1.1", "5.7.1"]))  # fmt: skip
def test_what_speaks_about_us_is_never_hard(words, status):
    assert judge(status, f"550 {words}") is BounceReason.POLICY


def test_every_reason_is_published_with_what_it_does():
    rows = re.findall(r"^\| `(\w+)` \| (yes|no) \| (.+?) \| (.+?) \|$", PAGE.read_text(), re.MULTILINE)
    assert {name: (hard == "yes", text) for name, hard, text, _ in rows} == {
        reason.value: (reason in HARD, MEANINGS[reason]) for reason in BounceReason
    }


def test_words_that_name_nothing_have_no_reason():
    assert said_reason("Sorry.") is BounceReason.OTHER
