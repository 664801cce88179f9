"""Tries an account at its provider without sending anything, and names what is in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drumbeat.channels.base import TemporaryRefusal, Unclear
from drumbeat.channels.email.trying import Tried
from drumbeat.channels.esp import answers
from drumbeat.channels.esp.backends import backend_of, trial_of
from drumbeat.core.hosts import Network
from drumbeat.core.providers import PROVIDERS, Account
from drumbeat.core.touch import FailureReason

_PATIENCE = (5.0, 10.0)
_MAY_SEND_ONLY = "restricted_api_key"
"""Resend's answer to a good key that may do nothing but send."""


def try_account(account: Account, base: str = "", networks: Sequence[Network] = ()) -> Tried:
    """Ask the provider whether the key is good. Never raises for the provider's sake.

    Where a provider has no such call, nothing is known until the first mail.
    """
    import requests

    trial = trial_of(account, base)
    title = PROVIDERS[account.provider].title
    if trial is None:
        return Tried("ok", f"{title} tells whether the key is good with the first mail only.")
    backend = backend_of(account, base, networks)
    try:
        response = backend.session.request(*trial, **_credentials(account, backend), timeout=_PATIENCE)
    except requests.RequestException as fault:
        return Tried(*_unheard(answers.unheard(fault), title))
    finally:
        backend.close()
    return _read(response, title)


def _read(response: Any, title: str) -> Tried:
    said = answers.words_of(response)
    if response.status_code < 300 or _MAY_SEND_ONLY in said:
        return Tried("ok")
    if response.status_code in (400, 401, 403, 404):
        return Tried("auth", f"{title} does not accept this account: {response.status_code} {said}"[:500])
    return Tried("greeting", f"{title} answers {response.status_code}: {said}"[:500])


def _unheard(fault: Any, title: str) -> tuple[Any, str]:
    late = isinstance(fault, Unclear) or (
        isinstance(fault, TemporaryRefusal) and fault.reason is FailureReason.TIMEOUT
    )
    return "tcp", f"{title} {'does not answer' if late else 'cannot be reached'}: {fault.text}"[:500]


def _credentials(account: Account, backend: Any) -> dict[str, Any]:
    """Return how a call of the adapter proves who makes it: taken from a mail that is written and not sent."""
    if PROVIDERS[account.provider].raw:
        return {"auth": backend.proof}
    from django.core.mail import EmailMessage

    message = EmailMessage("-", "-", "nobody@example.com", ["nobody@example.com"])
    payload = backend.build_message_payload(message, {})
    asked = payload.get_request_params(backend.api_url)
    wanted = ("headers", "auth")
    given: dict[str, Any] = {key: asked[key] for key in wanted if asked.get(key)}
    if account.provider == "mandrill":
        given["json"] = {"key": account.secrets["api_key"]}
    if account.provider == "unisender_go":
        given["json"] = {}
    return given
