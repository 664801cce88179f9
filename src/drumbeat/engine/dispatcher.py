"""The dispatcher: due touches leave, at most once.

It leases free senders, claims their touches, and runs waves: what became of the last ones is recorded and the next
ones are marked as handed over in one short commit, and only then transmitted. No transaction is open while the wire
works, and one slow sender holds up nobody else.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from drumbeat import crash
from drumbeat.channels.base import PermanentRefusal, Receipt, Refusal, TemporaryRefusal, Unclear
from drumbeat.core.delivery import Refused, Verdict, judge
from drumbeat.core.retry import compliance_backoff
from drumbeat.core.smtp_codes import Scope
from drumbeat.core.touch import TouchStatus
from drumbeat.engine.wire import Ended, Happening, Ready, Wire
from drumbeat.store import claims, leases, outcomes, sender_health, stops
from drumbeat.store.claims import Claimed
from drumbeat.store.outcomes import Outcome

log = logging.getLogger(__name__)

BATCH = 100
SENDERS = 64
WAVE_SECONDS = 0.005
LEASE_EVERY_SECONDS = 0.05
IDLE = timedelta(seconds=10)
"""A sender with nothing to do stays leased this long, so that its open connections are used again."""


@dataclass(slots=True)
class _Served:
    """A sender that this worker holds."""

    token: str
    last_used_at: datetime
    connections: int
    on_wire: int = 0
    empty: bool = False
    failures: int = 0


@dataclass(slots=True)
class Dispatcher:
    """One per worker; not thread-safe."""

    worker: str
    wire: Wire
    batch: int = BATCH
    _senders: dict[int, _Served] = field(default_factory=dict)
    _unrecorded: list[Outcome] = field(default_factory=list)
    _handed: dict[int, datetime] = field(default_factory=dict)
    _count: int = 0
    _silences: int = 0
    _lease_at: float = 0.0

    @property
    def busy(self) -> bool:
        """Say whether something is on its way."""
        return bool(self._unrecorded) or any(served.on_wire for served in self._senders.values())

    def turn(self, now: datetime, *, wait_seconds: float = 0.005, claim: bool = True) -> bool:
        """Run one wave and take more work; return whether anything was done.

        Waits up to `wait_seconds` for the wire while something is on its way. Without `claim` nothing new is begun:
        so a worker stops.
        """
        worked = self._wave(now, wait_seconds if self.busy else 0)
        if claim:
            worked = self._take_more(now) or worked
        self._let_go(now, everything=not claim)
        return worked

    def _wave(self, now: datetime, wait_seconds: float) -> bool:
        happened = self._gather(wait_seconds)
        ready = [one.claimed for one in happened if isinstance(one, Ready)]
        for one in happened:
            if isinstance(one, Ended):
                self._ended(one, now)
        if not ready and not self._unrecorded:
            return bool(happened)
        handed: set[int] = set()
        try:
            handed = outcomes.wave(self._unrecorded, ready, now)
            self._unrecorded.clear()
            self._handed.update(dict.fromkeys(handed, now))
        finally:
            # Whatever is not known to be handed over must not leave, a lost connection at COMMIT included.
            self.wire.decide(handed, transmit=True)
            self.wire.decide([c.touch_id for c in ready if c.touch_id not in handed], transmit=False)
        return True

    def _gather(self, wait_seconds: float) -> list[Happening]:
        """Collect a wave: what happens until nothing is being transmitted any more, for a few milliseconds at most."""
        happened = self.wire.happenings(wait_seconds)
        if not happened:
            return happened
        ends_at = time.perf_counter() + WAVE_SECONDS
        while (left := ends_at - time.perf_counter()) > 0:
            ended = [one.claimed.sender_id for one in happened if isinstance(one, Ended)]
            if len(self._handed) <= len(ended) and len(happened) - len(ended) >= self._slots(ended):
                break
            happened += self.wire.happenings(left)
        return happened

    def _slots(self, ended: Sequence[int]) -> int:
        """Return how many touches can be ready at the same time, once those of these senders have ended."""
        over = Counter(ended)
        return sum(min(one.connections, one.on_wire - over[id_]) for id_, one in self._senders.items())

    def _ended(self, ended: Ended, now: datetime) -> None:
        claimed, served = ended.claimed, self._senders.get(ended.claimed.sender_id)
        handed_at = self._handed.pop(claimed.touch_id, None)
        if served is not None:
            served.on_wire -= 1
            served.last_used_at = now
        match ended.result:
            case Receipt(code=code, text=text):
                self._unrecorded.append(
                    Outcome(
                        claimed=claimed,
                        status=TouchStatus.SENT,
                        at=now,
                        code=code,
                        text=text,
                        handed_at=handed_at,
                    )
                )
                self._recovered(claimed.sender_id, served)
            case Unclear() as doubt:
                self._unrecorded.append(
                    Outcome(
                        claimed=claimed,
                        status=TouchStatus.INTERRUPTED,
                        at=now,
                        code=doubt.code,
                        text=doubt.text,
                        handed_at=handed_at,
                    )
                )
            case Refusal() as refusal:
                self._refused(claimed, refusal, served, handed_at, now)
            case None:
                self._unrecorded.append(Outcome(claimed=claimed, status=TouchStatus.PLANNED, at=now))

    def _refused(
        self,
        claimed: Claimed,
        refusal: Refusal,
        served: _Served | None,
        handed_at: datetime | None,
        now: datetime,
    ) -> None:
        refused = Refused(
            permanent=isinstance(refusal, PermanentRefusal),
            of_sender=refusal.scope is Scope.SENDER,
            reason=refusal.reason,
            dead_address=isinstance(refusal, PermanentRefusal) and refusal.suppress,
            retry_after=refusal.retry_after if isinstance(refusal, TemporaryRefusal) else None,
        )
        failures = served.failures if served else 0
        verdict = judge(refused, claimed.attempts + 1, failures, claimed.outbound.touch_key, now)
        if verdict.sender_down_until is not None:
            self._sick(claimed.sender_id, served, refusal, verdict, now)
        if verdict.suppress:
            stops.hard_bounce(
                claimed.workspace_id, claimed.contact_id, claimed.recipient, claimed.touch_id, now
            )
        failed = verdict.status is TouchStatus.FAILED
        self._unrecorded.append(
            Outcome(
                claimed=claimed,
                status=verdict.status,
                at=now,
                reason=refusal.reason if failed else "",
                code=refusal.code,
                text=refusal.text,
                not_before=verdict.not_before,
                hold_reason=verdict.hold_reason,
                handed_at=handed_at,
            )
        )

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
        self._lease_more(now)
        return sum(self._claim(sender_id, served, now) for sender_id, served in self._senders.items()) > 0

    def _lease_more(self, now: datetime) -> None:
        """Look for further senders, while busy not at every wave."""
        if self.busy and time.perf_counter() < self._lease_at:
            return
        self._lease_at = time.perf_counter() + LEASE_EVERY_SECONDS
        token = self._next_token()
        for sender_id in claims.lease_senders(token, SENDERS - len(self._senders), now):
            connections, failures = sender_health.served_as(sender_id)
            self._senders[sender_id] = _Served(token, now, connections, failures=failures)

    def _claim(self, sender_id: int, served: _Served, now: datetime) -> int:
        if served.on_wire > self.batch // 2 or (served.empty and served.on_wire):
            return 0
        retry_at = compliance_backoff(self._silences, now)
        claimed = claims.claim(
            sender_id, served.token, self._next_token(), self.batch - served.on_wire, now, retry_at
        )
        self._silences = self._silences + 1 if claimed.suppression_silent else 0
        served.empty = not claimed.touches
        if claimed.touches:
            served.last_used_at = now
        for touch in claimed.touches:
            crash.point("C4")
            served.on_wire += 1
            self.wire.begin(touch)
        return claimed.looked_at

    def _next_token(self) -> str:
        self._count += 1
        return f"{self.worker}.{self._count}"

    def _let_go(self, now: datetime, *, everything: bool) -> None:
        """Release senders that have had nothing to do for a while."""
        idle: Sequence[int] = [
            sender_id
            for sender_id, served in self._senders.items()
            if not served.on_wire and (everything or now - served.last_used_at >= IDLE or served.failures)
        ]
        for sender_id in idle:
            self.wire.close_sender(sender_id)
            leases.release_sender(sender_id, self._senders.pop(sender_id).token)
