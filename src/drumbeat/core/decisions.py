"""What an AI step may be answered: the names of its ways. Whatever else is said takes the fallback."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drumbeat.core.flow import AiDecideStep, AiStep

QUALIFIED: Final = "qualified"
UNQUALIFIED: Final = "unqualified"
UNCLEAR: Final = "unclear"
FALLBACK: Final = "else"
"""The word of the way that is taken without an answer that counts."""


def ways_of(step: AiStep) -> Mapping[str, str | None]:
    """Return the answers that `step` takes, each with the step (None: the end) that it leads to."""
    if isinstance(step, AiDecideStep):
        return {branch.name: branch.next for branch in step.branches}
    return {QUALIFIED: step.qualified, UNQUALIFIED: step.unqualified, UNCLEAR: step.next}


def way_named(step: AiStep, answer: str) -> str:
    """Return the name among the ways of `step` that `answer` means, "" when it means none.

    Blanks around it and case do not matter; nothing but a whole name does, so no text steers elsewhere.
    """
    said = answer.strip().casefold()
    return next((name for name in ways_of(step) if name.strip().casefold() == said), "")
