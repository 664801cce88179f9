"""Calls as rows: written before they are placed, added to by whatever is heard of them, settled with their touch.

A call is locked after its enrollments and its touch. What it comes to is recorded like the outcome of any touch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from drumbeat.core import calls as core
from drumbeat.core.calls import Again, Answerer, CallState, Deed, Heard, InDoubt, PutThrough, Settled
from drumbeat.core.facts import EventKind
from drumbeat.core.touch import TouchKind, TouchStatus
from drumbeat.models import Call, Enrollment, Event, Message, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import calling_back, evidence, outcomes, sql, stops, touch_rows
from drumbeat.store.claims import Claimed
from drumbeat.store.new_calls import LOOK_UP_AFTER
from drumbeat.store.outcomes import Outcome

SOURCE = "call"


def value_of(call: Call) -> core.Call:
    return core.Call(
        state=CallState(call.state),
        answered_by=Answerer(call.answered_by) if call.answered_by else None,
        deed=Deed(call.deed) if call.deed else None,
        seconds=call.seconds,
        was_told=call.was_told,
        was_stopped=call.was_stopped,
        put_through=PutThrough(call.put_through) if call.put_through else None,
    )


def plan_of(call: Call) -> core.Plan:
    return core.Plan(Deed(call.on_human), Deed(call.on_machine))


@dataclass(frozen=True, slots=True)
class Locked:
    """A call with its touch, both locked, and the contact's enrollments."""

    call: Call
    touch: Touch

    @property
    def is_latest(self) -> bool:
        """Tell whether the touch waits for this call and not for a later one."""
        return self.call.number == self.touch.attempts and self.touch.settled_at is None

    @property
    def waits(self) -> bool:
        return self.is_latest and self.touch.status in (TouchStatus.SENDING, TouchStatus.INTERRUPTED)


def lock(call_id: int) -> Locked | None:
    """Lock a call in the caller's transaction; None where it is no more."""
    known = Call.objects.filter(id=call_id).select_related("touch").first()
    if known is None:
        return None
    contact_id = known.touch.contact_id
    of_contact = Enrollment.objects.filter(UNFINISHED, contact_id=contact_id) if contact_id else None
    sql.lock(of_contact if of_contact is not None else Enrollment.objects.none())
    sql.lock(Touch.objects.filter(id=known.touch_id))
    sql.lock(Call.objects.filter(id=call_id))
    call = Call.objects.select_related("touch__sender").filter(id=call_id).first()
    return Locked(call, call.touch) if call is not None else None


def hear(call_id: int, heard: Heard, at: datetime, now: datetime, *, sid: str = "") -> bool:
    """Add what was told of a call at a moment to it; False where there is no such call.

    In whatever order and how often it is told, the call and its touch end alike. The first word about one that was in
    doubt says that it was placed. A touch has one call at a time: `sid` is taken from whoever names it first.
    """
    with transaction.atomic():
        if (locked := lock(call_id)) is None:
            return False
        call = locked.call
        after = core.hear(value_of(call), heard)
        if call.outcome == core.Outcome.IN_DOUBT.value and _is_news(call, after):
            call.settled_at, call.outcome = None, ""
        if after.has_ended and call.ended_at is None:
            call.ended_at = at
        call.sid = call.sid or sid[:40]
        if call.settled_at is None:
            is_to_end = call.was_stopped and not after.has_ended
            presses = is_to_end or core.next_deed(after, plan_of(call)) is not None
            call.look_at = now if presses else now + LOOK_UP_AFTER
        _keep(call, after)
        _was_placed(locked, now)
        settle(locked, now)
    return True


def _is_news(call: Call, after: core.Call) -> bool:
    """Tell whether a call in doubt was given up too early: it lasts, or what it came to is known now."""
    return call.ended_at is None or core.outcome(after, plan_of(call)) is not core.Outcome.IN_DOUBT


def _keep(call: Call, value: core.Call) -> None:
    call.state = value.state.value
    call.answered_by = value.answered_by.value if value.answered_by else ""
    call.put_through = value.put_through.value if value.put_through else ""
    call.seconds = value.seconds
    call.save()


def _was_placed(locked: Locked, now: datetime) -> None:
    touch = locked.touch
    if not locked.waits or touch.status != TouchStatus.INTERRUPTED or locked.call.ended_at is not None:
        return
    free = {"lease_token": "", "lease_until": None}
    Touch.objects.filter(id=touch.pk).update(status=TouchStatus.SENDING, **free)
    touch.status, touch.lease_token = TouchStatus.SENDING, ""
    touch_rows.look_again([touch.enrollment_id], now)


def settle(locked: Locked, now: datetime) -> bool:
    """Settle what a call that has ended came to; before its time it is looked at again by then: False."""
    call, value, plan = locked.call, value_of(locked.call), plan_of(locked.call)
    came = core.outcome(value, plan)
    if came is None or call.settled_at is not None:
        return call.settled_at is not None
    assert call.ended_at is not None
    due_at = core.settles_at(value, plan, call.ended_at)
    if now < due_at:
        soon = call.ended_at + core.LATE_NEWS
        Call.objects.filter(id=call.pk).update(look_at=soon if now < soon else due_at)
        return False
    Call.objects.filter(id=call.pk).update(settled_at=now, outcome=came.value, look_at=None)
    if locked.waits:
        _record(locked, came, now)
    _tell(locked, came, now)
    return True


def give_up(locked: Locked, now: datetime) -> None:
    """Settle a call whose end nobody tells as in doubt; whatever is heard of it later counts all the same."""
    in_doubt = core.Outcome.IN_DOUBT
    Call.objects.filter(id=locked.call.pk).update(settled_at=now, outcome=in_doubt.value, look_at=None)
    if locked.waits and locked.touch.status == TouchStatus.SENDING:
        _record(locked, in_doubt, now)


def _record(locked: Locked, came: core.Outcome, now: datetime) -> None:
    call, touch = locked.call, locked.touch
    others = Call.objects.filter(touch_id=touch.pk, settled_at__isnull=False)
    tries = others.exclude(id=call.pk).exclude(outcome=core.Outcome.STOPPED.value).count() + 1
    at = call.ended_at or now
    plain = Outcome(
        claimed=_claimed(touch),
        status=TouchStatus.INTERRUPTED,
        at=at,
        code=came.value,
        text=f"{call.answered_by or call.state}, {call.seconds} s",
        provider_id=call.sid,
        handed_at=touch.handed_at,
    )
    match core.follow(came, tries, call.retries, timedelta(seconds=call.apart_seconds)):
        case Settled(status, reason):
            ended = replace(plain, status=status, reason=reason.value if reason else "")
        case Again(after):
            ended = replace(plain, status=TouchStatus.SCHEDULED, not_before=at + after)
        case InDoubt():
            ended = plain
    outcomes.record([ended], now)
    if ended.status is TouchStatus.SCHEDULED:  # each call uses a place of its own under the caps
        Touch.objects.filter(id=touch.pk).update(reserved_at=None, reserved="")


def _claimed(touch: Touch) -> Claimed:
    return Claimed(
        touch_id=touch.pk,
        token=touch.lease_token,
        workspace_id=touch.workspace_id,
        sender_id=touch.sender_id,
        enrollment_id=touch.enrollment_id,
        contact_id=touch.contact_id,
        kind=touch.kind,
        recipient=touch.recipient,
        attempts=max(0, touch.attempts - 1),
        outbound=None,
    )


def _tell(locked: Locked, came: core.Outcome, now: datetime) -> None:
    """Write what was said into the conversation; a talk with a person is a logged call."""
    call, touch, value = locked.call, locked.touch, value_of(locked.call)
    at = call.ended_at or now
    if core.calls_back(came):
        calling_back.ask_for(call, touch, at, now)
    if touch.contact_id is None or not value.has_spoken:
        return
    if value.deed is not Deed.CONNECT:
        Message.objects.create(
            workspace_id=call.workspace_id,
            contact_id=touch.contact_id,
            enrollment_id=touch.enrollment_id,
            touch_id=touch.pk,
            sender_id=touch.sender_id,
            channel=TouchKind.VOICE.value,
            direction="out",
            kind=touch.kind,
            from_address=touch.sender.address,
            to_address=touch.recipient,
            text=call.script,
            occurred_at=at,
        )
    if came is core.Outcome.REACHED_HUMAN:
        _log(locked, at, now)


def _log(locked: Locked, at: datetime, now: datetime) -> None:
    call, contact_id = locked.call, locked.touch.contact_id
    event = Event(
        workspace_id=call.workspace_id,
        kind=EventKind.CALL_LOGGED.value,
        contact_id=contact_id,
        enrollment_id=locked.touch.enrollment_id,
        touch_id=locked.touch.pk,
        source=SOURCE,
        external_id=f"{SOURCE}:{call.pk}",
        payload={"seconds": call.seconds},
        occurred_at=at,
        received_at=now,
    )
    if contact_id is not None and evidence.add_event(event):
        stops.stop_contacts(call.workspace_id, [contact_id], EventKind.CALL_LOGGED, now)


def note_told(call_id: int, was_told: bool, now: datetime) -> None:
    """Keep whether a call took its deed; what was in doubt for it is settled now."""
    with transaction.atomic():
        if (locked := lock(call_id)) is None or locked.call.was_told is not None:
            return
        call = locked.call
        call.was_told = was_told
        if call.outcome == core.Outcome.IN_DOUBT.value and call.ended_at is not None:
            call.settled_at, call.outcome = None, ""
        call.save()
        settle(locked, now)
