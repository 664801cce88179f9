"""A sender's health: held while it cannot send, recovered when it can, its owner told when a person must act.

One that is held for its record (bounces, complaints) is nobody's to recover but a person's: see `sender_records`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.core.delivery import Verdict
from drumbeat.core.numbers import Registration
from drumbeat.models import SenderKind, SenderProfile
from drumbeat.store import grants, sql, telling

REPUTATION = "reputation"
"""Why a sender is held whose mail bounced or was complained of too often."""
ATTENTION = "sender_needs_attention"


def hold(sender_id: int, verdict: Verdict, reason: str, text: str, now: datetime) -> None:
    """Hold every touch of the sender until the verdict's time; a person who must act is told once per bout."""
    with transaction.atomic():
        sql.lock(SenderProfile.objects.filter(id=sender_id))
        sender = SenderProfile.objects.select_related("grant").get(id=sender_id)
        if sender.down_reason == REPUTATION:
            return
        if verdict.tell and not sender.failures:
            _tell(sender, text, now)
        SenderProfile.objects.filter(id=sender_id).update(
            down_until=verdict.sender_down_until,
            down_reason=reason,
            down_text=text[:2000],
            failures=sender.failures + 1,
        )


def _tell(sender: SenderProfile, text: str, now: datetime) -> None:
    if sender.grant is not None and sender.grant.state == grants.REVOKED:
        return  # whoever connected the account was told when it was lost
    mend = f"drumbeat sender set {sender.address} --smtp URL"
    if sender.grant is not None:
        mend = "connect its account again, under Senders"
    elif sender.kind == SenderKind.TWILIO:
        mend = f"see to its account at Twilio, then: drumbeat number enable {sender.address} --channel {sender.channel}"
    elif sender.kind == SenderKind.ESP:
        mend = f"give it another key under Senders, or by drumbeat sender set {sender.address} --credential NAME=-"
    telling.tell(
        sender.workspace_id,
        sender.owner_id,
        ATTENTION,
        f"{sender.address or sender.name} cannot send: {text} Nothing is lost; its messages wait until this is fixed: "
        f"{mend}",
        now,
    )


def unregistered(sender_id: int) -> None:
    """Note that carriers do not know the number, or no more; a person says when they do."""
    SenderProfile.objects.filter(id=sender_id).update(registration=Registration.REFUSED.value)


def recovered(sender_id: int) -> None:
    """Note that the sender sends again."""
    _well(SenderProfile.objects.filter(id=sender_id))


def freed(sender_ids: Iterable[int]) -> None:
    """Let senders be tried at once whose trouble somebody mended."""
    _well(SenderProfile.objects.filter(id__in=list(sender_ids)))


def _well(rows: QuerySet[SenderProfile]) -> None:
    rows.exclude(down_reason=REPUTATION).update(failures=0, down_until=None, down_reason="", down_text="")


def served_as(sender_id: int) -> tuple[int, int]:
    """Return how many connections the sender may use, and how often in a row it failed."""
    return SenderProfile.objects.values_list("connections", "failures").get(id=sender_id)
