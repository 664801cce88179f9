"""Test mails: a step sent to an address of one's own, through the same guard and the same worker as all mail.

The touch has no contact and no enrollment, so it counts for nobody; its links tell of nobody either. Its subject says
that it is a test: whoever finds it later does not take it for one that somebody got.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access
from drumbeat.actions.contacts.input import read_email
from drumbeat.actions.sequences import previews, record
from drumbeat.actions.sequences.previews import Asked
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import EmailStep
from drumbeat.models import Attempt, Member, SenderProfile, Touch
from drumbeat.store import attachments, by_hand, outgoing
from drumbeat.store.by_hand import Letter

PREFIX = f"{by_hand.TEST}:"
MARK = "[Test]"


@dataclass(frozen=True, slots=True)
class Sent:
    """A test mail as it stands; `text` is what the server said."""

    touch: Touch
    text: str = ""


def send(
    member: Member, sequence_id: int, asked: Asked, to: str, now: datetime, *, client_key: str = ""
) -> Sent:
    """Plan the mail of a step for the address `to`; the same `client_key` again plans nothing new.

    DomainError `step_not_sendable` when it cannot be written for this contact or nobody could send it.
    """
    access.require(member, "sequences.edit")
    address = read_email(to)[0]
    scene = previews.scene_of(member, sequence_id, asked)
    if not isinstance(scene.step, EmailStep):
        raise DomainError("step_not_sendable", "Only the mail of an email step can be sent as a test.")
    sender = _able(scene.sender)
    mail, faults = previews.write_mail(scene, scene.step, now)
    if faults:
        raise DomainError(
            "step_not_sendable", faults[0].message, {fault.path: fault.message for fault in faults}
        )
    letter = Letter(
        subject=f"{MARK} {mail.subject}",
        text=mail.text,
        html=outgoing.without_names(mail),
        written_by=member.pk,
        attachments=attachments.refs_of(scene.step),
    )
    key = f"{PREFIX}{member.pk}:{client_key or secrets.token_urlsafe(16)}"[:200]
    with transaction.atomic():
        touch = by_hand.plan(
            member.workspace_id,
            key,
            letter,
            sender_id=sender.pk,
            recipient=address,
            contact=None,
            not_before=now,
            now=now,
        )
        record(member, "sequences.test_send", scene.sequence, now, after={"step": asked.step, "to": address})
    return Sent(touch)


def _able(sender: SenderProfile) -> SenderProfile:
    if sender._state.adding or not sender.enabled:
        raise DomainError(
            "step_not_sendable", "No enabled sender profile can send this test. Add one under Senders."
        )
    return sender


def outcome(member: Member, touch_id: int) -> Sent:
    """Return what became of a test mail; DomainError `not_found` for any other touch."""
    access.require(member, "sequences.view")
    tests = access.visible_to(member, Touch).filter(key__startswith=PREFIX, pk=touch_id)
    touch = access.first(tests, "test mail", touch_id)
    last = Attempt.objects.filter(touch=touch).order_by("-number").values_list("text", flat=True).first()
    return Sent(touch, last or "")
