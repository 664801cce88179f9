"""What `lint` needs to know of a workspace, and its answer as an error that publishing raises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drumbeat.core.errors import DomainError
from drumbeat.core.flow import Flow
from drumbeat.models import Member


def problems_of(member: Member, flow: Flow) -> list[Any]:
    """Return what `lint` says about `flow` in the member's workspace."""
    return []


def flow_with_errors(problems: Sequence[Any]) -> DomainError | None:
    """Return the refusal that the errors among `problems` amount to, None when there is none."""
    return None


def is_error(problem: Any) -> bool:
    return level(problem) == "error"


def level(problem: Any) -> str:
    return str(problem.level)
