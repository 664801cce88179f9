"""An agent: who writes in a workspace's name, how, with which facts, and how far it goes without a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit


class Tone(StrEnum):
    FRIENDLY = "friendly"
    FORMAL = "formal"
    DIRECT = "direct"
    CURIOUS = "curious"


class Autonomy(StrEnum):
    ASSISTED = "assisted"
    CONTROLLED = "controlled"
    FULL = "full"


class Policy(StrEnum):
    AUTONOMOUS = "autonomous"
    APPROVAL = "approval"
    DISABLED = "disabled"


class ActionKind(StrEnum):
    """What an agent may do: a step on a channel, or an answer to what a contact wrote."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    VOICE = "voice"
    REPLY = "reply"


LANGUAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "de": "German",
        "en": "English",
        "es": "Spanish",
        "fr": "French",
        "it": "Italian",
        "nl": "Dutch",
        "pl": "Polish",
        "pt": "Portuguese",
    }
)
"""Languages that drafts are asked for by name; for any other the agent writes in that of the contact's last message."""

LONGEST_NAME: Final = 100
LONGEST_PERSONA: Final = 2_000
LONGEST_FACT: Final = 500
MOST_FACTS: Final = 100
MOST_WORDS: Final = 200
MOST_LINKS: Final = 20
_NO_POLICIES: Mapping[ActionKind, Policy] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """All texts are a member's, never a contact's. Facts are the only things that it may claim.

    `language`: a code of LANGUAGES, "" for the contact's. `links`: what drafts may link to, each with all below it.
    `warm_up`: how many drafts of each kind people approve first, whatever the autonomy. Caps count per day.
    """

    name: str
    persona: str = ""
    tone: Tone = Tone.FRIENDLY
    language: str = ""
    facts: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    autonomy: Autonomy = Autonomy.ASSISTED
    policies: Mapping[ActionKind, Policy] = field(default_factory=lambda: _NO_POLICIES)
    warm_up: int = 0
    drafts_per_day: int | None = None
    cost_per_day: Decimal | None = None


def problems_of(agent: Agent) -> dict[str, str]:
    """Return what keeps an agent from being stored: a sentence by field, empty when nothing does. Total."""
    return dict([*_texts(agent), *_lists(agent), *_numbers(agent)])


def _texts(agent: Agent) -> Iterator[tuple[str, str]]:
    if not 1 <= len(agent.name.strip()) <= LONGEST_NAME:
        yield "name", f"An agent needs a name of 1 to {LONGEST_NAME} characters."
    if len(agent.persona) > LONGEST_PERSONA:
        yield "persona", f"The persona may have {LONGEST_PERSONA:,} characters."
    if agent.language and agent.language not in LANGUAGES:
        yield "language", f"The language must be one of {', '.join(LANGUAGES)}, or none for the contact's."


def _lists(agent: Agent) -> Iterator[tuple[str, str]]:
    if len(agent.facts) > MOST_FACTS or any(
        not 1 <= len(fact.strip()) <= LONGEST_FACT for fact in agent.facts
    ):
        yield "facts", f"Facts: at most {MOST_FACTS}, each of 1 to {LONGEST_FACT} characters."
    if len(agent.banned) > MOST_WORDS or any(
        not 1 <= len(word.strip()) <= LONGEST_NAME for word in agent.banned
    ):
        yield "banned", f"Banned words: at most {MOST_WORDS}, each of 1 to {LONGEST_NAME} characters."
    if len(agent.links) > MOST_LINKS or not all(map(is_link, agent.links)):
        yield "links", f"Links: at most {MOST_LINKS}, each beginning with https:// and a host."


def is_link(text: str) -> bool:
    """Tell whether this is an address that drafts may be allowed to link to. Total."""
    try:
        parts = urlsplit(text)
        plain = not {"@", "\\", " "} & set(text) and text.isprintable()
        return parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and plain
    except ValueError:
        return False


def _numbers(agent: Agent) -> Iterator[tuple[str, str]]:
    if agent.warm_up < 0:
        yield "warm_up", "The warm-up is a number of drafts, 0 for none."
    if agent.drafts_per_day is not None and agent.drafts_per_day < 1:
        yield "drafts_per_day", "Drafts per day: a number from 1, or none for no cap."
    if agent.cost_per_day is not None and not (agent.cost_per_day.is_finite() and agent.cost_per_day > 0):
        yield "cost_per_day", "Cost per day: an amount above 0, or none for no cap."
