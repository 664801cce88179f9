"""Sequences as files: exported, checked, compared, applied. Applying a file twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drumbeat.core.difference import StepChange
from drumbeat.core.errors import DomainError
from drumbeat.models import Member


@dataclass(frozen=True, slots=True)
class Written:
    """A file: its name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    severity: str
    code: str
    path: str
    line: int | None
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class SettingDifference:
    setting: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDifference:
    change: str
    sequence_id: int | None
    name: str
    steps: Sequence[StepChange] = ()
    settings: Sequence[SettingDifference] = ()
    sentences: Sequence[str] = ()
    problems: Sequence[FileProblem] = ()


def export(member: Member, sequence_id: int) -> Written:
    raise DomainError("not_available", "Not there yet.")


def diff(member: Member, text: str) -> FileDifference:
    raise DomainError("not_available", "Not there yet.")


def apply(member: Member, text: str, now: datetime, *, activate: bool = False) -> FileDifference:
    raise DomainError("not_available", "Not there yet.")
