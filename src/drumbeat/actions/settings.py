"""Settings of a workspace that people change by name, each with the values that it takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from drumbeat.actions import access, audit
from drumbeat.actions.contacts.input import is_zone
from drumbeat.core.errors import DomainError
from drumbeat.models import MAILBOXES, Member, SenderProfile, Touch, Workspace
from drumbeat.store import holds, jobs, spacing, sql

Value = str | int | bool | list[str] | None


@dataclass(frozen=True, slots=True)
class Setting:
    """`read` turns a text into the value, `check` returns a value as it is kept; both raise ValueError.

    `takes` says which texts it reads, `changes` what it changes.
    """

    read: Callable[[str], Value]
    check: Callable[[Value], Value]
    takes: str
    changes: str
    column: str = ""


def _whole(least: int, most: int) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError
        return value

    return check


def _or_none(check: Callable[[Value], Value]) -> Callable[[Value], Value]:
    return lambda value: None if value is None else check(value)


def _int_or_none(text: str) -> int | None:
    return None if text in ("", "none") else int(text)


def _text(least: int, most: int) -> Callable[[Value], Value]:
    def check(value: Value) -> Value:
        if not isinstance(value, str) or not least <= len(value.strip()) <= most or "\x00" in value:
            raise ValueError
        return value.strip()

    return check


def _zone(value: Value) -> Value:
    if not isinstance(value, str) or not is_zone(value):
        raise ValueError
    return value


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _bool(value: Value) -> Value:
    if not isinstance(value, bool):
        raise ValueError
    return value


MOST_STAGES, LONGEST_STAGE = 50, 100


def _stages(value: Value) -> Value:
    if not isinstance(value, list) or len(value) > MOST_STAGES:
        raise ValueError
    return list(dict.fromkeys(str(_text(1, LONGEST_STAGE)(each)) for each in value))


def _names(text: str) -> list[str]:
    return [] if text in ("", "none") else text.split(",")


def _cap(per: str) -> Setting:
    check = _or_none(_whole(1, 10_000_000))
    return Setting(_int_or_none, check, "a whole number from 1, or none", f"messages {per} of all senders")


SETTINGS: Mapping[str, Setting] = {
    "name": Setting(str, _text(1, 200), "1 to 200 characters", "what the workspace is called"),
    "time_zone": Setting(str, _zone, "a time zone such as Europe/Berlin", "whose days and hours count"),
    "postal_address": Setting(str, _text(0, 1_000), "a text", "the address below each mail"),
    "sequence_batch_limit": Setting(
        int,
        _whole(1, 100_000),
        "a whole number from 1 to 100000",
        "contacts that one enroll request may name",
    ),
    "cap_per_minute": _cap("a minute"),
    "cap_per_hour": _cap("an hour"),
    "cap_per_day": _cap("a day"),
    "frequency_cap": Setting(
        _int_or_none,
        _or_none(_whole(1, 1_000)),
        "a whole number from 1, or none",
        "messages of sequences that one contact gets in frequency_cap_days",
    ),
    "frequency_cap_days": Setting(
        int, _whole(1, 365), "a whole number from 1 to 365", "the days that frequency_cap looks back"
    ),
    "overdue_minutes": Setting(
        int, _whole(1, 100_000), "a whole number from 1 to 100000", "when a step is called overdue"
    ),
    "reps_see_own_contacts": Setting(
        _yes_or_no, _bool, "yes or no", "whether reps see only the contacts that they own"
    ),
    "draft_days": Setting(
        int,
        _whole(1, 365),
        "a whole number from 1 to 365",
        "days after which a draft that nobody answered is written anew",
    ),
    "forwards_replies": Setting(
        _yes_or_no,
        _bool,
        "yes or no",
        "whether a reply that comes in at drumbeat's own address also goes to whoever looks after the contact",
    ),
    "allows_tracking": Setting(
        _yes_or_no, _bool, "yes or no", "whether sequences may track opens and clicks at all"
    ),
    "won_stages": Setting(
        _names,
        _stages,
        f"at most {MOST_STAGES} stages with commas between them, or none",
        "stages that count as converted when a contact reaches one",
    ),
    "default_sender": Setting(
        _int_or_none,
        _or_none(_whole(1, 2**63 - 1)),
        "the number of a sender, or none",
        "who sends when a sequence names no sender",
        column="default_sender_id",
    ),
}


def values(member: Member) -> dict[str, Value]:
    """Return all settings of the member's workspace by name."""
    access.require(member, "settings.view")
    return _values(Workspace.objects.get(id=member.workspace_id))


def change(member: Member, name: str, text: str, now: datetime) -> Value:
    """Set one setting from a text and return its value; DomainError `setting_unknown`, `setting_invalid`."""
    access.require(member, "settings.edit")
    setting = _setting(name)
    try:
        value = setting.read(text)
    except (ValueError, KeyError):
        raise _invalid(name, text) from None
    return change_all(member, {name: value}, now)[name]


def change_all(member: Member, wanted: Mapping[str, Value], now: datetime) -> dict[str, Value]:
    """Set all of `wanted` or nothing, and return every setting; DomainError as for `change`."""
    access.require(member, "settings.edit")
    checked = {name: _checked(member, name, value) for name, value in wanted.items()}
    with transaction.atomic():
        before = _values(Workspace.objects.get(id=member.workspace_id))
        changed = {name: value for name, value in checked.items() if before[name] != value}
        if changed:
            columns = {SETTINGS[name].column or name: value for name, value in changed.items()}
            Workspace.objects.filter(id=member.workspace_id).update(**columns)
            _follow(member.workspace_id, changed.keys(), now)
            audit.record(
                member,
                "settings.change",
                now,
                object_kind="workspace",
                object_id=member.workspace_id,
                before={name: before[name] for name in changed},
                after=changed,
            )
    return before | changed


_PACE = frozenset({"time_zone", "cap_per_minute", "cap_per_hour", "cap_per_day"})


def _follow(workspace_id: int, changed: Collection[str], now: datetime) -> None:
    """Let what waits for the former caps, days and hours be looked at again by the new ones."""
    if _PACE & set(changed):
        spacing.free(sql.lock(SenderProfile.objects.filter(workspace_id=workspace_id)), now)
    if {"time_zone", "frequency_cap", "frequency_cap_days"} & set(changed):
        holds.reconsider(Touch.objects.filter(workspace_id=workspace_id), now)
    if "time_zone" in changed:
        jobs.enqueue(jobs.WAKE, {"only": {}}, now, workspace_id=workspace_id)


def _values(workspace: Workspace) -> dict[str, Value]:
    return {name: getattr(workspace, setting.column or name) for name, setting in SETTINGS.items()}


def _setting(name: str) -> Setting:
    setting = SETTINGS.get(name)
    if setting is None:
        raise DomainError("setting_unknown", f"There is no setting {name}. There are: {', '.join(SETTINGS)}.")
    return setting


def _checked(member: Member, name: str, value: Value) -> Value:
    try:
        kept = _setting(name).check(value)
    except ValueError:
        raise _invalid(name, value) from None
    if name == "default_sender" and isinstance(kept, int):
        mailboxes = access.visible_to(member, SenderProfile).filter(kind__in=MAILBOXES)
        access.first(mailboxes.filter(pk=kept), "sender", kept)
    return kept


def _invalid(name: str, value: Value) -> DomainError:
    sentence = f"{name} takes {SETTINGS[name].takes}, not {value!r}."
    return DomainError("setting_invalid", sentence, {name: sentence})
