"""The live settings of a sequence: read, changed, audited. They apply at once to all its enrollments.

The flow is no setting: it is edited in the working copy and lives in versions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.db import transaction

from drumbeat.actions import access, conditions
from drumbeat.actions.sequences import checked_name, editable, lock_editable, record, starts, tags, triggers
from drumbeat.actions.sequences.meanwhile import CHANGED_BY, require_unchanged
from drumbeat.core.document import write_condition
from drumbeat.core.enrollment import BlockReason, EnrollmentState
from drumbeat.core.errors import DomainError
from drumbeat.core.holidays import Holidays
from drumbeat.core.window import Window
from drumbeat.models import (
    MAILBOXES,
    Agent,
    Enrollment,
    ExitSetting,
    Member,
    Reenrollment,
    SenderProfile,
    Touch,
)
from drumbeat.models import Sequence as SequenceRow
from drumbeat.store import answer_drafts, drafts, holds, jobs, listeners

DESCRIPTION_LONGEST = 2_000
LONGEST_JITTER = 86_400
MOST_DAYS = 3_650
MOST_OF_A_COMPANY = 1_000


class Effect(StrEnum):
    """What changes with a setting: from now on, dates, who sends, or only who is enrolled later."""

    FROM_NOW_ON = "from_now_on"
    DATES_MOVE = "dates_move"
    NEXT_SENDS = "next_sends"
    NEW_ENROLLMENTS = "new_enrollments"


@dataclass(frozen=True, slots=True)
class Setting:
    """`read` turns a JSON value into what is stored, or raises ValueError with what it takes."""

    read: Callable[[Member, Any], Any]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Change:
    """A setting that is now another. `people`: unfinished enrollments that it concerns."""

    setting: str
    before: object
    after: object
    effect: Effect
    people: int


@dataclass(frozen=True, slots=True)
class Changed:
    sequence: SequenceRow
    changes: Sequence[Change]


def _word(*words: str) -> Callable[[Member, Any], str]:
    def read(_: Member, value: Any) -> str:
        if not isinstance(value, str) or value not in words:
            raise ValueError(f"Must be one of: {', '.join(words)}.")
        return value

    return read


def _flag(_: Member, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("Must be true or false.")
    return value


def _whole(least: int, most: int, *, optional: bool = False) -> Callable[[Member, Any], int | None]:
    def read(_: Member, value: Any) -> int | None:
        if value is None and optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ValueError(f"Must be a whole number from {least} to {most}.")
        return value

    return read


def _window(_: Member, value: Any) -> Any:
    return None if value is None else Window.from_json(value).to_json()


def _holidays(_: Member, value: Any) -> Any:
    found = None if value is None else Holidays.from_json(value)
    return found.to_json() if found else None


def _criteria(member: Member, value: Any) -> Any:
    return None if value is None else write_condition(conditions.checked(member, value))


def _trigger(member: Member, value: Any) -> Any:
    return None if value is None else triggers.checked_trigger(member, value)


def _stop_when(member: Member, value: Any) -> Any:
    return None if value is None else triggers.checked_stop_when(member, value)


def _sender(member: Member, value: Any) -> int | None:
    if value is None:
        return None
    senders = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
    if isinstance(value, bool) or not isinstance(value, int) or not senders.filter(pk=value).exists():
        raise ValueError(f"There is no sender {value} in this workspace.")
    return value


def _agent(member: Member, value: Any) -> int | None:
    if value is None:
        return None
    agents = access.visible_to(member, Agent)
    if isinstance(value, bool) or not isinstance(value, int) or not agents.filter(pk=value).exists():
        raise ValueError(f"There is no agent {value} in this workspace.")
    return value


_EXIT = Setting(_word(*ExitSetting.values), Effect.FROM_NOW_ON)
SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "exit_on_reply": _EXIT,
        "exit_on_meeting": _EXIT,
        "exit_on_call": _EXIT,
        "exit_on_conversion": _EXIT,
        "exit_on_company_reply": _EXIT,
        "postpone_on_out_of_office": Setting(_flag, Effect.FROM_NOW_ON),
        "sender_id": Setting(_sender, Effect.NEXT_SENDS),
        "agent_id": Setting(_agent, Effect.NEXT_SENDS),
        "window": Setting(_window, Effect.DATES_MOVE),
        "holidays": Setting(_holidays, Effect.DATES_MOVE),
        "jitter_seconds": Setting(_whole(0, LONGEST_JITTER), Effect.DATES_MOVE),
        "review": Setting(_flag, Effect.NEW_ENROLLMENTS),
        "reenrollment": Setting(_word(*Reenrollment.values), Effect.NEW_ENROLLMENTS),
        "reenroll_after_days": Setting(_whole(1, MOST_DAYS, optional=True), Effect.NEW_ENROLLMENTS),
        "one_at_a_time": Setting(_flag, Effect.NEW_ENROLLMENTS),
        "company_limit": Setting(_whole(1, MOST_OF_A_COMPANY, optional=True), Effect.NEW_ENROLLMENTS),
        "triggers": Setting(_trigger, Effect.NEW_ENROLLMENTS),
        "auto_enroll": Setting(_flag, Effect.NEW_ENROLLMENTS),
        "enrollment_criteria": Setting(_criteria, Effect.NEW_ENROLLMENTS),
        "enroll_at_activation": Setting(_flag, Effect.NEW_ENROLLMENTS),
        "stop_when": Setting(_stop_when, Effect.FROM_NOW_ON),
        "track_opens": Setting(_flag, Effect.NEXT_SENDS),
        "track_clicks": Setting(_flag, Effect.NEXT_SENDS),
    }
)
"""Every setting by the name of its column, in the order in which people see them."""


def values(sequence: SequenceRow) -> dict[str, Any]:
    """Return the settings of a sequence by name, as JSON values."""
    return {name: getattr(sequence, name) for name in SETTINGS}


def defaults() -> dict[str, Any]:
    """Return the settings of a new sequence."""
    return values(SequenceRow())


def change(
    member: Member,
    sequence_id: int,
    asked: Mapping[str, Any],
    now: datetime,
    *,
    was: Mapping[str, Any] | None = None,
) -> Changed:
    """Change the settings that are named; return what is other than before, and for how many people.

    Exit settings see new facts only, so nothing acts backwards. DomainError `setting_invalid` with every fault.
    `was`: what they said when the change was begun; `settings_conflict` where somebody changed one of them since.
    """
    access.require(member, "sequences.edit")
    editable(member, sequence_id)
    new = read(member, asked)
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        if was:
            require_unchanged(sequence, was, new, lambda name, value: SETTINGS[name].read(member, value))
        return Changed(sequence, put(member, sequence, new, now))


def put(member: Member, sequence: SequenceRow, new: Mapping[str, Any], now: datetime) -> list[Change]:
    """Write checked settings of a locked sequence, with all that follows; return what changed."""
    before = values(sequence)
    _require_days({**before, **new})
    other = {name: value for name, value in new.items() if before[name] != value}
    if not other:
        return []
    rules = listeners.rules_of(sequence)
    for name, value in other.items():
        setattr(sequence, name, value)
    sequence.updated_at = now
    sequence.save(update_fields=[*other, "updated_at"])
    record(
        member,
        CHANGED_BY,
        sequence,
        now,
        before={name: before[name] for name in other},
        after=other,
    )
    _follow(sequence, other.keys(), now)
    if starts.RULES & other.keys():
        starts.follow_rules(sequence, rules, now)
    people = Enrollment.objects.filter(sequence=sequence).exclude(state=EnrollmentState.FINISHED).count()
    return [
        Change(name, before[name], value, effect := SETTINGS[name].effect, _concerned(effect, people))
        for name, value in other.items()
    ]


def _concerned(effect: Effect, people: int) -> int:
    return 0 if effect is Effect.NEW_ENROLLMENTS else people


def read(member: Member, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings as they are stored; DomainError `setting_unknown`, `setting_invalid`."""
    new: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for name, value in asked.items():
        if name not in SETTINGS:
            faults[name] = f"There is no such setting. There are: {', '.join(SETTINGS)}."
            continue
        try:
            new[name] = SETTINGS[name].read(member, value)
        except ValueError as fault:
            faults[name] = str(fault)
        except DomainError as fault:
            faults |= _under(name, fault)
    if faults:
        path, sentence = next(iter(faults.items()))
        raise DomainError("setting_invalid", f"{path}: {sentence}", faults)
    return new


def _under(name: str, fault: DomainError) -> dict[str, str]:
    """Return what is wrong with a setting by its path, which begins with the setting's name."""
    if not fault.fields:
        return {name: fault.message}
    return {
        path if path.partition(".")[0] == name else f"{name}.{path}".removesuffix("."): sentence
        for path, sentence in fault.fields.items()
    }


def _require_days(settings: Mapping[str, Any]) -> None:
    if settings["reenrollment"] == Reenrollment.AFTER_DAYS and settings["reenroll_after_days"] is None:
        text = "Say after how many days people may be enrolled again."
        raise DomainError("setting_invalid", text, {"reenroll_after_days": text})


def _follow(sequence: SequenceRow, changed: Any, now: datetime) -> None:
    """Let what waits fall due by the new hours, what lacked a sender go on, what its agent's cap held be looked at."""
    if {"window", "holidays", "jitter_seconds"} & set(changed):
        holds.reconsider(Touch.objects.filter(enrollment__sequence=sequence), now)
        _wake({"sequence_id": sequence.pk}, sequence, now)
    if "sender_id" in changed:
        blocked = {"state": "blocked", "reason": BlockReason.SENDER_UNAVAILABLE}
        _wake({"sequence_id": sequence.pk, **blocked}, sequence, now)
    if "agent_id" in changed:
        drafts.ask_another_of(sequence.pk, now)
        answer_drafts.look_again(sequence.workspace_id, now)


def _wake(only: Mapping[str, Any], sequence: SequenceRow, now: datetime) -> None:
    jobs.enqueue(jobs.WAKE, {"only": dict(only)}, now, workspace_id=sequence.workspace_id)


def rename(member: Member, sequence_id: int, changes: Mapping[str, Any], now: datetime) -> SequenceRow:
    """Change name, description, owner or tags of a sequence; what is not named stays."""
    access.require(member, "sequences.edit")
    new = _described(member, changes)
    labels = tags.checked(changes["tags"]) if changes.get("tags") is not None else None
    with transaction.atomic():
        sequence = lock_editable(member, sequence_id)
        before = {name: getattr(sequence, name) for name in new}
        other = {name: value for name, value in new.items() if before[name] != value}
        if other:
            SequenceRow.objects.filter(id=sequence.pk).update(**other, updated_at=now)
            old = {name: before[name] for name in other}
            record(member, "sequences.rename", sequence, now, before=old, after=other)
        if labels is not None and sorted(labels) != sorted(had := tags.of(sequence)):
            tags.put(sequence, labels)
            record(member, "sequences.tags", sequence, now, before={"tags": had}, after={"tags": labels})
    sequence.refresh_from_db()
    return sequence


def _described(member: Member, changes: Mapping[str, Any]) -> dict[str, Any]:
    new: dict[str, Any] = {}
    if changes.get("name") is not None:
        new["name"] = checked_name(changes["name"])
    if changes.get("description") is not None:
        new["description"] = checked_description(changes["description"])
    if "owner_id" in changes:
        owner_id = changes["owner_id"]
        new["owner_id"] = owner_id if owner_id is None else access.get(member, Member, owner_id, "member").pk
    return new


def checked_description(text: str) -> str:
    if len(text) > DESCRIPTION_LONGEST:
        raise DomainError(
            "sequence_description_invalid", f"A description has at most {DESCRIPTION_LONGEST} characters."
        )
    return text.strip()
