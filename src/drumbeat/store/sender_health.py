"""A sender's health: held while it cannot send, recovered when it can, its owner told when a person must act."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from drumbeat.core.delivery import Verdict
from drumbeat.models import Member, Notification, SenderProfile
from drumbeat.store import sql


def hold(sender_id: int, verdict: Verdict, reason: str, text: str, now: datetime) -> None:
    """Hold every touch of the sender until the verdict's time; a person who must act is told once per bout."""
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender_id))
        sender = SenderProfile.objects.get(id=sender_id)
        if verdict.tell and not sender.failures:
            _tell(sender, text, now)
        SenderProfile.objects.filter(id=sender_id).update(
            down_until=verdict.sender_down_until,
            down_reason=reason,
            down_text=text[:2000],
            failures=sender.failures + 1,
        )


def _tell(sender: SenderProfile, text: str, now: datetime) -> None:
    owner_id = sender.owner_id
    if owner_id is None:
        owner_id = Member.objects.get(workspace_id=sender.workspace_id, is_owner=True).id
    Notification.objects.create(
        workspace_id=sender.workspace_id,
        member_id=owner_id,
        kind="sender_needs_attention",
        text=f"{sender.address} cannot send: {text} Nothing is lost; its messages wait until this is fixed: "
        f"drumbeat sender set {sender.address} --smtp URL",
        created_at=now,
    )


def recovered(sender_id: int) -> None:
    """Note that the sender sends again."""
    SenderProfile.objects.filter(id=sender_id).update(
        failures=0, down_until=None, down_reason="", down_text=""
    )


def served_as(sender_id: int) -> tuple[int, int]:
    """Return how many connections the sender may use, and how often in a row it failed."""
    return SenderProfile.objects.values_list("connections", "failures").get(id=sender_id)
