"""Which addresses tell a company, and which anybody has."""

import pytest

from drumbeat.core.companies import FREE_MAIL, company_of, is_free_mail


@pytest.mark.parametrize(
    "domain", ["acme.com", "acme.co.uk", "mail.acme.com", "live.acme.com", "outlook.acme.co"]
)
def test_a_domain_of_its_own_is_a_company(domain):
    assert company_of(domain) == domain


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com", "googlemail.com", "web.de", "icloud.com", "proton.me", "mail.ru", "qq.com", "163.com",
        "outlook.com", "hotmail.fr", "hotmail.co.uk", "live.nl", "live.com.au", "yahoo.com.br", "gmx.net", "gmx.at",
    ],
)  # fmt: skip
def test_where_anybody_gets_an_address_is_none(domain):
    assert is_free_mail(domain)
    assert company_of(domain) == ""


@pytest.mark.parametrize("domain", ["", "localhost", "yahoo", "live.consulting", "yahoo.acme.com.br"])
def test_what_only_looks_like_one(domain):
    assert not is_free_mail(domain)


@pytest.mark.parametrize("domain", ["", "localhost"])
def test_no_domain_is_no_company(domain):
    assert company_of(domain) == ""


def test_the_list_is_written_as_domains_are_compared():
    assert all(domain == domain.casefold() and "." in domain for domain in FREE_MAIL)
