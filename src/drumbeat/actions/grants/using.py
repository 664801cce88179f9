"""Lets senders and mailboxes use a connected account: by the servers of its provider, without a password."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access, audit, mailboxes, senders
from drumbeat.actions.grants import providers
from drumbeat.channels.email.server import Security, SmtpServer
from drumbeat.core.errors import DomainError
from drumbeat.core.oauth import Place
from drumbeat.models import MAILBOXES, Grant, Mailbox, Member, SenderKind, SenderProfile
from drumbeat.store import mailboxes as boxes
from drumbeat.store import spacing, sql


def by_sender(member: Member, grant: Grant, now: datetime, *, name: str = "") -> SenderProfile:
    """Let the sender with the account's address use it; add one where there is none."""
    access.require(member, "senders.create")
    place = providers.named(grant.provider).provider.smtp
    rows = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    sender = rows.filter(address__iexact=grant.address).order_by("id").first()
    with transaction.atomic():
        if sender is None:
            server = SmtpServer(place.host, place.port, _smtp(place), grant.address, trusted=place.trusted)
            sender = senders.add_with(member, grant.address, server, now, name=name)
            audit.record(
                member, "sender.add", now, object_kind="sender", object_id=sender.pk, name=sender.address
            )
        _switch(member, sender, grant, place, now)
    sender.refresh_from_db()
    return sender


def let(member: Member, sender: SenderProfile, grant: Grant, now: datetime) -> None:
    """Let a sender use an account, whatever its address: one of the account's aliases, for instance."""
    access.require(member, "senders.edit")
    with transaction.atomic():
        _switch(member, sender, grant, providers.named(grant.provider).provider.smtp, now)


def _switch(member: Member, sender: SenderProfile, grant: Grant, place: Place, now: datetime) -> None:
    if sender.kind != SenderKind.SMTP:
        raise DomainError(
            "sender_exists",
            f"{sender.address} sends in another way already. Change that sender, or connect another account.",
        )
    ids = sql.lock(SenderProfile.objects.filter(id=sender.pk))
    SenderProfile.objects.filter(id__in=ids).update(
        grant=grant,
        host=place.host,
        port=place.port,
        security=_smtp(place),
        username=grant.address,
        password_encrypted=None,
        host_trusted=place.trusted,
        **senders.as_if_well(sender),
    )
    spacing.free(ids, now)
    audit.record(
        member,
        "sender.grant",
        now,
        object_kind="sender",
        object_id=sender.pk,
        name=sender.address,
        after={"provider": grant.provider, "account": grant.address},
    )


def _smtp(place: Place) -> Security:
    # "plain" is of loopback alone: see `providers`.
    return "starttls-when-offered" if place.security == "plain" else place.security  # type: ignore[return-value]


def by_mailbox(member: Member, grant: Grant, now: datetime, *, address: str = "") -> Mailbox:
    """Let the mailbox of the account be read by it; add one where there is none.

    `address`: of the mailbox, where it is another than the account's: one of its aliases, for instance.
    """
    access.require(member, "senders.create")
    place = providers.named(grant.provider).provider.imap
    address = address or grant.address
    rows = access.visible_to(member, Mailbox).filter(address__iexact=address)
    with transaction.atomic():
        box = rows.order_by("id").first()
        if box is None:
            box = mailboxes.add_by_grant(member, address, grant, place, now)
        else:
            moved = {} if box.host == place.host else boxes.UNREAD
            Mailbox.objects.filter(id=box.pk).update(
                grant=grant,
                host=place.host,
                port=place.port,
                security=place.security,
                username=grant.address,
                password_encrypted=None,
                host_trusted=place.trusted,
                **moved,
            )
            boxes.begin_anew(box.pk)
        audit.record(member, "mailbox.grant", now, object_kind="mailbox", object_id=box.pk, name=box.address)
    box.refresh_from_db()
    return box


def use(member: Member, grant: Grant, uses: Collection[str], now: datetime, *, name: str = "") -> None:
    """Let an account send, be read, or both."""
    if "sender" in uses:
        by_sender(member, grant, now, name=name)
    if "mailbox" in uses:
        by_mailbox(member, grant, now)
