"""Who may begin a sequence, as far as its flow and the person alone decide: the answers to an enroll request. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum

from drumbeat.core.flow import Channel, Flow, TaskStep, channel_of
from drumbeat.core.touch import SkipReason


class Answer(StrEnum):
    """What became of one contact of an enroll request."""

    ENROLLED = "enrolled"
    WAITING_FOR_REVIEW = "waiting_for_review"
    ALREADY_ENROLLED = "already_enrolled"
    REENROLLMENT_NOT_ALLOWED = "reenrollment_not_allowed"
    PARALLEL_NOT_ALLOWED = "parallel_not_allowed"
    SUPPRESSED = "suppressed"
    NO_ADDRESS = "no_address"
    COMPANY_LIMIT = "company_limit"
    SEQUENCE_NOT_ACTIVE = "sequence_not_active"
    NOT_PERMITTED = "not_permitted"
    NOT_FOUND = "not_found"


def channels_of(flow: Flow) -> frozenset[Channel]:
    """Return the channels on which a flow writes to contacts."""
    return frozenset(channel for step in flow.steps.values() if (channel := channel_of(step)))


def must_reach(flow: Flow) -> bool:
    """Say whether whom it cannot write to has no business in a flow: it writes, and has no task for people."""
    return bool(channels_of(flow)) and not any(isinstance(step, TaskStep) for step in flow.steps.values())


def beyond_reach(channels: AbstractSet[Channel], blocked: Mapping[Channel, SkipReason]) -> Answer | None:
    """Return the answer where every one of the channels is blocked; None where one is not."""
    if not channels <= blocked.keys():
        return None
    lacking = all(blocked[channel] is SkipReason.NO_ADDRESS for channel in channels)
    return Answer.NO_ADDRESS if lacking else Answer.SUPPRESSED


def not_free(sequence_id: int, runs: Iterable[tuple[int, bool]], *, one_at_a_time: bool) -> Answer | None:
    """Return the answer for who runs through this sequence, or through another where only one is allowed.

    `runs`: through which sequences they run, each with whether it tolerates no other.
    """
    through = list(runs)
    if any(other == sequence_id for other, _ in through):
        return Answer.ALREADY_ENROLLED
    if any(one_at_a_time or exclusive for _, exclusive in through):
        return Answer.PARALLEL_NOT_ALLOWED
    return None
