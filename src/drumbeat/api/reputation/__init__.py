"""How the mail of senders fares: counts and rates of the last days, and which sender is held for them."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Schema

from drumbeat.actions import reputation
from drumbeat.actions.reputation import Record
from drumbeat.api.auth import MemberRequest
from drumbeat.api.problems import REFUSALS
from drumbeat.core.consumers import MOST, Consumer
from drumbeat.core.reputation import LIMITS, WINDOW, Level, Measure, rate

router = Router(tags=["senders"])


class MeasureOut(Schema):
    """`rate` is a share, 0 to 1; from `warning` on it is told, from `hold` on the sender is held. None: never."""

    measure: Measure
    cases: int
    rate: float
    warning: float | None
    hold: float | None


class ConsumedOut(Schema):
    """What the sender's domain sent within 24 hours to people's own addresses at a mailbox provider.

    From `most` on the provider treats it as a bulk sender; `text` says so from 80 % of it on.
    """

    consumer: Consumer
    sent: int
    most: int
    text: str


class SenderRecordOut(Schema):
    """A sender's mail of the last `days`. `level` quiet: too little was sent to tell.

    `counts_from`: a person released it then, and it is counted anew since.
    """

    sender_id: int
    days: int
    sent: int
    level: Level
    text: str
    measures: list[MeasureOut]
    consumers: list[ConsumedOut]
    counted_at: datetime | None
    counts_from: datetime | None


@router.get(
    "/sender-records", response={200: list[SenderRecordOut], **REFUSALS}, operation_id="list_sender_records"
)
def list_sender_records(request: MemberRequest) -> list[SenderRecordOut]:
    """List what became of each sender's mail, counted every few minutes."""
    return [_shaped(record) for record in reputation.of(request.member).values()]


def _shaped(record: Record) -> SenderRecordOut:
    counts = record.counts
    return SenderRecordOut(
        sender_id=record.sender_id,
        days=WINDOW.days,
        sent=counts.sent,
        level=record.level,
        text=record.text,
        measures=[
            MeasureOut(
                measure=measure,
                cases=getattr(counts, measure),
                rate=rate(getattr(counts, measure), counts.sent),
                warning=_limit(measure, Level.WARNING),
                hold=_limit(measure, Level.HOLD),
            )
            for measure in (Measure.BOUNCED, Measure.COMPLAINED, Measure.DEFERRED)
        ],
        consumers=[
            ConsumedOut(consumer=one.consumer, sent=one.sent, most=MOST, text=one.text)
            for one in record.consumers
        ],
        counted_at=record.counted_at,
        counts_from=record.counts_from,
    )


def _limit(measure: Measure, level: Level) -> float | None:
    return next((limit.rate for limit in LIMITS if (limit.measure, limit.level) == (measure, level)), None)
