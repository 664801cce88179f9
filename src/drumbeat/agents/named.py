"""The decider that an installation names: `module:callable`, imported once; calling it makes the decider."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from drumbeat.agents.base import Decider
from drumbeat.core.errors import DomainError


@cache
def decider_named(name: str) -> Decider | None:
    """Return the decider, None for "". DomainError `setting_invalid` when there is no such callable."""
    if not name:
        return None
    module, _, attribute = name.partition(":")
    try:
        made: Decider = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError, TypeError, ValueError) as fault:
        raise DomainError(
            "setting_invalid",
            f"DRUMBEAT_DECIDER must be module:callable and make a decider; {name!r} does not: {fault}.",
        ) from fault
    return made
