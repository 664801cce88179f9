"""Accounts at Twilio, from their rows and back; their secrets are encrypted there."""

from __future__ import annotations

import json
import secrets as chance
from collections.abc import Mapping
from datetime import datetime

from drumbeat.channels.twilio.outbound import TwilioAccount
from drumbeat.environment import environment
from drumbeat.models import PhoneAccount
from drumbeat.store.evidence import storable
from drumbeat.store.secrets import decrypt, encrypt

NOT_POSTED = "not_posted"
"""A call at the account's address that came by another method than POST."""
_TOKEN, _KEY_SECRET = "token", "key_secret"


def credentials_of(account: PhoneAccount) -> TwilioAccount:
    """Return what requests are made with; DomainError `secret_unreadable` when the installation's keys are others."""
    kept = _kept(account)
    if account.key_sid:
        return TwilioAccount(account.sid, kept[_KEY_SECRET], account.key_sid)
    return TwilioAccount(account.sid, kept[_TOKEN])


def token_of(account: PhoneAccount) -> str:
    """Return what callbacks are signed with; DomainError `secret_unreadable`."""
    return _kept(account)[_TOKEN]


def sealed(token: str, key_secret: str = "") -> bytes:
    """Return the secrets as they are stored."""
    return encrypt(json.dumps({_TOKEN: token, _KEY_SECRET: key_secret}))


def new_hook_token() -> str:
    return chance.token_urlsafe(24)


def hook_url(account: PhoneAccount, mark: str = "") -> str:
    """Return the address at which Twilio tells: of messages that come in, or of the touch with this mark.

    Empty where nobody said under which address the world reaches us: Twilio refuses others.
    """
    if not (base := environment().public_url.rstrip("/")):
        return ""
    address = f"{base}/hooks/twilio/{account.hook_token}"
    return f"{address}/{mark}" if mark else address


def by_token(token: str) -> PhoneAccount | None:
    return PhoneAccount.objects.filter(hook_token=token).first() if token else None


def note_heard(account_id: int, now: datetime) -> None:
    PhoneAccount.objects.filter(id=account_id).update(hook_heard_at=now)


def note_refused(account_id: int, why: str, now: datetime) -> None:
    """Note that a call at the account's address was turned away."""
    refused = storable(why, 200)
    PhoneAccount.objects.filter(id=account_id).update(hook_refused_at=now, hook_refused_text=refused)


def note_tried(account_id: int, fault: str, now: datetime) -> None:
    """Note how the account answered; `fault` is empty where it is well."""
    PhoneAccount.objects.filter(id=account_id).update(checked_at=now, fault=storable(fault, 2_000))


def _kept(account: PhoneAccount) -> Mapping[str, str]:
    kept: dict[str, str] = json.loads(decrypt(account.secrets_encrypted))
    return kept
