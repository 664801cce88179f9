"""What is passed on to own people, and to whom it never goes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from drumbeat.core.attachments import MOST_FILES, MOST_IN_MAIL
from drumbeat.core.forwarding import Said, along, letter, may_go_to

HERE = ("rep@ours.test",)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        pytest.param("owner@elsewhere.test", True, id="an own person elsewhere"),
        pytest.param("kim@example.com", False, id="who wrote it"),
        pytest.param("KIM+x@Example.com", False, id="who wrote it, in another form"),
        pytest.param("rep@ours.test", False, id="an address at which mail comes in"),
        pytest.param("rep+r-0123456789abcdef@ours.test", False, id="such an address with a tag"),
        pytest.param("nonsense", False, id="no address"),
    ],
)
def test_it_never_goes_round(address, may):
    assert may_go_to(address, written_by="kim@example.com", taken_here=HERE) is may


def said(**more):
    plain = Said(
        from_name="Kim Lee",
        from_address="kim@example.com",
        to_address="rep@ours.test",
        subject="Re: Hello",
        text="Yes.\n\n> Hello",
        at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    return replace(plain, **more)


def test_it_tells_who_wrote_what_and_an_answer_goes_to_them():
    made = letter(
        said(files=("offer.pdf",), left=("run.exe", "film.mp4")), "Please look.", "https://x.test/inbox/7"
    )
    assert made["subject"] == "Fwd: Re: Hello"
    assert made["reply_to"] == "kim@example.com"
    text = str(made["text"])
    assert text.startswith("Please look.\n\nFrom: Kim Lee <kim@example.com>\nTo: rep@ours.test\n")
    assert "\nAttached: offer.pdf\nNot attached (open it in the Inbox): run.exe, film.mp4\n" in text
    assert "\nYes.\n\n> Hello\n\n-- \nThe conversation: https://x.test/inbox/7\n" in text


def test_without_a_name_a_note_or_a_place_those_lines_are_left_out():
    text = str(letter(said(from_name=""), " ", "")["text"])
    assert text.startswith("From: kim@example.com\n")
    assert "conversation" not in text


@pytest.mark.parametrize("subject", ["Fwd: x", "FW: x", "WG: x"])
def test_what_was_passed_on_before_keeps_its_subject(subject):
    assert letter(said(subject=subject), "", "")["subject"] == subject


def test_a_subject_stays_one_line():
    assert letter(said(subject="a\r\nBcc: x@y.test"), "", "")["subject"] == "Fwd: a Bcc: x@y.test"


@pytest.mark.parametrize(
    ("sizes", "taken"),
    [
        pytest.param([1, 1], (0, 1), id="all"),
        pytest.param([MOST_IN_MAIL, 1], (0,), id="as much as a mail takes"),
        pytest.param([MOST_IN_MAIL + 1, 1], (1,), id="one that is too large makes room for others"),
        pytest.param([1, None, 1], (0, 2), id="not what must not"),
        pytest.param([1] * (MOST_FILES + 1), tuple(range(MOST_FILES)), id="as many as a mail takes"),
    ],
)
def test_files_go_along_as_far_as_a_mail_takes_them(sizes, taken):
    files = [("a file", size or 1, size and "application/pdf") for size in sizes]
    assert along(files) == taken
