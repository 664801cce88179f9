"""What flows ask of other sequences: enroll a contact there, or end its run; the answer goes into the journal.

The rules are those of any automatic enrollment. A sequence that led here, by flows alone, is never entered again:
sequences that enroll one another come to an end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions.enrollments.automatic import enroll_automatically, led_on, may_follow
from drumbeat.actions.enrollments.elsewhere import ANSWERED, FINISHED, LOOP, NOT_THERE
from drumbeat.core.advance import Entry
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.facts import Verb, VerbKind
from drumbeat.models import Enrollment, Job
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import enrollments, jobs, moves
from drumbeat.store.contacts import in_ids
from drumbeat.store.jobs import Progress
from drumbeat.store.naming import sequence_named


@dataclass(frozen=True, slots=True)
class Asking:
    """An enrollment whose flow asks, with the step and the visit that do."""

    enrollment_id: int
    contact_id: int
    step: str
    visit: int


def enroll_chunk(job: Job, now: datetime) -> Progress:
    """Enroll the contacts that the job names, each under its own answer."""
    with transaction.atomic():
        sequence = sequence_named(job.workspace_id or 0, job.arguments["sequence"])
        asking = [Asking(*one) for one in job.arguments["asked"]]
        answers = _enroll(sequence, job.arguments["asking"], asking, now)
        _answer(asking, answers, sequence, now)
        return _done(job, len(asking), now)


def finish_chunk(job: Job, now: datetime) -> Progress:
    """End the runs of the contacts that the job names in the sequence that it names."""
    with transaction.atomic():
        sequence = sequence_named(job.workspace_id or 0, job.arguments["sequence"])
        asking = [Asking(*one) for one in job.arguments["asked"]]
        runs: dict[int, int] = {}
        if sequence is not None:
            unfinished = Enrollment.objects.filter(
                UNFINISHED, sequence=sequence, contact_id__in=in_ids([one.contact_id for one in asking])
            )
            runs = {id_: contact_id for id_, contact_id in unfinished.values_list("id", "contact_id")}
        verb = Verb(kind=VerbKind.END, by=f"sequence:{job.arguments['asking']}")
        ended = moves.move(sorted(runs), now, verb)
        met = {runs[id_] for id_, value in ended.items() if value.is_finished}
        answers = {one.enrollment_id: FINISHED if one.contact_id in met else NOT_THERE for one in asking}
        _answer(asking, answers, sequence, now)
        return _done(job, len(asking), now)


def _done(job: Job, count: int, now: datetime) -> Progress:
    """End the job and forget it: the journal holds what came of it."""
    progress = jobs.save(job, Progress(done=count, total=count, finished=True), now)
    Job.objects.filter(id=job.pk).delete()
    return progress


def _enroll(
    sequence: SequenceRow | None, asking_id: int, asking: Sequence[Asking], now: datetime
) -> Mapping[int, str]:
    """Return what became of each asking enrollment's wish."""
    if sequence is None:
        return dict.fromkeys((one.enrollment_id for one in asking), Answer.NOT_FOUND.value)
    sources = dict(
        Enrollment.objects.filter(id__in=in_ids([one.enrollment_id for one in asking])).values_list(
            "id", "source"
        )
    )
    chains = {one.enrollment_id: led_on(sources.get(one.enrollment_id, ""), asking_id) for one in asking}
    answers: dict[int, str] = {
        one.enrollment_id: LOOP for one in asking if not may_follow(sequence.pk, chains[one.enrollment_id])
    }
    first = {one.contact_id: one for one in reversed(asking) if one.enrollment_id not in answers}
    made = enroll_automatically(
        sequence.pk, {contact_id: chains[one.enrollment_id] for contact_id, one in first.items()}, now
    )
    answers |= {one.enrollment_id: made[contact_id].value for contact_id, one in first.items()}
    return answers | {
        one.enrollment_id: Answer.ALREADY_ENROLLED.value for one in asking if one.enrollment_id not in answers
    }


def _answer(
    asking: Sequence[Asking], answers: Mapping[int, str], sequence: SequenceRow | None, now: datetime
) -> None:
    """Write the answers into the journals of those who asked; who was deleted meanwhile gets none."""
    rows = {row.value.id: row for row in enrollments.read(sorted({one.enrollment_id for one in asking}))}
    facts = {"sequence": sequence.pk if sequence is not None else None}
    entries = [
        (
            rows[one.enrollment_id],
            Entry(
                rule=ANSWERED,
                reason=answers[one.enrollment_id],
                step=one.step,
                visit=one.visit,
                facts=facts,
            ),
        )
        for one in asking
        if one.enrollment_id in rows
    ]
    enrollments.append_journal(entries, now)
