"""Sequences: made, edited, published, activated, paused, archived, cloned, deleted.

The draft is the working copy, a version is what enrollments run through; `lint` says what cannot be one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from collections.abc import Sequence as Listed
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from drumbeat.actions import access, attachments, audit
from drumbeat.actions.sequences import locks, starts, tags
from drumbeat.actions.sequences.checking import flow_with_errors, problems_of
from drumbeat.core import templates
from drumbeat.core.delay import Delay
from drumbeat.core.document import checksum, read_document, with_delays, write_document
from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.core.lint import Problem
from drumbeat.models import Member, SenderProfile, Sequence, SequenceDraft, SequenceStatus, SequenceVersion
from drumbeat.store import flows, jobs, sql, step_positions, stops
from drumbeat.store.attachments import taken_by

BLANK = templates.Template(name="", title="", description="", flow=Flow(None, {}))
"""What a sequence without a template begins with."""


def create(  # noqa: PLR0913 - the fields of a form, each of which may be left out
    member: Member,
    name: str,
    now: datetime,
    *,
    template: str | None = None,
    document: Mapping[str, Any] | None = None,
    description: str = "",
    sender_id: int | None = None,
    delays: Delay | None = None,
    active: bool = False,
    of_others: bool = False,
) -> Sequence:
    """Create a draft, empty or from a template or document. `delays` replaces every delay, for trying out.

    `of_others`: the document is what somebody kept earlier, and shares none of the files that it names.
    With `active` it is published and started as well; when that is refused, nothing is created.
    """
    access.require(member, "sequences.create")
    if sender_id is not None:
        access.get(member, SenderProfile, sender_id, "sender")
    chosen = templates.template(template) if template is not None else BLANK
    flow = chosen.flow if document is None else read_document(document)
    flow = flow if delays is None else with_delays(flow, delays)
    with transaction.atomic():
        sequence = Sequence.objects.create(
            workspace_id=member.workspace_id,
            name=checked_name(name),
            description=description or chosen.description,
            owner=member,
            sender_id=sender_id,
            exit_on_reply=chosen.exit_on_reply.value,
            exit_on_meeting=chosen.exit_on_meeting.value,
            created_at=now,
            updated_at=now,
        )
        _first_draft(member, sequence, flow, now)
        attachments.share(member, flow, taken_by(flow) if of_others else ())
        record(member, "sequences.create", sequence, now)
        return activate(member, sequence.pk, now) if active else sequence


def _first_draft(member: Member, sequence: Sequence, flow: Flow, now: datetime) -> None:
    SequenceDraft.objects.create(
        sequence=sequence,
        document=write_document(flow),
        checksum=checksum(flow),
        saved_by=member,
        updated_at=now,
    )


def record(
    member: Member,
    act: str,
    sequence: Sequence,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Append to the audit log what was done with a sequence, in the transaction that did it."""
    audit.record(
        member,
        act,
        now,
        object_kind="sequence",
        object_id=sequence.pk,
        name=sequence.name,
        before=before,
        after=after,
    )


def checked_name(name: str) -> str:
    if not name.strip() or len(name.strip()) > 200:
        raise DomainError("sequence_name_invalid", "A sequence needs a name of 1 to 200 characters.")
    return name.strip()


def find(member: Member, name_or_id: str) -> Sequence:
    """Return the sequence with this id or name; DomainError `not_found` or `sequence_ambiguous`."""
    ours = access.visible_to(member, Sequence)
    asked = name_or_id.strip()
    found = list(ours.filter(id=int(asked)) if asked.isdecimal() else ours.filter(name=asked))
    if not found:
        raise DomainError("not_found", f"There is no sequence {asked} in this workspace.")
    if len(found) > 1:
        ids = ", ".join(str(each.pk) for each in found)
        raise DomainError(
            "sequence_ambiguous", f"{len(found)} sequences are called {asked!r}. Give the id: {ids}."
        )
    return found[0]


def draft_flow(sequence: Sequence) -> Flow:
    return read_document(sequence.draft.document)


@dataclass(frozen=True, slots=True)
class DraftSeen:
    """A working copy with what `lint` says of it; `changed`: it is not what the current version says."""

    draft: SequenceDraft
    changed: bool
    problems: Listed[Problem]


def read_draft(member: Member, sequence_id: int) -> DraftSeen:
    """Return the working copy as it is saved."""
    access.require(member, "sequences.view")
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    draft = SequenceDraft.objects.select_related("saved_by").get(sequence=sequence)
    published = sequence.current_version.checksum if sequence.current_version else None
    problems = problems_of(member, read_document(draft.document), sequence.pk, saved=True)
    return DraftSeen(draft, draft.checksum != published, problems)


def is_changed(member: Member, sequence_id: int, document: Mapping[str, Any]) -> bool:
    """Tell whether a document says something else than the current version."""
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    version = sequence.current_version
    return version is None or version.checksum != checksum(read_document(document))


def save_draft(
    member: Member, sequence_id: int, document: Mapping[str, Any], now: datetime, *, revision: int
) -> tuple[int, list[Problem]]:
    """Save the working copy that was edited from `revision`; return the new revision and what `lint` says.

    DomainError `draft_conflict` when somebody saved meanwhile, `document_invalid` when it cannot be read.
    """
    access.require(member, "sequences.edit")
    sequence = editable(member, sequence_id)
    flow = read_document(document)
    saved = write_draft(member, sequence, flow, now, revision=revision)
    return saved, problems_of(member, flow, sequence.pk, saved=True)


def write_draft(member: Member, sequence: Sequence, flow: Flow, now: datetime, *, revision: int) -> int:
    """Replace the working copy of that revision by `flow` and return the new revision."""
    with transaction.atomic():
        known = _files_before(sequence) if taken_by(flow) else frozenset()
        saved = SequenceDraft.objects.filter(sequence=sequence, revision=revision).update(
            document=write_document(flow),
            checksum=checksum(flow),
            revision=revision + 1,
            saved_by=member,
            updated_at=now,
        )
        if saved == 0:
            raise _conflict(
                sequence,
                "{name} saved this sequence while you edited it. Load it again; your changes are not saved.",
            )
        attachments.share(member, flow, known)
    return revision + 1


def _files_before(sequence: Sequence) -> Collection[int]:
    return taken_by(read_document(SequenceDraft.objects.get(sequence=sequence).document))


def _conflict(sequence: Sequence, sentence: str) -> DomainError:
    """Name who saved meanwhile, when, and which revision that is."""
    draft = SequenceDraft.objects.select_related("saved_by").get(sequence=sequence)
    name = draft.saved_by.name if draft.saved_by else "Somebody"
    fields = {"saved_by": name, "saved_at": draft.updated_at.isoformat(), "revision": str(draft.revision)}
    return DomainError("draft_conflict", sentence.format(name=name), fields)


def check_document(member: Member, document: Mapping[str, Any]) -> list[Problem]:
    """Return what `lint` says about a document that nobody saved."""
    access.require(member, "sequences.view")
    return problems_of(member, read_document(document))


def publish(
    member: Member, sequence_id: int, now: datetime, *, revision: int | None = None
) -> SequenceVersion:
    """Freeze the working copy as the next version, which new enrollments use.

    DomainError `flow_has_errors` with the problems; `draft_conflict` when `revision` is not the saved one.
    """
    access.require(member, "sequences.edit")
    with transaction.atomic():
        return _publish(member, lock_editable(member, sequence_id), now, revision)


def _publish(member: Member, sequence: Sequence, now: datetime, revision: int | None) -> SequenceVersion:
    draft = SequenceDraft.objects.get(sequence=sequence)
    if revision is not None and draft.revision != revision:
        raise _conflict(
            sequence, "{name} saved the working copy again meanwhile. Look at it and publish once more."
        )
    flow = read_document(draft.document)
    if refused := flow_with_errors(problems_of(member, flow, sequence.pk, saved=True)):
        raise refused
    version = flows.save_version(sequence, flow, member, now)
    record(member, "sequences.publish", sequence, now, after={"version": version.number})
    return version


def activate(member: Member, sequence_id: int, now: datetime, *, revision: int | None = None) -> Sequence:
    """Start a draft (publishes version 1) or a paused sequence; an active one stays as it is.

    With `revision`, a draft is started only as it was then: DomainError `draft_conflict`.
    """
    access.require(member, "sequences.edit")
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        before = sequence.status
        match before:
            case SequenceStatus.DRAFT:
                _publish(member, sequence, now, revision)
                Sequence.objects.filter(id=sequence.pk).update(status=SequenceStatus.ACTIVE, updated_at=now)
            case SequenceStatus.PAUSED:
                stops.resume_sequence(sequence.pk, now)
        return _moved(member, "sequences.activate", sequence, before, now)


def _moved(member: Member, act: str, sequence: Sequence, before: str, now: datetime) -> Sequence:
    """Keep who gave the sequence its new status; return it as it stands now."""
    sequence.refresh_from_db()
    if sequence.status != before:
        Sequence.objects.filter(id=sequence.pk).update(status_at=now, status_by=member)
        sequence.status_at, sequence.status_by = now, member
        starts.follow_status(sequence, before, now)
        record(member, act, sequence, now, before={"status": before}, after={"status": sequence.status})
    return sequence


def pause(member: Member, sequence_id: int, now: datetime) -> Sequence:
    """Let nothing of the sequence be sent after this commits; nothing is lost. A paused one stays so."""
    access.require(member, "sequences.edit")
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        if sequence.status == SequenceStatus.DRAFT:
            raise DomainError("sequence_not_active", "A draft does not run yet, so it cannot be paused.")
        before = sequence.status
        if before == SequenceStatus.ACTIVE:
            stops.pause_sequence(sequence.pk, now)
        return _moved(member, "sequences.pause", sequence, before, now)


def resume(member: Member, sequence_id: int, now: datetime) -> Sequence:
    """Let a paused sequence go on; an active one stays as it is, a draft is refused."""
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    if sequence.status == SequenceStatus.DRAFT:
        raise DomainError("sequence_not_active", "A draft does not run yet. Activate it.")
    return activate(member, sequence_id, now)


def archive(member: Member, sequence_id: int, now: datetime) -> Sequence:
    """End a sequence for good: nothing is claimed from the commit on, a job finishes its enrollments."""
    access.require(member, "sequences.delete")
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        before = sequence.status
        stops.archive_sequence(sequence.pk, now)
        Sequence.objects.filter(id=sequence.pk).update(is_default=False)
        jobs.enqueue(
            jobs.FINISH_ARCHIVED, {"sequence_id": sequence.pk}, now, workspace_id=member.workspace_id
        )
        return _moved(member, "sequences.archive", sequence, before, now)


def delete(member: Member, sequence_id: int, now: datetime) -> None:
    """Delete a draft that never had an enrollment; everything else is archived."""
    access.require(member, "sequences.delete")
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        if sequence.status != SequenceStatus.DRAFT or sequence.enrollment_set.exists():
            raise DomainError(
                "sequence_in_use",
                "Only a draft that never ran can be deleted. Archive this sequence instead.",
            )
        record(member, "sequences.delete", sequence, now)
        sequence.delete()


def clone(member: Member, sequence_id: int, now: datetime, *, name: str | None = None) -> Sequence:
    """Create a draft with the working copy and the settings of a sequence, without its enrollments."""
    access.require(member, "sequences.create")
    source = access.get(member, Sequence, sequence_id, "sequence")
    with transaction.atomic():
        copy = Sequence(
            workspace_id=member.workspace_id,
            name=checked_name(name or f"{source.name[:190]} (copy)"),
            owner=member,
            created_at=now,
            updated_at=now,
            **{setting: getattr(source, setting) for setting in SETTINGS},
        )
        copy.save(force_insert=True)
        tags.put(copy, tags.of(source))
        _first_draft(member, copy, draft_flow(source), now)
        step_positions.write(copy.pk, step_positions.of(source.pk), ())
        record(member, "sequences.create", copy, now, after={"copy_of": source.pk})
    return copy


SETTINGS = (
    "description",
    "exit_on_reply",
    "exit_on_meeting",
    "exit_on_call",
    "exit_on_conversion",
    "postpone_on_out_of_office",
    "sender_id",
    "agent_id",
    "window",
    "jitter_seconds",
    "review",
    "reenrollment",
    "reenroll_after_days",
    "one_at_a_time",
    "track_opens",
    "track_clicks",
)
"""Columns of a sequence that are its live settings."""


def editable(member: Member, sequence_id: int) -> Sequence:
    """Return a sequence that may be changed.

    DomainError `sequence_archived` for one that ended, `sequence_locked` where a password guards it.
    """
    sequence = access.get(member, Sequence, sequence_id, "sequence")
    if sequence.status == SequenceStatus.ARCHIVED:
        raise DomainError(
            "sequence_archived", "This sequence is archived for good. Clone it to use it again."
        )
    locks.require_open(member, sequence)
    return sequence


def lock_editable(member: Member, sequence_id: int) -> Sequence:
    """Lock the sequence, then read it."""
    sql.lock(access.visible_to(member, Sequence).filter(id=sequence_id))
    return editable(member, sequence_id)
