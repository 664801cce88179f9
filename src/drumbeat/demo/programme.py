"""The sequences of the demo: the templates, some running at their own pace, and those that live."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from drumbeat.actions import enrollments, sequences
from drumbeat.core import templates
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.document import parse_text
from drumbeat.core.document.writing import write_document
from drumbeat.core.flow import Flow, VoiceStep
from drumbeat.models import Member, SenderProfile, Sequence

TRIAL = "Trial welcome"
_FOLDER = Path(__file__).parent / "sequences"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A sequence from a template: how many people are in it, and whether it was paused afterwards."""

    template: str
    name: str
    people: int = 0
    paused: bool = False


_TEMPLATES = (
    Furniture("cold_outreach", "Cold Outreach", people=24),
    Furniture("follow_up_series", "Follow-Up Series", people=16),
    Furniture("re_engagement", "Re-Engagement", people=12, paused=True),
    Furniture("meeting_request", "Meeting Request"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A sequence that lives beside the trial.

    `first` people begin with the demo; then one more in `chance` of the rounds, while fewer than `most` are on their
    way. `by_phone`: only people with a number, where it is day now.
    """

    name: str
    description: str
    first: int
    chance: float
    most: int
    by_phone: bool = False
    file: str = ""
    """Without one it is a template, with a minute for each of its days."""
    template: str = ""


VOICEMAIL = Side(
    name="Voicemail + Email Combo",
    description="A mail, a voicemail on day three, a mail on day eight. A day takes a minute here.",
    first=14,
    chance=0.4,
    most=40,
    by_phone=True,
    template="voicemail_email_combo",
)
TEXTS = Side(
    name="Webinar by text",
    description="A text, a WhatsApp message, a mail: people answer, say STOP, and now and then START.",
    first=14,
    chance=0.4,
    most=40,
    by_phone=True,
    file="texts.yaml",
)
LETTERS = Side(
    name="Written by an agent",
    description="An agent writes each message anew; under Approvals you decide what leaves.",
    first=14,
    chance=0.1,
    most=30,
    file="letters.yaml",
)
SIDES = (VOICEMAIL, TEXTS, LETTERS)


def place_templates(owner: Member, ids: list[int], boxes: list[SenderProfile], now: datetime) -> None:
    """Make a sequence of each template, with people from the end of `ids`: the trial begins at the front."""
    for furniture in _TEMPLATES:
        _place(owner, furniture, ids, boxes, now)


def _place(
    owner: Member, furniture: Furniture, ids: list[int], boxes: list[SenderProfile], now: datetime
) -> None:
    made = Sequence.objects.filter(workspace_id=owner.workspace_id, name=furniture.name).first()
    sequence = made or sequences.create(owner, furniture.name, now, template=furniture.template)
    if not furniture.people or sequence.status != "draft":
        return
    sequences.activate(owner, sequence.pk, now)
    if furniture.paused:
        sequences.pause(owner, sequence.pk, now)
    place = _TEMPLATES.index(furniture)
    chosen = ids[-40 * (place + 1) :][: furniture.people]
    enrollments.enroll(owner, sequence.pk, chosen, now, sender_id=boxes[place % len(boxes)].pk)


def place_sides(owner: Member, now: datetime) -> None:
    """Make and start the sequences that live beside the trial, where they are not there yet."""
    for side in SIDES:
        if not Sequence.objects.filter(workspace_id=owner.workspace_id, name=side.name).exists():
            document = _document(side.file) if side.file else write_document(_hurried(side.template))
            sequences.create(
                owner, side.name, now, document=document, description=side.description, active=True
            )


def _document(file: str) -> Any:
    return parse_text((_FOLDER / file).read_text(encoding="utf-8"))


def _hurried(template: str) -> Flow:
    """Return the flow of a template with a minute for each day, and for the hours until a call is tried again."""
    flow = templates.template(template).flow
    steps = {}
    for key, step in flow.steps.items():
        hurried = replace(step, delay=Delay(step.delay.value, DelayUnit.MINUTES))
        if isinstance(hurried, VoiceStep):
            hurried = replace(hurried, retry_after=Delay(1, DelayUnit.MINUTES))
        steps[key] = hurried
    return replace(flow, steps=steps)


def place_trial(owner: Member, now: datetime) -> None:
    """Make and start the sequence in which the demo lives."""
    with transaction.atomic():
        sequence = sequences.create(
            owner,
            TRIAL,
            now,
            document=_document("trial.yaml"),
            description="Minutes instead of days: watch people walk through it on the live board.",
        )
        # The jitter pulls a wave apart, so that one sees people walk and not a block.
        Sequence.objects.filter(id=sequence.pk).update(exit_on_meeting="finish", jitter_seconds=20)
        sequences.activate(owner, sequence.pk, now)
