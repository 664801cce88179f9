"""How a server is named."""

import pytest

from drumbeat.channels.email.smtp import SmtpServer, parse_smtp_url
from drumbeat.core.errors import DomainError


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", SmtpServer("mail.example.com", 25)),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525)),
        ("smtp://[::1]:2525/", SmtpServer("::1", 2525)),
        ("smtps://mail.example.com", SmtpServer("mail.example.com", 465, "tls")),
        ("SMTPS://mail.example.com:4650", SmtpServer("mail.example.com", 4650, "tls")),
        (
            "smtp://ann%40example.com:p%2Fw%3A@mail.example.com",
            SmtpServer("mail.example.com", 587, "starttls", "ann@example.com", "p/w:"),
        ),
        (
            "smtp://ann:pw@localhost:2525",
            SmtpServer("localhost", 2525, "starttls-when-offered", "ann", "pw"),
        ),
        ("smtps://ann:pw@[::1]", SmtpServer("::1", 465, "tls", "ann", "pw")),
    ],
)
def test_an_address_is_read(url, server):
    assert parse_smtp_url(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.com",
        "http://mail.example.com",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example.com:0",
        "smtp://mail.example.com:99999",
        "smtp://mail.example.com:hunter2",
        "smtp://ann:hun/ter2@mail.example.com",
        "smtp://[::1",
        "smtp://ann@mail.example.com",
        "smtp://:hunter2@mail.example.com",
        "smtp://mail.example.com/path",
        "smtp://mail.example.com?x=1",
        "smtp://mail example.com",
    ],
)
def test_an_unusable_address_is_refused_without_repeating_it(url):
    with pytest.raises(DomainError) as refused:
        parse_smtp_url(url)
    assert refused.value.code == "smtp_url_invalid"
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("security", ["plain", "starttls-when-offered"])
def test_a_password_to_another_machine_needs_encryption(security):
    with pytest.raises(DomainError) as refused:
        SmtpServer("mail.example.com", 25, security, "ann", "secret")
    assert refused.value.code == "smtp_url_invalid"


def test_a_password_is_not_shown():
    assert "secret" not in repr(SmtpServer("127.0.0.1", 25, "plain", "ann", "secret"))
