"""What is wrong with senders behind providers, and which domains come near to what mailbox providers call bulk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from drumbeat.actions import access
from drumbeat.actions.findings import Finding, Level
from drumbeat.actions.senders import providers
from drumbeat.core.consumers import primary_domain, sentence
from drumbeat.models import MAILBOXES, Member, SenderProfile
from drumbeat.store import consumer_counts, provider_fetches

RECENT = timedelta(days=7)


def of_sender(row: SenderProfile) -> Iterable[Finding]:
    """Yield what is wrong with one sender's provider."""
    if (unheard := providers.unheard(row)) is not None:
        yield Finding(
            level=Level.WARNING,
            code="provider_silent",
            text=f"Sender {row.address} has sent {unheard} mails, and its provider told nothing of them.",
            count=unheard,
            fix=f"Give the provider the address that this shows: drumbeat sender webhook {row.pk}",
        )
    if providers.leaves_out_unsubscribe(row):
        yield Finding(
            level=Level.WARNING,
            code="provider_no_unsubscribe",
            text=f"Mails of {row.address} leave without List-Unsubscribe, which Gmail and Yahoo ask of bulk senders: "
            "MailerSend takes the header from Professional accounts on.",
            fix=f"If the account may: drumbeat sender set {row.pk} --esp mailersend --credential own_unsubscribe=yes. "
            "Else switch MailerSend's own on; the link in the footer works in any case.",
        )


def of(member: Member, now: datetime) -> Iterable[Finding]:
    """Yield what was told and could not be fetched, and what domains of the workspace send to mailbox providers."""
    rows = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    addresses = dict(rows.values_list("id", "address"))
    for sender_id, count in provider_fetches.set_aside(member.workspace_id, now - RECENT).items():
        if sender_id in addresses:
            yield Finding(
                level=Level.WARNING,
                code="provider_unfetched",
                text=f"Mails to {addresses[sender_id]} lie at its provider and could not be fetched: "
                "replies are missed.",
                count=count,
                fix=f"Is its key still good? drumbeat sender try {sender_id}. The log names each fault.",
                name=addresses[sender_id],
                object_id=sender_id,
            )
    ours = {primary_domain(address.rpartition("@")[2]) for address in addresses.values()}
    for domain, numbers in sorted(consumer_counts.by_domain().items()):
        for consumer, sent in sorted(numbers.items()):
            if domain in ours and (text := sentence(domain, consumer, sent)):
                yield Finding(
                    level=Level.WARNING,
                    code="consumers_near",
                    text=text,
                    count=sent,
                    fix="Spread the mail over more days, or fulfil what is asked of bulk senders.",
                    name=domain,
                    reason=consumer.value,
                )
