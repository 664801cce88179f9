"""Before many are enrolled: who would be, who not and why, and when the first and the last would hear from us."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from drumbeat.actions import access, enrollments
from drumbeat.actions.contacts.selection import Selection, count_of, ids_of
from drumbeat.core.enroll_answers import Answer
from drumbeat.core.facts import SenderFacts
from drumbeat.core.flow import Channel, Flow, SendStep, channel_of
from drumbeat.core.forecast import Forecast, Limit, Pace, spread
from drumbeat.core.frequency import Recent
from drumbeat.core.timing import laid
from drumbeat.core.window import OpenHours, due_at
from drumbeat.models import Contact, Member, SenderProfile, SequenceStatus, Workspace
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import flows, frequency
from drumbeat.store import senders as sender_rows
from drumbeat.store.contacts import in_ids
from drumbeat.store.sender_room import limit_of_workspace, room_of_sender
from drumbeat.store.sequence_facts import holidays_of
from drumbeat.store.suppressions import SuppressionUnavailable

JOINS = (Answer.ENROLLED, Answer.WAITING_FOR_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What would happen. `lacking`: of those who join, how many a channel of the sequence cannot reach, by reason.
    `senders`: how many each would write to first; `without_sender`: for how many there is none. `had_enough`: how many
    the frequency cap makes wait, which `forecast` counts in like the caps of the senders and of the workspace.
    """

    sequence: SequenceRow
    asked: int
    limit: int
    counts: Mapping[Answer, int]
    lacking: Mapping[tuple[Channel, str], int]
    forecast: Forecast | None
    senders: Mapping[int, int]
    without_sender: int
    had_enough: int


@dataclass(frozen=True, slots=True)
class Request:
    sequence_id: int
    chosen: Selection
    sender_id: int | None = None


def look(member: Member, request: Request, now: datetime) -> Preflight:
    """Say what enrolling would do now; above the batch limit only the two numbers are told."""
    sequence = _sequence(member, request)
    limit, asked = enrollments.batch_limit(member), count_of(member, request.chosen, now)
    if asked > limit:
        return Preflight(
            sequence=sequence,
            asked=asked,
            limit=limit,
            counts={},
            lacking={},
            forecast=None,
            senders={},
            without_sender=0,
            had_enough=0,
        )
    answers = enrollments.foresee(member, sequence, ids_of(member, request.chosen, limit, now))
    counts = Counter(answers.values())
    joining = [id_ for id_, answer in answers.items() if answer in JOINS]
    by_sender = _senders_of(member, sequence, joining, request.sender_id)
    forecast = _forecast(member, sequence, by_sender, now)
    free_at = _free_at(member, joining, forecast.first_at, now) if forecast else []
    return Preflight(
        sequence=sequence,
        asked=len(answers),
        limit=limit,
        counts={answer: counts[answer] for answer in Answer if counts[answer]},
        lacking=_lacking(sequence, joining),
        forecast=_not_before(forecast, free_at),
        senders={id_: n for id_, n in by_sender.items() if id_ is not None},
        without_sender=by_sender.get(None, 0),
        had_enough=len(free_at),
    )


def behind(member: Member, request: Request, answer: Answer, now: datetime) -> list[int]:
    """Return the contacts that would get this answer, in id order."""
    sequence = _sequence(member, request)
    limit = enrollments.batch_limit(member)
    ids = ids_of(member, request.chosen, limit, now)
    enrollments.require_within_limit(member, len(ids))
    return sorted(id_ for id_, found in enrollments.foresee(member, sequence, ids).items() if found is answer)


def _sequence(member: Member, request: Request) -> SequenceRow:
    access.require(member, "enrollments.create")
    if request.sender_id is not None:
        access.get(member, SenderProfile, request.sender_id, "sender")
    return access.get(member, SequenceRow, request.sequence_id, "sequence")


def _lacking(sequence: SequenceRow, joining: Sequence[int]) -> dict[tuple[Channel, str], int]:
    channels = enrollments.channels_of(sequence)
    try:
        blocked = enrollments.blocked_on(sequence, joining)
    except SuppressionUnavailable:
        return {}
    found: Counter[tuple[Channel, str]] = Counter()
    for reasons in blocked.values():
        found.update((channel, reason.value) for channel, reason in reasons.items() if channel in channels)
    return dict(found)


def _senders_of(
    member: Member, sequence: SequenceRow, joining: Sequence[int], chosen: int | None
) -> Counter[int | None]:
    """Count who would send the first message, by the order of `core.timing.choose_sender` as far as it is known."""
    known = sender_rows.load_senders([member.workspace_id]).get(member.workspace_id, {})
    usable = {id_ for id_, sender in known.items() if sender.enabled}
    owned = {sender.owner_id: id_ for id_, sender in sorted(known.items(), reverse=True) if id_ in usable}
    workspace_id = Workspace.objects.values_list("default_sender_id", flat=True).get(id=member.workspace_id)
    owners = Contact.objects.filter(id__in=in_ids(list(joining))).values_list("owner_id", flat=True)
    found: Counter[int | None] = Counter()
    for owner_id in owners:
        candidates = (chosen, sequence.sender_id, owned.get(owner_id) if owner_id else None, workspace_id)
        found[next((id_ for id_ in candidates if id_ in usable), None)] += 1
    return found


def _forecast(
    member: Member, sequence: SequenceRow, by_sender: Mapping[int | None, int], now: datetime
) -> Forecast | None:
    """Return the earliest first and the latest last over the senders concerned."""
    if sequence.current_version_id is None or sequence.status == SequenceStatus.PAUSED:
        return None
    step = first_send(flows.flow_of(sequence.current_version_id))
    if step is None:
        return None
    known = sender_rows.load_senders([member.workspace_id]).get(member.workspace_id, {})
    shared = limit_of_workspace(Workspace.objects.get(id=member.workspace_id), now)
    crowds = {id_: count for id_, count in by_sender.items() if id_ is not None}
    each: list[Forecast] = []
    for sender_id, count in crowds.items():
        hours = _hours(sequence, known[sender_id])
        at = due_at(now, step.delay, known[sender_id].zone, hours, 0, "")
        share = shared.shared(sum(crowds.values()) / count)
        pace = _pace(known[sender_id], hours, share, now)
        came = spread(count, at, pace, now) if at is not None else None
        each += [came] if came else []
    if not each:
        return None
    return Forecast(
        first_at=min(one.first_at for one in each),
        last_at=max(one.last_at for one in each),
        days=max(one.days for one in each),
        on_first_day=sum(one.on_first_day for one in each),
    )


def _free_at(member: Member, joining: Sequence[int], first_at: datetime, now: datetime) -> list[datetime]:
    """Return when those may hear from us again who have had enough messages by then."""
    cap = frequency.cap_of(Workspace.objects.get(id=member.workspace_id))
    if cap is None:
        return []
    sent = frequency.sent_to(joining, now - cap.span).values()
    return [until for at in sent if (until := Recent(cap, tuple(at)).held_until(first_at)) is not None]


def _not_before(forecast: Forecast | None, free_at: Sequence[datetime]) -> Forecast | None:
    """Return the forecast with those who wait longest among the last."""
    if forecast is None:
        return None
    return replace(forecast, last_at=max(forecast.last_at, *free_at)) if free_at else forecast


def first_send(flow: Flow) -> SendStep | None:
    """Return the first step on the plain way that writes to the contact."""
    key, met = flow.start, set[str]()
    while key is not None and key in flow.steps and key not in met:
        met.add(key)
        step = flow.steps[key]
        if isinstance(step, SendStep) and channel_of(step) is not None:
            return step
        key = getattr(step, "next", None)
    return None


def _hours(sequence: SequenceRow, sender: SenderFacts) -> tuple[OpenHours, ...]:
    window = sender_rows.window_of(sequence.window)
    return laid(window, holidays_of(sequence.holidays), sender.window, sender.zone)


def _pace(sender: SenderFacts, hours: Sequence[OpenHours], shared: Limit, now: datetime) -> Pace:
    own = room_of_sender(sender.id, sender.zone, now)
    return Pace(
        hours=hours, zone=sender.zone, limits=(own.limit, shared), spacing_seconds=own.spacing_seconds
    )
