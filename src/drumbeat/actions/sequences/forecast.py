"""What activating or publishing would bring: how many people, when first, for how long, how many a day.

The engine's own decisions over imagined time; assumed is that nobody answers. Many people are stood for by a sample,
whose caps shrink with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from math import ceil

from drumbeat.actions import access
from drumbeat.actions.sequences import checking, draft_flow, simulating
from drumbeat.core.flow import Channel, Flow, channel_of
from drumbeat.core.pacing import BucketUnit, caps_on
from drumbeat.core.simulate import Person, SimulatedSender, Simulation
from drumbeat.core.touch import SkipReason
from drumbeat.core.window import Window
from drumbeat.models import ContactList, Enrollment, ListMember, Member, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store import flows, forecasting
from drumbeat.store.frequency import cap_of
from drumbeat.store.owners import of_owner
from drumbeat.store.senders import UTC, caps_of, zone_named
from drumbeat.store.sequence_facts import stop_rule_of

MOST_PEOPLE = 100_000
SAMPLE = 1_000
IMAGINED = 100
"""How many people are imagined where nobody is enrolled and nobody said how many."""


@dataclass(frozen=True, slots=True)
class DayVolume:
    """Messages on one local day of one sender; `cap` None: it has none."""

    day: date
    sender_id: int
    sender: str
    sent: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Exception_:
    """People whom one channel cannot reach, by reason."""

    code: SkipReason
    channel: Channel
    people: int


@dataclass(frozen=True, slots=True)
class SenderCap:
    sender_id: int
    sender: str
    per_day: int | None
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds now: exit settings, the window and whose it is, the caps of those who would send."""

    sequence: SequenceRow
    window: Window | None
    window_of: str
    caps: Sequence[SenderCap]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`of`: list, unfinished or imagined people. `sampled`: how many stood for all, None when all were simulated."""

    of: str
    people: int
    sampled: int | None
    messages: int
    first_send_at: datetime | None
    first_round_until: datetime | None
    last_send_at: datetime | None
    ends_at: datetime
    volumes: Sequence[DayVolume]
    held: Mapping[str, int]
    ends: Mapping[str, int]
    exceptions: Sequence[Exception_]
    defaults: Defaults
    errors: int
    warnings: int


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Whom it is about: all of them, and those who are simulated."""

    of: str
    people: int
    simulated: Sequence[Person]

    @property
    def factor(self) -> float:
        return self.people / len(self.simulated) if self.simulated else 1.0

    def scale(self, count: int) -> int:
        return round(count * self.factor)


def forecast(
    member: Member,
    sequence_id: int,
    now: datetime,
    *,
    list_id: int | None = None,
    people: int | None = None,
) -> Forecast:
    """Forecast the working copy for the people on a list, for so many imagined ones, or as many as run through it."""
    access.require(member, "sequences.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    workspace = member.workspace
    flow = draft_flow(sequence)
    crowd = _crowd(member, sequence, flow, list_id, people, now)
    senders = simulating.senders_of(member)
    ran = _ran(flow, sequence, workspace, crowd, senders, now)
    moments = [at for _, _, at in ran.messages]
    firsts: dict[int, datetime] = {}
    for person, _, at in ran.messages:
        firsts.setdefault(person, at)
    problems = checking.problems_of(member, flow, sequence.pk)
    errors = sum(map(checking.is_error, problems))
    return Forecast(
        of=crowd.of,
        people=crowd.people,
        sampled=len(crowd.simulated) if crowd.factor > 1 else None,
        messages=crowd.scale(len(moments)),
        first_send_at=min(moments, default=None),
        first_round_until=max(firsts.values(), default=None),
        last_send_at=max(moments, default=None),
        ends_at=ran.came.ended_at,
        volumes=_volumes(ran.came, senders, crowd),
        held=dict(ran.came.held),
        ends={state: crowd.scale(count) for state, count in simulating.ends_of(ran.came).items()},
        exceptions=_exceptions(flow, crowd),
        defaults=_defaults(sequence, workspace, senders, ran.came.sent),
        errors=errors,
        warnings=len(problems) - errors,
    )


def _crowd(
    member: Member, sequence: SequenceRow, flow: Flow, list_id: int | None, people: int | None, now: datetime
) -> _Crowd:
    zone = zone_named(member.workspace.time_zone) or UTC
    if list_id is not None:
        access.require(member, "contacts.view")
        on_list = access.get(member, ContactList, list_id, "list")
        entries = of_owner(ListMember.objects.filter(contact_list=on_list), access.only_owner(member))
        count = entries.count()
        ids = list(
            entries.order_by("contact_id").values_list("contact_id", flat=True)[
                :: max(1, ceil(count / SAMPLE))
            ]
        )
        reads = flows.reads_of(flow, stop_rule_of(sequence.stop_when))
        since = simulating.since(cap_of(member.workspace), now)
        found = forecasting.people(ids, sequence.pk, member.workspace_id, reads, zone, since)
        return _Crowd("list", count, found)
    of = "imagined" if people is not None else "unfinished"
    if people is None:
        people = access.visible_to(member, Enrollment).filter(UNFINISHED, sequence=sequence).count()
    if people == 0:
        of, people = "imagined", IMAGINED
    simulated = [simulating.imagined(id_, zone) for id_ in range(1, min(people, SAMPLE) + 1)]
    return _Crowd(of, people, simulated)


def _ran(
    flow: Flow,
    sequence: SequenceRow,
    workspace: Workspace,
    crowd: _Crowd,
    senders: Mapping[int, SimulatedSender],
    now: datetime,
) -> simulating.Ran:
    shrunk = {id_: _shrunk(sender, crowd.factor) for id_, sender in senders.items()}
    shared = caps_of(workspace).shared(max(1.0, crowd.factor))
    return simulating.run(flow, sequence, workspace, crowd.simulated, shrunk, now, shared)


def _shrunk(sender: SimulatedSender, factor: float) -> SimulatedSender:
    """Return the sender with its caps divided by `factor`, at least 1, and its spacing that much longer."""
    if factor <= 1:
        return sender
    spacing = round(sender.spacing_seconds * factor)
    return replace(sender, caps=sender.caps.shared(factor), spacing_seconds=spacing)


def _volumes(came: Simulation, senders: Mapping[int, SimulatedSender], crowd: _Crowd) -> list[DayVolume]:
    volumes = []
    for (day, id_), count in sorted(came.sent.items()):
        sender = replace(senders[id_], started_at=came.started[id_])
        cap = _cap_on(sender, date.fromisoformat(day))
        scaled = crowd.scale(count)
        shown = scaled if cap is None else min(scaled, cap)
        volumes.append(DayVolume(date.fromisoformat(day), id_, sender.facts.address, shown, cap))
    return volumes


def _cap_on(sender: SimulatedSender, day: date) -> int | None:
    noon = datetime.combine(day, time(12), sender.facts.zone).astimezone(UTC)
    return caps_on(sender.caps, sender.started_at, sender.facts.zone, noon).get(BucketUnit.DAY)


def _exceptions(flow: Flow, crowd: _Crowd) -> list[Exception_]:
    channels = {channel for step in flow.steps.values() if (channel := channel_of(step))}
    found: Counter[tuple[SkipReason, Channel]] = Counter()
    for person in crowd.simulated:
        found.update(
            (reason, channel) for channel, reason in person.unreachable.items() if channel in channels
        )
    return [
        Exception_(reason, channel, crowd.scale(count)) for (reason, channel), count in sorted(found.items())
    ]


def _defaults(
    sequence: SequenceRow,
    workspace: Workspace,
    senders: Mapping[int, SimulatedSender],
    sent: Mapping[tuple[str, int], int],
) -> Defaults:
    """Say what holds for those who would send; where nobody would, for who is chosen first."""
    own = sequence.window
    chosen = (sequence.sender_id, workspace.default_sender_id)
    first = [id_ for id_ in chosen if id_ is not None and id_ in senders][:1]
    ids = sorted({id_ for _, id_ in sent}) or first
    of_sender = senders[ids[0]].facts.window if ids else None
    window = Window.from_json(own) if own is not None else of_sender
    whose = "sequence" if own is not None else "sender" if of_sender is not None else "none"
    known = [(id_, senders[id_]) for id_ in ids]
    caps = [SenderCap(id_, one.facts.address, one.caps.per_day, one.facts.enabled) for id_, one in known]
    return Defaults(sequence=sequence, window=window, window_of=whose, caps=caps)
