"""What calls under way need of us: to be told what to say, to be ended because of a stop, to be asked for.

Each is decided in a transaction of its own, and what is to be told is written there before it is told. Whoever
committed a stop before that has won: nothing is said any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q

from drumbeat import crash
from drumbeat.channels.twilio.twiml import Script, telling
from drumbeat.core import calls as core
from drumbeat.core.calls import Deed
from drumbeat.core.errors import DomainError
from drumbeat.models import Call, Enrollment, SenderProfile, Touch
from drumbeat.models.call import LIVE
from drumbeat.store import calls, sql, touch_rows
from drumbeat.store.calls import Locked
from drumbeat.store.claim_facts import load_claim_facts
from drumbeat.store.new_calls import LOOK_UP_AFTER
from drumbeat.store.phone_accounts import hook_url

NOT_ASKED_FOR_AFTER = timedelta(days=1)
"""No call lasts so long: one whose end nobody tells is given up, and a person has to say what became of it."""
AGAIN_AFTER = timedelta(seconds=2)
"""What Twilio turned away at the door is asked again so soon: somebody may be on the line."""
UNTOLD_FOR = timedelta(minutes=5)
"""So long after it was placed, a call that was told nothing has hung up by itself."""
_PRESSING = Q(was_stopped=True) | (Q(deed="") & ~Q(answered_by=""))


class Wish(StrEnum):
    STEER = "steer"
    END = "end"
    LOOK_UP = "look_up"


@dataclass(frozen=True, slots=True)
class Errand:
    """What Twilio is to be asked about one call."""

    wish: Wish
    call_id: int
    sender_id: int
    sid: str
    twiml: str = ""


def stop_unwanted(now: datetime) -> int:
    """Call off what is under way and was stopped since, before anybody heard a word; return how many."""
    stopped = Q(touch__workspace__stopped_at__isnull=False) | Q(touch__sender__enabled=False)
    stopped |= Q(touch__enrollment__state__in=("paused", "finished"))
    stopped |= Q(touch__enrollment__isnull=False) & ~Q(touch__enrollment__sequence__status="active")
    waits = Call.objects.filter(LIVE, stopped, deed="", was_stopped=False, ended_at=None)
    return sum(_stop(call_id, now) for call_id in list(waits.values_list("id", flat=True)[:100]))


def _stop(call_id: int, now: datetime) -> bool:
    with transaction.atomic():
        locked = calls.lock(call_id)
        if locked is None or locked.call.deed or locked.call.was_stopped or locked.call.ended_at is not None:
            return False
        _call_off(locked, now)
    return True


def _call_off(locked: Locked, now: datetime) -> None:
    Call.objects.filter(id=locked.call.pk).update(was_stopped=True, look_at=now)


def due(limit: int, now: datetime) -> list[int]:
    """Return the calls to be looked at, the longest waiting first."""
    return _due(Q(), limit, now)


def pressing(limit: int, now: datetime) -> list[int]:
    """Return those of them that wait to be told something, or to be ended: somebody may be on the line."""
    return _due(_PRESSING, limit, now)


def _due(which: Q, limit: int, now: datetime) -> list[int]:
    rows = Call.objects.filter(LIVE, which, look_at__lte=now).order_by("look_at")
    return list(rows.values_list("id", flat=True)[:limit])


def look(call_id: int, now: datetime) -> Errand | None:
    """Decide what a call needs now. What is to be told is written down when this returns."""
    with transaction.atomic():
        _wait_for_stops(call_id)
        locked = calls.lock(call_id)
        if locked is None or locked.call.settled_at is not None:
            return None
        call, value = locked.call, calls.value_of(locked.call)
        if value.has_ended:
            asks = not calls.settle(locked, now) and value.misses_put_through and call.sid
            return _errand(locked, Wish.LOOK_UP) if asks else None
        if now >= call.placed_at + NOT_ASKED_FOR_AFTER:
            calls.give_up(locked, now)
            return None
        if call.was_stopped:
            _look_again(call, now)
            return _errand(locked, Wish.END) if call.sid else None
        deed = core.next_deed(value, calls.plan_of(call))
        if deed is not None:
            return _steer(locked, deed, now)
        _look_again(call, now)
        return _errand(locked, Wish.LOOK_UP) if call.sid else None


def _wait_for_stops(call_id: int) -> None:
    """Lock the sender, as a claim does: whoever stops or pauses holds it until the commit, and is read after it."""
    sql.lock(SenderProfile.objects.filter(id__in=Touch.objects.filter(calls=call_id).values("sender_id")))


def turned_away(errand: Errand, now: datetime) -> None:
    """Look again soon at a call of which Twilio would hear nothing; a deed is taken back, the next look decides anew.

    Once the call is over for sure, what it was to be told counts as not told.
    """
    with transaction.atomic():
        locked = calls.lock(errand.call_id)
        if locked is None or locked.call.settled_at is not None:
            return
        call = locked.call
        if now < call.placed_at + UNTOLD_FOR and call.ended_at is None:
            untold = {"deed": "", "deed_at": None} if errand.wish is Wish.STEER else {}
            Call.objects.filter(id=call.pk).update(look_at=now + AGAIN_AFTER, **untold)
            return
    if errand.wish is Wish.STEER:
        calls.note_told(errand.call_id, False, now)


def put_off(call_id: int, now: datetime) -> None:
    """Leave a call alone for a while."""
    Call.objects.filter(id=call_id).update(look_at=now + LOOK_UP_AFTER)


def _look_again(call: Call, now: datetime) -> None:
    Call.objects.filter(id=call.pk).update(look_at=now + LOOK_UP_AFTER)


def _errand(locked: Locked, wish: Wish, twiml: str = "") -> Errand:
    return Errand(wish, locked.call.pk, locked.touch.sender_id, locked.call.sid, twiml)


def _steer(locked: Locked, deed: Deed, now: datetime) -> Errand | None:
    """Write the deed down, or call the call off; None where the planner is to hear of something first."""
    call, touch = locked.call, locked.touch
    if _is_woken(touch):
        return None
    if not (locked.waits and _may_speak(touch, now)):
        _call_off(locked, now)
        return _errand(locked, Wish.END)
    try:
        twiml = telling(deed, script_of(call))
    except (
        DomainError
    ):  # it was tried before the call was placed; whatever this is, nobody is to wait in silence
        deed, twiml = Deed.HANG_UP, telling(Deed.HANG_UP, script_of(call))
    Call.objects.filter(id=call.pk).update(deed=deed.value, deed_at=now, look_at=now + LOOK_UP_AFTER)
    crash.point("V1")
    return _errand(locked, Wish.STEER, twiml)


def _is_woken(touch: Touch) -> bool:
    woken = Enrollment.objects.filter(id=touch.enrollment_id or 0, woken_at__isnull=False)
    return woken.exists()


def _may_speak(touch: Touch, now: datetime) -> bool:
    sender = SenderProfile.objects.select_related("workspace").get(id=touch.sender_id)
    rows = touch_rows.read(Touch.objects.filter(id=touch.pk))
    return core.may_speak(load_claim_facts(rows, sender, now, now).guard[touch.pk])


def script_of(call: Call) -> Script:
    account = call.touch.sender.account
    return Script(
        text=call.script,
        language=call.language,
        voice=call.voice,
        connect_to=call.connect_to,
        connect_as=call.connect_as,
        tell_at=hook_url(account, f"{call.touch.mark}.{call.number}") if account is not None else "",
    )
