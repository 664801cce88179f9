"""When the next messages of a sequence would leave for one contact, with the settings that hold or those of a draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from drumbeat.actions import access
from drumbeat.actions.sequences import draft_flow, settings
from drumbeat.core.delay import Delay, DelayUnit
from drumbeat.core.enrollment import Enrollment, EnrollmentState
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import Facts, SenderFacts, SequenceFacts
from drumbeat.core.flow import Flow, Step, channel_of
from drumbeat.core.next_times import USUAL_COUNT, Moment, Rhythm, next_times
from drumbeat.core.simulate import Person
from drumbeat.core.spacing import why_full
from drumbeat.core.timing import choose_sender, open_hours, quiet_hours, zone_of
from drumbeat.core.touch import HoldReason
from drumbeat.models import Contact, Member, SenderProfile, Workspace
from drumbeat.models import Enrollment as EnrollmentRow
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import forecasting
from drumbeat.store.senders import UTC, load_senders, window_of, zone_named
from drumbeat.store.sequence_facts import holidays_of, load_sequences

DRAFTED = frozenset({"window", "holidays", "jitter_seconds", "sender_id"})
NO_DELAY = Delay(0, DelayUnit.MINUTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`step`: whose channel counts, None for the first that writes. `draft`: settings instead of those that hold."""

    contact_id: int
    step: str | None = None
    delay: Delay = NO_DELAY
    draft: Mapping[str, Any] = field(default_factory=dict)
    count: int = USUAL_COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTimes:
    """`zone_of`: contact, sender or workspace. Without a sender only the sequence's own hours are known."""

    step: str
    sender: SenderFacts | None
    zone: str
    zone_of: str
    times: Sequence[Moment]


def foresee(member: Member, sequence_id: int, asked: Asked, now: datetime) -> NextTimes:
    """Say when a message would leave if its step fell due now, and at the openings after; caps are left out.

    DomainError `not_found`, `setting_invalid`, `nothing_to_send` for a flow that writes to nobody.
    """
    access.require(member, "sequences.view")
    access.require(member, "contacts.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    contact = access.get(member, Contact, asked.contact_id, "contact")
    step = _step(draft_flow(sequence), asked.step)
    facts = _facts(member, sequence, contact, settings.read(member, asked.draft))
    row = (
        access.visible_to(member, EnrollmentRow)
        .filter(UNFINISHED, sequence=sequence, contact=contact)
        .first()
    )
    enrollment = _enrollment(row, step, asked.draft.get("sender_id"), now)
    sender = choose_sender(step, enrollment, facts)
    zone = zone_of(sender, facts)
    rhythm = Rhythm(
        zone=zone,
        hours=open_hours(sender, facts),
        quiet=quiet_hours(step, facts),
        holidays=facts.sequence.holidays,
        jitter_seconds=facts.sequence.jitter_seconds,
        seed=f"{enrollment.id}:{step.key}:{enrollment.visit}",
        delay=asked.delay,
        rests_until=_rests_until(sender),
    )
    times = next_times(rhythm, now, asked.count)
    whose = (
        "contact"
        if facts.zone
        else "sender"
        if sender and sender.zone != facts.workspace_zone
        else "workspace"
    )
    return NextTimes(step=step.key, sender=sender, zone=zone.key, zone_of=whose, times=times)


def _rests_until(sender: SenderFacts | None) -> datetime | None:
    """Return until when the sender rests between two messages, where it does. Caps are left out."""
    if sender is None:
        return None
    full_until = SenderProfile.objects.values_list("full_until", flat=True).get(id=sender.id)
    return full_until if full_until and why_full(full_until) is HoldReason.SPACING else None


def _step(flow: Flow, key: str | None) -> Step:
    if key is not None and key not in flow.steps:
        raise DomainError("not_found", f"There is no step {key!r} in this flow.")
    writing = [one for one in flow.steps.values() if channel_of(one) is not None and key in (None, one.key)]
    if not writing:
        raise DomainError("nothing_to_send", "This writes to nobody, so no time of sending can be told.")
    return writing[0]


def _facts(member: Member, sequence: SequenceRow, contact: Contact, draft: Mapping[str, Any]) -> Facts:
    workspace = Workspace.objects.get(id=member.workspace_id)
    zone = zone_named(workspace.time_zone) or UTC
    person: Person = forecasting.people([contact.pk], sequence.pk, member.workspace_id, (), zone)[0]
    return Facts(
        sequence=_drafted(load_sequences([sequence.pk])[sequence.pk], draft),
        view=person.view,
        zone=person.zone,
        phone=person.phone,
        workspace_zone=zone,
        senders=load_senders([member.workspace_id]).get(member.workspace_id, {}),
        contact_sender_ids=person.last_senders,
        workspace_sender_id=workspace.default_sender_id,
        owner_id=person.owner_id,
    )


def _drafted(holding: SequenceFacts, draft: Mapping[str, Any]) -> SequenceFacts:
    readers: Mapping[str, Callable[[Any], Any]] = {"window": window_of, "holidays": holidays_of}
    changed: dict[str, Any] = {
        name: readers[name](value) if name in readers else value for name, value in draft.items()
    }
    return replace(holding, **changed)


def _enrollment(row: EnrollmentRow | None, step: Step, sender_id: int | None, now: datetime) -> Enrollment:
    """Return who would stand at the step now: jitter is a hash of who runs already, else of nobody."""
    return Enrollment(
        id=row.pk if row is not None else 0,
        state=EnrollmentState.ACTIVE,
        step=step.key,
        visits={step.key: 1},
        origin_at=now,
        next_step_at=now,
        step_sender_id=sender_id,
        chosen_sender_id=row.chosen_sender_id if row is not None else None,
    )
