"""`drumbeat number`: an account is connected without its token on the command line, numbers are added and changed."""

import pytest

from drumbeat.demo.twilio.server import ACCOUNT, SERVICE, TOKEN
from drumbeat.environment import environment
from drumbeat.models import PhoneAccount, SenderProfile, Touch
from tests.support.office import an_owner
from tests.support.twilio import calling

pytestmark = pytest.mark.django_db
OURS = "+14155550199"


@pytest.fixture(autouse=True)
def twilio(monkeypatch):
    an_owner()
    with calling() as running:
        monkeypatch.setenv("DRUMBEAT_PROVIDER_API_URL", running.base)
        monkeypatch.setenv("TWILIO_TOKEN", TOKEN)
        environment.cache_clear()
        yield running
    monkeypatch.undo()
    environment.cache_clear()


@pytest.fixture
def account(run):
    run("number", "connect", ACCOUNT, "--token", "env:TWILIO_TOKEN")
    return PhoneAccount.objects.get()


def test_a_token_that_all_could_see_is_refused(run):
    code, told = run("number", "connect", ACCOUNT, "--token", TOKEN)
    assert (code, told["error"]["code"]) == (1, "credential_on_command_line")
    assert not PhoneAccount.objects.exists()


def test_an_account_says_that_it_needs_a_public_address(say):
    code, said = say("number", "connect", ACCOUNT, "--token", "env:TWILIO_TOKEN")
    assert (code, "DRUMBEAT_PUBLIC_URL" in said) == (0, True)
    assert "well" in say("number", "accounts")[1]


def test_a_number_is_added_changed_listed_and_removed(run, say, account):
    assert run("number", "add", OURS, "--per-day", "20")[0] == 0
    assert (
        run("number", "set", OURS, "--always", "--service", SERVICE, "--registration", "registered")[0] == 0
    )
    row = SenderProfile.objects.get(kind="twilio")
    assert (row.cap_per_day, row.window, row.service_sid) == (20, None, SERVICE)
    assert "at most 20 a day, at any hour" in say("number", "list")[1]
    assert run("number", "disable", OURS)[0] == run("number", "enable", OURS)[0] == 0
    assert run("number", "remove", OURS)[0] == 0
    assert not SenderProfile.objects.filter(kind="twilio").exists()


def test_a_test_goes_to_a_number_of_ones_own(run, account):
    run("number", "add", OURS)
    assert run("number", "test", OURS, "+14155550123")[0] == 0
    assert Touch.objects.get().recipient == "+14155550123"


def test_a_number_that_is_not_there_is_named(run, account):
    code, told = run("number", "enable", OURS)
    assert (code, told["error"]["code"]) == (1, "not_found")
