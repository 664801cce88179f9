"""Workspaces and their owners: the first one of an installation, and which one a command means."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions.contacts.input import is_zone
from drumbeat.core.errors import DomainError
from drumbeat.models import Member, Role, SenderKind, SenderProfile, User, Workspace
from drumbeat.store import installation

FIRST_NAME = "My workspace"
FIRST_OWNER = "owner@localhost"
BUILT_IN = {
    SenderKind.TASK: ("task", "Tasks"),
    SenderKind.NOTICE: ("notice", "Notices"),
    SenderKind.WEBHOOK: ("webhook", "Webhooks"),
}


def create_installation(now: datetime, *, time_zone: str = "UTC") -> tuple[Member, bool]:
    """Create the first workspace with its owner, unless there is one; return the owner and whether it is new.

    Two first starts agree: the second waits on the owner's address and finds what the first wrote.
    """
    installation.remember_secret(now)
    with transaction.atomic():
        user, _ = User.objects.get_or_create(email=FIRST_OWNER, defaults={"password": "!"})
        owner = _owners().first()
        if owner is not None:
            ensure_built_in_senders(owner.workspace, now)
            return owner, False
        return create_workspace(FIRST_NAME, user, "Owner", now, time_zone=time_zone), True


def create_workspace(
    name: str, user: User, owner_name: str, now: datetime, *, time_zone: str = "UTC"
) -> Member:
    """Create a workspace with `user` as its owner and admin, and its built-in senders; return the owner."""
    _check_zone(time_zone)
    with transaction.atomic():
        workspace = Workspace.objects.create(name=name, time_zone=time_zone, created_at=now)
        owner = Member.objects.create(
            workspace=workspace, user=user, name=owner_name, role=Role.ADMIN, is_owner=True, created_at=now
        )
        ensure_built_in_senders(workspace, now)
    return owner


def ensure_built_in_senders(workspace: Workspace, now: datetime) -> None:
    """Give the workspace the senders of tasks, notices and webhooks: no mailbox, window or cap."""
    for kind, (channel, name) in BUILT_IN.items():
        SenderProfile.objects.get_or_create(
            workspace=workspace,
            kind=kind,
            address="",
            defaults={"channel": channel, "name": name, "created_at": now},
        )


def of(member: Member) -> QuerySet[Member]:
    """Return the memberships of the member's user; of a key, its own alone."""
    rows = Member.objects.select_related("workspace").order_by("workspace_id")
    if member.narrowed_to is not None:
        return rows.filter(pk=member.pk)
    return rows.filter(user_id=member.user_id, deactivated_at=None)


def chosen(member: Member, workspace_id: int) -> Member:
    """Return the membership of the member's user in that workspace; DomainError `not_found`."""
    found = of(member).filter(workspace_id=workspace_id).first()
    if found is None:
        raise DomainError("not_found", f"There is no workspace {workspace_id} that you work in.")
    return found


def owner_of(asked: str | None = None) -> Member:
    """Return the owner of the workspace with this id or name; of the only or first one when none is asked.

    Raises DomainError `not_found`, `workspace_ambiguous` when two have the name, or `secret_changed`.
    """
    installation.check_secret()
    owners = _owners()
    if asked is None:
        owner = owners.first()
        if owner is None:
            raise DomainError("not_migrated", "There is no workspace yet. Run: drumbeat migrate")
        return owner
    found = list(
        owners.filter(workspace_id=int(asked)) if asked.isdecimal() else owners.filter(workspace__name=asked)
    )
    if not found:
        names = ", ".join(f"{each.workspace_id} {each.workspace.name!r}" for each in owners[:10])
        raise DomainError("not_found", f"There is no workspace {asked!r}. There are: {names or 'none'}.")
    if len(found) > 1:
        raise DomainError(
            "workspace_ambiguous",
            f"{len(found)} workspaces are called {asked!r}. Give the id: "
            + ", ".join(str(each.workspace_id) for each in found),
        )
    return found[0]


def _owners() -> QuerySet[Member]:
    return Member.objects.filter(is_owner=True).select_related("workspace", "user").order_by("workspace_id")


def _check_zone(name: str) -> None:
    if not is_zone(name):
        raise DomainError(
            "time_zone_unknown", f"{name!r} is not a time zone. Write one like Europe/Berlin or UTC."
        )
