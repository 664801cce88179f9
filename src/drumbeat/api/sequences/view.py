"""Sequences as the API answers them. Reads nothing: values in, shapes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from drumbeat.actions.sequences import DraftSeen, tags
from drumbeat.actions.sequences.cards import Card, Counts, Totals, is_changed
from drumbeat.actions.sequences.settings import Changed, values
from drumbeat.api.sequences import rhythm as lines
from drumbeat.api.sequences import schemas as out
from drumbeat.api.sequences.content_schemas import DraftOut, DraftSavedOut, FlowProblemOut, ProblemsOut
from drumbeat.core.flow import EmailStep, Flow, Step, TaskStep, channel_of
from drumbeat.core.health import Health
from drumbeat.core.lint import CODES, Problem, Severity
from drumbeat.models import Member, SequenceVersion
from drumbeat.models import Sequence as SequenceRow

SECONDS_A_DAY = 86_400


def word(stored: str) -> Any:
    """Return a word of the database as one of those that the shape names; the shape checks it."""
    return stored


def person(member: Member | None) -> out.PersonRef | None:
    return out.PersonRef(id=member.pk, name=member.name) if member else None


def rhythm(flow: Flow) -> out.RhythmOut:
    """Draw the flow on a line of days."""
    beats = lines.beats(flow)
    steps = [
        out.RhythmStepOut(
            key=beat.step.key,
            kind=beat.step.kind,
            channel=channel_of(beat.step) or "",
            job_type=getattr(beat.step, "job_type", ""),
            day=round(beat.after.total_seconds() / SECONDS_A_DAY, 4),
            label=label(beat.step),
            drawn=beat.drawn,
        )
        for beat in beats
    ]
    return out.RhythmOut(
        steps=steps,
        step_count=len(flow.steps),
        days=max((step.day for step in steps if step.drawn), default=0.0),
        branches=any(not beat.drawn and lines.is_drawable(beat.step) for beat in beats),
    )


def label(step: Step) -> str:
    """Return what people call a step: its name, else its subject or title."""
    subject = step.content.subject if isinstance(step, EmailStep) and step.content else ""
    title = step.title if isinstance(step, TaskStep) else ""
    return step.name or subject or title


def counts(found: Counts) -> out.CountsOut:
    return out.CountsOut(
        active=found.active, paused=found.paused, completed=found.completed, unenrolled=found.unenrolled
    )


def card(seen: Card) -> out.SequenceCardOut:
    row = seen.row
    nothing_sent = seen.reach.sent == 0
    return out.SequenceCardOut(
        id=row.pk,
        name=row.name,
        description=row.description,
        tags=tags.of(row),
        guarded=bool(row.password),
        is_default=row.is_default,
        status=word(row.status),
        owner=person(row.owner),
        version=_version(row.current_version),
        has_unpublished_changes=seen.changed,
        rhythm=rhythm(seen.flow),
        counts=counts(seen.counts),
        reach=out.ReachOut(sent=seen.reach.sent, replied=seen.reach.replied),
        health=_health(seen.health),
        first_send_at=seen.next_send_at if nothing_sent else None,
        next_send_at=None if nothing_sent else seen.next_send_at,
        planned_today=seen.planned_today,
        deletable=seen.deletable,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def _version(version: SequenceVersion | None) -> out.VersionRef | None:
    return out.VersionRef(number=version.number, published_at=version.published_at) if version else None


def _health(health: Health) -> out.HealthOut:
    link = out.LinkOut(room=word(health.link.room), filter=dict(health.link.filter)) if health.link else None
    return out.HealthOut(level=health.level.value, code=health.code, args=dict(health.args), link=link)


def totals(found: Totals) -> out.SequenceTotalsOut:
    return out.SequenceTotalsOut(
        by_status={word(status): count for status, count in found.by_status.items()},
        owners=[out.PersonRef(id=id_, name=name) for id_, name in found.owners],
        tags=list(found.tags),
        people_active=found.people_active,
        sent_today=found.sent_today,
    )


def sequence(found: tuple[SequenceRow, Counts], *, unlocked: bool = True) -> out.SequenceOut:
    row, counted = found
    return out.SequenceOut(
        id=row.pk,
        name=row.name,
        description=row.description,
        tags=tags.of(row),
        guarded=bool(row.password),
        unlocked=unlocked,
        is_default=row.is_default,
        status=word(row.status),
        status_at=row.status_at,
        status_by=person(row.status_by),
        owner=person(row.owner),
        version=_version(row.current_version),
        draft=out.DraftRef(
            revision=row.draft.revision,
            saved_at=row.draft.updated_at,
            saved_by=person(row.draft.saved_by),
            changed=is_changed(row),
        ),
        settings=settings(row),
        tracking_allowed=row.workspace.allows_tracking,
        counts=counts(counted),
        deletable=row.status == "draft" and counted.total == 0,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def settings(row: SequenceRow) -> out.SequenceSettingsOut:
    return out.SequenceSettingsOut(**values(row))


def settings_changed(changed: Changed) -> out.SettingsChangedOut:
    return out.SettingsChangedOut(
        settings=settings(changed.sequence),
        changes=[out.SettingChangeOut(**asdict(change)) for change in changed.changes],
    )


def flow_problems(found: Sequence[Problem]) -> list[FlowProblemOut]:
    return [
        FlowProblemOut(
            code=problem.code,
            severity=problem.severity.value,
            step=problem.step,
            path=problem.path,
            message=problem.message,
            sentence=problem.message.name,
            facts=dict(problem.message.facts),
            cure=CODES[problem.code].cure,
        )
        for problem in found
    ]


def draft(seen: DraftSeen) -> DraftOut:
    return DraftOut(
        document=seen.draft.document,
        revision=seen.draft.revision,
        saved_at=seen.draft.updated_at,
        saved_by=person(seen.draft.saved_by),
        changed=seen.changed,
        problems=flow_problems(seen.problems),
    )


def draft_saved(revision: int, found: Sequence[Problem], now: datetime, *, changed: bool) -> DraftSavedOut:
    return DraftSavedOut(revision=revision, saved_at=now, changed=changed, problems=flow_problems(found))


def problems(seen: DraftSeen) -> ProblemsOut:
    return found(seen.problems, seen.draft.revision)


def found(problems: Sequence[Problem], revision: int | None = None) -> ProblemsOut:
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return ProblemsOut(
        revision=revision,
        errors=errors,
        warnings=len(problems) - errors,
        problems=flow_problems(problems),
    )
