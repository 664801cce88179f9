"""Writing to one contact, and mails that could not be processed, at the command line."""

import io

import pytest
from django.utils import timezone

from drumbeat.models import InboundMail, Touch
from tests.support.office import a_lead, a_mailbox, an_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    member = an_owner()
    a_mailbox(member)
    a_lead(member, "kim@example.com")
    return member


def content_of(touch):
    assert touch.content is not None
    return touch.content


def send(run, *more):
    return run("mail", "send", "kim@example.com", "--subject", "Hello", "--id", "my-mail-1", *more)


def test_a_mail_is_written_once_for_its_id(run, owner):
    code, first = send(run, "--text", "Good morning.")
    assert (code, first["status"]) == (0, "planned")
    assert send(run, "--text", "Good morning.")[1]["id"] == first["id"]
    touch = Touch.objects.get(id=first["id"])
    assert (touch.recipient, content_of(touch)["text"]) == ("kim@example.com", "Good morning.")
    assert "at_once" not in content_of(touch)


def test_the_words_come_from_a_file_or_the_standard_input(run, owner, tmp_path, monkeypatch):
    file = tmp_path / "words.txt"
    file.write_text("From a file.")
    send(run, "--file", str(file), "--now", "--sender", "rep@ours.test")
    content = content_of(Touch.objects.get())
    assert (content["text"], content["at_once"]) == ("From a file.", True)
    Touch.objects.all().delete()
    monkeypatch.setattr("sys.stdin", io.StringIO("Typed."))
    send(run, "--text", "-")
    assert content_of(Touch.objects.get())["text"] == "Typed."


@pytest.mark.parametrize(
    ("more", "code"),
    [
        pytest.param((), "text_missing", id="no words"),
        pytest.param(("--text", "a", "--file", "b"), "text_missing", id="words twice"),
        pytest.param(("--file", "/no/such/file"), "file_unusable", id="no such file"),
    ],
)
def test_what_cannot_be_written_is_said(run, owner, more, code):
    assert send(run, *more)[1]["error"]["code"] == code
    assert not Touch.objects.exists()


def poison(workspace, external_id):
    now = timezone.now()
    return InboundMail.objects.create(
        workspace=workspace,
        source="smtp",
        external_id=external_id,
        envelope_from="kim@example.com",
        raw=b"Subject: x\r\n\r\nx",
        received_at=now,
        processed_at=now,
        tries=3,
        fault="ValueError: a defect",
    )


def test_mails_that_were_set_aside_are_listed_and_tried_again(run, say, owner):
    ours, nobodys = poison(owner.workspace, "a"), poison(None, "b")
    assert [one["id"] for one in run("mail", "set-aside")[1]] == [ours.pk, nobodys.pk]
    assert "a defect" in say("mail", "set-aside")[1]
    assert run("mail", "retry", str(ours.pk)) == (0, {"mails": 1})
    assert run("mail", "retry", "all") == (0, {"mails": 1})
    assert InboundMail.objects.filter(processed_at=None, fault="", tries=0).count() == 2
    assert "Nothing is set aside" in say("mail", "set-aside")[1]


@pytest.mark.parametrize("mail", ["7", "x"])
def test_one_that_is_not_there_is_said(run, owner, mail):
    assert run("mail", "retry", mail)[1]["error"]["code"] == "not_found"
