"""Settings of a workspace that people change by name, each with the values that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from drumbeat.actions import access
from drumbeat.actions.contact_input import is_zone
from drumbeat.core.errors import DomainError
from drumbeat.models import Member, Workspace

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Setting:
    """`read` turns a text into the value, or raises ValueError; `takes` says which texts it can read."""

    read: Callable[[str], Value]
    takes: str
    changes: str


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _cap(text: str) -> int | None:
    return None if text in ("", "none") else _whole(1, 10_000_000)(text)


def _zone(text: str) -> str:
    if not is_zone(text):
        raise ValueError
    return text


def _name(text: str) -> str:
    if not 1 <= len(text.strip()) <= 200:
        raise ValueError
    return text.strip()


_A_CAP = "a whole number from 1, or none"
SETTINGS: Mapping[str, Setting] = {
    "name": Setting(_name, "1 to 200 characters", "what the workspace is called"),
    "time_zone": Setting(_zone, "a time zone such as Europe/Berlin", "whose days and hours count"),
    "postal_address": Setting(str.strip, "a text", "the address below each mail"),
    "sequence_batch_limit": Setting(
        _whole(1, 100_000), "a whole number from 1 to 100000", "contacts that one enroll request may name"
    ),
    "cap_per_minute": Setting(_cap, _A_CAP, "messages a minute of all senders"),
    "cap_per_hour": Setting(_cap, _A_CAP, "messages an hour of all senders"),
    "cap_per_day": Setting(_cap, _A_CAP, "messages a day of all senders"),
    "overdue_minutes": Setting(_whole(1, 100_000), "a whole number from 1", "when a step is called overdue"),
}


def values(member: Member) -> dict[str, Value]:
    """Return all settings of the member's workspace by name."""
    access.require(member, "settings.view")
    workspace = Workspace.objects.get(id=member.workspace_id)
    return {name: getattr(workspace, name) for name in SETTINGS}


def change(member: Member, name: str, text: str, now: datetime) -> Value:
    """Set one setting and return its value; DomainError `setting_unknown`, `setting_invalid`."""
    access.require(member, "settings.edit")
    setting = SETTINGS.get(name)
    if setting is None:
        raise DomainError("setting_unknown", f"There is no setting {name}. There are: {', '.join(SETTINGS)}.")
    try:
        value = setting.read(text)
    except ValueError:
        raise DomainError("setting_invalid", f"{name} takes {setting.takes}, not {text!r}.") from None
    Workspace.objects.filter(id=member.workspace_id).update(**{name: value})
    return value
