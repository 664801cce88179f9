"""What becomes of an interrupted touch: evidence or a person says whether it arrived; the one place for both.

Everything runs in the caller's transaction and locks the enrollment before the touch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce

from drumbeat.channels.email.mime import EmailOutbound
from drumbeat.channels.twilio.outbound import TextOutbound
from drumbeat.core.advance import Entry
from drumbeat.core.calls import Outcome
from drumbeat.core.touch import Resolution, SkipReason, TouchKind, TouchStatus
from drumbeat.models import Call, Enrollment, Message, SenderProfile, Touch
from drumbeat.models.call import LIVE
from drumbeat.store import enrollments, sent_texts, sql, touch_rows
from drumbeat.store.claim_facts import load_claim_facts
from drumbeat.store.stops import wake
from drumbeat.store.touch_rows import TouchRow

log = logging.getLogger(__name__)

BY_MAIL = "mail"
BY_PROVIDER = "provider"
BY_PERSON = "person"
_WRITTEN = (TouchKind.EMAIL, TouchKind.SMS, TouchKind.WHATSAPP)
_UNCLAIMED = {"lease_token": "", "lease_until": None, "deaths": 0}
_AS_NEW = {"handed_at": None, "vetoed_at": None, "settled_at": None, "reserved_at": None, "reserved": ""}
"""A message that may have left has used its budget; the one that leaves now uses its own."""

_WRITES: Mapping[Resolution, Mapping[str, Any]] = MappingProxyType(
    {
        Resolution.ARRIVED: {"status": TouchStatus.SENT, "reason": "", **_UNCLAIMED},
        Resolution.SEND_AGAIN: {"status": TouchStatus.PLANNED, "reason": "", **_UNCLAIMED, **_AS_NEW},
        Resolution.SKIP: {"status": TouchStatus.SKIPPED, "reason": SkipReason.BY_PERSON, **_UNCLAIMED},
    }
)


def resolve(touches: QuerySet[Touch], resolution: Resolution, by: str, now: datetime) -> list[int]:
    """Settle those of `touches` that are in doubt, or give them back to the queue; return their ids.

    What arrived counts from its hand-over, as it would have without the interruption. Their enrollments are
    woken, and the journal says what was found out and by whom. Any other touch is left as it is.
    """
    doubtful = Touch.objects.filter(id__in=touches.values("id"), status=TouchStatus.INTERRUPTED)
    if not doubtful.exists():
        return []
    wake(Enrollment.objects.filter(id__in=doubtful.values("enrollment_id")), now)
    ids = sql.lock(doubtful)
    rows = Touch.objects.filter(id__in=ids)
    if resolution is Resolution.ARRIVED:
        _keep_messages(rows, now)
        rows.update(settled_at=Coalesce(F("handed_at"), Value(now)))
    if resolution is Resolution.SKIP:
        rows.update(settled_at=now)
    rows.update(**_WRITES[resolution])
    _settle_calls(ids, now)
    _tell(rows, resolution, by, now)
    return ids


def _settle_calls(touch_ids: Iterable[int], now: datetime) -> None:
    """Wait no more for calls that nobody may ever tell of; whatever is heard of one all the same reopens it."""
    rows = Call.objects.filter(LIVE, sql.among("touch_id", touch_ids))
    rows.update(settled_at=now, outcome=Outcome.IN_DOUBT.value, look_at=None)


def _tell(rows: QuerySet[Touch], resolution: Resolution, by: str, now: datetime) -> None:
    concerned = [
        (id_, Entry(rule="resolved", reason=resolution.value, step=step, visit=visit, facts={"by": by}))
        for id_, step, visit in rows.filter(enrollment__isnull=False)
        .order_by("id")
        .values_list("enrollment_id", "step", "visit")
    ]
    locked = {row.value.id: row for row in enrollments.read([id_ for id_, _ in concerned])}
    enrollments.append_journal(((locked[id_], entry) for id_, entry in concerned), now)


def _keep_messages(touches: QuerySet[Touch], now: datetime) -> None:
    """Write what arrived into the conversation, so that a follow-up continues its thread.

    The bytes died with their worker: the text is composed anew, from the same version and today's contact.
    """
    mails = touches.filter(kind__in=_WRITTEN, contact__isnull=False)
    about = {
        id_: (contact_id, sender_id, handed_at)
        for id_, contact_id, sender_id, handed_at in mails.values_list(
            "id", "contact_id", "sender_id", "handed_at"
        )
    }
    by_sender = sorted(touch_rows.read(mails), key=lambda row: (about[row.id][1], row.id))
    senders = SenderProfile.objects.select_related("workspace__default_sender").in_bulk(
        [sender_id for _, sender_id, _ in about.values()]
    )
    messages = []
    for sender_id, group in groupby(by_sender, key=lambda row: about[row.id][1]):
        for row, outbound in _composed(list(group), senders[sender_id], now):
            contact_id, _, handed_at = about[row.id]
            messages.append(_message(row, contact_id, sender_id, outbound, handed_at or now))
    Message.objects.bulk_create(messages)


def _composed(
    rows: Sequence[TouchRow], sender: SenderProfile, now: datetime
) -> Iterable[tuple[TouchRow, EmailOutbound | TextOutbound]]:
    facts = load_claim_facts(rows, sender, now, now)
    for row in rows:
        try:
            outbound = facts.compose(row, sender, now)
            assert isinstance(outbound, EmailOutbound | TextOutbound)
            yield row, outbound
        except Exception:  # composing reads no database, and no fault of it may stand against the evidence
            log.warning("touch %s arrived, but its text cannot be composed any more", row.id, exc_info=True)


def _message(
    row: TouchRow, contact_id: int | None, sender_id: int, mail: EmailOutbound | TextOutbound, at: datetime
) -> Message:
    if isinstance(mail, TextOutbound):
        return sent_texts.message(
            mail,
            workspace_id=row.workspace_id,
            contact_id=contact_id,
            enrollment_id=row.enrollment_id,
            touch_id=row.id,
            sender_id=sender_id,
            sid="",
            at=at,
        )
    return Message(
        workspace_id=row.workspace_id,
        contact_id=contact_id,
        enrollment_id=row.enrollment_id,
        touch_id=row.id,
        sender_id=sender_id,
        channel=TouchKind.EMAIL.value,
        direction="out",
        kind=row.kind,
        from_address=mail.sender_address,
        to_address=row.recipient or mail.recipient_address,
        subject=mail.subject,
        text=mail.text,
        html=mail.shown_html or mail.html or "",
        message_id=mail.message_id,
        in_reply_to=mail.in_reply_to,
        references=" ".join(mail.references),
        occurred_at=at,
    )
