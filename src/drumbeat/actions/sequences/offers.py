"""What the editor offers in a workspace: templates, kinds of steps with what they lack, merge tags with examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from drumbeat.actions import access
from drumbeat.actions.sequences.checking import facts_of
from drumbeat.core.flow import AI_KINDS, Channel, Step
from drumbeat.core.lint import LintFacts
from drumbeat.core.lint.steps import lacking_sender
from drumbeat.core.merge_tags import ALWAYS_FILLED, MERGE_TAGS
from drumbeat.core.templates import TEMPLATES, Template
from drumbeat.models import ContactField, Member

KINDS: tuple[str, ...] = tuple(step(key="a").kind for step in get_args(Step))
"""Every kind of step, in the order in which people see them."""


@dataclass(frozen=True, slots=True)
class StepKind:
    """A kind of step; `reason` says what it lacks, "" when it can be used."""

    kind: str
    channel: str
    reason_code: str = ""
    reason: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class MergeTag:
    tag: str
    group: str
    label: str
    example: str
    always_filled: bool


EXAMPLES: Mapping[str, str] = {
    "contact.first_name": "Ana",
    "contact.last_name": "Ruiz",
    "contact.email": "ana.ruiz@example.com",
    "contact.phone": "+44 20 7946 0123",
    "contact.company": "Fennmark Tools",
    "contact.title": "Head of Operations",
    "contact.stage": "lead",
    "sender.name": "Mira Castell",
    "sender.address": "mira@example.com",
    "sender.signature": "Mira Castell, Castell & Co",
    "workspace.name": "Castell & Co",
    "workspace.postal_address": "1 Example Street, Exampletown",
    "sequence.name": "Founder outreach",
    "unsubscribe_url": "https://example.com/u/…",
}
"""What an imagined person and sender fill the tags with."""


def templates(member: Member) -> list[Template]:
    access.require(member, "sequences.view")
    return list(TEMPLATES.values())


def step_kinds(member: Member) -> list[StepKind]:
    """Return every kind of step, with what those lack that cannot be used in this workspace."""
    access.require(member, "sequences.view")
    known = facts_of(member)
    return [_offered(kind, known) for kind in KINDS]


def _offered(kind: str, known: LintFacts) -> StepKind:
    channel = kind if kind in set(Channel) else ""
    if kind in AI_KINDS and not known.has_decider:
        reason = "No model is configured that could decide. Set DRUMBEAT_MODEL_URL."
        return StepKind(kind, channel, "decider_not_configured", reason, "settings")
    if channel and Channel(channel) not in known.channels:
        room = "senders" if channel == Channel.EMAIL else "numbers"
        return StepKind(kind, channel, "channel_without_sender", lacking_sender(Channel(channel)), room)
    return StepKind(kind, channel)


def merge_tags(member: Member) -> list[MergeTag]:
    """Return the merge tags of the product, then those of the workspace's own fields."""
    access.require(member, "sequences.view")
    own = access.visible_to(member, ContactField).order_by("label", "key")
    return [
        *(_tag(name) for name in EXAMPLES if name in MERGE_TAGS),
        *(MergeTag(f"contact.custom.{f.key}", "custom", f.label, f.label, False) for f in own),
    ]


def _tag(name: str) -> MergeTag:
    group, _, field = name.rpartition(".")
    label = (field or name).replace("_", " ")
    return MergeTag(name, group or "sequence", label, EXAMPLES[name], name in ALWAYS_FILLED)
