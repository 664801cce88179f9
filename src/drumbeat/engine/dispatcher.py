"""The dispatcher: due touches leave, at most once.

It leases free senders, claims their touches, and runs waves: what became of the last ones is recorded and the next
ones are marked as handed over in one short commit, and only then transmitted. No transaction is open while the wire
works, and one slow sender holds up nobody else.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal, Unclear
from drumbeat.channels.twilio.answers import Unregistered
from drumbeat.channels.twilio.outbound import CallOutbound
from drumbeat.core.delivery import Refused, Verdict, judge
from drumbeat.core.evolve import evolve
from drumbeat.core.retry import compliance_backoff
from drumbeat.core.smtp_codes import Scope
from drumbeat.core.touch import TouchStatus
from drumbeat.engine import dead_ends
from drumbeat.engine.wire import Ended, Happening, Ready, Wire
from drumbeat.store import claims, leases, outcomes, sender_health
from drumbeat.store.claims import Claimed
from drumbeat.store.outcomes import Outcome
from drumbeat.store.received import MOST_HELD

log = logging.getLogger(__name__)

BATCH = 100
REFILL = 4
"""A sender's claim is filled up when no more than this part of it is left: each claim costs some statements."""
SENDERS = 64
WAVE_SECONDS = 0.005
LOOK_EVERY_SECONDS = 0.1
"""While busy, further senders and those that had nothing are looked at this often, not at every wave."""
IDLE = timedelta(seconds=10)
"""A sender with nothing to do stays leased this long, so that its open connections are used again."""


@dataclass(slots=True)
class _Served:
    """A sender that this worker holds. `rests_until`: it leaves time between two messages."""

    token: str
    last_used_at: datetime
    connections: int
    on_wire: int = 0
    empty: bool = False
    failures: int = 0
    rests_until: datetime | None = None

    def rests_for(self, now: datetime) -> timedelta:
        return max(timedelta(), (self.rests_until or now) - now)


@dataclass(slots=True)
class Dispatcher:
    """One per worker; not thread-safe."""

    worker: str
    wire: Wire
    batch: int = BATCH
    _senders: dict[int, _Served] = field(default_factory=dict)
    _unrecorded: list[Outcome] = field(default_factory=list)
    _handed: dict[tuple[int, str], datetime] = field(default_factory=dict)
    _happened: deque[Happening] = field(default_factory=deque)
    _ready: list[Claimed] = field(default_factory=list)
    _doubtful: list[str] = field(default_factory=list)
    _suspect_of: int | None = None
    _count: int = 0
    _weight: int = 0
    _silences: int = 0
    _look_at: float = 0.0

    @property
    def busy(self) -> bool:
        """Say whether something is on its way."""
        return self.transmitting or self._has_claimed

    @property
    def transmitting(self) -> bool:
        """Say whether the outcome of something that was handed over is still to come or to be written."""
        return bool(self._handed or self._unrecorded or self._happened)

    def turn(self, now: datetime, *, wait_seconds: float = 0.005, claim: bool = True) -> bool:
        """Run one wave and take more work; return whether anything was done.

        Waits up to `wait_seconds` for the wire while something is on its way. Without `claim` nothing new is begun
        and nothing more handed over: so a worker stops.
        """
        worked = self._wave(now, wait_seconds if self.busy else 0, hand_over=claim)
        if claim:
            worked = self._take_more(now) or worked
        self._let_go(now, everything=not claim)
        return worked

    def _wave(self, now: datetime, wait_seconds: float, *, hand_over: bool) -> bool:
        self._gather(wait_seconds)
        happened = bool(self._happened)
        while self._happened:
            self._note(self._happened[0], now)
            self._happened.popleft()
        ready, self._ready = self._ready, []
        if not ready and not self._unrecorded:
            return happened
        handed: list[Claimed] = []
        try:
            handed = outcomes.wave(self._unrecorded, ready if hand_over else [], now)
            self._unrecorded.clear()
            self._handed.update((claimed.key, now) for claimed in handed)
        finally:
            # Whatever is not known to be handed over must not leave, a lost connection at COMMIT included.
            known = {claimed.key for claimed in handed}
            self.wire.decide(handed, transmit=True)
            self.wire.decide([claimed for claimed in ready if claimed.key not in known], transmit=False)
        return True

    def _gather(self, wait_seconds: float) -> None:
        """Collect a wave: what happens until nothing is being transmitted any more, for a few milliseconds at most.

        What was left when the database failed is still there, and comes first.
        """
        self._happened += self.wire.happenings(wait_seconds)
        if not self._happened:
            return
        ends_at = time.perf_counter() + WAVE_SECONDS
        while (left := ends_at - time.perf_counter()) > 0:
            ended = [one.claimed.sender_id for one in self._happened if isinstance(one, Ended)]
            ready = len(self._happened) - len(ended)
            if len(self._handed) <= len(ended) and ready >= self._slots(ended):
                return
            self._happened += self.wire.happenings(left)

    def _slots(self, ended: Sequence[int]) -> int:
        """Return how many touches can be ready at the same time, once those of these senders have ended."""
        over = Counter(ended)
        return sum(min(one.connections, one.on_wire - over[id_]) for id_, one in self._senders.items())

    def _note(self, happening: Happening, now: datetime) -> None:
        """Keep what happened for the next wave. When the database fails nothing is kept: it is tried again."""
        if isinstance(happening, Ready):
            self._ready.append(happening.claimed)
            return
        served = self._senders.get(happening.claimed.sender_id)
        verdict = _verdict(happening, served.failures if served else 0, now)
        try:
            self._follow_up(happening, verdict, served, now)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("touch %s ended, but not all of it could be written", happening.claimed.touch_id)
        handed_at = self._handed.pop(happening.claimed.key, None)
        self._unrecorded.append(_outcome(happening, verdict, handed_at, now))
        self._weight -= happening.claimed.weight
        if served is not None:
            served.on_wire -= 1
            served.last_used_at = now

    def _follow_up(
        self, ended: Ended, verdict: Verdict | None, served: _Served | None, now: datetime
    ) -> None:
        """Write what the end of a touch means for its sender and for the address."""
        claimed = ended.claimed
        if isinstance(ended.result, Receipt):
            self._recovered(claimed.sender_id, served)
        if verdict is None or not isinstance(ended.result, Refusal):
            return
        if verdict.sender_down_until is not None:
            self._sick(claimed.sender_id, served, ended.result, verdict, now)
        if isinstance(ended.result, Unregistered):
            sender_health.unregistered(claimed.sender_id)
        if verdict.suppress and claimed.recipient:
            dead_ends.follow(claimed, ended.result, now)

    def _sick(
        self, sender_id: int, served: _Served | None, refusal: Refusal, verdict: Verdict, now: datetime
    ) -> None:
        """Hold the sender, once per bout: the other messages under way will say the same."""
        if served is not None and served.empty and served.failures:
            return
        sender_health.hold(sender_id, verdict, refusal.reason, f"{refusal.code} {refusal.text}".strip(), now)
        if served is not None:
            served.failures += 1
            served.empty = True

    def _recovered(self, sender_id: int, served: _Served | None) -> None:
        if served is not None and served.failures:
            sender_health.recovered(sender_id)
            served.failures = 0

    def _take_more(self, now: datetime) -> bool:
        while self._doubtful:
            leases.release(self._doubtful[-1])
            self._doubtful.pop()
        looks = not self.busy or time.perf_counter() >= self._look_at
        if looks:
            self._look_at = time.perf_counter() + LOOK_EVERY_SECONDS
            self._lease_more(now)
        if self._suspect_of is not None:
            return self._take_suspect(self._suspect_of, now)
        asked = [(id_, served) for id_, served in self._senders.items() if looks or not served.empty]
        return any([self._claim(id_, served, now) for id_, served in asked])

    def _take_suspect(self, sender_id: int, now: datetime) -> bool:
        """Claim what may have killed a worker when nothing else is under way, and nothing else until it ended."""
        if self._has_claimed:
            return False
        self._suspect_of = None
        served = self._senders.get(sender_id)
        return served is not None and self._claim(sender_id, served, now)

    @property
    def _has_claimed(self) -> bool:
        return any(served.on_wire for served in self._senders.values())

    def _lease_more(self, now: datetime) -> None:
        with self._token() as token:
            for sender_id in claims.lease_senders(token, SENDERS - len(self._senders), now):
                connections, failures = sender_health.served_as(sender_id)
                served = self._senders.setdefault(sender_id, _Served(token, now, connections))
                served.token, served.failures = token, failures

    def _claim(self, sender_id: int, served: _Served, now: datetime) -> bool:
        if self._suspect_of is not None or served.on_wire > self.batch // REFILL:
            return False
        if ((served.empty or served.failures) and served.on_wire) or served.rests_for(now):
            return False
        retry_at = compliance_backoff(self._silences, now)
        with self._token() as token:
            claimed = claims.claim(
                sender_id,
                served.token,
                token,
                1 if served.failures else self.batch - served.on_wire,  # after a hold one message tries it
                now,
                retry_at,
                alone=not self._has_claimed,
                room=MOST_HELD - self._weight,
            )
            self._silences = self._silences + 1 if claimed.suppression_silent else 0
            served.empty = not claimed.touches
            served.rests_until = claimed.rests_until
            if claimed.touches:
                served.last_used_at = now
            for touch in claimed.touches:
                crash.point("C4")
                self.wire.begin(touch)
                served.on_wire += 1
                self._weight += touch.weight
        if claimed.suspect:
            self._suspect_of = sender_id
        return claimed.looked_at > 0

    @contextmanager
    def _token(self) -> Iterator[str]:
        """Yield a new token. What it may hold after a failure is given back: the worker would renew it for ever."""
        self._count += 1
        token = f"{self.worker}.{self._count}"
        try:
            yield token
        except Exception:
            self._doubtful.append(token)
            raise

    def _let_go(self, now: datetime, *, everything: bool) -> None:
        """Release senders that have had nothing to do for a while, or will have nothing."""
        idle: Sequence[int] = [
            sender_id
            for sender_id, served in self._senders.items()
            if not served.on_wire
            and (
                everything or served.failures or max(now - served.last_used_at, served.rests_for(now)) >= IDLE
            )
        ]
        for sender_id in idle:
            self.wire.close_sender(sender_id)
            leases.release_sender(sender_id, self._senders.pop(sender_id).token)


def _verdict(ended: Ended, sender_failures: int, now: datetime) -> Verdict | None:
    """Return what follows a refusal; None where it was none."""
    refusal, claimed = ended.result, ended.claimed
    if not isinstance(refusal, Refusal):
        return None
    refused = Refused(
        permanent=isinstance(refusal, PermanentRefusal),
        of_sender=refusal.scope is Scope.SENDER,
        reason=refusal.reason,
        dead_address=isinstance(refusal, PermanentRefusal) and refusal.suppress,
        retry_after=refusal.retry_after if isinstance(refusal, TemporaryRefusal) else None,
    )
    return judge(refused, claimed.attempts + 1, sender_failures, claimed.touch_key, now)


def _outcome(ended: Ended, verdict: Verdict | None, handed_at: datetime | None, now: datetime) -> Outcome:
    plain = Outcome(claimed=ended.claimed, status=TouchStatus.PLANNED, at=now)
    match ended.result:
        case None:
            return plain
        case Receipt(provider_id=provider_id, code=code, text=text):
            calls = isinstance(
                ended.claimed.outbound, CallOutbound
            )  # what came of it is told when it has ended
            return evolve(
                plain,
                status=TouchStatus.SENDING if calls else TouchStatus.SENT,
                code=code,
                text=text,
                provider_id=provider_id,
                handed_at=handed_at,
            )
        case Unclear(code=code, text=text):
            return evolve(plain, status=TouchStatus.INTERRUPTED, code=code, text=text, handed_at=handed_at)
        case Refusal() as refusal:
            assert verdict is not None
            return evolve(
                plain,
                status=verdict.status,
                reason=refusal.reason if verdict.status is TouchStatus.FAILED else "",
                code=refusal.code,
                text=refusal.text,
                not_before=verdict.not_before,
                hold_reason=verdict.hold_reason,
                handed_at=handed_at,
            )
