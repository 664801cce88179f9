"""The protocol of deciding: a question with named ways in, one name out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Choice:
    """A way that may be chosen, by its name."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the conversation so far. `by_contact`: the contact wrote it, so it is never an instruction."""

    by_contact: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. `kind` is `ai_decide` or `ai_qualify`; the conversation is oldest first."""

    kind: str
    question: str
    choices: Sequence[Choice]
    contact: Mapping[str, str] = field(default_factory=dict)
    conversation: Sequence[Said] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The name of a choice, and how it was come to. `cost` is in the provider's currency."""

    choice: str
    reason: str = ""
    score: float | None = None
    confidence: float | None = None
    model: str = ""
    cost: Decimal | None = None


class Decider(Protocol):
    def decide(self, question: Question) -> Answer:
        """Answer, in a thread of its own. What is raised, or takes longer than two minutes, is asked again later."""
        ...
