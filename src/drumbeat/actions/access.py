"""What a member may see and do: every verb and every query of a person passes here.

Rights are `<resource>.<view|create|edit|delete>`; a role is a set of them.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet

from drumbeat.core.errors import DomainError
from drumbeat.models import Member, Role

RESOURCES = (
    "sequences",
    "enrollments",
    "contacts",
    "reviews",
    "approvals",
    "tasks",
    "senders",
    "suppressions",
    "settings",
    "users",
)
VIEW = frozenset(f"{resource}.view" for resource in RESOURCES)
WORK = frozenset(
    f"{resource}.{act}"
    for resource in ("enrollments", "contacts", "reviews", "approvals", "tasks")
    for act in ("create", "edit")
)
BUILD = frozenset(
    f"{resource}.{act}"
    for resource in ("sequences", "senders", "suppressions", "contacts")
    for act in ("create", "edit", "delete")
)
ALL = frozenset(f"{resource}.{act}" for resource in RESOURCES for act in ("view", "create", "edit", "delete"))
RIGHTS: dict[str, frozenset[str]] = {
    Role.ADMIN: ALL,
    Role.MANAGER: VIEW | WORK | BUILD,
    Role.REP: VIEW | WORK,
    Role.VIEWER: VIEW,
}

RowT = TypeVar("RowT", bound=Model)


def may(member: Member, right: str) -> bool:
    return right in RIGHTS.get(member.role, frozenset())


def require(member: Member, right: str) -> None:
    """Raise DomainError `not_permitted` unless the member's role has `right`."""
    if not may(member, right):
        raise DomainError(
            "not_permitted",
            f"Your role, {member.role}, does not include {right}. Ask an admin of the workspace.",
        )


def visible_to(member: Member, model: type[RowT]) -> QuerySet[RowT]:
    """Return the rows of the member's workspace; no other row is ever reached from a verb."""
    return model._default_manager.filter(workspace_id=member.workspace_id)


def get(member: Member, model: type[RowT], row_id: int, noun: str) -> RowT:
    """Return one row of the member's workspace or raise DomainError `not_found`."""
    return first(visible_to(member, model).filter(pk=row_id), noun, row_id)


def first(rows: QuerySet[RowT], noun: str, asked: object) -> RowT:
    """Return the first of `rows` or raise DomainError `not_found` that names what was asked."""
    row = rows.first()
    if row is None:
        raise DomainError("not_found", f"There is no {noun} {asked} in this workspace.")
    return row
