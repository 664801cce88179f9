"""Asking many routes of one world: what each did is taken back before the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from drumbeat.store import flows


@contextmanager
def undone() -> Iterator[None]:
    """Take back whatever happens within; what was kept by an id of then is forgotten."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    flows.load_flow.cache_clear()
