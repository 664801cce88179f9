"""Roles that a workspace makes itself, beside the four that come with drumbeat."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from drumbeat.actions import access, audit
from drumbeat.actions.members.people import read_name
from drumbeat.core.errors import DomainError
from drumbeat.models import ApiKey, CustomRole, Invitation, Member

NAME_LONGEST = 40


@dataclass(frozen=True, slots=True)
class RoleShown:
    """A role with its rights and how many members hold it. `id` is None for those that come with drumbeat."""

    id: int | None
    name: str
    rights: list[str]
    members: int


def all_of(member: Member) -> list[RoleShown]:
    """Return the built-in roles, then the workspace's own by name."""
    access.require(member, "users.view")
    held: dict[str, int] = {}
    for role in access.visible_to(member, Member).values_list("role", flat=True):
        held[role] = held.get(role, 0) + 1
    own = access.visible_to(member, CustomRole).order_by("name")
    return [
        *(
            RoleShown(None, str(name), sorted(rights), held.get(name, 0))
            for name, rights in access.RIGHTS.items()
        ),
        *(RoleShown(row.pk, row.name, sorted(row.rights), held.get(row.name, 0)) for row in own),
    ]


def create(member: Member, name: str, rights: Collection[str], now: datetime) -> CustomRole:
    """Make a role; DomainError `role_name_invalid`, `role_exists`, `right_unknown`, `not_permitted`."""
    access.require(member, "users.edit")
    granted = _rights(member, rights)
    try:
        with transaction.atomic():
            row = CustomRole.objects.create(
                workspace_id=member.workspace_id, name=_name(name), rights=sorted(granted)
            )
            audit.record(
                member,
                "role.create",
                now,
                object_kind="role",
                object_id=row.pk,
                name=row.name,
                after={"rights": row.rights},
            )
    except IntegrityError:
        raise _exists(name) from None
    return row


def change(member: Member, role_id: int, rights: Collection[str], now: datetime) -> CustomRole:
    """Give a role other rights; they hold from the next request of each member on."""
    access.require(member, "users.edit")
    granted = _rights(member, rights)
    with transaction.atomic():
        row = access.get(member, CustomRole, role_id, "role of your own")
        access.require_within(member, frozenset(row.rights) & access.ALL)
        before, row.rights = row.rights, sorted(granted)
        row.save(update_fields=["rights"])
        audit.record(
            member,
            "role.change",
            now,
            object_kind="role",
            object_id=row.pk,
            name=row.name,
            before={"rights": before},
            after={"rights": row.rights},
        )
    return row


def remove(member: Member, role_id: int, now: datetime) -> None:
    """Delete a role that nobody holds; DomainError `role_in_use`."""
    access.require(member, "users.edit")
    with transaction.atomic():
        row = access.get(member, CustomRole, role_id, "role of your own")
        access.require_within(member, frozenset(row.rights) & access.ALL)
        if users := _users(member.workspace_id, row.name, now):
            raise DomainError(
                "role_in_use", f"The role {row.name} is held by {users}. Give them another one first."
            )
        audit.record(
            member,
            "role.remove",
            now,
            object_kind="role",
            object_id=row.pk,
            name=row.name,
            before={"rights": row.rights},
        )
        row.delete()


def _users(workspace_id: int, name: str, now: datetime) -> str:
    counts = {
        "members": Member.objects.filter(workspace_id=workspace_id, role=name),
        "keys": ApiKey.objects.filter(workspace_id=workspace_id, role=name, revoked_at=None),
        "invitations": Invitation.objects.filter(
            workspace_id=workspace_id, role=name, accepted_at=None, withdrawn_at=None, expires_at__gt=now
        ),
    }
    held = {noun: rows.count() for noun, rows in counts.items()}
    return ", ".join(f"{count} {noun}" for noun, count in held.items() if count)


def _rights(member: Member, asked: Collection[str]) -> frozenset[str]:
    rights = frozenset(right.removeprefix("ce.") for right in asked)
    if unknown := rights - access.ALL:
        raise DomainError("right_unknown", f"There is no right {sorted(unknown)[0]}.")
    access.require_within(member, rights)
    return rights


def _name(text: str) -> str:
    name = read_name(text)
    if len(name) > NAME_LONGEST:
        raise DomainError("role_name_invalid", f"A role's name has at most {NAME_LONGEST} characters.")
    if name.casefold() in access.RIGHTS:
        raise _exists(name)
    return name


def _exists(name: str) -> DomainError:
    return DomainError("role_exists", f"There is a role {name!r} already.", {"name": "taken"})
