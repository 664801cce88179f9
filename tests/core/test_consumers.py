"""How near a domain comes to what mailbox providers call bulk."""

import pytest

from drumbeat.core.companies import is_free_mail
from drumbeat.core.consumers import (
    ENDINGS,
    EVERYWHERE,
    MOST,
    TITLES,
    WARN_FROM,
    Consumer,
    primary_domain,
    sentence,
)


@pytest.mark.parametrize(
    ("domain", "primary"),
    [
        ("ours.test", "ours.test"),
        ("mail.eu.Ours.test", "ours.test"),
        ("ours.co.uk", "ours.co.uk"),
        ("mail.ours.co.uk", "ours.co.uk"),
        ("mail.ours.de", "ours.de"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_subdomains_count_for_the_domain_that_was_registered(domain, primary):
    assert primary_domain(domain) == primary


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (0, ""),
        (WARN_FROM - 1, ""),
        (WARN_FROM, "from 5,000 on"),
        (MOST, "is treated"),
        (9_000, "9,000 mails"),
    ],
)
def test_from_four_fifths_on_it_is_said(sent, said):
    text = sentence("ours.test", Consumer.GMAIL, sent).replace("Gmail treats a domain", "it is treated")
    assert (said in text) if said else text == ""


def test_what_is_counted_are_addresses_that_anybody_gets():
    for endings in ENDINGS.values():
        assert all(is_free_mail(each.removeprefix("@")) for each in endings)
    for middles in EVERYWHERE.values():
        assert all(is_free_mail(f"{each.removeprefix('@')}co.uk") for each in middles)
    assert TITLES.keys() == set(Consumer)
