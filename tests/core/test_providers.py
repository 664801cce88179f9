"""What is typed about an account at a provider, and how what the provider tells can be proven."""

import pytest

from drumbeat.core.errors import DomainError
from drumbeat.core.providers import (
    PROVIDERS,
    Account,
    Half,
    account_of,
    can_hear,
    needs_password,
    provider_named,
    takes,
)

MAILGUN = {"api_key": "key", "sender_domain": "MG.example.com"}


def test_what_may_be_shown_and_what_is_secret_are_kept_apart():
    account = account_of("mailgun", MAILGUN)
    assert account == Account(
        "mailgun", {"sender_domain": "mg.example.com", "region": "us"}, {"api_key": "key"}
    )
    assert account.values == {"sender_domain": "mg.example.com", "region": "us", "api_key": "key"}


@pytest.mark.parametrize("name", ["Postmark", "postmark", " POSTMARK "])
def test_a_provider_is_found_however_it_is_written(name):
    assert provider_named(name).title == "Postmark"


def test_one_that_is_not_offered_says_which_there_are():
    with pytest.raises(DomainError, match=r"There is no provider 'nobody'.*postmark"):
        provider_named("nobody")


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        pytest.param({"sender_domain": "a.test"}, "api_key", "API key is missing", id="missing"),
        pytest.param({**MAILGUN, "region": "moon"}, "region", "one of: us, eu", id="no such region"),
        pytest.param({**MAILGUN, "sender_domain": "no"}, "sender_domain", "is no domain", id="no domain"),
        pytest.param({**MAILGUN, "api_key": "a b"}, "api_key", "Copy it again", id="a blank in a key"),
        pytest.param(
            {**MAILGUN, "api_key": "a\r\nX: b"}, "api_key", "Copy it again", id="a line end in a key"
        ),
        pytest.param({**MAILGUN, "api_key": "k" * 501}, "api_key", "Copy it again", id="an endless key"),
        pytest.param({**MAILGUN, "api_url": "http://10.0.0.1"}, "api_url", "no such field", id="an address"),
    ],
)
def test_what_cannot_be_is_refused_by_field(typed, field, said):
    with pytest.raises(DomainError) as refused:
        account_of("mailgun", typed)
    assert refused.value.code == "provider_field_invalid"
    assert said in refused.value.fields[field]


SES = {"access_key_id": "AKIA", "secret_access_key": "key", "region": "eu-west-1"}
POSTAL = {"server": "https://Postal.Example.com/", "api_key": "key"}


def test_a_server_is_kept_as_its_name():
    assert account_of("postal", POSTAL).options == {"server": "postal.example.com"}
    assert account_of("postal", {**POSTAL, "server": "mail.a.test:8443"}).options["server"].endswith(":8443")
    assert PROVIDERS["postal"].typed_server and not PROVIDERS["amazon_ses"].typed_server


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        pytest.param("postal", {**POSTAL, "server": "http://a.test"}, "called by https", id="without TLS"),
        pytest.param("postal", {**POSTAL, "server": "a.test/x?y"}, "name of a host", id="a path"),
        pytest.param("postal", {**POSTAL, "server": "10.0.0.1@evil.test"}, "name of a host", id="a user"),
        pytest.param("amazon_ses", {**SES, "region": "eu-west-1.evil.test/"}, "eu-west-1", id="a host"),
        pytest.param("amazon_ses", {**SES, "topic_arn": "arn:aws:sqs:a"}, "arn:aws:sns:", id="no topic"),
    ],
)
def test_what_would_lead_elsewhere_is_refused(name, typed, said):
    with pytest.raises(DomainError, match=said):
        account_of(name, typed)


def test_the_topic_of_amazon_proves_by_signature_what_else_a_password_proves():
    arn = "arn:aws:sns:eu-west-1:123456789012:events"
    with_topic = account_of("amazon_ses", {**SES, "topic_arn": arn})
    assert with_topic.options["topic_arn"] == arn
    assert needs_password(account_of("amazon_ses", SES), Half.EVENTS)
    assert not needs_password(with_topic, Half.EVENTS)
    assert needs_password(with_topic, Half.INBOUND)


def test_what_is_left_out_is_kept_and_what_is_emptied_is_removed():
    stored = account_of("mailgun", {**MAILGUN, "region": "eu", "webhook_signing_key": "proof"})
    changed = account_of("mailgun", {"api_key": "new", "webhook_signing_key": ""}, stored)
    assert changed.options == stored.options
    assert changed.secrets == {"api_key": "new"}


def test_secrets_of_one_provider_are_never_given_to_another():
    stored = account_of("brevo", {"api_key": "key"})
    with pytest.raises(DomainError, match="API key is missing"):
        account_of("resend", {}, stored)


@pytest.mark.parametrize("server", ["evil.test", "postal.example.com:8443", "https://EVIL.test/"])
def test_a_key_is_never_given_to_another_server(server):
    stored = account_of("postal", {**POSTAL, "webhook_key": "public"})
    with pytest.raises(DomainError, match="API key is missing"):
        account_of("postal", {"server": server}, stored)
    assert account_of("postal", {"server": server, "api_key": "new"}, stored).secrets == {"api_key": "new"}


@pytest.mark.parametrize(
    "typed", [{}, {"server": "HTTPS://Postal.example.com/"}, {"server": POSTAL["server"]}]
)
def test_a_server_typed_as_it_is_keeps_its_key(typed):
    stored = account_of("postal", POSTAL)
    assert account_of("postal", typed, stored) == stored


def test_a_key_is_taken_with_the_lines_around_it():
    account = account_of(
        "sendgrid",
        {
            "api_key": "key",
            "webhook_verification_key": "-----BEGIN PUBLIC KEY-----\nMFkw\nEwYH\n-----END PUBLIC KEY-----",
        },
    )
    assert account.secrets["webhook_verification_key"] == "MFkwEwYH"


@pytest.mark.parametrize(
    ("name", "secrets", "hears", "by_password"),
    [
        pytest.param("postmark", {}, True, True, id="one that signs nothing: the password of the address"),
        pytest.param("resend", {}, True, True, id="one that may sign, without its key"),
        pytest.param("resend", {"signing_secret": "s"}, True, False, id="one that may sign, with its key"),
        pytest.param("mailersend", {}, False, True, id="one that only signs, without its key"),
        pytest.param(
            "mailersend", {"signing_secret": "s"}, True, False, id="one that only signs, with its key"
        ),
        pytest.param("mailersend", {"inbound_secret": "s"}, False, True, id="with the key of the other half"),
        pytest.param("scaleway", {}, False, True, id="one that tells nothing"),
    ],
)
def test_a_call_is_believed_by_signature_or_else_by_password(name, secrets, hears, by_password):
    account = Account(name, {}, secrets)
    assert can_hear(account) is hears
    assert needs_password(account, Half.EVENTS) is by_password


def test_each_provider_tells_what_it_can():
    told = {name for name, one in PROVIDERS.items() if takes(one, Half.EVENTS)}
    passed_on = {name for name, one in PROVIDERS.items() if takes(one, Half.INBOUND)}
    assert PROVIDERS.keys() - told == {"scaleway"}
    assert PROVIDERS.keys() - passed_on == {"scaleway", "unisender_go"}
    assert not can_hear(Account("unisender_go", {}, {}), Half.INBOUND)
