"""Accounts at providers that people connected: asked for, given, used by senders and mailboxes, taken back.

`tokens` hands out access tokens, `providers` knows whom the operator registered with.
"""

from __future__ import annotations

import base64
import json
import secrets as chance
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import read_email
from drumbeat.actions.grants import providers
from drumbeat.actions.grants.providers import Registered
from drumbeat.channels.oauth import client as web
from drumbeat.core.addresses import normal_email
from drumbeat.core.errors import DomainError
from drumbeat.core.oauth import (
    Denied,
    Tokens,
    Why,
    authorize_url,
    code_form,
    is_granted,
    read_answer,
    revoke_form,
)
from drumbeat.models import Grant, Mailbox, Member, SenderProfile
from drumbeat.store import grants, mailboxes, secrets, sender_health, spacing, sql, telling

VERIFIER_BYTES = 48
STATE_BYTES = 24


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a provider: where the person goes, and what the answer must bring back."""

    url: str
    state: str
    verifier: str


def registered(member: Member) -> list[Registered]:
    """Return the providers that the operator registered with."""
    access.require(member, "senders.view")
    return list(providers.registered().values())


def rows_of(member: Member) -> QuerySet[Grant]:
    """Return the accounts that were connected in the member's workspace."""
    access.require(member, "senders.view")
    return access.visible_to(member, Grant).select_related("member").prefetch_related("senders", "mailboxes")


def ask(member: Member, provider_key: str, address: str, back_to: str) -> Asked:
    """Begin to connect an account. DomainErrors `provider_unknown`, `email_invalid`."""
    access.require(member, "senders.create")
    known = providers.named(provider_key)
    state, verifier = chance.token_urlsafe(STATE_BYTES), chance.token_urlsafe(VERIFIER_BYTES)
    url = authorize_url(
        known.provider,
        known.client,
        back_to=back_to,
        state=state,
        verifier=verifier,
        address=read_email(address)[0],
    )
    return Asked(url, state, verifier)


def give(
    member: Member, provider_key: str, address: str, code: str, verifier: str, back_to: str, now: datetime
) -> Grant:
    """Turn a code into a grant; one for the same account is renewed. DomainErrors: see `ask_for`."""
    return keep(member, provider_key, address, ask_for(member, provider_key, code, verifier, back_to), now)


def ask_for(
    member: Member,
    provider_key: str,
    code: str,
    verifier: str,
    back_to: str,
    uses: Collection[str] = ("sender", "mailbox"),
) -> Tokens:
    """Return what a provider gives for a code, good for `uses`.

    DomainErrors `scope_missing`, `refresh_missing`, and those of `core.oauth.Why`.
    """
    access.require(member, "senders.create")
    known = providers.named(provider_key)
    tokens = _exchanged(known, code, verifier, back_to)
    places = {"sender": known.provider.smtp, "mailbox": known.provider.imap}
    if not all(is_granted(tokens, places[use]) for use in uses):
        raise DomainError(
            "scope_missing",
            f"{known.provider.name} gave access that is not good for mail. Connect the account again, and tick "
            "everything that is asked for.",
        )
    return tokens


def is_of_another(tokens: Tokens, address: str) -> bool:
    """Say whether another account was signed in with than that of the address, as far as the provider tells."""
    if not tokens.account:
        return False
    try:
        return normal_email(tokens.account) != normal_email(address)
    except DomainError:
        return True


def keep(member: Member, provider_key: str, address: str, tokens: Tokens, now: datetime) -> Grant:
    """Keep what was given for an account; a grant for the same one is renewed."""
    access.require(member, "senders.create")
    known = providers.named(provider_key)
    with transaction.atomic():
        grant, fresh = Grant.objects.get_or_create(
            workspace_id=member.workspace_id,
            provider=provider_key,
            address=read_email(address)[0],
            defaults={"created_at": now, "connected_at": now, "member": member},
        )
        values = grants.columns_of(tokens, now) | {"scopes": tokens.scopes or " ".join(known.provider.scopes)}
        Grant.objects.filter(id=grant.pk).update(
            **values,
            member=member,
            state=grants.OK,
            fault="",
            connected_at=now,
            refreshed_at=now,
            lease_token="",
            lease_until=None,
        )
        act = "grant.connect" if fresh else "grant.connect_again"
        audit.record(member, act, now, object_kind="grant", object_id=grant.pk, name=grant.address)
        _go_on(grant, now)
    grant.refresh_from_db()
    return grant


def _exchanged(known: Registered, code: str, verifier: str, back_to: str) -> Tokens:
    name = known.provider.name
    try:
        answer = web.post(known.provider.token_url, code_form(known.client, code, verifier, back_to))
    except web.Unreachable as fault:
        raise DomainError(Why.SILENT.value, f"{fault}. Try again in a while.") from fault
    read = read_answer(answer.status, answer.body)
    if isinstance(read, Denied):
        verb = "has trouble" if read.why is Why.SILENT else "refuses"
        told = f"{name} {verb}: {read.text} ({read.code})."
        raise DomainError(read.why.value, told, {"provider": read.code})
    if read.refresh is None:
        raise DomainError(
            "refresh_missing",
            f"{name} gave access for an hour only. Remove drumbeat from the connected apps of the account and "
            "connect it again.",
        )
    return read


def _go_on(grant: Grant, now: datetime) -> None:
    """Let whatever waited for the account be tried at once, and take back what was said about it."""
    ids = sql.lock(SenderProfile.objects.filter(grant=grant))
    sender_health.freed(ids)
    spacing.free(ids, now)
    for box in Mailbox.objects.filter(grant=grant):
        mailboxes.begin_anew(box.pk)
    telling.hear_no_more(grant.workspace_id, grants.LOST, [f"{grant.address} "], now)


def remove(member: Member, grant_id: int, now: datetime) -> bool:
    """Forget an account and its tokens; return whether the provider took them back too.

    Senders and mailboxes that used it stay, and wait until the account is connected again or a password is given.
    """
    access.require(member, "senders.edit")
    grant = access.get(member, Grant, grant_id, "connected account")
    revoked = _revoked(grant)
    with transaction.atomic():
        sql.lock(Grant.objects.filter(id=grant.pk))
        audit.record(member, "grant.remove", now, object_kind="grant", object_id=grant.pk, name=grant.address)
        for box in Mailbox.objects.filter(grant=grant):
            mailboxes.begin_anew(box.pk)
        grant.delete()
    return revoked


def _revoked(grant: Grant) -> bool:
    """Take the tokens back at the provider, as far as it can be reached and knows how."""
    known = providers.registered().get(grant.provider)
    if known is None or not known.provider.revoke_url or not grant.refresh_encrypted:
        return False
    try:
        refresh = secrets.decrypt(grant.refresh_encrypted)
        answer = web.post(known.provider.revoke_url, revoke_form(known.client, refresh))
    except (web.Unreachable, DomainError):
        return False
    return 200 <= answer.status < 300


def seal(tokens: Tokens) -> str:
    """Return tokens as text that nobody can read, for the moment until it is said whose they are."""
    return base64.b64encode(secrets.encrypt(json.dumps(asdict(tokens)))).decode()


def unseal(sealed: str) -> Tokens:
    """Return what was sealed. DomainError when it was sealed under a key that is gone."""
    return Tokens(**json.loads(secrets.decrypt(base64.b64decode(sealed))))


def find(member: Member, asked: str) -> Grant:
    """Return the connected account with this address or id; DomainError `not_found`."""
    rows = rows_of(member)
    text = asked.strip()
    chosen = {"id": int(text)} if text.isdecimal() else {"address__iexact": text}
    found = rows.filter(**chosen).order_by("id").first()
    if found is None:
        known = ", ".join(rows.order_by("id").values_list("address", flat=True)[:10])
        raise DomainError("not_found", f"No account {asked} is connected. There are: {known or 'none'}.")
    return found
