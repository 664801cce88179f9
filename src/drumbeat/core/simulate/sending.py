"""The dispatcher's half of a moment: what is due leaves, under the guard and the caps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from drumbeat.core.delivery import Refused, Verdict, judge
from drumbeat.core.facts import EventKind
from drumbeat.core.flow import Channel
from drumbeat.core.guard import Answer, Drop, GuardFacts, Hold, may_send
from drumbeat.core.pacing import BucketUnit, bucket_end, bucket_start, caps_on
from drumbeat.core.quiet_hours import daytime
from drumbeat.core.simulate.cast import Arrival
from drumbeat.core.simulate.outbox import Bucket, Touch
from drumbeat.core.simulate.run import Post, Run, Standing, Stop
from drumbeat.core.spacing import rests_until
from drumbeat.core.timing import open_hours
from drumbeat.core.touch import CONTACT_FACING, HoldReason, TouchStatus, step_key

Used = Counter[tuple[BucketUnit, datetime]]


def send(run: Run, now: datetime) -> int:
    """Let every sender send what it may; return how many touches were asked about."""
    return sum(
        _send_of(run, sender_id, post, now) for sender_id, post in run.every_post().items() if post.outbox
    )


def _send_of(run: Run, sender_id: int, post: Post, now: datetime) -> int:
    if post.free_from(now) > now or not post.outbox.ripen(now):
        return 0
    buckets = _buckets(run, post, now)
    asked = 0
    while post.outbox.size and post.free_from(now) <= now:
        if full := [(bucket.end, bucket.unit) for bucket in buckets if bucket.is_full]:
            post.full_until, unit = max(full)
            post.capped_until = post.full_until
            post.stops.append(Stop(now, post.full_until, unit))
            break
        touch = post.outbox.pop()
        run.capped(touch, post)
        _carry(run, touch, sender_id, post, buckets, now)
        asked += 1
    return asked


def _buckets(run: Run, post: Post, now: datetime) -> Sequence[Bucket]:
    """Return the buckets that a message counts in now: its sender's, and those that all senders share."""
    if post is run.calls:
        return ()
    own, zone = post.sender, post.sender.facts.zone
    return (
        *_of(caps_on(own.caps, post.started_at, zone, now), zone, post.used, now),
        *_of(
            caps_on(run.workspace_caps, None, run.workspace_zone, now),
            run.workspace_zone,
            run.workspace_used,
            now,
        ),
    )


def _of(caps: Mapping[BucketUnit, int], zone: ZoneInfo, used: Used, now: datetime) -> Iterator[Bucket]:
    for unit, cap in caps.items():
        yield Bucket(unit, bucket_start(unit, now, zone), bucket_end(unit, now, zone), cap, used)


def _carry(
    run: Run, touch: Touch, sender_id: int, post: Post, buckets: Sequence[Bucket], now: datetime
) -> None:
    standing = run.people[touch.person_id]
    match _answer(run, touch, post, standing, now):
        case Hold(until, why):
            _hold(touch, post, until)
            run.hold(touch, why)
        case Drop(why):
            _settle(run, touch, TouchStatus.SKIPPED, why, now)
        case _:
            _reserve(touch, buckets)
            post.started_at = post.started_at or now
            _rest(run, touch, post, now)
            _deliver(run, touch, sender_id, post, now)


def _rest(run: Run, touch: Touch, post: Post, now: datetime) -> None:
    """Let a sender with a spacing rest once more. What waited for the last rest is counted as it leaves."""
    key = step_key(touch.person_id, touch.plan.step, touch.plan.visit)
    until = rests_until(post.sender.spacing_seconds, key, now)
    if until is None:
        return
    rested_until = post.stops[-1].until if post.stops and post.stops[-1].unit is None else now
    if touch.not_before < rested_until:
        run.hold(touch, HoldReason.SPACING)
    post.full_until = until
    post.stops.append(Stop(now, until, None))


def _hold(touch: Touch, post: Post, until: datetime | None) -> None:
    if until is None:
        touch.withheld = True
        return
    touch.not_before = until
    post.outbox.put(touch)


def _answer(run: Run, touch: Touch, post: Post, standing: Standing, now: datetime) -> Answer:
    """Ask the guard, once for all touches of a moment that are alike to it."""
    if touch.plan.kind not in CONTACT_FACING:
        state = run.sequence.state
        own = GuardFacts(contact_facing=False, sequence_state=state, waits_for_look=standing.woken)
        return may_send(own, now)
    zone, unreachable = standing.person.zone, standing.unreachable.get(Channel(touch.plan.kind))
    if zone not in post.hours:
        post.hours[zone] = open_hours(post.sender.facts, run.facts(standing, None))
    if post.asked_at != now:
        post.asked_at = now
        post.answers.clear()
    quiet = daytime(Channel(touch.plan.kind), zone, standing.person.phone, run.workspace_zone)
    recent = run.recent(standing)
    alike = zone, unreachable, standing.woken, quiet, recent
    if alike not in post.answers:
        facts = GuardFacts(
            sequence_state=run.sequence.state,
            waits_for_look=standing.woken,
            sender_enabled=post.sender.facts.enabled,
            unreachable=unreachable,
            hours=post.hours[zone],
            quiet=quiet,
            recent=recent,
        )
        post.answers[alike] = may_send(facts, now)
    return post.answers[alike]


def _reserve(touch: Touch, buckets: Sequence[Bucket]) -> None:
    """Take a place in each bucket; a touch that is tried again moves the ones it has."""
    for bucket in touch.reserved:
        bucket.take(-1)
    for bucket in buckets:
        bucket.take(1)
    touch.reserved = buckets


def _deliver(run: Run, touch: Touch, sender_id: int, post: Post, now: datetime) -> None:
    key = (touch.person_id, touch.plan.step, touch.plan.visit)
    touch.attempts += 1
    refused = run.world.deliver(*key, touch.attempts)
    if refused is not None:
        verdict = judge(refused, touch.attempts, post.failures, step_key(*key), now)
        _refuse(run, touch, post, refused, verdict, now)
        return
    post.failures = 0
    _settle(run, touch, TouchStatus.SENT, "", now)
    if touch.plan.kind in CONTACT_FACING:
        run.people[touch.person_id].last_sent_at = now
        run.people[touch.person_id].sent_at.append(now)
        run.people[touch.person_id].last_senders[Channel(touch.plan.kind)] = sender_id
        run.sent[now.astimezone(post.sender.facts.zone).date().isoformat(), sender_id] += 1
    for arrival in run.world.after_sent(*key, now):
        run.expect(arrival)


def _refuse(run: Run, touch: Touch, post: Post, refused: Refused, verdict: Verdict, now: datetime) -> None:
    if verdict.sender_down_until is not None:
        post.down_until = verdict.sender_down_until
        post.failures += 1
    if verdict.status is not TouchStatus.FAILED:
        touch.status = verdict.status
        touch.not_before = verdict.not_before or touch.not_before
        post.outbox.put(touch)
        return
    _settle(run, touch, TouchStatus.FAILED, refused.reason, now)
    if verdict.suppress and touch.plan.kind in CONTACT_FACING:
        run.expect(Arrival(now, touch.person_id, EventKind.BOUNCED))
        run.arrive(now)


def _settle(run: Run, touch: Touch, status: TouchStatus, reason: str, now: datetime) -> None:
    touch.status, touch.reason, touch.settled_at = status, reason, now
    run.look_at(run.people[touch.person_id], now)
