"""The decider that asks a model: which of the named ways, or none.

Whatever the contact wrote and whatever the model says, the result names a way of the step or nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from drumbeat.agents.base import Answer, Choice, Question, Said
from drumbeat.agents.chat import Chat, Reply
from drumbeat.agents.faults import ModelFault
from drumbeat.core.prompts_data import (
    Block,
    Prompt,
    clean,
    fenced,
    masked,
    profile,
    rule_of,
    shortened,
    without_personal,
)

SURE_ENOUGH: Final = 0.5
"""Below this confidence the fallback is taken."""
LONGEST_REASON = 600
_NONE = "none"
_UNSURE = "none of the ways, or not sure"
_TASKS = {
    "ai_decide": "Choose the way that fits the contact best.",
    "ai_qualify": "Say whether the contact qualifies; `score` says how well, from 0 to 100.",
}


def new_mark() -> str:
    return secrets.token_hex(8)


class _Verdict(BaseModel):
    """What is wanted of the model; `choice` is narrowed to the ways of the question."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(description="one or two sentences, in the language of the question")]
    choice: str
    confidence: Annotated[float, Field(ge=0, le=1, description="from 0 to 1")]


class _Scored(_Verdict):
    score: Annotated[float, Field(ge=0, le=100, description="from 0 to 100")]


@dataclass(frozen=True, slots=True)
class ModelDecider:
    """Asks a model. A fault that passes is raised, so that it is asked again; any other takes the fallback."""

    chat: Chat
    mark: Callable[[], str] = new_mark

    def decide(self, question: Question) -> Answer:
        none = _no_way(question.choices)
        asked = question if self.chat.endpoint.personal_data else impersonal(question)
        try:
            reply = self.chat.ask(prompt_of(asked, none, self.mark()), _shape(question, none))
        except ModelFault as fault:
            if fault.passes:
                raise
            cost = self.chat.endpoint.prices.of(fault.used)
            return Answer(choice="", reason=fault.text, model=self.chat.endpoint.model, cost=cost)
        return _answer(reply, question, none)


def impersonal(question: Question) -> Question:
    """Return the question without what tells who the contact is."""
    said = [replace(one, text=masked(one.text, question.contact)) for one in question.conversation]
    return replace(question, contact=without_personal(question.contact), conversation=said)


def _no_way(choices: Sequence[Choice]) -> str:
    """Return the word for none of them, which no way is called."""
    names, word = {one.name.strip().casefold() for one in choices}, _NONE
    while word in names:
        word += "_"
    return word


def prompt_of(question: Question, none: str, mark: str) -> Prompt:
    """Return what the model is told: the author's question in the system part, the contact's data in the other."""
    ways = [*question.choices, Choice(none, _UNSURE)]
    lines = "\n".join(
        f"- {one.name}: {one.description}" if one.description else f"- {one.name}" for one in ways
    )
    system = (
        "You judge contacts for a sales team. You do nothing but answer the question: you cannot send, change or look "
        f"up anything. {_TASKS.get(question.kind, _TASKS['ai_decide'])}\n\n"
        f"Question: {question.question}\n\nWays, by name:\n{lines}\n\n"
        f"Judge by the facts alone. When they do not tell, choose {none}.\n\n{rule_of(mark)}"
    )
    return Prompt(system=system, user=fenced(_blocks(question.contact, question.conversation), mark))


def _blocks(contact: Mapping[str, str], conversation: Sequence[Said]) -> list[Block]:
    said = [
        Block("message of the contact" if one.by_contact else "message of ours", one.text)
        for one in conversation
    ]
    return [profile(contact), *said]


def _shape(question: Question, none: str) -> type[_Verdict]:
    base = _Scored if question.kind == "ai_qualify" else _Verdict
    names = tuple(one.name for one in question.choices)
    choices: Any = Literal[(*names, none)]
    return create_model("Verdict", __base__=base, choice=(choices, ...))


def _answer(reply: Reply[_Verdict], question: Question, none: str) -> Answer:
    said = reply.value
    sure = said.choice != none and said.confidence >= SURE_ENOUGH
    reason = shortened(clean(said.reason), LONGEST_REASON)
    return Answer(
        choice=said.choice if sure else "",
        reason=reason if sure else f"Not sure: {reason}",
        score=said.score if isinstance(said, _Scored) else None,
        confidence=said.confidence,
        model=reply.model,
        cost=reply.cost,
    )
