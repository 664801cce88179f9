"""A text that an agent wrote and nobody has sent: its value, its limits, and how long it takes to say."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

from drumbeat.core.flow import (
    Channel,
    EmailContent,
    EmailStep,
    JobType,
    SendStep,
    SmsStep,
    Step,
    VoiceStep,
    WhatsAppStep,
)
from drumbeat.core.prompts_data import clean

LONGEST_SUBJECT: Final = 78
"""Characters: RFC 5322 section 2.1.1 wants lines no longer, and lists of mails show less."""
WORDS_PER_SECOND: Final = 2.5
MOST_SEGMENTS: Final = 2
_WORD: Final = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class Limits:
    """`fewest` and `most` are words; what a channel counts otherwise is checked besides."""

    fewest: int
    most: int
    characters: int
    seconds: float | None = None


LIMITS: Final[Mapping[Channel, Limits]] = MappingProxyType(
    {
        Channel.EMAIL: Limits(15, 220, 4_000),
        Channel.SMS: Limits(3, 60, 306),
        Channel.WHATSAPP: Limits(3, 120, 1_000),
        Channel.VOICE: Limits(8, 75, 600, seconds=30),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Plain text. `subject` is empty but for mails that begin a thread; `facts` are numbers of the agent's, from 1."""

    channel: Channel
    text: str
    subject: str = ""
    facts: tuple[int, ...] = ()


def has_subject(channel: Channel, job_type: JobType) -> bool:
    """Tell whether a draft needs a subject: follow-ups keep that of their thread."""
    return channel is Channel.EMAIL and job_type is not JobType.FOLLOW_UP_EMAIL


def made_of(
    channel: Channel, job_type: JobType, text: str, subject: str = "", facts: tuple[int, ...] = ()
) -> Draft:
    """Return what a model said as a draft: without characters that nobody sees, the subject on one line. Total."""
    line = " ".join(clean(subject).split()) if has_subject(channel, job_type) else ""
    return Draft(channel=channel, text=clean(text), subject=line, facts=tuple(sorted(set(facts))))


def words_in(text: str) -> int:
    return len(_WORD.findall(text))


def seconds_to_say(text: str) -> float:
    """Return how long a calm voice takes, about 150 words a minute."""
    return words_in(text) / WORDS_PER_SECOND


def is_by_agent(step: Step) -> bool:
    """Tell whether an agent writes what this step says."""
    return isinstance(step, SendStep) and step.written_by == "agent"


def words_of(subject: str, text: str) -> dict[str, str]:
    """Return a draft as its touch keeps it once it may leave."""
    return {"subject": subject, "text": text}


def text_hash(subject: str, text: str) -> str:
    """Return what tells this text from any other: a yes holds for the text that was read, and for no other."""
    return hashlib.sha256(json.dumps([subject, text]).encode()).hexdigest()


def worded(step: Step, words: Mapping[str, object] | None) -> Step:
    """Return the step with what an agent wrote for one contact, as its touch keeps it; other steps as they are.

    The words are said as they stand: nothing in them is a merge tag.
    """
    if not words or "text" not in words or not is_by_agent(step):
        return step
    text = verbatim(str(words["text"]))
    if isinstance(step, EmailStep):
        own = step.content or EmailContent()
        subject = verbatim(str(words.get("subject", ""))) or own.subject
        return replace(step, content=replace(own, subject=subject, text=text, html="", mjml="", preheader=""))
    if isinstance(step, VoiceStep):
        return replace(step, script=text)
    assert isinstance(step, SmsStep | WhatsAppStep), "these four are what an agent writes"
    return replace(step, text=text)


def verbatim(text: str) -> str:
    """Return a Liquid source that renders as this text."""
    return text.replace("{", "{{ '{' }}")


def own_text(step: Step) -> tuple[str, str, Literal["text", "html", "mjml"]]:
    """Return subject and text of what a step says itself, as Liquid sources, and how the text is written."""
    match step:
        case EmailStep(content=EmailContent() as content):
            if content.text or not (content.html or content.mjml):
                return content.subject, content.text, "text"
            return content.subject, content.mjml or content.html, "mjml" if content.mjml else "html"
        case SmsStep() | WhatsAppStep():
            return "", step.text, "text"
        case VoiceStep():
            return "", step.script, "text"
        case _:
            return "", "", "text"
