"""What activating or publishing would bring: how many people, when first, for how long, how many a day.

The engine's own decisions over imagined time; assumed is that nobody answers. Many people are stood for by a sample,
whose caps shrink with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count

from drumbeat.actions import access
from drumbeat.actions.sequences import checking, draft_flow, simulating
from drumbeat.actions.sequences.crowds import Crowd, crowd_of
from drumbeat.core.enroll_answers import Answer, channels_of
from drumbeat.core.flow import Channel, Flow
from drumbeat.core.pacing import BucketUnit, caps_on
from drumbeat.core.quiet_hours import RINGS
from drumbeat.core.simulate import SimulatedSender, Simulation
from drumbeat.core.touch import SkipReason
from drumbeat.core.window import Window
from drumbeat.models import (
    Enrollment,
    Member,
    SenderProfile,
    Workspace,
)
from drumbeat.models import Sequence as SequenceRow
from drumbeat.models.enrollment import UNFINISHED
from drumbeat.store.senders import UTC, caps_of

MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class DayVolume:
    """Messages on one local day of one sender; `cap` None: it has none."""

    day: date
    sender_id: int
    sender: str
    name: str
    sent: int
    cap: int | None


@dataclass(frozen=True, slots=True)
class Exception_:
    """People whom one channel cannot reach, by reason."""

    code: SkipReason
    channel: Channel
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderCap:
    """A sender with its cap; `sender` is its address, `zone` where its days and its window lie."""

    sender_id: int
    sender: str
    name: str
    channel: Channel
    zone: str
    per_day: int | None
    enabled: bool


@dataclass(frozen=True, slots=True)
class End:
    """How many end so: `state` is a finish reason or a state, `reason` why they are paused or blocked."""

    state: str
    reason: str
    people: int


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Unfinished enrollments of one version."""

    version: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds now: exit settings, the window and whose it is, the caps of those who would send or were chosen to.

    `quiet`: the channels of the flow that wait for the day where the person is.
    """

    sequence: SequenceRow
    window: Window | None
    window_of: str
    caps: Sequence[SenderCap]
    quiet: Sequence[Channel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """`of`: list, starting, unfinished or imagined people. `sampled`: how many stood for all, None: nobody had to.

    `held`: messages that have to wait, by reason. `refused`: who does not begin, by the answer to their enrolling.
    `under_way`: who runs through which version now.
    """

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
    ends: Sequence[End]
    refused: Mapping[str, int]
    under_way: Sequence[UnderWay]
    exceptions: Sequence[Exception_]
    defaults: Defaults
    errors: int
    warnings: int


def forecast(
    member: Member,
    sequence_id: int,
    now: datetime,
    *,
    list_id: int | None = None,
    people: int | None = None,
) -> Forecast:
    """Forecast the working copy for the people on a list or for so many imagined ones.

    Without both for those whom activating would start; where it starts nobody, for those who run through it now.
    """
    access.require(member, "sequences.view")
    sequence = access.get(member, SequenceRow, sequence_id, "sequence")
    workspace = member.workspace
    flow = draft_flow(sequence)
    crowd = crowd_of(member, sequence, flow, list_id, people, now)
    senders = simulating.senders_of(member)
    names = dict(access.visible_to(member, SenderProfile).values_list("id", "name"))
    ran = _ran(flow, sequence, workspace, crowd, senders, now)
    problems = checking.problems_of(member, flow, sequence.pk)
    errors = sum(map(checking.is_error, problems))
    return Forecast(
        of=crowd.of,
        people=crowd.people - (crowd.scale(ran.came.left_out) if crowd.of == "starting" else 0),
        sampled=len(crowd.simulated) if crowd.factor > 1 else None,
        **_moments(ran),
        **_counts(ran, crowd),
        under_way=_under_way(member, sequence),
        volumes=_volumes(ran.came, senders, names, crowd),
        exceptions=_exceptions(flow, crowd),
        defaults=_defaults(sequence, workspace, flow, senders, names, ran.came.sent),
        errors=errors,
        warnings=len(problems) - errors,
    )


def _moments(ran: simulating.Ran) -> dict[str, Any]:
    """Say when the first and the last message leave, and when the first one of each person has."""
    moments = [at for _, _, at in ran.messages]
    firsts: dict[int, datetime] = {}
    for person, _, at in ran.messages:
        firsts.setdefault(person, at)
    return {
        "first_send_at": min(moments, default=None),
        "first_round_until": max(firsts.values(), default=None),
        "last_send_at": max(moments, default=None),
        "ends_at": ran.came.ended_at,
    }


def _counts(ran: simulating.Ran, crowd: Crowd) -> dict[str, Any]:
    """Count what came of the simulated, for all whom they stand for."""
    ends = simulating.ends_of(ran.came).most_common()
    beyond = {Answer.COMPANY_LIMIT.value: crowd.scale(ran.came.left_out)} if ran.came.left_out else {}
    return {
        "messages": crowd.scale(len(ran.messages)),
        "held": {reason: crowd.scale(count) for reason, count in sorted(ran.came.held.items())},
        "ends": [End(state, reason, crowd.scale(count)) for (state, reason), count in ends],
        "refused": {**crowd.refused, **beyond},
    }


def _under_way(member: Member, sequence: SequenceRow) -> list[UnderWay]:
    """Return who runs through which version, the newest first; a version without anybody is left out."""
    unfinished = access.visible_to(member, Enrollment).filter(UNFINISHED, sequence=sequence)
    counted = unfinished.order_by("-version__number").values_list("version__number").annotate(n=Count("id"))
    return [UnderWay(number, people) for number, people in counted if number is not None]


def _ran(
    flow: Flow,
    sequence: SequenceRow,
    workspace: Workspace,
    crowd: Crowd,
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


def _volumes(
    came: Simulation, senders: Mapping[int, SimulatedSender], names: Mapping[int, str], crowd: Crowd
) -> list[DayVolume]:
    volumes = []
    for (day, id_), count in sorted(came.sent.items()):
        sender = replace(senders[id_], started_at=came.started[id_])
        cap = _cap_on(sender, date.fromisoformat(day))
        scaled = crowd.scale(count)
        shown = scaled if cap is None else min(scaled, cap)
        address, name = sender.facts.address, names.get(id_, "")
        volumes.append(DayVolume(date.fromisoformat(day), id_, address, name, shown, cap))
    return volumes


def _cap_on(sender: SimulatedSender, day: date) -> int | None:
    noon = datetime.combine(day, time(12), sender.facts.zone).astimezone(UTC)
    return caps_on(sender.caps, sender.started_at, sender.facts.zone, noon).get(BucketUnit.DAY)


def _exceptions(flow: Flow, crowd: Crowd) -> list[Exception_]:
    channels = channels_of(flow)
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
    flow: Flow,
    senders: Mapping[int, SimulatedSender],
    names: Mapping[int, str],
    sent: Mapping[tuple[str, int], int],
) -> Defaults:
    """Say what holds for those who would send; where nobody would, for who is chosen first. Who is off stays named."""
    own = sequence.window
    chosen = (sequence.sender_id, workspace.default_sender_id)
    first = [id_ for id_ in chosen if id_ is not None and id_ in senders][:1]
    ids = sorted({id_ for _, id_ in sent}) or first
    of_sender = senders[ids[0]].facts.window if ids else None
    window = Window.from_json(own) if own is not None else of_sender
    whose = "sequence" if own is not None else "sender" if of_sender is not None else "none"
    off = [id_ for id_ in first if not senders[id_].facts.enabled and id_ not in ids]
    caps = [_cap(id_, senders[id_], names) for id_ in [*ids, *off]]
    quiet = sorted(channels_of(flow) & RINGS)
    return Defaults(sequence=sequence, window=window, window_of=whose, caps=caps, quiet=quiet)


def _cap(id_: int, sender: SimulatedSender, names: Mapping[int, str]) -> SenderCap:
    return SenderCap(
        sender_id=id_,
        sender=sender.facts.address,
        name=names.get(id_, ""),
        channel=sender.facts.channel,
        zone=sender.facts.zone.key,
        per_day=sender.caps.per_day,
        enabled=sender.facts.enabled,
    )
