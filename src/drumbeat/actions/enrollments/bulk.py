"""Verbs over all enrollments that fit a query, as a job in chunks; each chunk answers for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from drumbeat.actions import access
from drumbeat.actions.enrollments import interrupted, verbs
from drumbeat.actions.enrollments import listing as enrollment_list
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.core.touch import Resolution
from drumbeat.models import Job, Member
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import jobs
from drumbeat.store.enrollment_lists import EnrollmentQuery
from drumbeat.store.jobs import Progress

KIND = "move_enrollments"
CHUNK = 200
DONE = "done"
_RESOLUTIONS = frozenset(resolution.value for resolution in Resolution)


def start(member: Member, asked: EnrollmentQuery, verb: Verb | Resolution, now: datetime) -> int:
    """Begin to apply the verb to everything that fits now, and return the job; who comes later is not meant."""
    access.require(member, "enrollments.edit")
    if asked.sequence_id is None and asked.contact_id is None:
        raise DomainError("filter_missing", "Name the sequence whose enrollments are meant.")
    return start_verb(member, asked, verb, now)


def start_verb(member: Member, asked: EnrollmentQuery, verb: Verb | Resolution, now: datetime) -> int:
    """Begin it, whatever the filter; the caller has asked for the right, and each chunk asks again."""
    rows = enrollment_list.rows_of(member, asked).filter(UNFINISHED)
    until = rows.aggregate(last=Max("id"))["last"] or 0
    arguments = {
        **access.who_asks(member),
        "asked": {**asked.to_json(), "until": until},
        "verb": verb.value if isinstance(verb, Resolution) else verb.kind.value,
        "shift": isinstance(verb, Verb) and verb.shift,
    }
    return jobs.enqueue(KIND, arguments, now, workspace_id=member.workspace_id, total=rows.count())


def chunk(job: Job, now: datetime) -> Progress:
    """Move the next ones as the member who asked."""
    member = access.who_asked(job)
    asked = EnrollmentQuery(**job.arguments["asked"])
    with transaction.atomic():
        rows = enrollment_list.rows_of(member, asked).filter(UNFINISHED, id__gt=job.cursor.get("id", 0))
        ids = list(rows.order_by("id").values_list("id", flat=True)[:CHUNK])
        counted = Counter(job.result) + Counter(_codes(member, ids, job.arguments, now))
        progress = Progress(
            done=job.done + len(ids),
            total=job.total,
            cursor={"id": ids[-1]} if ids else job.cursor,
            result=dict(counted),
            finished=len(ids) < CHUNK,
        )
        return jobs.save(job, progress, now)


def _codes(member: Member, ids: Sequence[int], arguments: Mapping[str, Any], now: datetime) -> list[str]:
    word = arguments["verb"]
    if word in _RESOLUTIONS:
        return [one.code or DONE for one in interrupted.resolve(member, ids, Resolution(word), now)]
    verb = Verb(kind=VerbKind(word), shift=arguments["shift"])
    return [one.code or DONE for one in verbs.apply(member, ids, verb, now)]
