"""The Enrollment value, its states and the reasons for them. Only `advance` makes a changed one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EnrollmentState(StrEnum):
    """`awaiting`: a touch, task, draft or decision is out and must settle."""

    PENDING_REVIEW = "pending_review"
    ACTIVE = "active"
    AWAITING = "awaiting"
    PAUSED = "paused"
    BLOCKED = "blocked"
    FINISHED = "finished"


class PauseReason(StrEnum):
    MANUAL = "manual"
    REPLY = "reply"
    MEETING = "meeting"
    CALL = "call"
    CONVERSION = "conversion"
    OUT_OF_OFFICE = "out_of_office"
    COMPANY_REPLY = "company_reply"


class BlockReason(StrEnum):
    INTERRUPTED = "interrupted"
    SENDER_UNAVAILABLE = "sender_unavailable"
    MISSING_DATA = "missing_data"
    ERROR = "error"


class FinishReason(StrEnum):
    COMPLETED = "completed"
    REPLIED = "replied"
    CALLED = "called"
    MEETING_BOOKED = "meeting_booked"
    CONVERTED = "converted"
    OPTED_OUT = "opted_out"
    SUPPRESSED = "suppressed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    MANUAL = "manual"
    GOAL = "goal"
    STOP_CONDITION = "stop_condition"
    REJECTED = "rejected"
    MERGED = "merged"
    SEQUENCE_ARCHIVED = "sequence_archived"
    CONTACT_DELETED = "contact_deleted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """Where one contact stands in one version of a sequence.

    `origin_at` is the moment from which the delay of `step` counts: when the step before it settled, never
    the worker's clock, so an engine that was down for a night does not stretch a sequence by a night.
    `heard` holds how many facts of each kind were already answered: only a fact beyond it is new.
    `reason` is the pause, block or finish reason of the state, else "".
    `version_id`: the version whose flow it runs through; `move_id`: the move that waits until nothing is out;
    `not_before`: a move made nothing due earlier than that.
    `approved_at`: since when it may run, by review or without one; None: nobody has let it start.
    """

    id: int
    version_id: int = 0
    state: EnrollmentState
    step: str | None
    visits: Mapping[str, int] = field(default_factory=dict)
    origin_at: datetime
    due_at: datetime | None = None
    next_step_at: datetime | None = None
    paused_at: datetime | None = None
    resume_at: datetime | None = None
    reason: str = ""
    heard: Mapping[str, int] = field(default_factory=dict)
    chosen_sender_id: int | None = None
    step_sender_id: int | None = None
    approved_at: datetime | None = None
    finished_at: datetime | None = None
    not_before: datetime | None = None
    move_id: int | None = None

    @property
    def visit(self) -> int:
        """How often this enrollment entered its current step, from 1."""
        return self.visits.get(self.step or "", 0)

    @property
    def is_finished(self) -> bool:
        return self.state is EnrollmentState.FINISHED
