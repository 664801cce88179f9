"""Passes on to own people what came in at drumbeat's own address, and knows such a mail when it comes back.

What lies in a mailbox that is read its owner has already.
"""

from __future__ import annotations

import re
from datetime import datetime

from drumbeat.core.forwarding import FORWARDED, HEADER
from drumbeat.inbound.match import Match
from drumbeat.inbound.reading import Read
from drumbeat.models import Member, Message, SenderProfile, Workspace
from drumbeat.store import forwarding, mailboxes

_MARK = re.compile(r"([a-z0-9]{16,64})(?:@|$)")


def comes_back(read: Read) -> bool:
    """Say whether a mail is one that we sent to our own people."""
    told = (read.mail.headers.get(HEADER.lower(), ""), read.mail.message_id)
    marks = [found.group(1) for text in told if (found := _MARK.match(text.strip().lower()))]
    return forwarding.is_own_notice(marks)


def pass_on(message: Message, read: Read, match: Match, now: datetime) -> None:
    """Pass a person's mail on to whoever looks after the contact, where the workspace wants that."""
    if match.contact is None or message.kind not in {word.value for word in FORWARDED}:
        return
    if mailboxes.is_one(read.source) or not _wanted(match.workspace_id):
        return
    member = _owner(match)
    if member is not None:
        forwarding.forward(message, member, read.mail.text.strip() or message.text, now)


def _wanted(workspace_id: int) -> bool:
    rows = Workspace.objects.filter(id=workspace_id, forwards_replies=True, default_sender__enabled=True)
    return rows.exists()


def _owner(match: Match) -> Member | None:
    """Return the contact's owner, else the sender's, the sequence's, the workspace's; of those who still work here."""
    enrollment = match.touch.enrollment if match.touch else None
    sender = SenderProfile.objects.filter(id=match.sender_id or 0).values_list("owner_id", flat=True).first()
    contact_owner = match.contact.owner_id if match.contact else None
    wanted = [contact_owner, sender, enrollment.sequence.owner_id if enrollment else None]
    working = Member.objects.filter(workspace_id=match.workspace_id, deactivated_at=None)
    people = working.filter(id__in=[id_ for id_ in wanted if id_]).select_related("user").in_bulk()
    named = next((people[id_] for id_ in wanted if id_ in people), None)
    return named or working.filter(is_owner=True).select_related("user").first()
