"""Who decides and writes in an installation: code that it names (`module:callable`, imported once), or its model."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from drumbeat.agents.base import Decider
from drumbeat.agents.chat import Chat
from drumbeat.agents.deciding import ModelDecider
from drumbeat.agents.drafting import Drafter, ModelDrafter
from drumbeat.agents.endpoint import endpoint_of
from drumbeat.core.errors import DomainError
from drumbeat.environment import Environment


def decider_of(env: Environment) -> Decider | None:
    """Return who decides, None for nobody. What an operator wrote goes before the model. Raises DomainError."""
    if env.decider:
        return decider_named(env.decider)
    endpoint = endpoint_of(env)
    return ModelDecider(Chat(endpoint)) if endpoint is not None else None


def drafter_of(env: Environment) -> Drafter | None:
    """Return who writes for agents, None for nobody."""
    endpoint = endpoint_of(env)
    return ModelDrafter(Chat(endpoint)) if endpoint is not None else None


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
