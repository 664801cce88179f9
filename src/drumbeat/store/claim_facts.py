"""What a claim must know of its touches, in a fixed number of queries: the guard's facts, the makings of the mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from drumbeat.channels.email.attached import Attached
from drumbeat.channels.outbound import Outbound
from drumbeat.core.drafts import worded
from drumbeat.core.enrollment import EnrollmentState
from drumbeat.core.facts import SequenceFacts, SequenceState
from drumbeat.core.flow import Channel, EmailStep, JobType, SendStep, VoiceStep, WebhookStep
from drumbeat.core.frequency import Recent
from drumbeat.core.guard import GuardFacts
from drumbeat.core.holidays import NO_HOLIDAYS
from drumbeat.core.quiet_hours import daytime
from drumbeat.core.timing import laid
from drumbeat.core.touch import CONTACT_FACING, SkipReason, TouchKind
from drumbeat.core.window import OpenHours
from drumbeat.models import Enrollment, SenderProfile
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import (
    attachments,
    calling,
    composing_calls,
    composing_texts,
    confirmations,
    flows,
    frequency,
    outgoing,
    received,
    sql,
    stop_touches,
)
from drumbeat.store.brandings import look_of
from drumbeat.store.calling import Occasion
from drumbeat.store.composing_calls import Reps, reps_of
from drumbeat.store.composing_texts import Line, line_of
from drumbeat.store.facts import contact_addresses, custom_values, load_contacts
from drumbeat.store.flows import LoadedFlows
from drumbeat.store.link_hosts import base_of
from drumbeat.store.outgoing import Draft, Thread
from drumbeat.store.reach import Addresses, Asked, addresses_of, unreachable
from drumbeat.store.readings import Reading
from drumbeat.store.senders import UTC, window_of, zone_named
from drumbeat.store.sequence_facts import load_sequences
from drumbeat.store.suppressions import SuppressionUnavailable
from drumbeat.store.touch_rows import TouchRow
from drumbeat.store.tracking_links import track, tracks

_TEXTS = frozenset({TouchKind.SMS, TouchKind.WHATSAPP})


@dataclass(frozen=True, slots=True)
class _Enrolled:
    sequence_id: int
    version_id: int
    waits_for_look: bool


class _Reach(NamedTuple):
    """Why a touch must not reach its contact, or when to ask again, and what the contact got of late."""

    blocked: SkipReason | None
    retry_at: datetime | None
    recent: Recent | None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """Loaded after the touches are locked, so that what committed before is seen."""

    guard: Mapping[int, GuardFacts]
    addresses: Mapping[int, Addresses]
    contacts: Mapping[int, Mapping[str, Any]]
    custom: Mapping[int, Mapping[str, Any]]
    enrolled: Mapping[int, _Enrolled]
    flows: LoadedFlows
    broken: Mapping[int, Exception]
    sequences: Mapping[int, SequenceFacts]
    names: Mapping[int, str]
    threads: Mapping[int, Thread]
    files: Mapping[int, Attached]
    line: Line
    reps: Reps
    received: received.Files
    link_base: str
    suppression_silent: bool

    def compose(self, row: TouchRow, sender: SenderProfile, now: datetime) -> Outbound:
        """Return what leaves for this touch. Raises MergeError, DomainError; what else it raises is a defect."""
        if row.kind == TouchKind.NOTICE:
            carrier = sender.workspace.default_sender or sender
            files = received.of(row.content, self.received)
            return outgoing.compose_notice(row.key, row.mark, row.recipient, row.content, carrier, now, files)
        if stop_touches.is_call(row):
            kept = stop_touches.read(row.content)
            occasion = self._occasion(row, kept.enrollment_id, kept.sequence_id, kept.step)
            return calling.compose(occasion, sender.workspace, now)
        if row.enrollment_id is None and row.kind in _TEXTS:
            return composing_texts.compose_by_hand(row, sender, self.line, now)
        if row.enrollment_id is None:
            return outgoing.compose_by_hand(
                row.key, row.mark, self._to(row), row.content, sender, self.files, now
            )
        assert row.contact_id is not None
        enrolled = self.enrolled[row.enrollment_id]
        if enrolled.version_id in self.broken:
            raise RuntimeError("the sequence's version cannot be read") from self.broken[enrolled.version_id]
        step = worded(self.flows[enrolled.version_id].flow.steps[row.step], row.content)
        if isinstance(step, WebhookStep):
            occasion = self._occasion(row, row.enrollment_id, enrolled.sequence_id, step)
            return calling.compose(occasion, sender.workspace, now)
        assert isinstance(step, SendStep)
        draft = Draft(
            key=row.key,
            mark=row.mark,
            sequence_id=enrolled.sequence_id,
            sequence_name=self.names[enrolled.sequence_id],
            step=step,
            contact=self.contacts[row.contact_id],
            custom=self.custom.get(row.contact_id, {}),
            workspace_name=sender.workspace.name,
            postal_address=sender.workspace.postal_address,
            thread=self.threads.get(row.enrollment_id, Thread()),
            look=look_of(sender.workspace),
            files=self.files,
        )
        return self._written(draft, row, sender, now)

    def _written(self, draft: Draft, row: TouchRow, sender: SenderProfile, now: datetime) -> Outbound:
        if isinstance(draft.step, VoiceStep):
            connect_to = self.reps.phone(draft.contact["id"], draft.sequence_id)
            return composing_calls.compose(draft, row, sender, self.line, connect_to, now)
        if not isinstance(draft.step, EmailStep):
            return composing_texts.compose(draft, row, sender, self.line, now)
        mail = outgoing.compose(draft, sender, now)
        return track(mail, row.mark, self.sequences[draft.sequence_id], self.link_base)

    def _occasion(self, row: TouchRow, enrollment_id: int, sequence_id: int, step: WebhookStep) -> Occasion:
        contact_id = row.contact_id or 0
        return Occasion(
            key=row.key,
            mark=row.mark,
            visit=row.visit,
            enrollment_id=enrollment_id,
            sequence_id=sequence_id,
            sequence_name=self.names[sequence_id],
            step=step,
            contact=self.contacts[contact_id],
            custom=self.custom.get(contact_id, {}),
            due_at=row.due_at,
        )

    def _to(self, row: TouchRow) -> tuple[str, str]:
        """Return address and name of whom a person writes to."""
        contact = self.contacts.get(row.contact_id or 0)
        return self.address(row)[0], outgoing.name_of(contact) if contact else ""

    def address(self, row: TouchRow) -> tuple[str, str]:
        """Return where the touch goes now, and its hash: a contact's address may have changed since it was planned."""
        if row.contact_id is None or not _is_facing(row):
            return row.recipient, row.base_address
        addresses, channel = self.addresses[row.contact_id], Channel(row.kind)
        return addresses.by_channel.get(channel, ""), addresses.hashes.get(channel, "")


def load_claim_facts(
    rows: Sequence[TouchRow], sender: SenderProfile, compliance_retry_at: datetime, now: datetime
) -> ClaimFacts:
    """Load everything for the rows of one sender's claim."""
    enrollment_ids = [row.enrollment_id for row in rows if row.enrollment_id is not None]
    contact_ids = {row.contact_id for row in rows if row.contact_id is not None}
    enrolled = {
        id_: _Enrolled(sequence_id, version_id, woken_at is not None or state != EnrollmentState.AWAITING)
        for id_, sequence_id, version_id, woken_at, state in _ENROLLED.fetch(enrollment_ids)
    }
    sequence_ids = {one.sequence_id for one in enrolled.values()}
    sequences = load_sequences(sequence_ids)
    contacts = load_contacts(contact_ids)
    addresses = {id_: contact_addresses(contact) for id_, contact in contacts.items()}
    broken: dict[int, Exception] = {}
    loaded = flows.load_flows((one.version_id for one in enrolled.values()), broken)
    blocked, retry_at = _reach(rows, sender.workspace_id, enrolled, contacts, addresses, compliance_retry_at)
    line = line_of(sender, contact_ids)
    blocked |= _without_template(rows, enrolled, loaded, line, blocked, now)
    recent = frequency.recent_of(rows, sender.workspace, now)
    reach = {row.id: _Reach(blocked.get(row.id), retry_at, recent.get(row.id)) for row in rows}
    guard = {row.id: _guard_facts(row, sender, enrolled, sequences, contacts, reach[row.id]) for row in rows}
    return ClaimFacts(
        guard=guard,
        addresses=addresses,
        contacts=contacts,
        custom=custom_values(contact_ids) if _tells_custom(rows, loaded) else {},
        enrolled=enrolled,
        flows=loaded,
        broken=broken,
        sequences=sequences,
        names={id_: name for id_, name in _NAMES.fetch(sequence_ids | _sequences_of_stops(rows))},
        line=line,
        reps=reps_of(sender, contact_ids, sequence_ids),
        link_base=base_of(sender) if any(map(tracks, sequences.values())) else "",
        files=attachments.load(sender.workspace_id, _files_of(rows, enrolled, loaded)),
        received=received.load(row.content for row in rows if row.kind == TouchKind.NOTICE),
        threads=outgoing.load_threads(_following(rows, enrolled, loaded)),
        suppression_silent=retry_at is not None,
    )


def _sequences_of_stops(rows: Sequence[TouchRow]) -> set[int]:
    """Return the sequences whose stop rules ask for calls."""
    calls = (row for row in rows if stop_touches.is_call(row) and row.content)
    return {stop_touches.read(row.content).sequence_id for row in calls}


def _tells_custom(rows: Sequence[TouchRow], loaded: LoadedFlows) -> bool:
    calls = any(row.kind == TouchKind.WEBHOOK for row in rows)
    return calls or any(flow.merges_custom for flow in loaded.values())


_ENROLLED = Reading(
    lambda ids: Enrollment.objects.filter(sql.among("id", ids)).values_list(
        "id", "sequence_id", "version_id", "woken_at", "state"
    )
)
_NAMES = Reading(lambda ids: SequenceRow.objects.filter(sql.among("id", ids)).values_list("id", "name"))


def _files_of(
    rows: Sequence[TouchRow], enrolled: Mapping[int, _Enrolled], loaded: LoadedFlows
) -> Iterator[int]:
    """Yield the files that the mails of these rows take along."""
    for row in rows:
        if row.enrollment_id is None and row.content:
            yield from (ref["id"] for ref in row.content.get("attachments", ()))
        own = enrolled.get(row.enrollment_id or 0)
        step = loaded[own.version_id].flow.steps.get(row.step) if own and own.version_id in loaded else None
        yield from (ref.id for ref in attachments.refs_of(step))


def _following(rows: Sequence[TouchRow], enrolled: Mapping[int, _Enrolled], loaded: LoadedFlows) -> list[int]:
    """Return the enrollments whose mail continues a thread."""
    found = []
    for row in rows:
        own = enrolled.get(row.enrollment_id or 0)
        step = loaded[own.version_id].flow.steps.get(row.step) if own and own.version_id in loaded else None
        if own and isinstance(step, EmailStep) and step.job_type is JobType.FOLLOW_UP_EMAIL:
            assert row.enrollment_id is not None
            found.append(row.enrollment_id)
    return found


def _reach(
    rows: Sequence[TouchRow],
    workspace_id: int,
    enrolled: Mapping[int, _Enrolled],
    contacts: Mapping[int, Mapping[str, Any]],
    addresses: Mapping[int, Addresses],
    compliance_retry_at: datetime,
) -> tuple[dict[int, SkipReason | None], datetime | None]:
    """Return why each touch must not reach its contact, or when to ask a silent suppression store again."""
    facing = [
        row for row in rows if _is_facing(row) and (row.contact_id is None or row.contact_id in contacts)
    ]
    asked = [_asked(row, enrolled, contacts, addresses) for row in facing]
    try:
        answers = unreachable(workspace_id, asked)
    except SuppressionUnavailable:
        return {}, compliance_retry_at
    return {row.id: answer.get(Channel(row.kind)) for row, answer in zip(facing, answers, strict=True)}, None


def _without_template(
    rows: Sequence[TouchRow],
    enrolled: Mapping[int, _Enrolled],
    loaded: LoadedFlows,
    line: Line,
    blocked: Mapping[int, SkipReason | None],
    now: datetime,
) -> dict[int, SkipReason | None]:
    """Return the WhatsApp messages that nothing may be said in: their window is closed, and they have no template."""
    found: dict[int, SkipReason | None] = {}
    for row in rows:
        if row.kind != TouchKind.WHATSAPP or blocked.get(row.id) is not None or not _is_facing(row):
            continue
        own = enrolled.get(row.enrollment_id or 0)
        step = loaded[own.version_id].flow.steps.get(row.step) if own and own.version_id in loaded else None
        step = worded(step, row.content) if step is not None else None
        if (own is None or step is not None) and composing_texts.is_shut(
            step, row.content, line.last_heard(row.contact_id), now
        ):
            found[row.id] = SkipReason.NO_TEMPLATE
    return found


def _asked(
    row: TouchRow,
    enrolled: Mapping[int, _Enrolled],
    contacts: Mapping[int, Mapping[str, Any]],
    addresses: Mapping[int, Addresses],
) -> Asked:
    """A test goes to an address of own people: that alone is asked for."""
    if row.contact_id is None:
        to_number = row.kind != TouchKind.EMAIL
        own_people = addresses_of("", row.recipient, "") if to_number else addresses_of(row.recipient, "", "")
        return Asked(None, own_people, {})
    own = enrolled.get(row.enrollment_id or 0)
    return Asked(
        own.sequence_id if own else None, addresses[row.contact_id], contacts[row.contact_id]["consent"]
    )


def _guard_facts(
    row: TouchRow,
    sender: SenderProfile,
    enrolled: Mapping[int, _Enrolled],
    sequences: Mapping[int, SequenceFacts],
    contacts: Mapping[int, Mapping[str, Any]],
    reach: _Reach,
) -> GuardFacts:
    own = enrolled.get(row.enrollment_id) if row.enrollment_id is not None else None
    sequence = sequences[own.sequence_id] if own else None
    contact = contacts.get(row.contact_id or 0)
    facing = _is_facing(row)
    return GuardFacts(
        contact_facing=facing,
        emergency_stopped=sender.workspace.stopped_at is not None,
        sequence_state=sequence.state if sequence else SequenceState.ACTIVE,
        waits_for_look=own.waits_for_look if own else False,
        sender_enabled=sender.enabled,
        sender_down_until=sender.down_until,
        unreachable=reach.blocked,
        compliance_retry_at=reach.retry_at if facing else None,
        hours=_hours(sender, sequence, contact) if facing and _keeps_hours(row) else (),
        quiet=_quiet(row, sender, contact) if facing and row.contact_id else (),
        recent=reach.recent,
    )


def _is_facing(row: TouchRow) -> bool:
    """Say whether the touch passes every gate; the answer to STOP reaches whoever wrote it."""
    return row.kind in CONTACT_FACING and not confirmations.is_one(row.content)


def _keeps_hours(row: TouchRow) -> bool:
    """Tests go to own people; of a mail that somebody wrote they may say that it is not to wait."""
    return bool(row.contact_id) and not (row.content or {}).get("at_once")


def _hours(
    sender: SenderProfile, sequence: SequenceFacts | None, contact: Mapping[str, Any] | None
) -> tuple[OpenHours, ...]:
    zone = (
        zone_named(contact["time_zone"] if contact else "")
        or zone_named(sender.time_zone)
        or zone_named(sender.workspace.time_zone)
        or UTC
    )
    own, holidays = (sequence.window, sequence.holidays) if sequence else (None, NO_HOLIDAYS)
    return laid(own, holidays, window_of(sender.window), zone)


def _quiet(row: TouchRow, sender: SenderProfile, contact: Mapping[str, Any] | None) -> tuple[OpenHours, ...]:
    zone = zone_named(contact["time_zone"]) if contact else None
    number = contact["phone_normal"] if contact else row.recipient
    return daytime(Channel(row.kind), zone, number, zone_named(sender.workspace.time_zone) or UTC)
