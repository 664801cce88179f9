"""Asking many routes of one world: it is furnished once, and what each request did is taken back before the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from drumbeat.store import flows


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """Let what is written within stand for all tests of a module, each of which is taken back by itself."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens within; what was kept by an id of then is forgotten."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    flows.load_flow.cache_clear()
