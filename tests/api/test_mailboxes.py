"""Mailboxes over HTTP and from a shell: typed ones stay out of the own network, passwords never come out."""

import json

import pytest

from drumbeat import cli
from drumbeat.models import AuditEntry, Mailbox
from drumbeat.store.secrets import decrypt
from tests.support.office import a_mailbox

pytestmark = pytest.mark.django_db

READ = {
    "address": "rep@ours.test",
    "host": "imap.example.com",
    "username": "rep",
    "password": "correct horse",
}


@pytest.fixture
def ask(client, owner):
    def asked(method, path, body=None):
        return getattr(client, method)(f"/api{path}", json.dumps(body or {}), content_type="application/json")

    return asked


def test_one_is_added_for_the_sender_of_its_address_and_its_password_never_comes_out(ask, owner):
    sender = a_mailbox(owner, "rep@ours.test")

    made = ask("post", "/mailboxes", READ)

    assert made.status_code == 201
    assert (made.json()["sender_id"], made.json()["folder"], made.json()["host_trusted"]) == (
        sender.pk,
        "INBOX",
        False,
    )
    assert "horse" not in made.content.decode()
    assert decrypt(bytes(Mailbox.objects.get().password_encrypted or b"")) == "correct horse"
    assert AuditEntry.objects.filter(act="mailbox.add").exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({"host": "127.0.0.1"}, "host_not_allowed", id="this machine"),
        pytest.param({"host": "[::1]"}, "host_not_allowed", id="this machine by IPv6"),
        pytest.param({"host": "10.0.0.7"}, "host_not_allowed", id="the own network"),
        pytest.param({"host": "localhost"}, "host_not_allowed", id="this machine by name"),
        pytest.param({"port": 5432}, "port_not_allowed", id="another service"),
        pytest.param({"host": "a b"}, "host_invalid", id="no name"),
        pytest.param({"security": "plain"}, "imap_url_invalid", id="a readable password"),
        pytest.param({"password": None}, "password_missing", id="no password"),
        pytest.param({"folder": "a\nb"}, "folder_invalid", id="no folder"),
        pytest.param({"address": "nobody"}, "address_invalid", id="no address"),
    ],
)
def test_what_may_not_be_read_is_refused_and_changes_nothing(ask, owner, change, code):
    refused = ask("post", "/mailboxes", READ | change)

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert not Mailbox.objects.exists()


def test_the_same_folder_is_read_once(ask, owner):
    assert ask("post", "/mailboxes", READ).status_code == 201
    assert ask("post", "/mailboxes", READ).json()["code"] == "mailbox_exists"
    assert ask("post", "/mailboxes", READ | {"folder": "Replies"}).status_code == 201


def test_a_stored_password_goes_to_the_server_it_was_given_for_alone(ask, owner):
    number = ask("post", "/mailboxes", READ).json()["id"]
    kept = {name: value for name, value in READ.items() if name != "password"}

    assert ask("put", f"/mailboxes/{number}", kept | {"folder": "Replies"}).status_code == 200
    moved = ask("put", f"/mailboxes/{number}", kept | {"host": "evil.example.com"})

    assert moved.json()["code"] == "password_missing"
    assert Mailbox.objects.get().host == "imap.example.com"


def test_from_a_shell_the_operator_may_name_any_server(owner, capsys):
    url = "imap://rep:secret@127.0.0.1:1"
    assert cli.main(["mailbox", "add", "rep@ours.test", "--imap", url]) == 0
    assert cli.main(["mailbox", "try", "rep@ours.test"]) != 0
    assert cli.main(["mailbox", "disable", "rep@ours.test"]) == 0
    assert cli.main(["mailbox", "list"]) == 0
    told = capsys.readouterr().out

    assert "is read from now on" in told
    assert "cannot be read (tcp)" in told
    assert "disabled" in told
    assert "secret" not in told
    assert cli.main(["mailbox", "enable", "1"]) == cli.main(["mailbox", "remove", "1"]) == 0
    assert not Mailbox.objects.exists()
