"""Simulation of a sequence: any version, for whom one likes, in virtual time; nothing is sent or written.

The engine's own decisions over a scripted outside. Everybody begins now and anew; what other sequences plan for the
same senders is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from drumbeat.actions import access, sequences
from drumbeat.actions.sequences import cast
from drumbeat.actions.sequences.cast import Whom
from drumbeat.core.delivery import Refused
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import SequenceFacts, SequenceState
from drumbeat.core.flow import Flow, TaskStep
from drumbeat.core.frequency import FrequencyCap
from drumbeat.core.pacing import Caps
from drumbeat.core.rehearsal import NOBODY_ANSWERS, Cast, Report, Script, Told, fit, rehearse
from drumbeat.core.rehearsal.form import write_report
from drumbeat.core.rehearsal.world import Scripted
from drumbeat.core.simulate import Arrival, Person, SimulatedSender, Simulation, simulate
from drumbeat.core.simulate.cast import NO_CAPS
from drumbeat.models import Member, SequenceVersion, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import flows
from drumbeat.store.frequency import cap_of
from drumbeat.store.senders import UTC, caps_of, zone_named
from drumbeat.store.sequence_facts import load_sequences

MOST_DAYS = 730
USUAL_DAYS = 60
LONGEST = timedelta(days=MOST_DAYS)
DRAFT = "draft"
ANYBODY = Whom()

imagined = cast.imagined
senders_of = cast.senders_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to simulate. `version`: a number, "draft" for the working copy, None for what new enrollments would get."""

    version: int | str | None = None
    whom: Whom = ANYBODY
    days: int = USUAL_DAYS
    script: Script = NOBODY_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What came of it. `version` None: the working copy. `senders`: by id, those of the workspace."""

    sequence: SequenceRow
    version: int | None
    of: str
    days: int
    seed: int
    zone: str
    senders: Mapping[int, SimulatedSender]
    report: Report

    def to_json(self) -> dict[str, Any]:
        """Write the stable form that the CLI and the API answer; only senders that are spoken of."""
        told = write_report(self.report)
        spoken_of = {each["sender_id"] for each in told["volumes"]}
        return {
            "sequence": {"id": self.sequence.pk, "name": self.sequence.name, "version": self.version},
            "of": self.of,
            "days": self.days,
            "seed": self.seed,
            "zone": self.zone,
            "senders": [
                {"id": id_, "address": one.facts.address, "zone": one.facts.zone.key}
                for id_, one in sorted(self.senders.items())
                if id_ in spoken_of
            ],
            **told,
        }


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything that is checked before anything runs."""

    sequence: SequenceRow
    version: int | None
    flow: Flow
    audience: cast.Audience
    stories: Mapping[int, Sequence[Any]]


def simulate_for(
    member: Member, sequence_id: int, asked: Asked, now: datetime, told: Told = lambda share: None
) -> Simulated:
    """Let the people asked for run through the sequence from now on. `told` hears the share of time that passed.

    Raises DomainError `not_found`, `not_permitted`, `simulation_invalid`, `script_invalid`.
    """
    prepared = prepare(member, sequence_id, asked, now)
    workspace = Workspace.objects.get(id=member.workspace_id)
    zone = zone_named(workspace.time_zone) or UTC
    senders, cap = senders_of(member), cap_of(workspace)
    report = rehearse(
        Cast(
            flow=prepared.flow,
            sequence=_as_if_active(prepared.sequence),
            people=cast.people(prepared.audience, prepared.sequence, prepared.flow, zone, since(cap, now)),
            senders=senders,
            workspace_zone=zone,
            workspace_sender_id=workspace.default_sender_id,
            stories=prepared.stories,
            frequency=cap,
            workspace_caps=caps_of(workspace),
            company_limit=prepared.sequence.company_limit,
        ),
        asked.script,
        now,
        now + timedelta(days=asked.days),
        told,
    )
    return Simulated(
        sequence=prepared.sequence,
        version=prepared.version,
        of=prepared.audience.of,
        days=asked.days,
        seed=asked.script.seed,
        zone=zone.key,
        senders=senders,
        report=report,
    )


def since(cap: FrequencyCap | None, now: datetime) -> datetime | None:
    """Return from when on messages count against the frequency cap."""
    return None if cap is None else now - cap.span


def prepare(member: Member, sequence_id: int, asked: Asked, now: datetime) -> Prepared:
    """Check everything that can be refused, and find out who takes part."""
    access.require(member, "sequences.view")
    if not 1 <= asked.days <= MOST_DAYS:
        raise DomainError("simulation_invalid", f"Simulate 1 to {MOST_DAYS} days, not {asked.days}.")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    version, flow = _flow_asked(member, sequence, asked.version)
    fit(asked.script, flow)
    audience = cast.audience(member, asked.whom, now)
    return Prepared(sequence, version, flow, audience, cast.stories(member, audience, asked.script))


def _flow_asked(member: Member, sequence: SequenceRow, version: int | str | None) -> tuple[int | None, Flow]:
    current = sequence.current_version_id
    if version == DRAFT or (version is None and current is None):
        return None, sequences.draft_flow(sequence)
    known = access.visible_to(member, SequenceVersion).filter(sequence=sequence)
    found = known.filter(pk=current or 0) if version is None else known.filter(number=version)
    row = access.first(found.only("id", "number"), "version", version)
    return row.number, flows.flow_of(row.pk)


def _as_if_active(sequence: SequenceRow) -> SequenceFacts:
    return replace(load_sequences([sequence.pk])[sequence.pk], state=SequenceState.ACTIVE)


@dataclass(frozen=True, slots=True)
class Ran:
    """What a simulation brought, and every message in the order of sending: to whom, of which step, when."""

    came: Simulation
    messages: Sequence[tuple[int, str, datetime]]


def run(
    flow: Flow,
    sequence: SequenceRow,
    workspace: Workspace,
    people: Sequence[Person],
    senders: Mapping[int, SimulatedSender],
    now: datetime,
    workspace_caps: Caps = NO_CAPS,
) -> Ran:
    """Let everybody begin at `now` as if the sequence were active, in a world where nobody answers."""
    zone = zone_named(workspace.time_zone) or UTC
    world = _Noting(Scripted(NOBODY_ANSWERS, flow, zone))
    came = simulate(
        flow,
        _as_if_active(sequence),
        people,
        senders,
        world,
        now,
        now + LONGEST,
        workspace_zone=zone,
        workspace_sender_id=workspace.default_sender_id,
        frequency=cap_of(workspace),
        workspace_caps=workspace_caps,
        company_limit=sequence.company_limit,
    )
    return Ran(came, world.messages)


@dataclass(frozen=True, slots=True)
class _Noting:
    """A world that keeps what was sent."""

    world: Scripted
    messages: list[tuple[int, str, datetime]] = field(default_factory=list)

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        return self.world.deliver(person_id, step, visit, attempt)

    def after_asked(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        return self.world.after_asked(person_id, step, visit, at)

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        if not isinstance(self.world.flow.steps.get(step), TaskStep):
            self.messages.append((person_id, step, at))
        return self.world.after_sent(person_id, step, visit, at)


def ends_of(came: Simulation) -> Counter[tuple[str, str]]:
    """Count how people end: by finish reason, else by the state in which they stay and why."""
    return Counter(
        (one.reason, "") if one.is_finished else (one.state.value, one.reason)
        for one in came.enrollments.values()
    )
