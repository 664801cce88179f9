"""How what lies at providers is fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from drumbeat.channels.esp.lying import Source, Unfetched
from drumbeat.core.errors import DomainError
from drumbeat.core.provider_lying import PROVIDER_OF, Lying
from drumbeat.environment import environment
from drumbeat.inbound.fetching import Came, Kind
from drumbeat.models import ProviderFetch, SenderKind
from drumbeat.store import accounts, provider_fetches

log = logging.getLogger(__name__)


def _begin(fetch: ProviderFetch) -> Callable[[], bytes | None]:
    lying = provider_fetches.lying_of(fetch)
    return partial(_source_of(fetch, lying).fetch, lying)


def _source_of(fetch: ProviderFetch, lying: Lying) -> Source:
    """Return where it lies: an account's key goes to its own provider, not to the one that the sender left."""
    if fetch.sender.kind != SenderKind.ESP:
        raise DomainError("sender_unavailable", "The sender is behind no provider any more.")
    account = accounts.account_of(fetch.sender)
    if account.provider != PROVIDER_OF[lying.what]:
        raise DomainError("sender_unavailable", "The sender is behind another provider now.")
    env = environment()
    return Source(account, env.provider_api_url, env.private_networks)


def _settle(fetch: ProviderFetch, came: Came, now: datetime) -> None:
    if not isinstance(came, Exception):
        provider_fetches.arrived(fetch, came, now)
        return
    said = str(came) if isinstance(came, (Unfetched, DomainError)) else f"{type(came).__name__}: {came}"
    log.warning("what lies at the provider of sender %s cannot be fetched: %s", fetch.sender_id, said)
    provider_fetches.failed(fetch, said, now)


MAIL = Kind(provider_fetches.claim, _begin, _settle)
