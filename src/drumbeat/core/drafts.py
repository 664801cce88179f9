"""A text that an agent wrote and nobody has sent: its value, its limits, and how long it takes to say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from drumbeat.core.flow import Channel, JobType
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
