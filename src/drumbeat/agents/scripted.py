"""A decider without a model: answers by a script, for tests and for trying a flow out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from drumbeat.agents.base import Answer, Question


@dataclass(frozen=True, slots=True)
class Scripted:
    """Answers what the script says."""

    script: Callable[[Question], Answer]

    def decide(self, question: Question) -> Answer:
        return self.script(question)


def by_name() -> Scripted:
    """Choose the first way whose name stands in what the contact wrote last; none: no way."""
    return Scripted(_named_last)


def _named_last(question: Question) -> Answer:
    last = next((said.text for said in reversed(question.conversation) if said.by_contact), "")
    words = last.casefold()
    found = next((one.name for one in question.choices if one.name.casefold() in words), "")
    return Answer(choice=found, reason="named in the last message" if found else "", model="scripted")
