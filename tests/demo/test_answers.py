"""What comes back from the outside world, read as a mail program reads it."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest

from drumbeat.demo.answers import answer_to
from drumbeat.demo.habits import Answer
from drumbeat.demo.letters import read_letter

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MARK = "abcdefghijklmnopqrstuvwxyz234567"


@pytest.fixture
def letter():
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Robin Vale <robin@demo.drumbeat.test>"
    mail["To"] = "Ada Lind <ada.lind.7@oak-labs.test>"
    mail["Reply-To"] = f"robin+r-{MARK}@demo.drumbeat.test"
    mail["Subject"] = "A thought about Oak Labs"
    mail["Message-ID"] = f"<{MARK}@demo.drumbeat.test>"
    mail["References"] = "<first@demo.drumbeat.test>"
    mail["Date"] = "Mon, 02 Mar 2026 08:59:00 +0000"
    mail["List-Unsubscribe"] = "<mailto:stop@demo.test>, <http://127.0.0.1:8000/u/token>"
    mail.set_content("Hi Ada,\n\nshall we talk?\n")
    envelope_sender = f"robin+b-{MARK}@demo.drumbeat.test"
    return read_letter(mail.as_bytes(), envelope_sender, "ada.lind.7@oak-labs.test")


def read(sending):
    return message_from_bytes(sending.raw, policy=default)


def test_a_reply_goes_to_the_reply_address_and_continues_the_thread(letter):
    sending = answer_to(letter, Answer.REPLY, NOW)
    mail = read(sending)
    assert (sending.mail_from, sending.recipient) == (letter.recipient, letter.reply_to)
    assert mail["In-Reply-To"] == letter.message_id
    assert mail["References"] == f"<first@demo.drumbeat.test> {letter.message_id}"
    assert mail["Subject"] == "Re: A thought about Oak Labs"
    assert mail["From"] == "Ada Lind <ada.lind.7@oak-labs.test>"


def test_a_reply_quotes_what_it_answers(letter):
    lines = read(answer_to(letter, Answer.REPLY, NOW)).get_content().splitlines()
    assert lines[-4:] == [
        "On Mon, 02 Mar 2026 at 08:59, Robin Vale <robin@demo.drumbeat.test> wrote:",
        "> Hi Ada,",
        ">",
        "> shall we talk?",
    ]


def test_an_absence_says_that_a_machine_wrote_it(letter):
    mail = read(answer_to(letter, Answer.OUT_OF_OFFICE, NOW))
    assert mail["Auto-Submitted"] == "auto-replied"
    assert "March 2026" in mail.get_content()


def test_a_wish_to_stop_says_so(letter):
    text = read(answer_to(letter, Answer.STOP, NOW)).get_content().lower()
    assert any(word in text for word in ("remove me", "stop emailing", "unsubscribe"))


def test_a_bounce_is_a_delivery_report_to_the_envelope_sender(letter):
    sending = answer_to(letter, Answer.BOUNCE, NOW)
    mail = read(sending)
    assert (sending.mail_from, sending.recipient) == ("", letter.mail_from)
    assert mail.get_content_type() == "multipart/report"
    assert mail.get_param("report-type") == "delivery-status"
    status = next(part for part in mail.walk() if part.get_content_type() == "message/delivery-status")
    recipient = status.get_payload()[1]
    assert recipient["Status"] == "5.1.1"
    assert recipient["Action"] == "failed"
    assert recipient["Final-Recipient"] == "rfc822; ada.lind.7@oak-labs.test"
    original = next(part for part in mail.walk() if part.get_content_type() == "text/rfc822-headers")
    assert letter.message_id in original.get_content()


def test_the_unsubscribe_link_is_found_beside_a_mail_address(letter):
    assert letter.unsubscribe_link == "http://127.0.0.1:8000/u/token"


def test_the_same_mail_is_answered_with_the_same_words(letter):
    first, second = (read(answer_to(letter, Answer.REPLY, NOW)).get_content() for _ in range(2))
    assert first == second
