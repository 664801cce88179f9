"""Versions, differences, previews, forecasts and files as the API answers them: values in, shapes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from drumbeat.actions.sequences.files import FileDifference
from drumbeat.actions.sequences.forecast import Forecast
from drumbeat.actions.sequences.offers import MergeTag, StepKind
from drumbeat.actions.sequences.previews import Preview
from drumbeat.actions.sequences.tests import Sent
from drumbeat.actions.sequences.versions import Comparison, VersionSeen
from drumbeat.api.sequences import content_schemas as out
from drumbeat.api.sequences.view import person, rhythm, word
from drumbeat.core.difference import StepChange, sentences
from drumbeat.core.document import read_document, write_document
from drumbeat.core.facts import Exit
from drumbeat.core.templates import Template
from drumbeat.models import SequenceTemplate


def version(seen: VersionSeen) -> out.VersionOut:
    return out.VersionOut(**_version(seen))


def version_with_flow(seen: VersionSeen) -> out.VersionWithFlowOut:
    return out.VersionWithFlowOut(**_version(seen), document=write_document(seen.flow))


def _version(seen: VersionSeen) -> dict[str, Any]:
    return {
        "number": seen.version.number,
        "published_at": seen.version.published_at,
        "published_by": person(seen.version.published_by),
        "checksum": seen.version.checksum,
        "step_count": len(seen.flow.steps),
        "people": seen.people,
        "movable": seen.movable,
        "current": seen.current,
    }


def comparison(before: str, after: str, found: Comparison) -> out.ComparisonOut:
    return out.ComparisonOut(
        before=before,
        after=after,
        equal=found.equal,
        steps=step_changes(found.changes),
        sentences=sentences(found.changes),
    )


def step_changes(changes: Sequence[StepChange]) -> list[out.StepChangeOut]:
    return [
        out.StepChangeOut(
            key=change.key,
            kind=change.kind,
            name=change.name,
            change=change.change.value,
            moved=change.moved,
            before_position=change.before_position,
            after_position=change.after_position,
            fields=[out.FieldChangeOut(**asdict(field)) for field in change.fields],
        )
        for change in changes
    ]


def template(found: Template) -> out.TemplateOut:
    return out.TemplateOut(
        name=found.name,
        title=found.title,
        description=found.description,
        rhythm=rhythm(found.flow),
        exit_on_reply=found.exit_on_reply.value,
        exit_on_meeting=found.exit_on_meeting.value,
        document=write_document(found.flow),
    )


def own_template(row: SequenceTemplate) -> out.TemplateOut:
    return out.TemplateOut(
        id=row.pk,
        name=row.name,
        title=row.name,
        description=row.description,
        rhythm=rhythm(read_document(row.document)),
        exit_on_reply=row.settings.get("exit_on_reply", Exit.FINISH.value),
        exit_on_meeting=row.settings.get("exit_on_meeting", Exit.PAUSE.value),
        document=row.document,
    )


def step_kind(kind: StepKind) -> out.StepKindOut:
    return out.StepKindOut(**asdict(kind), available=not kind.reason)


def merge_tag(tag: MergeTag) -> out.MergeTagOut:
    return out.MergeTagOut(**asdict(tag))


def preview(seen: Preview) -> out.PreviewOut:
    return out.PreviewOut(
        channel=seen.channel,
        sender=seen.sender,
        recipient=seen.recipient,
        subject=seen.subject,
        html=seen.html,
        text=seen.text,
        follows_thread=seen.follows_thread,
        files=[out.PreviewFileOut(**asdict(one)) for one in seen.files],
        size=seen.size,
        advice=[out.PreviewAdviceOut(code=code, message=said) for code, said in seen.advice.items()],
        sendable=not seen.faults,
        warnings=[out.PreviewWarningOut(**asdict(fault)) for fault in seen.faults],
    )


def test_send(sent: Sent) -> out.TestSendOut:
    touch = sent.touch
    return out.TestSendOut(
        touch_id=touch.pk,
        to=touch.recipient,
        status=touch.status,
        reason=touch.reason,
        hold_reason=touch.hold_reason,
        not_before=touch.not_before,
        settled=touch.settled_at is not None,
        text=sent.text,
    )


def forecast(made: Forecast) -> out.ForecastOut:
    sequence, defaults = made.defaults.sequence, made.defaults
    return out.ForecastOut(
        of=word(made.of),
        people=made.people,
        sampled=made.sampled,
        messages=made.messages,
        first_send_at=made.first_send_at,
        first_round_until=made.first_round_until,
        last_send_at=made.last_send_at,
        ends_at=made.ends_at,
        volumes=[out.DayVolumeOut(**asdict(volume)) for volume in made.volumes],
        held=dict(made.held),
        ends=[out.EndsOut(**asdict(end)) for end in made.ends],
        refused=dict(made.refused),
        under_way=[out.UnderWayOut(**asdict(each)) for each in made.under_way],
        exceptions=[out.ExceptionOut(**asdict(each)) for each in made.exceptions],
        defaults=out.DefaultsOut(
            exit_on_reply=word(sequence.exit_on_reply),
            exit_on_meeting=word(sequence.exit_on_meeting),
            exit_on_call=word(sequence.exit_on_call),
            exit_on_conversion=word(sequence.exit_on_conversion),
            window=defaults.window.to_json() if defaults.window else None,
            window_of=word(defaults.window_of),
            caps=[out.SenderCapOut(**asdict(cap)) for cap in defaults.caps],
            quiet=[channel.value for channel in defaults.quiet],
            review=sequence.review,
        ),
        errors=made.errors,
        warnings=made.warnings,
    )


def file_difference(found: FileDifference) -> out.FileDifferenceOut:
    return out.FileDifferenceOut(
        change=word(found.change),
        sequence_id=found.sequence_id,
        name=found.name,
        steps=step_changes(found.steps),
        settings=[out.SettingDifferenceOut(**asdict(each)) for each in found.settings],
        activates=found.activates,
        sentences=found.sentences,
        problems=[out.FileProblemOut(**asdict(each)) for each in found.problems],
    )
