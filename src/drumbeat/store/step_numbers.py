"""What became of people at each step of a sequence, counted by the database; each person counts once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, OuterRef, QuerySet

from drumbeat.core.incoming import Word
from drumbeat.core.touch import TouchStatus
from drumbeat.models import Enrollment, JournalEntry, Message, Touch
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store.owners import of_owner

WAYS: Sequence[str] = ("branched", "split", "decided", "waited")
RULES: Sequence[str] = ("acted", "skipped", "failed", *WAYS)
"""What the journal tells of a step; its `reason` says why, or which way was taken."""
CARRIED_OUT = (TouchStatus.SENT, TouchStatus.DELIVERED, TouchStatus.COMPLETED)

_ANSWERS = Message.objects.filter(direction="in", kind=Word.REPLY)


@dataclass(frozen=True, slots=True, order=True)
class Fate:
    """So many people met `rule` with `reason` at a step."""

    step: str
    rule: str
    reason: str
    people: int


def who_met(rows: QuerySet[Enrollment], met: str, step: str, reason: str) -> QuerySet[Enrollment]:
    """Return those of `rows` whom a number of the step counts; without a reason, those of all reasons."""
    if met == "came":
        return rows.filter(visits__has_key=step)
    why = {"reason": reason} if reason else {}
    if met == "done":
        touches = Touch.objects.filter(enrollment=OuterRef("pk"), step=step, status__in=CARRIED_OUT)
        acted = _journal(step, ("acted",))
        return rows.filter(Exists(touches) | Exists(acted))
    if met == "replied":
        return rows.filter(Exists(_ANSWERS.filter(enrollment=OuterRef("pk"), touch__step=step)))
    return rows.filter(Exists(_journal(step, WAYS if met == "way" else (met,)).filter(**why)))


def _journal(step: str, rules: Sequence[str]) -> QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(enrollment=OuterRef("pk"), step=step, rule__in=rules)


def fates(sequence_id: int, owner_id: int | None) -> list[Fate]:
    rows = JournalEntry.objects.filter(enrollment__in=_ours(sequence_id, owner_id), rule__in=RULES)
    columns = ("step", "rule", "reason")
    counted = rows.order_by().values(*columns).annotate(n=Count("enrollment_id", distinct=True))
    return sorted(Fate(*row) for row in counted.values_list(*columns, "n"))


def done(sequence_id: int, owner_id: int | None) -> dict[str, int]:
    """Return for how many the message of each step left, or its task was done."""
    touches = Touch.objects.filter(enrollment__in=_ours(sequence_id, owner_id), status__in=CARRIED_OUT)
    return dict(touches.order_by().values_list("step").annotate(n=Count("enrollment_id", distinct=True)))


def waiting(sequence_id: int, owner_id: int | None) -> dict[str, int]:
    """Return how many stand at each step and have not finished."""
    rows = _ours(sequence_id, owner_id).filter(UNFINISHED, step__isnull=False).order_by()
    return dict(rows.values_list("step").annotate(n=Count("id")))


def replied(sequence_id: int, owner_id: int | None) -> dict[str, int]:
    """Return how many answered the message of each step as a person."""
    answers = _ANSWERS.filter(enrollment__in=_ours(sequence_id, owner_id), touch__isnull=False)
    return dict(
        answers.order_by().values_list("touch__step").annotate(n=Count("enrollment_id", distinct=True))
    )


def _ours(sequence_id: int, owner_id: int | None) -> QuerySet[Enrollment]:
    return of_owner(Enrollment.objects.filter(sequence_id=sequence_id), owner_id)


_CAME = {
    "sqlite": "SELECT passed.key, count(*) FROM ({rows}) e, json_each(e.visits) passed GROUP BY passed.key",
    "postgresql": "SELECT passed, count(*) FROM ({rows}) e, jsonb_object_keys(e.visits) passed GROUP BY passed",
}
"""Django has no function that turns an object's keys into rows."""


def came(sequence_id: int, owner_id: int | None) -> dict[str, int]:
    """Return how many have come to each step, those included who stand there."""
    rows, values = _ours(sequence_id, owner_id).order_by().values("visits").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_CAME[connection.vendor].format(rows=rows), values)
        return dict(cursor.fetchall())
