"""Mails that could not be processed: kept raw with their fault, to be looked at, saved and tried again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from drumbeat.actions import access, audit
from drumbeat.models import InboundMail, Member

_ASIDE = InboundMail.objects.filter(~Q(fault=""), processed_at__isnull=False, done_at__isnull=True)


def listed(member: Member) -> QuerySet[InboundMail]:
    """Return the mails set aside that belong to the member's workspace, for whoever may edit the settings."""
    access.require(member, "settings.edit")
    return InboundMail.objects.filter(workspace_id=member.workspace_id, done_at__isnull=True)


def raw_of(member: Member, mail_id: int) -> bytes:
    """Return such a mail as it came."""
    return bytes(_get(member, mail_id).raw)


def retry(member: Member, mail_id: int, now: datetime) -> None:
    """Let intake process the mail again, as if it had just come."""
    mail = _get(member, mail_id)
    with transaction.atomic():
        _again(InboundMail.objects.filter(id=mail.pk, processed_at__isnull=False))
        _record(member, "mail.retry", mail, now)


def put_away(member: Member, mail_id: int, now: datetime) -> None:
    """Take the mail off the list; it stays as it came."""
    mail = _get(member, mail_id)
    with transaction.atomic():
        InboundMail.objects.filter(id=mail.pk).update(done_at=now)
        _record(member, "mail.put_away", mail, now)


def of_all(member: Member) -> QuerySet[InboundMail]:
    """Return the member's and those that belong to no workspace, oldest first: for the operator at the machine."""
    access.require(member, "settings.edit")
    whose = Q(workspace_id=member.workspace_id) | Q(workspace=None)
    return _ASIDE.filter(whose).defer("raw").order_by("id")


def retry_one(member: Member, mail_id: int, now: datetime) -> None:
    """Let intake process one of `of_all` again."""
    mail = access.first(of_all(member).filter(id=mail_id), "mail", mail_id)
    with transaction.atomic():
        _again(_ASIDE.filter(id=mail.pk))
        _record(member, "mail.retry", mail, now)


def retry_all() -> int:
    """Let intake process every mail again that was set aside, of all workspaces and of none: for the operator."""
    return _again(_ASIDE.all())


def _again(mails: QuerySet[InboundMail]) -> int:
    return mails.update(processed_at=None, tries=0, fault="", workspace=None)


def _get(member: Member, mail_id: int) -> InboundMail:
    return access.first(listed(member).filter(id=mail_id), "mail", mail_id)


def _record(member: Member, act: str, mail: InboundMail, now: datetime) -> None:
    audit.record(member, act, now, object_kind="mail", object_id=mail.pk, before={"fault": mail.fault[:200]})
