"""Accounts at providers on the command line: a secret never stands on it."""

import io

import pytest

from drumbeat.environment import environment
from drumbeat.models import SenderProfile
from drumbeat.store import accounts
from tests.support.office import an_owner
from tests.support.provider import KEY, providing
from tests.support.smtp import serving

pytestmark = pytest.mark.django_db

ADD = ("sender", "add", "ann@ours.test", "--esp", "postmark", "--credential")


@pytest.fixture(autouse=True)
def _owner():
    an_owner()


def stored():
    return accounts.account_of(SenderProfile.objects.get(address="ann@ours.test"))


def test_a_secret_is_read_from_the_input(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    code, _ = run(*ADD, "server_token=-", "--credential", "message_stream=outreach")
    assert code == 0
    assert (stored().secrets, stored().options) == ({"server_token": KEY}, {"message_stream": "outreach"})


def test_a_secret_is_read_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("POSTMARK", KEY)
    assert run(*ADD, "server_token=env:POSTMARK")[0] == 0
    assert stored().secrets == {"server_token": KEY}


@pytest.mark.parametrize(
    ("credential", "code"),
    [
        pytest.param("server_token=plain", "credential_on_command_line", id="a secret for all to see"),
        pytest.param("server_token", "credential_invalid", id="no value"),
        pytest.param("server_token=env:NOT_THERE", "credential_invalid", id="a variable that is not there"),
        pytest.param("nonsense=x", "provider_field_invalid", id="a field that is none"),
    ],
)
def test_what_is_wrong_is_said(run, credential, code):
    status, told = run(*ADD, credential)
    assert status != 0
    assert told["error"]["code"] == code
    assert "plain" not in str(told)


def test_credentials_go_with_a_provider(say):
    code, said = say("sender", "add", "ann@ours.test", "--smtp", "smtp://127.0.0.1:25", "--credential", "a=b")
    assert (code, "--credential goes with --esp" in said) == (2, True)


def test_an_account_is_shown_tried_and_changed(run, say, monkeypatch):
    monkeypatch.setenv("POSTMARK", KEY)
    with providing() as provider:
        monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", provider.base)
        environment.cache_clear()
        run(*ADD, "server_token=env:POSTMARK")
        assert run("sender", "try", "ann@ours.test")[1] == {"ok": True, "stage": "ok", "text": ""}
        assert "Postmark" in say("sender", "list")[1]
        _, told = run("sender", "webhook", "ann@ours.test")
        assert told["events"].startswith("http://drumbeat:")
        assert told["inbound"].endswith("/inbound")
        assert run("sender", "set", "ann@ours.test", "--smtp", "smtp://127.0.0.1:25")[0] == 0
    environment.cache_clear()
    assert SenderProfile.objects.get(address="ann@ours.test").kind == "smtp"


def test_the_providers_are_listed_with_what_they_must_be_told(run):
    _, listed = run("sender", "providers")
    assert {"name": "postmark", "title": "Postmark", "fields": ["server_token", "message_stream"]} in listed


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_what_is_wrong_is_named_where_a_server_only_answers_with_words(run, say, tmp_path):
    with serving(tmp_path / "log", login=("ann", "right")) as running:
        running.refuse_logins()
        url = f"smtp://ann:wrong@127.0.0.1:{running.port}"
        assert run("sender", "add", "ann@ours.test", "--name", "Ann", "--smtp", url)[0] == 0
        said = say("sender", "try", "ann@ours.test")[1]
        told = run("sender", "try", "ann@ours.test")[1]
    assert said.startswith("The login is refused: 535")
    assert (told["stage"], told["text"].startswith("535")) == ("auth", True)
