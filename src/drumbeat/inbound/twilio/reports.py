"""What Twilio reports of a text that left: the sum of it decides, in whatever order it comes."""

from __future__ import annotations

from datetime import datetime

from drumbeat.actions import number_stops
from drumbeat.core.delivery import Refused, judge
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel
from drumbeat.core.smtp_codes import Scope
from drumbeat.core.touch import Resolution, TouchKind, TouchStatus
from drumbeat.core.twilio_callbacks import MessageReport
from drumbeat.core.twilio_codes import UNREGISTERED, Code, read_code
from drumbeat.core.twilio_messages import Message, MessageState, status_of
from drumbeat.core.twilio_messages import hear as add
from drumbeat.inbound import counting
from drumbeat.inbound.match import Match
from drumbeat.models import Attempt, Event, PhoneCallback, TextReport, Touch
from drumbeat.store import doubt, evidence, phone_callbacks, sender_health, sql, stops

_TEXTS = (TouchKind.SMS, TouchKind.WHATSAPP)


def hear(callback: PhoneCallback, report: MessageReport, now: datetime) -> bool:
    """Add a report to what is known of its touch; False: the touch cannot be known yet."""
    touch = phone_callbacks.touch_of(callback, _TEXTS)
    if touch is None or touch.status == TouchStatus.SENDING:
        return touch is None and not callback.mark
    before = _known(touch, report.sid, now)
    after = add(before, report.heard)
    doubt.resolve(Touch.objects.filter(id=touch.pk), Resolution.ARRIVED, doubt.BY_PROVIDER, now)
    if after == before:
        return True
    TextReport.objects.filter(touch=touch).update(state=after.state.value, code=after.code, heard_at=now)
    if status_of(after) != status_of(before) or before.code != after.code:
        _became(touch, report.sid, after, now)
    return True


def _known(touch: Touch, sid: str, now: datetime) -> Message:
    """Return what was heard so far, locked."""
    row = (touch.pk, sid[:40], MessageState.ACCEPTED.value, 0, now)
    columns = ("touch_id", "sid", "state", "code", "heard_at")
    sql.insert(TextReport, columns, [row], "ON CONFLICT DO NOTHING")
    sql.lock(TextReport.objects.filter(touch=touch))
    state, code = TextReport.objects.values_list("state", "code").get(touch=touch)
    return Message(MessageState(state), code)


def _became(touch: Touch, sid: str, said: Message, now: datetime) -> None:
    match status_of(said):
        case TouchStatus.DELIVERED:
            _delivered(touch, sid, now)
        case TouchStatus.FAILED:
            _failed(touch, read_code(said.code) if said.code else None, said, now)


def _delivered(touch: Touch, sid: str, now: datetime) -> None:
    left = Touch.objects.filter(id=touch.pk, status__in=(TouchStatus.SENT, TouchStatus.FAILED))
    left.update(status=TouchStatus.DELIVERED, reason="")
    if touch.contact is None:
        return
    event = Event(
        workspace_id=touch.workspace_id,
        kind=EventKind.DELIVERED.value,
        contact=touch.contact,
        enrollment_id=touch.enrollment_id,
        touch=touch,
        source=number_stops.SOURCE,
        external_id=f"{sid}:delivered",
        payload={"channel": touch.kind},
        occurred_at=now,
        received_at=now,
    )
    if evidence.add_event(event):
        counting.scoped(_match(touch), EventKind.DELIVERED, now)
        stops.record_fact(touch.workspace_id, [touch.contact.pk], EventKind.DELIVERED, now)


def _failed(touch: Touch, code: Code | None, said: Message, now: datetime) -> None:
    reason = code.meaning.reason.value if code else "rejected_temporary"
    lost = Touch.objects.filter(id=touch.pk, status__in=(TouchStatus.SENT, TouchStatus.FAILED))
    lost.update(status=TouchStatus.FAILED, reason=reason)
    Attempt.objects.create(
        touch=touch,
        number=max(touch.attempts, 1),
        handed_at=touch.handed_at,
        ended_at=now,
        outcome=TouchStatus.FAILED.value,
        code=str(said.code or ""),
        text=code.says if code else f"Twilio says: {said.state}",
    )
    if code is not None:
        _follow_code(touch, code, said.code, now)


def _follow_code(touch: Touch, code: Code, number: int, now: datetime) -> None:
    channel, source = Channel(touch.kind), f"{number_stops.SOURCE}:{number}"
    if code.opted_out:
        channels = (channel,) if channel is Channel.WHATSAPP else number_stops.OF_NUMBERS
        number_stops.stop(touch.workspace_id, touch.recipient, now, source=source, channels=channels)
    elif code.meaning.dead_address:
        number_stops.dead(touch.workspace_id, touch.recipient, channel, now, source=source)
    if code.meaning.scope is Scope.SENDER:
        _hold(touch, code, number, now)


def _hold(touch: Touch, code: Code, number: int, now: datetime) -> None:
    """What speaks about our number holds it, as it would at the door."""
    meaning = code.meaning
    refused = Refused(permanent=meaning.permanent, of_sender=True, reason=meaning.reason)
    _, failures = sender_health.served_as(touch.sender_id)
    verdict = judge(refused, 1, failures, touch.key, now)
    sender_health.hold(touch.sender_id, verdict, meaning.reason, f"{number} {code.says}", now)
    if number in UNREGISTERED:
        sender_health.unregistered(touch.sender_id)


def _match(touch: Touch) -> Match:
    return Match(touch.workspace_id, touch.sender_id, touch.contact, touch)
