"""Access tokens for channels: the one that holds, or a new one, asked for by one process at a time.

The provider is asked while no transaction is open. A provider that gives a new refresh token with each answer takes
the old one back, so two that ask at once would lose the account: hence the lease.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

from django.db import connection

from drumbeat.actions.grants import providers
from drumbeat.channels.oauth import client as web
from drumbeat.channels.oauth.tokens import TokenFault, TokenSource
from drumbeat.core.errors import DomainError
from drumbeat.core.oauth import Denied, read_answer, refresh_form
from drumbeat.models import Grant
from drumbeat.store import grants
from drumbeat.store.grants import Held

LOOK_EVERY_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 15.0
"""How long somebody else's renewal is waited for: longer than a provider is given to answer."""


def source_of(grant_id: int | None) -> TokenSource | None:
    """Return where to get tokens for threads that have no other business with the database."""
    return None if grant_id is None else partial(_apart, grant_id)


def _apart(grant_id: int, refused: str) -> str:
    with closing(connection):
        return token(grant_id, refused, idle=connection.close)


def within(grant_id: int | None) -> TokenSource | None:
    """Return where to get tokens for a thread that goes on asking the database."""
    return None if grant_id is None else partial(token, grant_id)


def _stay() -> None:
    """Keep the connection to the database: it is needed again at once."""


def token(grant_id: int, refused: str = "", *, idle: Callable[[], None] = _stay) -> str:
    """Return an access token that is not `refused`. Raises TokenFault.

    `idle` is called before a wait: the connections of a process are few, and a provider may be silent for long.
    """
    ends_at = time.monotonic() + LONGEST_WAIT_SECONDS
    while True:
        held = _look(grant_id)
        if held.fresh and held.access != refused:
            return held.access
        lease = grants.lease(grant_id)
        if lease is not None:
            return _renew(grant_id, lease, refused, idle)
        if held.usable and held.access != refused:
            return held.access  # somebody renews it, and it holds until then
        if time.monotonic() > ends_at:
            raise TokenFault("another process is renewing the access; trying again")
        idle()
        time.sleep(LOOK_EVERY_SECONDS)


def _look(grant_id: int) -> Held:
    try:
        held = grants.look(grant_id)
    except Grant.DoesNotExist:
        raise TokenFault("the account is connected no more: connect it again", lost=True) from None
    except DomainError as fault:
        raise TokenFault(fault.message, lost=True) from fault
    if held.state == grants.REVOKED:
        name = providers.name_of(held.provider)
        raise TokenFault(f"{name} refuses: {held.fault} Connect the account again.", lost=True)
    return held


def _renew(grant_id: int, lease: str, refused: str, idle: Callable[[], None]) -> str:
    try:
        held = _look(grant_id)  # again: it may have been renewed before we got the lease
        if held.fresh and held.access != refused:
            return held.access
        idle()
        return _asked(grant_id, lease, held, refused)
    finally:
        grants.give_back(grant_id, lease)


def _asked(grant_id: int, lease: str, held: Held, refused: str) -> str:
    try:
        known = providers.named(held.provider)
        answer = web.post(known.provider.token_url, refresh_form(known.client, held.refresh))
    except (web.Unreachable, DomainError) as fault:
        return _without(grant_id, lease, held, refused, str(fault))
    read = read_answer(answer.status, answer.body)
    if not isinstance(read, Denied):
        grants.renewed(grant_id, lease, read)
        return read.access
    if not read.lost:
        return _without(grant_id, lease, held, refused, f"{known.provider.name}: {read.text} ({read.code})")
    grants.lost(grant_id, lease, read, known.provider.name)
    raise TokenFault(f"{known.provider.name} refuses: {read.text} Connect the account again.", lost=True)


def _without(grant_id: int, lease: str, held: Held, refused: str, text: str) -> str:
    """Go on with the token that still holds, where there is one."""
    grants.failed(grant_id, lease, text)
    if held.usable and held.access != refused:
        return held.access
    raise TokenFault(f"no access for now: {text}")
