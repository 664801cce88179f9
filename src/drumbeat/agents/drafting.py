"""The protocol of writing for an agent, and the drafter that asks a model. What it returns is nothing but a text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field

from drumbeat.agents.chat import Chat
from drumbeat.agents.deciding import new_mark
from drumbeat.agents.faults import ModelFault
from drumbeat.agents.usage import NOTHING_USED, Usage
from drumbeat.core.draft_checks import Concern, Grounds, Severity, concerns_about
from drumbeat.core.drafts import Draft, has_subject, made_of
from drumbeat.core.personas import MOST_FACTS
from drumbeat.core.prompts import DraftRequest, draft_prompt
from drumbeat.core.prompts_data import Prompt, masked, without_personal

LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft with what should be looked at. `prompt` and `said` are kept by whoever must account for it."""

    draft: Draft
    concerns: Sequence[Concern]
    model: str = ""
    cost: Decimal | None = None
    used: Usage = NOTHING_USED
    prompt: Prompt | None = None
    said: str = ""


class Drafter(Protocol):
    def draft(self, request: DraftRequest) -> Drafted:
        """Write, in a thread of its own. Whatever is raised means that there is no draft: the caller falls back."""
        ...


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Annotated[
        str, Field(min_length=1, max_length=LONGEST_TEXT, description="plain text, ready to be sent")
    ]
    facts: Annotated[
        list[Annotated[int, Field(ge=1, le=MOST_FACTS)]],
        Field(max_length=MOST_FACTS, description="the numbers of the facts that the text uses"),
    ]


class _Mail(_Text):
    subject: Annotated[str, Field(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class ModelDrafter:
    """Asks a model. What must not go out so is told to it once; what it writes then is returned with its concerns."""

    chat: Chat
    mark: Callable[[], str] = new_mark

    def draft(self, request: DraftRequest) -> Drafted:
        """Return a draft of this request. Raises ModelFault."""
        asked = request if self.chat.endpoint.personal_data else impersonal(request)
        mark = self.mark()
        prompt, grounds = draft_prompt(asked, mark), replace(grounds_of(request), mark=mark)
        shape = _Mail if has_subject(request.channel, request.job_type) else _Text
        try:
            reply = self.chat.ask(prompt, shape, lambda said: _objection(_made(said, request), grounds))
        except ModelFault as fault:
            fault.cost = self.chat.endpoint.prices.of(fault.used)
            raise
        made = _made(reply.value, request)
        return Drafted(
            draft=made,
            concerns=concerns_about(made, grounds),
            model=reply.model,
            cost=reply.cost,
            used=reply.used,
            prompt=prompt,
            said=reply.said,
        )


def impersonal(request: DraftRequest) -> DraftRequest:
    """Return the request without what tells who the contact is."""
    said = [replace(one, text=masked(one.text, request.contact)) for one in request.conversation]
    earlier = masked(request.earlier, request.contact)
    return replace(request, contact=without_personal(request.contact), conversation=said, earlier=earlier)


def grounds_of(request: DraftRequest) -> Grounds:
    """Return what a draft of this request is held against."""
    agent, hints = request.agent, request.hints
    return Grounds(
        job_type=request.job_type,
        facts=agent.facts,
        known=(
            *(f"{name}: {value}" for name, value in request.contact.items()),
            *(one.text for one in request.conversation),
            *(hints.angle, hints.call_to_action, hints.value_proposition, request.note),
        ),
        links=agent.links,
        banned=agent.banned,
    )


def _made(said: _Text, request: DraftRequest) -> Draft:
    subject = said.subject if isinstance(said, _Mail) else ""
    facts = tuple(one for one in said.facts if one <= len(request.agent.facts))
    return made_of(request.channel, request.job_type, said.text, subject, facts)


def _objection(draft: Draft, grounds: Grounds) -> str:
    stops = [one.text for one in concerns_about(draft, grounds) if one.severity is Severity.STOP]
    return " ".join(stops)
