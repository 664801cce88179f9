"""Named points at which a test process may die. Nothing happens unless a test installed a hook."""

from __future__ import annotations

from collections.abc import Callable

_hook: Callable[[str], None] | None = None


def install(hook: Callable[[str], None] | None) -> None:
    """Call `hook` with the name of every point that is passed; None takes it away."""
    global _hook  # noqa: PLW0603 - one per process, by purpose
    _hook = hook


def point(name: str) -> None:
    """Pass the crash point `name`."""
    if _hook is not None:
        _hook(name)
