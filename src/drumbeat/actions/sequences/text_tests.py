"""Test texts: a step of SMS or WhatsApp sent to a number of one's own, as `tests` does with mails."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from drumbeat.actions import access
from drumbeat.actions.sequences import previews, record
from drumbeat.actions.sequences.previews import Asked, Fault, Scene
from drumbeat.actions.sequences.tests import PREFIX, Sent
from drumbeat.core.addresses import normal_phone
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import SmsStep, WhatsAppStep
from drumbeat.core.sms import LONGEST
from drumbeat.core.touch import TouchKind
from drumbeat.core.whatsapp import Template
from drumbeat.models import Member, SenderKind, SenderProfile
from drumbeat.store import by_hand
from drumbeat.store.by_hand import Letter

_TEXTS = "text"


def send(
    member: Member, sequence_id: int, asked: Asked, to: str, now: datetime, *, client_key: str = ""
) -> Sent:
    """Plan the text of a step for the number `to`; the same `client_key` again plans nothing new.

    `asked.sender_id`: one of our numbers. DomainErrors `phone_invalid`, `not_found`, `step_not_sendable` when it is no
    text, cannot be written for this contact, or nobody could send it.
    """
    access.require(member, "sequences.edit")
    number = normal_phone(to, None)
    scene = previews.scene_of(member, sequence_id, replace(asked, sender_id=None))
    step = scene.step
    if not isinstance(step, SmsStep | WhatsAppStep):
        raise DomainError("step_not_sendable", "Only a step of SMS or WhatsApp can be tried by a text.")
    sender = _number(member, step, asked.sender_id)
    letter = _letter(replace(scene, sender=sender), step, member)
    key = f"{PREFIX}{member.pk}:{client_key or secrets.token_urlsafe(16)}"[:200]
    with transaction.atomic():
        touch = by_hand.plan(
            member.workspace_id,
            key,
            letter,
            sender_id=sender.pk,
            recipient=number,
            contact=None,
            not_before=now,
            now=now,
            kind=TouchKind(step.kind),
        )
        record(member, "sequences.test_send", scene.sequence, now, after={"step": asked.step, "to": number})
    return Sent(touch)


def _number(member: Member, step: SmsStep | WhatsAppStep, sender_id: int | None) -> SenderProfile:
    """Return which number writes: the one asked for, the step's, else the first that can."""
    ours = access.visible_to(member, SenderProfile).filter(
        kind=SenderKind.TWILIO, channel=step.kind, enabled=True, account__isnull=False
    )
    if sender_id is not None:
        return access.first(ours.filter(pk=sender_id), "number", sender_id)
    named = ours.filter(Q(address=step.sender or None)).first()
    found = named or ours.order_by("id").first()
    if found is None:
        raise DomainError(
            "step_not_sendable",
            f"No enabled number can send {step.kind}. Add one under Numbers in the settings.",
        )
    return found


def _letter(scene: Scene, step: SmsStep | WhatsAppStep, member: Member) -> Letter:
    """Return the text, or the template: WhatsApp takes nothing else for a number that has not written to us."""
    if isinstance(step, SmsStep):
        text = _filled(scene, {_TEXTS: step.text})[_TEXTS].strip()
        if not 0 < len(text) <= LONGEST:
            sentence = f"A text has 1 to {LONGEST:,} characters; this one has {len(text):,}."
            raise DomainError("step_not_sendable", sentence, {_TEXTS: sentence})
        return Letter(subject="", text=text, written_by=member.pk)
    if not step.template_id:
        raise DomainError(
            "step_not_sendable",
            "WhatsApp takes an approved template alone from us before somebody writes. Choose one in the step.",
            {"template_id": "missing"},
        )
    places = {f"template_variables.{name}": text for name, text in step.template_variables.items()}
    written = _filled(scene, places)
    values = {name.removeprefix("template_variables."): text for name, text in written.items()}
    return Letter(subject="", text="", written_by=member.pk, template=Template(step.template_id, values))


def _filled(scene: Scene, texts: Mapping[str, str]) -> dict[str, str]:
    """Return texts as the contact would read them, by their place in the step."""
    values = previews.values_of(scene)
    written, faults = {}, list[Fault]()
    for path, source in texts.items():
        written[path], found = previews.rendered(source, path, values)
        faults += found
    if faults:
        named = {fault.path: fault.message for fault in faults}
        raise DomainError("step_not_sendable", faults[0].message, named)
    return written
