"""How the mail of senders fares: what was counted of late, as the members of a workspace see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from drumbeat.actions import access
from drumbeat.core.consumers import Consumer, primary_domain
from drumbeat.core.consumers import sentence as sentence_of_consumer
from drumbeat.core.reputation import Counts, Level, judge, percent, sentence
from drumbeat.models import MAILBOXES, Member, SenderProfile, SenderRecord
from drumbeat.store import consumer_counts
from drumbeat.store.sender_health import REPUTATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumed:
    """What the sender's domain sent to people's own addresses at a mailbox provider within a day; `text` warns."""

    consumer: Consumer
    sent: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """`text` says what speaks against the sender, "" where nothing does; `counts_from` is set after a release.

    `consumers`: of its whole domain, as last counted.
    """

    sender_id: int
    counts: Counts
    level: Level
    text: str
    counted_at: datetime | None
    counts_from: datetime | None
    consumers: Sequence[Consumed] = ()


def of(member: Member) -> Mapping[int, Record]:
    """Return the record of each sender of the member's workspace that was counted, by the sender's id."""
    access.require(member, "senders.view")
    ours = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    rows = SenderRecord.objects.filter(sender__in=ours.values("id")).select_related("sender")
    by_domain = consumer_counts.by_domain()
    return {
        row.sender_id: replace(_record(row), consumers=_consumed(row.sender.address, by_domain))
        for row in rows.order_by("sender_id")
    }


def _consumed(address: str, by_domain: Mapping[str, Counter[Consumer]]) -> Sequence[Consumed]:
    domain = primary_domain(address.rpartition("@")[2])
    return [
        Consumed(consumer=consumer, sent=sent, text=sentence_of_consumer(domain, consumer, sent))
        for consumer, sent in sorted(by_domain.get(domain, {}).items())
    ]


def _record(row: SenderRecord) -> Record:
    is_held = row.sender.down_reason == REPUTATION
    if row.held_at is not None and not is_held:  # released: the next count begins anew, in some minutes
        return Record(
            sender_id=row.sender_id,
            counts=Counts(),
            level=Level.QUIET,
            text="",
            counted_at=row.counted_at,
            counts_from=row.counted_at,
        )
    counts = Counts(sent=row.sent, bounced=row.bounced, complained=row.complained, deferred=row.deferred)
    standing = judge(counts)
    return Record(
        sender_id=row.sender_id,
        counts=counts,
        level=Level.HOLD if is_held else standing.level,
        text=row.sender.down_text if is_held else sentence(standing, counts),
        counted_at=row.counted_at,
        counts_from=row.counts_from,
    )


def brief(record: Record | None) -> str:
    """Say on one line what became of the last days' mail."""
    if record is None or not record.counts.sent:
        return ""
    counts = record.counts
    told = [
        f"{percent(cases, counts.sent)} {word}"
        for cases, word in (
            (counts.bounced, "bounced"),
            (counts.complained, "complained"),
            (counts.deferred, "put off"),
        )
        if cases
    ]
    return ", ".join([f"{counts.sent} sent", *told])


def numbers(record: Record | None) -> Mapping[str, object] | None:
    """Return what was counted, for programs."""
    if record is None:
        return None
    counts = {name: getattr(record.counts, name) for name in ("sent", "bounced", "complained", "deferred")}
    return counts | {"level": record.level.value, "text": record.text}
