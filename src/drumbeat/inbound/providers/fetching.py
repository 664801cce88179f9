"""Fetches what lies at providers: a few at a time, each in a thread, never inside a transaction.

The threads touch no database. What a dead worker was fetching is tried again when its lease is over.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime
from queue import Empty, SimpleQueue

from django.db import InterfaceError, OperationalError, transaction

from drumbeat.channels.esp.lying import Source, Unfetched
from drumbeat.core.errors import DomainError
from drumbeat.core.provider_lying import PROVIDER_OF, Lying
from drumbeat.environment import environment
from drumbeat.models import ProviderFetch, SenderKind
from drumbeat.store import accounts, provider_fetches

log = logging.getLogger(__name__)

AT_ONCE = 2


@dataclass(slots=True)
class Fetcher:
    """One worker's fetches that are under way; an answer takes a bounded time, so each place is free again."""

    at_once: int = AT_ONCE
    _out: int = 0
    _came: SimpleQueue[tuple[ProviderFetch, bytes | Exception | None]] = field(default_factory=SimpleQueue)

    def turn(self, now: datetime) -> bool:
        """Store what came, begin what is due; return whether there was anything to do."""
        return any([self._store(now), self._begin(now)])

    @property
    def busy(self) -> bool:
        return bool(self._out)

    def _store(self, now: datetime) -> bool:
        stored = False
        while True:
            try:
                fetch, came = self._came.get_nowait()
            except Empty:
                return stored
            stored = True
            try:
                _settle(fetch, came, now)
            except (OperationalError, InterfaceError):
                self._came.put((fetch, came))
                raise
            self._out -= 1

    def _begin(self, now: datetime) -> bool:
        if self._out >= self.at_once:
            return False
        with transaction.atomic():
            claimed = provider_fetches.claim(self.at_once - self._out, now)
        for fetch in claimed:
            self._out += 1
            try:
                lying = provider_fetches.lying_of(fetch)
                source = _source_of(fetch, lying)
            except (DomainError, KeyError, ValueError, TypeError) as fault:
                self._came.put((fetch, fault))
                continue
            name = f"fetch-{fetch.pk}"
            threading.Thread(target=self._carry, args=(fetch, source, lying), name=name, daemon=True).start()
        return bool(claimed)

    def _carry(self, fetch: ProviderFetch, source: Source, lying: Lying) -> None:
        came: bytes | Exception | None = RuntimeError("the fetch ended without an answer")
        try:
            came = source.fetch(lying)
        except Exception as fault:  # whatever a provider does, it is tried again and then set aside
            came = fault
        finally:
            self._came.put((fetch, came))


def _source_of(fetch: ProviderFetch, lying: Lying) -> Source:
    """Return where it lies: an account's key goes to its own provider, not to the one that the sender left."""
    if fetch.sender.kind != SenderKind.ESP:
        raise DomainError("sender_unavailable", "The sender is behind no provider any more.")
    account = accounts.account_of(fetch.sender)
    if account.provider != PROVIDER_OF[lying.what]:
        raise DomainError("sender_unavailable", "The sender is behind another provider now.")
    env = environment()
    return Source(account, env.provider_api_url, env.private_networks)


def _settle(fetch: ProviderFetch, came: bytes | Exception | None, now: datetime) -> None:
    if not isinstance(came, Exception):
        provider_fetches.arrived(fetch, came, now)
        return
    said = str(came) if isinstance(came, (Unfetched, DomainError)) else f"{type(came).__name__}: {came}"
    log.warning("what lies at the provider of sender %s cannot be fetched: %s", fetch.sender_id, said)
    provider_fetches.failed(fetch, said, now)
