"""What a model is told that shall write for an agent. Pure; hints are aims and not copy, contacts are data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from drumbeat.core.drafts import LIMITS, LONGEST_SUBJECT, has_subject
from drumbeat.core.flow import Channel, Hints, JobType
from drumbeat.core.personas import LANGUAGES, Agent, Tone
from drumbeat.core.prompts_data import Block, Prompt, fenced, profile, rule_of

WARMTH: Final = 0.6
_TONES: Mapping[Tone, str] = {
    Tone.FRIENDLY: "friendly and plain, as to a colleague whom one likes",
    Tone.FORMAL: "formal and polite",
    Tone.DIRECT: "short and direct, without small talk",
    Tone.CURIOUS: "curious: rather a question than a statement",
}
_JOBS: Mapping[JobType, str] = {
    JobType.INITIAL_OUTREACH: "Write the first message to this contact.",
    JobType.FOLLOW_UP_EMAIL: "Write a follow-up to the conversation so far. Add something new and repeat nothing.",
    JobType.RE_ENGAGEMENT: "Write to a contact who has not answered for long. Reproach nobody.",
    JobType.VOICEMAIL_DROP: "Write what is left on the contact's voicemail.",
}
_ANSWER: Final = (
    "Answer the contact's last message. Answer what it asks from the facts alone; what they do not tell, say that you "
    "will find out. Where no more is wanted, thank them and leave it at that: do not argue and do not ask again."
)
_CHANNELS: Mapping[Channel, str] = {
    Channel.EMAIL: "an email in plain text, in short paragraphs, without signature: that is added",
    Channel.SMS: "a text message (SMS) in one paragraph, without emoji",
    Channel.WHATSAPP: "a WhatsApp message in one or two short paragraphs",
    Channel.VOICE: (
        "words to be spoken aloud: whole sentences, no links, no addresses, no lists, no signs, "
        "every number written as it is spoken"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One message of the conversation so far."""

    by_contact: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRequest:
    """What is wanted. `note`: a person's wish about `earlier`, the draft that is written anew.

    `contact` and `conversation` (oldest first) are data; all else is a member's or ours. `answers`: the contact wrote
    last, and this is the answer to it.
    """

    agent: Agent
    channel: Channel
    job_type: JobType = JobType.INITIAL_OUTREACH
    hints: Hints = field(default_factory=Hints)
    sender_name: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)
    conversation: Sequence[Line] = ()
    earlier: str = ""
    note: str = ""
    today: date | None = None
    answers: bool = False


def draft_prompt(request: DraftRequest, mark: str) -> Prompt:
    """Return the request for a draft; `mark` fences the data and must not be guessable."""
    parts = [*_who(request), *_what(request), *_rules(request), rule_of(mark)]
    return Prompt(system="\n\n".join(parts), user=fenced(_data(request), mark), temperature=WARMTH)


class Origin(StrEnum):
    """What a text was written from. `agent`: what it knows, may say, and how it writes; in whose name, too."""

    AGENT = "agent"
    STEP = "step"
    CONTACT = "contact"
    CONVERSATION = "conversation"


_MANNER: Final = 4
"""Which part of a fingerprint says how the agent writes: no text is wrong because of it."""
_PART: Final = 12


def fingerprint_of(request: DraftRequest) -> str:
    """Return hashes of what a draft is written from, one after the other."""
    return "".join(
        hashlib.sha256(json.dumps(part).encode()).hexdigest()[:_PART] for part in _origins(request)
    )


def outdated(fingerprint: str, request: DraftRequest) -> list[Origin]:
    """Return what is another now than when a draft was written; "" is of a text that no agent wrote."""
    others = _others(fingerprint, request)
    return [
        origin
        for part, origin in enumerate(Origin)
        if part in others or (origin is Origin.AGENT and _MANNER in others)
    ]


def is_untrue(fingerprint: str, request: DraftRequest) -> bool:
    """Say whether what was written may be wrong: another manner of the agent is no reason, nor who approves."""
    return bool(_others(fingerprint, request) - {_MANNER})


def _others(fingerprint: str, request: DraftRequest) -> set[int]:
    if not fingerprint:
        return set()
    now = fingerprint_of(request)
    starts = range(0, len(now), _PART)
    return {part for part, at in enumerate(starts) if now[at : at + _PART] != fingerprint[at : at + _PART]}


def _origins(request: DraftRequest) -> Iterator[object]:
    """Yield what there is of each origin, and how the agent writes."""
    agent, hints = request.agent, request.hints
    yield [agent.facts, agent.banned, agent.links, request.sender_name]
    aims = [hints.angle, hints.call_to_action, hints.value_proposition]
    yield [request.channel.value, request.job_type.value, aims]
    yield sorted(request.contact.items())
    yield [[one.by_contact, one.text] for one in request.conversation]
    yield [agent.name, agent.persona, agent.tone.value, agent.language]


def _who(request: DraftRequest) -> Iterator[str]:
    agent = request.agent
    yield (
        f"You are {agent.name} and write for a sales team. You write and do nothing else: you cannot send, "
        "change or look up anything. A person may read and change what you write."
    )
    if request.sender_name:
        yield f"It is sent by {request.sender_name}, who writes in the first person."
    if agent.persona:
        yield f"Persona: {agent.persona}"
    yield f"Tone: {_TONES[agent.tone]}."


def _what(request: DraftRequest) -> Iterator[str]:
    limits, hints = LIMITS[request.channel], request.hints
    job = _ANSWER if request.answers else _JOBS[request.job_type]
    yield f"{job} It is {_CHANNELS[request.channel]}."
    yield f"Length: {limits.fewest} to {limits.most} words, at most {limits.characters} characters."
    if has_subject(request.channel, request.job_type):
        yield f"It has a subject of at most {LONGEST_SUBJECT} characters that promises no more than the text holds."
    yield f"Language: {language_of(request)}."
    if request.today is not None:
        yield f"Today is {request.today:%A, %Y-%m-%d}."
    wanted = {
        "Angle": hints.angle,
        "What the contact shall do": hints.call_to_action,
        "What it is worth to them": hints.value_proposition,
        "A colleague's wish about the earlier draft": request.note,
    }
    aims = [f"- {name}: {text}" for name, text in wanted.items() if text.strip()]
    if aims:
        yield "Aims, not words to copy:\n" + "\n".join(aims)


def language_of(request: DraftRequest) -> str:
    """Return the language by a word of ours: a contact's own value only chooses it."""
    code = request.agent.language or request.contact.get("language", "")[:2].casefold()
    return LANGUAGES.get(code, "that of the contact's last message; English where there is none")


def _rules(request: DraftRequest) -> Iterator[str]:
    agent = request.agent
    facts = "\n".join(f"{number}. {fact}" for number, fact in enumerate(agent.facts, 1))
    yield (
        f"Facts about us, the only ones that you may state:\n{facts}"
        if facts
        else ("No facts about us are known: state none, no numbers, no customers, no results.")
    )
    if request.channel is not Channel.VOICE and agent.links:
        yield f"You may link to these and to nothing else:\n{_list(agent.links)}"
    else:
        yield "Write no link."
    if agent.banned:
        yield f"Never use these words:\n{_list(agent.banned)}"
    yield (
        "Use what is known of the contact where it helps, and invent nothing. Promise nothing: no prices, discounts, "
        "guarantees, dates or legal terms. Leave no gaps to be filled in, such as brackets or braces. No HTML."
    )


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {one}" for one in items)


def _data(request: DraftRequest) -> list[Block]:
    said = [
        Block("message of the contact" if one.by_contact else "message of ours", one.text)
        for one in request.conversation
    ]
    return [profile(request.contact), *said, Block("earlier draft", request.earlier)]
