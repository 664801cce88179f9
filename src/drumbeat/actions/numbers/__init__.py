"""Numbers that text, write on WhatsApp and call: added to an account, paced like mailboxes, tested, removed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit, senders
from drumbeat.actions.numbers import accounts
from drumbeat.actions.senders import FRESH_PER_DAY, forms
from drumbeat.actions.senders.forms import Form
from drumbeat.core.addresses import normal_phone
from drumbeat.core.enrollment import BlockReason
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Channel
from drumbeat.core.numbers import Registration
from drumbeat.core.touch import TouchKind
from drumbeat.core.window import OFFICE_HOURS
from drumbeat.models import Member, PhoneAccount, SenderKind, SenderProfile, Touch
from drumbeat.store import by_hand, jobs
from drumbeat.store.by_hand import Letter

CHANNELS = (Channel.SMS, Channel.WHATSAPP, Channel.VOICE)
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a number beside its pace; None leaves it as it is. `service_sid` "" goes without a pool."""

    service_sid: str | None = None
    registration: Registration | None = None


def listed(member: Member) -> QuerySet[SenderProfile]:
    """Return the numbers with their channels, one row for each."""
    access.require(member, "senders.view")
    rows = access.visible_to(member, SenderProfile).filter(kind=SenderKind.TWILIO)
    return rows.select_related("workspace", "owner", "account")


def get(member: Member, number_id: int) -> SenderProfile:
    return access.first(listed(member).filter(id=number_id), "number", number_id)


def find(member: Member, number: str, channel: str) -> SenderProfile:
    """Return the row of a number for a channel. DomainError `not_found`."""
    rows = listed(member).filter(address=_checked(number), channel=channel)
    return access.first(rows, "number", f"{number} for {channel}")


def add(
    member: Member,
    account_id: int,
    number: str,
    channel: str,
    now: datetime,
    *,
    form: Form | None = None,
    about: About | None = None,
) -> SenderProfile:
    """Let a number of the account send on a channel. Fresh ones send 50 a day, Monday to Friday, 9 to 17.

    DomainErrors `phone_invalid`, `channel_unknown`, `number_exists`, `service_invalid`.
    """
    access.require(member, "senders.create")
    account = accounts.get(member, account_id)
    sender = _fresh(member, account, _checked(number), channel, now)
    for name, value in _about(about or About()).items():
        setattr(sender, name, value)
    try:
        with transaction.atomic():
            sender.save(force_insert=True)
            if form is not None:
                forms.change(member, sender.pk, form, now)
            _record(member, "number.add", sender, now)
            _look_anew(member, now)
    except IntegrityError:
        raise DomainError(
            "number_exists",
            f"{sender.address} sends on {channel} already. Change that one.",
            {"number": "exists"},
        ) from None
    return get(member, sender.pk)


def _fresh(member: Member, account: PhoneAccount, address: str, channel: str, now: datetime) -> SenderProfile:
    if channel not in CHANNELS:
        known = ", ".join(CHANNELS)
        raise DomainError("channel_unknown", f"A number sends on one of {known}.", {"channel": "unknown"})
    return SenderProfile(
        workspace_id=member.workspace_id,
        kind=SenderKind.TWILIO,
        channel=channel,
        name=member.workspace.name,
        address=address,
        owner=member,
        account=account,
        window=OFFICE_HOURS.to_json(),
        cap_per_day=FRESH_PER_DAY,
        created_at=now,
    )


def change(member: Member, number_id: int, form: Form, about: About, now: datetime) -> SenderProfile:
    """Change its pace, its pool or its registration; what waits for it is tried at once."""
    access.require(member, "senders.edit")
    sender = get(member, number_id)
    with transaction.atomic():
        if changed := _about(about):
            SenderProfile.objects.filter(id=sender.pk).update(**changed)
            _record(member, "number.change", sender, now)
        forms.change(member, sender.pk, form, now)
    return get(member, number_id)


def remove(member: Member, number_id: int, now: datetime) -> None:
    """Let nothing more of it leave, and forget it where it never sent; what was planned with it chooses another."""
    access.require(member, "senders.edit")
    sender = get(member, number_id)
    with transaction.atomic():
        senders.disable(member, sender.pk, now)
        _record(member, "number.remove", sender, now)
        if not Touch.objects.filter(sender=sender).exists():
            sender.delete()


def enable(member: Member, number_id: int, now: datetime) -> SenderProfile:
    """Let it send again; enrollments that were blocked for want of a number go on."""
    sender = get(member, number_id)
    if sender.account_id is None:
        raise DomainError(
            "account_missing", "Its account is connected no more. Connect it and add the number anew."
        )
    senders.enable(member, sender.pk, now)
    return get(member, number_id)


def test_text(member: Member, number_id: int, to: str, client_id: str, now: datetime) -> Touch:
    """Let the number write to a number of own people; it passes the suppression list like any other.

    DomainErrors `phone_invalid`, `client_id_invalid`, `channel_not_testable`.
    """
    access.require(member, "senders.edit")
    sender = get(member, number_id)
    if sender.channel == Channel.VOICE:
        raise DomainError("channel_not_testable", "A test is a text. Add the number for SMS to try it.")
    if not _CLIENT_ID.fullmatch(client_id):
        raise DomainError("client_id_invalid", "A client id has 8 to 64 letters, digits, - or _.")
    text = f"A test from drumbeat: {sender.address} works."
    with transaction.atomic():
        return by_hand.plan(
            member.workspace_id,
            f"{by_hand.TEST}:number:{sender.pk}:{client_id}",
            Letter(subject="", text=text, written_by=member.pk),
            sender_id=sender.pk,
            recipient=normal_phone(to, None),
            contact=None,
            not_before=now,
            now=now,
            kind=TouchKind(sender.channel),
        )


def _checked(number: str) -> str:
    try:
        return normal_phone(number, None)
    except DomainError as error:
        raise DomainError(error.code, error.message, {"number": error.message}) from None


def _about(about: About) -> dict[str, str]:
    changed: dict[str, str] = {}
    if about.service_sid is not None:
        service = about.service_sid.strip()
        if service and not _SERVICE.fullmatch(service):
            sentence = "A messaging service begins with MG and has 34 characters."
            raise DomainError("service_invalid", sentence, {"service_sid": sentence})
        changed["service_sid"] = service
    if about.registration is not None:
        changed["registration"] = about.registration.value
    return changed


def _look_anew(member: Member, now: datetime) -> None:
    """Wake, as a job, the enrollments that were blocked for want of a number."""
    blocked = {"state": "blocked", "reason": BlockReason.SENDER_UNAVAILABLE}
    jobs.enqueue(jobs.WAKE, {"only": blocked}, now, workspace_id=member.workspace_id)


def _record(member: Member, act: str, sender: SenderProfile, now: datetime) -> None:
    audit.record(member, act, now, object_kind="sender", object_id=sender.pk, name=sender.address)
