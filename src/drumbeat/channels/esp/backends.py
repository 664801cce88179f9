"""Where each provider is spoken to: anymail's module, its API, and the call that shows whether its key is good.

anymail and what it needs are imported when the first mail leaves: the web and idle workers never pay for them.
"""

from __future__ import annotations

import importlib
import logging
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urljoin

from drumbeat.core.hosts import Network
from drumbeat.core.providers import PROVIDERS, Account

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 30.0
_NOT_FOR_ANYMAIL = frozenset({"region", "own_unsubscribe"})

# The pool of connections tells of each that a server closed; that is no news.
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Place:
    """`apis` by region, "" where there is one. `trial`: method and path of a call that sends nothing."""

    apis: Mapping[str, str]
    trial: tuple[str, str] | None = None

    def api_of(self, account: Account) -> str:
        """Return the API's address; where there is no list of regions, what is typed stands in it."""
        region = account.options.get("region", "")
        return self.apis.get(region, self.apis.get("", "")).format(**account.options)


def _place(api: str, method: str = "GET", trial: str = "") -> Place:
    return Place({"": api}, (method, trial) if trial else None)


PLACES: Mapping[str, Place] = MappingProxyType(
    {
        "amazon_ses": _place("https://email.{region}.amazonaws.com/", trial="v2/email/account"),
        "brevo": _place("https://api.brevo.com/v3/", trial="account"),
        "mailersend": _place("https://api.mailersend.com/v1/", trial="api-quota"),
        "mailgun": Place(
            {"us": "https://api.mailgun.net/v3/", "eu": "https://api.eu.mailgun.net/v3/"},
            ("GET", "domains/{sender_domain}"),
        ),
        "mailjet": _place("https://api.mailjet.com/v3.1/", trial="../v3/REST/sender"),
        "mailtrap": _place("https://send.api.mailtrap.io/api/"),
        "mandrill": _place("https://mandrillapp.com/api/1.0/", "POST", "users/ping2.json"),
        "postal": _place("https://{server}/"),
        "postmark": _place("https://api.postmarkapp.com/", trial="server"),
        "resend": _place("https://api.resend.com/", trial="domains"),
        "scaleway": _place(
            "https://api.scaleway.com/transactional-email/v1alpha1/regions/fr-par/", trial="domains"
        ),
        "sendgrid": _place("https://api.sendgrid.com/v3/", trial="scopes"),
        "sparkpost": Place(
            {"us": "https://api.sparkpost.com/api/v1/", "eu": "https://api.eu.sparkpost.com/api/v1/"},
            ("GET", "account"),
        ),
        "unisender_go": Place(
            {
                "go1": "https://go1.unisender.ru/ru/transactional/api/v1/",
                "go2": "https://go2.unisender.ru/ru/transactional/api/v1/",
            },
            ("POST", "system/info.json"),
        ),
    }
)


def api_of(account: Account, base: str = "") -> str:
    """Return the address of the provider's API; `base` stands in for the hosts of all providers."""
    return f"{base.rstrip('/')}/{account.provider}/" if base else PLACES[account.provider].api_of(account)


def backend_of(account: Account, base: str = "", networks: Sequence[Network] = ()) -> Any:
    """Return a new backend with its session open: no redirects, no proxy that the surroundings name.

    A server that people typed is called in the public internet and in `networks` only.
    """
    from drumbeat.channels.esp import guarded

    provider = PROVIDERS[account.provider]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that SendGrid's adapter is no longer vouched for is told to people
        known = {key: value for key, value in account.values.items() if key not in _NOT_FOR_ANYMAIL}
        make, told = (_raw(account), account.values) if provider.raw else (_known(account), known)
        backend = make(api_url=api_of(account, base), timeout=(CONNECT_SECONDS, ANSWER_SECONDS), **told)
    backend.open()
    if provider.typed_server and not base:
        backend.session = guarded.session(networks)
    else:
        guarded.bound(backend.session)
    backend.session.trust_env = False
    backend.session.max_redirects = 0
    return backend


def _known(account: Account) -> Any:
    return importlib.import_module(f"anymail.backends.{account.provider}").EmailBackend


def _raw(account: Account) -> Any:
    from drumbeat.channels.esp import raw

    return raw.BACKENDS[account.provider]


def trial_of(account: Account, base: str = "") -> tuple[str, str] | None:
    """Return method and address of the call that shows whether the key is good, None where there is none."""
    trial = PLACES[account.provider].trial
    if trial is None:
        return None
    return trial[0], urljoin(api_of(account, base), trial[1].format(**account.options))
