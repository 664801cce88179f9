"""The sequences of the demo: the templates, some running at their own pace, and the one that lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from drumbeat.actions import enrollments, sequences
from drumbeat.core.document import parse_text
from drumbeat.models import Member, SenderProfile, Sequence

TRIAL = "Trial welcome"


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
    Furniture("voicemail_email_combo", "Voicemail + Email Combo"),
)


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


def place_trial(owner: Member, now: datetime) -> None:
    """Make and start the sequence in which the demo lives."""
    text = (Path(__file__).parent / "sequences/trial.yaml").read_text(encoding="utf-8")
    with transaction.atomic():
        sequence = sequences.create(
            owner,
            TRIAL,
            now,
            document=parse_text(text),
            description="Minutes instead of days: watch people walk through it on the live board.",
        )
        # The jitter pulls a wave apart, so that one sees people walk and not a block.
        Sequence.objects.filter(id=sequence.pk).update(exit_on_meeting="finish", jitter_seconds=20)
        sequences.activate(owner, sequence.pk, now)
