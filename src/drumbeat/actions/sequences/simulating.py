"""A rehearsal of a sequence: imagined contacts, virtual time, the engine's own decisions; nothing is sent.

Assumed: every message is accepted, nobody answers, people do their tasks a day later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from drumbeat.actions import access, sequences
from drumbeat.core.conditions import ConditionView
from drumbeat.core.delivery import Refused
from drumbeat.core.errors import DomainError
from drumbeat.core.facts import EventKind, SequenceState
from drumbeat.core.flow import Flow, TaskStep
from drumbeat.core.pacing import Caps
from drumbeat.core.simulate import Arrival, Person, SimulatedSender, Simulation, simulate
from drumbeat.models import Member, SenderProfile, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import facts, flows
from drumbeat.store.senders import UTC, load_senders, zone_named

MOST_CONTACTS = 10_000
LONGEST = timedelta(days=2 * 365)
TASK_TAKES = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Volume:
    """Messages of one sender on one of its local days, those of `zone`."""

    day: str
    zone: str
    sender: str
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What would happen. `held` counts how often something had to wait, by reason; `zone` is the workspace's."""

    contacts: int
    sent: int
    volumes: Sequence[Volume]
    held: Mapping[str, int]
    ends: Mapping[str, int]
    starts_at: datetime
    ends_at: datetime
    zone: str


def rehearse(member: Member, sequence_id: int, contacts: int, now: datetime) -> Rehearsal:
    """Run `contacts` imagined people through the current version, or through a draft's working copy."""
    access.require(member, "sequences.view")
    if not 1 <= contacts <= MOST_CONTACTS:
        raise DomainError("contacts_invalid", f"Simulate 1 to {MOST_CONTACTS} contacts, not {contacts}.")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    workspace = Workspace.objects.get(id=member.workspace_id)
    zone = zone_named(workspace.time_zone) or UTC
    senders = senders_of(member)
    people = [imagined(id_, zone) for id_ in range(1, contacts + 1)]
    came = run(_flow_of(sequence), sequence, workspace, people, senders, now).came
    return _told(came, contacts, senders, zone, now)


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
) -> Ran:
    """Let everybody begin at `now` as if the sequence were active, in a world where nobody answers."""
    world = _Calm(flow)
    came = simulate(
        flow,
        replace(facts.load_sequences([sequence.pk])[sequence.pk], state=SequenceState.ACTIVE),
        people,
        senders,
        world,
        now,
        now + LONGEST,
        workspace_zone=zone_named(workspace.time_zone) or UTC,
        workspace_sender_id=workspace.default_sender_id,
    )
    return Ran(came, world.messages)


def _flow_of(sequence: SequenceRow) -> Flow:
    if sequence.current_version_id is not None:
        return flows.flow_of(sequence.current_version_id)
    return sequences.draft_flow(sequence)


def senders_of(member: Member) -> dict[int, SimulatedSender]:
    """Return the workspace's senders with their caps, as a simulation takes them."""
    rows = {row.pk: row for row in access.visible_to(member, SenderProfile)}
    known = load_senders([member.workspace_id]).get(member.workspace_id, {})
    return {
        id_: SimulatedSender(
            sender,
            Caps(rows[id_].cap_per_minute, rows[id_].cap_per_hour, rows[id_].cap_per_day),
            rows[id_].created_at,
        )
        for id_, sender in known.items()
    }


def imagined(id_: int, zone: ZoneInfo) -> Person:
    """Return a person whom everything can be sent to; days of conditions are those of `zone`."""
    fields = {
        "first_name": f"Person {id_}",
        "last_name": "Example",
        "email": f"person{id_}@example.com",
        "company": "Example",
    }
    return Person(id=id_, view=ConditionView(fields=fields, zone=zone))


@dataclass(frozen=True, slots=True)
class _Calm:
    """A world in which everything arrives and nobody answers; it keeps what was sent."""

    flow: Flow
    messages: list[tuple[int, str, datetime]] = field(default_factory=list)

    def deliver(self, person_id: int, step: str, visit: int, attempt: int) -> Refused | None:
        return None

    def after_sent(self, person_id: int, step: str, visit: int, at: datetime) -> Iterable[Arrival]:
        if isinstance(self.flow.steps.get(step), TaskStep):
            yield Arrival(at + TASK_TAKES, person_id, EventKind.TASK_COMPLETED.value)
        else:
            self.messages.append((person_id, step, at))


def ends_of(came: Simulation) -> dict[str, int]:
    """Count how people end: by finish reason, else by the state in which they stay."""
    return dict(
        Counter(one.reason if one.is_finished else one.state.value for one in came.enrollments.values())
    )


def _told(
    came: Simulation,
    contacts: int,
    senders: Mapping[int, SimulatedSender],
    zone: ZoneInfo,
    now: datetime,
) -> Rehearsal:
    known = {id_: sender.facts for id_, sender in senders.items()}
    return Rehearsal(
        contacts=contacts,
        sent=sum(came.sent.values()),
        volumes=[
            Volume(day, known[id_].zone.key, known[id_].address, count)
            for (day, id_), count in sorted(came.sent.items())
        ],
        held=dict(came.held),
        ends=ends_of(came),
        starts_at=now,
        ends_at=came.ended_at,
        zone=zone.key,
    )
