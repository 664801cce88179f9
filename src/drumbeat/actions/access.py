"""What a member may see and do: every verb and every query of a person passes here.

Rights are `<resource>.<view|create|edit|delete>`; a role is a set of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from drumbeat.core.errors import DomainError
from drumbeat.models import (
    AnswerDraft,
    Attachment,
    Contact,
    Conversation,
    CustomRole,
    Draft,
    Enrollment,
    Event,
    Job,
    Member,
    Message,
    Role,
    Task,
    Touch,
    TriggerMatch,
)
from drumbeat.store.erasing import ERASED_SINCE
from drumbeat.store.owners import sees_own_contacts_only

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

OWNED_BY: Mapping[type[Model], str] = {
    Contact: "owner_id",
    Enrollment: "contact__owner_id",
    Touch: "contact__owner_id",
    Task: "contact__owner_id",
    Message: "contact__owner_id",
    Event: "contact__owner_id",
    TriggerMatch: "contact__owner_id",
    Conversation: "contact__owner_id",
    Draft: "touch__contact__owner_id",
    AnswerDraft: "contact__owner_id",
}
"""Tables whose rows belong to a contact, and so to its owner; path to the owner."""

RowT = TypeVar("RowT", bound=Model)


def rights_of_role(workspace_id: int, role: str) -> frozenset[str]:
    """Return the rights of a role of this workspace; none for a role that does not exist."""
    if role in RIGHTS:
        return RIGHTS[role]
    own = (
        CustomRole.objects.filter(workspace_id=workspace_id, name=role)
        .values_list("rights", flat=True)
        .first()
    )
    return frozenset(own or ()) & ALL


def role_rights(workspace_id: int, role: str) -> frozenset[str]:
    """Return the rights of a role that exists; DomainError `role_unknown` for any other."""
    if role not in RIGHTS and not CustomRole.objects.filter(workspace_id=workspace_id, name=role).exists():
        raise DomainError("role_unknown", f"There is no role {role!r} in this workspace.", {"role": role})
    return rights_of_role(workspace_id, role)


def rights_of(member: Member) -> frozenset[str]:
    """Return what the member may do, with the key they came by."""
    rights = rights_of_role(member.workspace_id, member.role)
    return rights if member.narrowed_to is None else rights & member.narrowed_to


def may(member: Member, right: str) -> bool:
    return right in rights_of(member)


def require(member: Member, right: str) -> None:
    """Raise DomainError `not_permitted` unless the member's role, and their key, has `right`."""
    if not may(member, right):
        raise DomainError(
            "not_permitted",
            f"Your role, {member.role}, does not include {right}. Ask an admin of the workspace."
            if member.narrowed_to is None
            else f"This key does not include {right}. Make one with that right.",
        )


def require_within(member: Member, rights: frozenset[str]) -> None:
    """Raise DomainError `not_permitted` unless the member has all of `rights`: nobody hands on more than they have."""
    if beyond := rights - rights_of(member):
        raise DomainError("not_permitted", f"This would reach beyond your own rights: {sorted(beyond)[0]}.")


def only_owner(member: Member) -> int | None:
    """Return whose contacts alone this member sees, and therefore counts: their own, None for everybody's."""
    return member.pk if sees_own_contacts_only(member) else None


def visible_to(member: Member, model: type[RowT]) -> QuerySet[RowT]:
    """Return the rows of the member's workspace that they may see; no other row is ever reached from a verb."""
    rows = model._default_manager.filter(workspace_id=member.workspace_id)
    if model is Contact:  # not the one that stands for all who were erased
        rows = rows.exclude(created_at=ERASED_SINCE)
    if model in OWNED_BY and sees_own_contacts_only(member):
        rows = rows.filter(**{OWNED_BY[model]: member.pk})
    return rows.filter(_own_or_shared(member)) if model is Attachment else rows


def _own_or_shared(member: Member) -> Q:
    """Return which files a member sees: all only who sees every letter; what sequences send who sees sequences.

    A file of a letter to a contact is opened by the message, and so follows the contact.
    """
    if may(member, "contacts.view") and not sees_own_contacts_only(member):
        return Q()
    return Q(made_by=member.pk) | Q(shared=True) if may(member, "sequences.view") else Q(made_by=member.pk)


def who_asks(member: Member) -> dict[str, Any]:
    """Return what a job keeps of who asked for it."""
    return {"member_id": member.pk, "own_contacts_only": sees_own_contacts_only(member)}


def who_asked(job: Job) -> Member:
    """Return who asked for a job; they see no more than they did then, by a key for instance.

    DomainError `not_permitted` when they work here no more.
    """
    rows = Member.objects.select_related("workspace").filter(
        workspace_id=job.workspace_id or 0, deactivated_at=None
    )
    member = rows.filter(pk=job.arguments["member_id"]).first()
    if member is None:
        raise DomainError("not_permitted", "Who asked for this works here no more.")
    member.own_contacts_only = member.own_contacts_only or job.arguments.get("own_contacts_only", False)
    return member


def get(member: Member, model: type[RowT], row_id: int, noun: str) -> RowT:
    """Return one row of the member's workspace or raise DomainError `not_found`."""
    return first(visible_to(member, model).filter(pk=row_id), noun, row_id)


def first(rows: QuerySet[RowT], noun: str, asked: object) -> RowT:
    """Return the first of `rows` or raise DomainError `not_found` that names what was asked."""
    row = rows.first()
    if row is None:
        raise DomainError("not_found", f"There is no {noun} {asked} in this workspace.")
    return row


def named(rows: QuerySet[RowT], asked: str, noun: str) -> RowT:
    """Return the one of `rows` with this name or id; DomainError `not_found` that says which there are."""
    found = rows.filter(**{"name": asked}).first()
    if found is None and asked.isdecimal():
        found = rows.filter(pk=int(asked)).first()
    if found is None:
        known = ", ".join(rows.order_by("name").values_list("name", flat=True)[:10])
        raise DomainError("not_found", f"There is no {noun} {asked!r}. There are: {known or 'none'}.")
    return found
