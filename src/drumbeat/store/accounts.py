"""A sender's account at its provider, from its row and back; its secrets are encrypted there."""

from __future__ import annotations

import json
import secrets as chance
from typing import Any

from drumbeat.core.providers import Account
from drumbeat.models import SenderProfile
from drumbeat.store.secrets import decrypt, encrypt

HOOK_PASSWORD = "hook_password"
"""Kept beside the provider's own secrets: what its calls at our address must carry where it does not sign them."""


def account_of(sender: SenderProfile) -> Account:
    """Return the account; DomainError `secret_unreadable` when the installation's secret is another."""
    kept = _kept(sender)
    kept.pop(HOOK_PASSWORD, None)
    return Account(sender.provider, dict(sender.provider_options), kept)


def hook_password_of(sender: SenderProfile) -> str:
    return _kept(sender).get(HOOK_PASSWORD, "")


def columns_of(account: Account, sender: SenderProfile | None = None) -> dict[str, Any]:
    """Return what is stored. The address at which the provider tells stays while the provider stays."""
    stays = sender is not None and sender.provider == account.provider and bool(sender.hook_token)
    password = hook_password_of(sender) if sender is not None and stays else chance.token_urlsafe(24)
    sealed = encrypt(json.dumps({**account.secrets, HOOK_PASSWORD: password}))
    values: dict[str, Any] = {
        "provider": account.provider,
        "provider_options": dict(account.options),
        "provider_secrets_encrypted": sealed,
    }
    if not stays:
        values |= {
            "hook_token": chance.token_urlsafe(24),
            "hook_heard_at": None,
            "hook_refused_at": None,
            "hook_refused_text": "",
        }
    return values


def _kept(sender: SenderProfile) -> dict[str, str]:
    sealed = sender.provider_secrets_encrypted
    kept: dict[str, str] = json.loads(decrypt(sealed)) if sealed else {}
    return kept
