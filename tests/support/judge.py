"""Judges a run: what the receiving server wrote down decides, the engine's tables are only heard.

Each function returns sentences about what is wrong; an empty list is a good verdict.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db.models import Q, Sum

from drumbeat.core.touch import SETTLED, TouchStatus
from drumbeat.models import Budget, Enrollment, SenderProfile, Touch
from tests.support.smtp import read_log

NOT_SENT = SETTLED - {TouchStatus.SENT, TouchStatus.DELIVERED}


def delivered(log: Path) -> Counter[str]:
    """Count the complete messages that the server took, by the mark of their touch."""
    return Counter(line["message_id"].partition("@")[0] for line in read_log(log))


@dataclass(frozen=True)
class Account:
    """How all stands at one moment."""

    by_status: Counter[str] = field(default_factory=Counter)
    statuses: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Account":
        statuses = dict(Touch.objects.exclude(kind="task").values_list("mark", "status"))
        return cls(Counter(statuses.values()), statuses)

    @property
    def interrupted(self) -> int:
        return self.by_status[TouchStatus.INTERRUPTED]


def all_is_done() -> bool:
    """Nothing is pending: every enrollment ended, or waits for a person to say what became of a message."""
    open_touches = Touch.objects.filter(settled_at=None).exclude(status=TouchStatus.INTERRUPTED)
    going = Enrollment.objects.exclude(state="finished").exclude(state="blocked", reason="interrupted")
    return not open_touches.exists() and not going.exists()


def faults(log: Path, *, enrolled: int, steps: int, doubt_at_most: int) -> list[str]:
    """Judge a run that has come to its rest."""
    found = delivered(log)
    account = Account.read()
    return [
        *_twice(found),
        *_untrue(found, account),
        *_lost(enrolled, steps),
        *forgotten(),
        *leases(),
        *_budgets(),
        *(
            [f"{account.interrupted} in doubt, not {doubt_at_most}"]
            if account.interrupted > doubt_at_most
            else []
        ),
    ]


def _twice(found: Counter[str]) -> Iterator[str]:
    return (f"{mark} was delivered {count} times" for mark, count in found.items() if count > 1)


def _untrue(found: Collection[str], account: Account) -> Iterator[str]:
    for mark, status in account.statuses.items():
        if status == TouchStatus.SENT and mark not in found:
            yield f"{mark} is called sent and was never delivered"
        if mark in found and status not in (TouchStatus.SENT, TouchStatus.INTERRUPTED):
            yield f"{mark} was delivered and is called {status}"
    yield from (f"{mark} was delivered and nobody knows it" for mark in found if mark not in account.statuses)


def _lost(enrolled: int, steps: int) -> Iterator[str]:
    rows = Enrollment.objects.all()
    if rows.count() != enrolled:
        yield f"{rows.count()} enrollments, not {enrolled}"
    if not all_is_done():
        states = Counter(rows.values_list("state", "reason"))
        yield f"something is still pending: {dict(states)}, touches {dict(Account.read().by_status)}"
    sent = Counter(Touch.objects.filter(status=TouchStatus.SENT).values_list("enrollment_id", flat=True))
    for id_ in rows.filter(state="finished", reason="completed").values_list("id", flat=True):
        if sent[id_] != steps:
            yield f"enrollment {id_} is completed with {sent[id_]} of {steps} messages"


def forgotten() -> list[str]:
    """Name enrollments that nothing will ever look at again; there is none at any moment of any run."""
    coming = Touch.objects.filter(settled_at=None).exclude(status=TouchStatus.INTERRUPTED)
    doubtful = Q(state="blocked", reason="interrupted")
    resting = Enrollment.objects.filter(next_step_at=None).exclude(
        state__in=["finished", "paused", "pending_review"]
    )
    lost = resting.exclude(doubtful).exclude(id__in=coming.values("enrollment_id"))
    return [f"enrollment {id_} is forgotten ({state} {reason})" for id_, state, reason in _three(lost)]


def _three(rows: "object") -> Sequence[tuple[int, str, str]]:
    return list(rows.values_list("id", "state", "reason"))  # type: ignore[attr-defined]


def leases() -> Iterator[str]:
    """Name what somebody still holds: a sender whose lease runs, a touch with a lease that runs or ran."""
    held = SenderProfile.objects.filter(lease_until__gt=datetime.now(UTC))
    for id_, token in held.values_list("id", "lease_token"):
        yield f"sender {id_} is still leased by {token}"
    for id_ in Touch.objects.filter(lease_until__isnull=False).values_list("id", flat=True):
        yield f"touch {id_} is still leased"


def _budgets() -> Iterator[str]:
    """Each reservation is on a touch, and each touch with one left or may have left."""
    for scope in ("sender", "workspace"):
        used = (
            Budget.objects.filter(scope__startswith=scope, unit="day").aggregate(used=Sum("used"))["used"]
            or 0
        )
        letter = "d" if scope == "sender" else "D"
        reserved = Touch.objects.filter(reserved__contains=letter).count() if used else 0
        if used != reserved:
            yield f"the {scope}s' budgets say {used}, the touches {reserved}"
