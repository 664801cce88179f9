"""Takes Twilio's callbacks in: proven by their signature, stored and committed before they are acknowledged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from drumbeat.channels.twilio.signature import is_genuine
from drumbeat.core.errors import DomainError
from drumbeat.core.twilio_callbacks import address_of, read_form
from drumbeat.environment import environment
from drumbeat.store import phone_accounts, phone_callbacks


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """A form as it came; `path` and `query` as they were asked for."""

    path: str
    query: str
    body: bytes
    signature: str


def take(token: str, mark: str, posted: Posted, now: datetime) -> None:
    """Keep what was posted, once.

    DomainErrors `callback_refused`, the same for an address that is unknown and a form that proves nothing, and
    `callback_unreadable`.
    """
    account = phone_accounts.by_token(token)
    if account is None:
        raise _refused()
    form = read_form(posted.body)
    public = environment().public_url
    address = address_of(public, posted.path, posted.query) if public else ""
    secret = phone_accounts.token_of(account)
    if form is None or not is_genuine(secret, address, form, posted.signature):
        why = "not_proven" if form is not None else "unreadable"
        phone_accounts.note_refused(account.pk, why, now)
        if form is None:
            raise DomainError("callback_unreadable", "The body is no form, or too large.")
        raise _refused()
    if form.get("AccountSid") not in ("", account.sid):
        raise _refused()
    phone_callbacks.keep(account.pk, mark, form, now)
    phone_accounts.note_heard(account.pk, now)


def note_method(token: str, now: datetime) -> None:
    """Note that somebody calls the address otherwise than by POST, so that nothing is heard of what he tells."""
    account = phone_accounts.by_token(token)
    if account is not None:
        phone_accounts.note_refused(account.pk, phone_accounts.NOT_POSTED, now)


def _refused() -> DomainError:
    return DomainError(
        "callback_refused",
        "There is no such address, or the signature does not prove that Twilio calls it. "
        "The public address that is configured here must be the one that Twilio calls.",
    )
