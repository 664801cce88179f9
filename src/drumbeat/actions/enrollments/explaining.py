"""*Why?*: the journal of one enrollment as sentences, what it waits for, what a person can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.actions import access
from drumbeat.actions.enrollments import elsewhere, ending, standing, waiting
from drumbeat.core.enrollment import BlockReason, EnrollmentState, FinishReason, PauseReason
from drumbeat.core.touch import HoldReason, Resolution, TouchKind, TouchStatus, step_key
from drumbeat.models import Attempt, Enrollment, JournalEntry, Member, SequenceStatus, Touch
from drumbeat.store import enrollment_lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One decision as it was written down; `read` names the fields that it looked at."""

    at: datetime
    sentence: str
    rule: str
    reason: str
    step: str
    visit: int
    read: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """`state_now`: a sentence; `next_at`: when it goes on by itself, None: only news or a person moves it.

    `hold`: what holds the step at hand. `acts`: what a person can do, as words of the API.
    """

    id: int
    state: str
    reason: str
    lines: Sequence[Line]
    state_now: str
    next_at: datetime | None
    can_do: Sequence[str]
    hold: str = ""
    acts: Sequence[str] = ()


_RULES: Mapping[str, str] = {
    "planned": "{step}: {reason} planned.",
    "planned_again": "{step}: planned anew.",
    "settled": "{step}: {reason}.",
    "failed": "{step}: failed, {reason}.",
    "skipped": "{step}: skipped, {reason}.",
    "branched": "{step}: took the way “{reason}”.",
    "split": "{step}: drew the arm “{reason}”.",
    "waited": "{step}: waited, {reason}.",
    "went_back": "{step}: back to “{reason}” for another round.",
    "went_on": "{step}: went on, {reason}.",
    "asked": "{step}: asked for a decision.",
    "decided": "{step}: decided for “{reason}”.",
    "escalated": "{step}: nobody did the task in time, so it was handed on.",
    "acted": "{step}: {reason}.",
    "paused": "Paused: {reason}.",
    "resumed": "Resumed (was paused: {reason}).",
    "blocked": "{step}: blocked, {reason}.",
    "unblocked": "Goes on (was blocked: {reason}).",
    "approved": "Approved.",
    "resolved": "{step}: {reason}.",
    "answered": "{step}: the other sequence says: {reason}.",
    "moved": "Moved to version {version}.",
    "move_waits": "To move to version {version} when {step} has settled.",
    "move_dropped": "Not moved to version {version}: {reason}.",
    "finished": "Finished: {reason}.",
}

WORDS: Mapping[str, str] = {
    "suppressed": "the address is suppressed",
    "opted_out": "the contact unsubscribed",
    "no_address": "the contact has no address for this channel",
    "no_consent": "the contact gave no consent for this channel",
    "condition_false": "its condition does not hold",
    "by_person": "a person skipped it",
    "task_expired": "nobody did the task in time",
    "timed_out": "its time is over",
    "rounds_used_up": "its rounds are used up",
    "opened": "the message was opened",
    "clicked": "a link was clicked",
    "meeting_cancelled": "a meeting was cancelled",
    "call_logged": "a call was logged",
    "converted": "the contact converted",
    "task_completed": "a task was done",
    "custom": "an event of your own came",
    "reply": "the contact replied",
    "replied": "the contact replied",
    "meeting": "a meeting was booked",
    "meeting_booked": "a meeting was booked",
    "call": "a call was logged",
    "called": "a call was logged",
    "conversion": "the contact converted",
    "out_of_office": "the contact is out of office",
    "company_reply": ending.COLLEAGUE,
    "stop_condition": "another sequence or a stop rule says that it is enough",
    "same_version": "it runs through it already",
    "step_vanished": "it has no such step, and no other was named",
    "step_behind": "the step named instead was done already",
    "bounced": "the address does not exist",
    "complained": "the contact complained",
    "manual": "by a person",
    "sequence_archived": "the sequence was archived",
    "contact_deleted": "the contact was deleted",
    "sender_unavailable": "no enabled sender for this channel",
    "missing_data": "data is missing",
    "interrupted": "it is not known whether the message arrived",
    "error": "an error in drumbeat",
    "reputation": "too much of its mail came back or was reported as spam; a person must release it",
    "sender_auth": "the mail server refused the sender's password",
    "rejected_permanent": "the far side refused for good",
    "rejected_temporary": "the far side kept refusing for a while",
    "render_error": "the text could not be filled in",
    "provider_error": "the provider did not do its part",
}
"""Stored words as people say them; a word that is not here is said as it is."""

_ACTED: Mapping[str, str] = {
    "notify": "own people were told",
    "tag": "the tag was changed",
    "set_field": "the field was set",
    "set_stage": "the stage was set",
    "list": "the list was changed",
    "other_sequence": "the other sequence was asked",
    "suppress": "the contact is written to no more",
}
_RESOLVED: Mapping[str, str] = {
    Resolution.ARRIVED: "it is known that it arrived",
    Resolution.SEND_AGAIN: "a person has it sent again",
    Resolution.SKIP: "a person skips it",
}

_HOLDS: Mapping[str, tuple[str, str]] = {
    HoldReason.COMPLIANCE_UNAVAILABLE_STUB: (
        "the suppression list does not answer, so nothing may be sent",
        "See: drumbeat doctor",
    ),
    HoldReason.WINDOW: ("outside the sending window", "Widen the window of the sequence or the sender."),
    HoldReason.QUIET_HOURS: ("it is quiet hours where the contact is", ""),
    HoldReason.SPACING: ("the sender leaves time between two messages", ""),
    HoldReason.CAP: ("a cap is used up", "Raise the sender's or the workspace's cap."),
    HoldReason.FREQUENCY_CAP: ("the contact has had enough messages for now", ""),
    HoldReason.SENDER_DOWN: ("the sender is held after repeated failures", "See: drumbeat doctor"),
    HoldReason.APPROVAL: ("the draft waits for approval", "Approve or reject it."),
    HoldReason.EMERGENCY_STOP: ("the workspace is stopped", "Lift it: drumbeat stop-all --lift"),
    HoldReason.SEQUENCE_PAUSED: ("the sequence is paused", "Resume the sequence."),
    "withheld": ("something happened that the engine looks at next", "If it stays so, see: drumbeat doctor"),
}

_FINISHED_TO_DO = {
    FinishReason.OPTED_OUT: "Nothing: whoever asked for no more mail is left alone.",
    FinishReason.COMPLAINED: "Nothing: whoever complained is left alone.",
    FinishReason.BOUNCED: "Correct the contact's address, then enroll it again.",
    FinishReason.SUPPRESSED: "Give the contact an address that may be written to, then enroll it again.",
}
_PAUSED_TO_DO = {PauseReason.REPLY: "Answer, then resume or stop.", PauseReason.MANUAL: "Resume or stop it."}
_BLOCKED_TO_DO = {
    BlockReason.INTERRUPTED: (
        "Find out whether the message arrived, then: drumbeat enrollment resolve {id} arrived|send-again|skip"
    ),
    BlockReason.SENDER_UNAVAILABLE: "Enable a sender for the channel; it goes on by itself.",
    BlockReason.MISSING_DATA: "Complete the contact; it goes on by itself.",
    BlockReason.ERROR: "It is tried again by itself. Report the fault that the log shows.",
}


def words(reason: str) -> str:
    return WORDS.get(reason, reason.replace("_", " "))


def why(member: Member, enrollment_id: int, now: datetime) -> Why:
    """Explain one enrollment of the member's workspace."""
    access.require(member, "enrollments.view")
    rows = access.visible_to(member, Enrollment).select_related("sequence", "workspace", "contact")
    row = access.first(rows.filter(id=enrollment_id), "enrollment", enrollment_id)
    journal = list(JournalEntry.objects.filter(enrollment=row).order_by("id"))
    end = _end(row, journal)
    given = waiting.reasons_given(row) | _last_words(row)
    sentence, next_at, can_do = _standing(row, end, now)
    touch = enrollment_lists.touches_at_hand([row]).get(row.pk)
    ahead = standing.next_of(row, touch, now)
    hold = ahead.hold if ahead is not None else ""
    return Why(
        id=row.pk,
        state=row.state,
        reason=row.reason,
        lines=[
            *(_line(entry, given.get((entry.step, entry.visit), "")) for entry in journal),
            *(_afterwards(row, end) if end is not None else ()),
        ],
        state_now=sentence,
        next_at=None if next_at is None else max(next_at, now),
        can_do=[text for text in can_do if text],
        hold=hold,
        acts=_acts(row, touch, hold),
    )


_ACTS_WHEN_HELD: Mapping[str, str] = {
    HoldReason.EMERGENCY_STOP: "lift_stop",
    HoldReason.SEQUENCE_PAUSED: "resume_sequence",
    HoldReason.SENDER_DOWN: "open_sender",
    HoldReason.CAP: "open_sender",
    HoldReason.COMPLIANCE_UNAVAILABLE_STUB: "open_doctor",
}
_ACTS_WHEN_BLOCKED: Mapping[str, Sequence[str]] = {
    BlockReason.INTERRUPTED: ("arrived", "send_again", "skip"),
    BlockReason.SENDER_UNAVAILABLE: ("open_senders", "retry"),
    BlockReason.MISSING_DATA: ("open_contact", "retry"),
    BlockReason.ERROR: ("retry",),
}


def _acts(row: Enrollment, touch: Touch | None, hold: str) -> list[str]:
    match row.state:
        case EnrollmentState.FINISHED:
            return []
        case EnrollmentState.PENDING_REVIEW:
            return ["approve", "reject"]
        case EnrollmentState.PAUSED:
            return [*(["answer"] if row.reason == PauseReason.REPLY else []), "resume", "stop"]
        case EnrollmentState.BLOCKED:
            return [*_ACTS_WHEN_BLOCKED[BlockReason(row.reason)], "stop"]
        case _:
            first = [_ACTS_WHEN_HELD[hold]] if hold in _ACTS_WHEN_HELD else []
            task = ["do_task"] if touch is not None and touch.kind == "task" and not touch.settled_at else []
            return [*first, *task, "pause", "stop"]


def _last_words(row: Enrollment) -> dict[tuple[str, int], str]:
    """Return what endpoints said that refused for good, by step and visit."""
    tries = Attempt.objects.filter(
        touch__enrollment=row, touch__kind=TouchKind.WEBHOOK, outcome=TouchStatus.FAILED
    ).order_by("id")
    return {
        (step, visit): f"It said: {code} {text}"[:200]
        for step, visit, code, text in tries.values_list("touch__step", "touch__visit", "code", "text")
    }


def _end(row: Enrollment, journal: Sequence[JournalEntry]) -> JournalEntry | None:
    """Return the line that says how it ended, None while it runs or where a step's own way did."""
    if row.state != EnrollmentState.FINISHED:
        return None
    return next((entry for entry in reversed(journal) if entry.rule == "finished"), None)


def _afterwards(row: Enrollment, end: JournalEntry) -> list[Line]:
    return [
        Line(at=at, sentence=sentence, rule="stop_action", reason=status, step="", visit=0)
        for at, sentence, status in ending.what_left(row, end)
    ]


_TOLD_MORE = frozenset({"decided", "settled", "failed"})
"""Rules whose line is followed by what the model or the endpoint said."""


def _line(entry: JournalEntry, given: str) -> Line:
    pattern = _RULES.get(entry.rule, "{step}: {rule} {reason}.")
    version = entry.facts.get("version", "")
    sentence = pattern.format(
        rule=entry.rule, step=entry.step or "start", reason=_said(entry), version=version
    )
    return Line(
        at=entry.at,
        sentence=f"{sentence} {given}".strip() if entry.rule in _TOLD_MORE else sentence,
        rule=entry.rule,
        reason=entry.reason,
        step=entry.step,
        visit=entry.visit,
        read=entry.facts.get("read", ()),
    )


def _said(entry: JournalEntry) -> str:
    match entry.rule:
        case "branched" | "split" | "went_back" | "decided":
            return entry.reason
        case "resolved":
            return _RESOLVED[entry.reason]
        case "acted":
            return _ACTED.get(entry.reason, f"{words(entry.reason)} done")
        case "answered":
            return elsewhere.SENTENCES.get(entry.reason, words(entry.reason))
        case "finished":
            return ending.told(entry) or words(entry.reason)
        case _:
            return words(entry.reason)


Standing = tuple[str, datetime | None, Sequence[str]]


def _standing(row: Enrollment, end: JournalEntry | None, now: datetime) -> Standing:
    match row.state:
        case EnrollmentState.FINISHED:
            to_do = _FINISHED_TO_DO.get(FinishReason(row.reason), "Enroll the contact again.")
            because = (ending.told(end) if end is not None else "") or words(row.reason)
            return f"Finished: {because}.", None, [to_do]
        case EnrollmentState.PENDING_REVIEW:
            return "Waits for review.", None, ["Approve or reject it."]
        case EnrollmentState.PAUSED:
            to_do = _PAUSED_TO_DO.get(PauseReason(row.reason), "Resume or stop it.")
            return f"Paused: {words(row.reason)}.", row.resume_at, [to_do]
        case EnrollmentState.BLOCKED:
            fault = f" {row.fault}" if row.reason == BlockReason.ERROR and row.fault else ""
            to_do = _BLOCKED_TO_DO[BlockReason(row.reason)].format(id=row.pk)
            return f"Blocked: {words(row.reason)}.{fault}", row.next_step_at, [to_do]
        case EnrollmentState.AWAITING:
            return _awaiting(row, now)
        case _:
            return _active(row, now)


def _active(row: Enrollment, now: datetime) -> Standing:
    if held := _held_above(row):
        return held
    if row.next_step_at is None or row.next_step_at <= now:
        return f"{row.step}: due now.", row.next_step_at, ["If it stays so, see: drumbeat doctor"]
    if waits := waiting.waits_for(row, now):
        return waits
    return f"{row.step}: waits for its time.", row.next_step_at, []


def _held_above(row: Enrollment) -> Standing | None:
    if row.workspace.stopped_at is not None:
        return _hold(row.step, HoldReason.EMERGENCY_STOP, None)
    if row.sequence.status == SequenceStatus.PAUSED:
        return _hold(row.step, HoldReason.SEQUENCE_PAUSED, None)
    return None


def _hold(step: str | None, reason: str, until: datetime | None) -> Standing:
    because, to_do = _HOLDS.get(reason, (words(reason), ""))
    return f"{step}: held, {because}.", until, [to_do]


def _awaiting(row: Enrollment, now: datetime) -> Standing:
    """The touch that is out: written and held, on the wire, or with a person."""
    key = step_key(row.pk, row.step or "", row.visits.get(row.step or "", 0))
    touch = Touch.objects.filter(workspace_id=row.workspace_id, key=key).select_related("sender").first()
    if touch is None:
        about = (f"{row.step}: about to be planned.", row.next_step_at, ())
        return _held_above(row) or waiting.waits_for(row, now) or about
    if touch.kind == "task":
        return f"{row.step}: waits for a person to do the task.", None, ["Do the task, or skip it."]
    if touch.handed_at is not None and touch.settled_at is None:
        return f"{row.step}: handed over, the answer is awaited.", None, []
    return _held_above(row) or _held_by_sender(touch, now) or _in_queue(touch, now)


def _held_by_sender(touch: Touch, now: datetime) -> Standing | None:
    """The touches of a sender that cannot send are not visited one by one: none of them says why it waits."""
    reason, until = standing.held_by_sender(touch.sender, now)
    return _hold(touch.step, reason, until) if reason else None


def _in_queue(touch: Touch, now: datetime) -> Standing:
    if touch.vetoed_at is not None:
        return waiting.for_a_text(touch) or _hold(touch.step, touch.hold_reason or "withheld", None)
    if touch.not_before <= now:
        return f"{touch.step}: ready to go.", None, ["If it stays so, see: drumbeat doctor"]
    if touch.hold_reason:
        return _hold(touch.step, touch.hold_reason, touch.not_before)
    if touch.status == TouchStatus.SCHEDULED:
        if touch.attempts == 0:
            return f"{touch.step}: approved, about to leave.", touch.not_before, []
        tried = "once" if touch.attempts == 1 else f"{touch.attempts} times"
        return f"{touch.step}: tried {tried}, to be tried again.", touch.not_before, []
    return f"{touch.step}: waits for its time.", touch.not_before, []
