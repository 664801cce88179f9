"""Members of a workspace: what they may do, whether they get in, and who stays.

Nobody gives, or takes from, somebody with rights that they do not have themselves. An admin always remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from drumbeat.actions import access, audit
from drumbeat.actions.members import passwords, sign_in
from drumbeat.actions.members.people import read_name, read_phone
from drumbeat.core.errors import DomainError
from drumbeat.models import LinkPurpose, Member, Notification, Role, SignInToken, User, Workspace
from drumbeat.store import sql

PASSWORD_SET = (
    "A new password was set by a link that an admin made. Wherever you were signed in before has ended."
)


@dataclass(frozen=True, slots=True)
class MemberChange:
    """What to change; None leaves it as it is."""

    role: str | None = None
    own_contacts_only: bool | None = None
    is_active: bool | None = None
    phone: str | None = None


def all_of(member: Member) -> QuerySet[Member]:
    """Return the members of the workspace."""
    access.require(member, "users.view")
    return access.visible_to(member, Member).select_related("user")


def change(member: Member, member_id: int, wanted: MemberChange, now: datetime) -> Member:
    """Change what a member may do, whether they get in, where calls are put through to them.

    It holds from their next request on. DomainError `role_unknown`, `not_permitted`, `last_admin`, `owner_stays`,
    `phone_invalid`.
    """
    access.require(member, "users.edit")
    with transaction.atomic():
        found = _locked(member, member_id)
        before = _shown(found)
        if wanted.role is not None:
            access.require_within(member, access.role_rights(member.workspace_id, wanted.role))
            found.role = wanted.role
            found.own_contacts_only = found.own_contacts_only and wanted.role != Role.ADMIN
        if wanted.own_contacts_only is not None:
            found.own_contacts_only = wanted.own_contacts_only
        if wanted.is_active is not None:
            found.deactivated_at = None if wanted.is_active else found.deactivated_at or now
        if wanted.phone is not None:
            found.phone = read_phone(wanted.phone)
        _check_that_somebody_remains(found)
        found.save(update_fields=["role", "own_contacts_only", "deactivated_at", "phone"])
        if (after := _shown(found)) != before:
            _record(member, "member.change", found, now, before, after)
    return found


def remove(member: Member, member_id: int, now: datetime) -> None:
    """Take a member out: their keys and views go, what they owned belongs to nobody. Sign-in goes with the last
    workspace. DomainError `last_admin`, `owner_stays`, `not_permitted`.
    """
    access.require(member, "users.delete")
    with transaction.atomic():
        found = _locked(member, member_id)
        if found.is_owner:
            raise _owner_stays()
        before = _shown(found)
        found.deactivated_at = now
        _check_that_somebody_remains(found)
        _record(member, "member.remove", found, now, before, {})
        user = found.user
        found.delete()
        if not Member.objects.filter(user=user).exists():
            user.delete()


def make_owner(member: Member, member_id: int, now: datetime) -> Member:
    """Make another active admin the owner: the member whom the command line acts as."""
    access.require(member, "users.edit")
    with transaction.atomic():
        found = _locked(member, member_id)
        if found.role != Role.ADMIN or found.deactivated_at is not None:
            raise DomainError("owner_not_admin", "Only an active admin can own the workspace.")
        Member.objects.filter(workspace_id=member.workspace_id, is_owner=True).update(is_owner=False)
        found.is_owner = True
        found.save(update_fields=["is_owner"])
        _record(member, "member.own", found, now, {}, {"is_owner": True})
    return found


def password_link(member: Member, member_id: int, now: datetime) -> str:
    """Return a token by which a member sets a new password; earlier ones end.

    DomainError `user_shared` for somebody who works in other workspaces too: no admin may open those.
    """
    access.require(member, "users.edit")
    with transaction.atomic():
        found = _locked(member, member_id)
        if Member.objects.filter(user_id=found.user_id).exclude(pk=found.pk).exists():
            raise DomainError(
                "user_shared",
                f"{found.name} is a member of other workspaces too. The operator of this installation can make a "
                "link: drumbeat sign-in",
            )
        SignInToken.objects.filter(member=found, purpose=LinkPurpose.PASSWORD, used_at=None).update(
            used_at=now
        )
        _record(member, "member.password_link", found, now)
        return sign_in.create(found, now, LinkPurpose.PASSWORD)


def set_password(token: str, password: str, now: datetime) -> User:
    """Set the password by a link, which ends all sessions; DomainError `sign_in_link_invalid`, `password_weak`."""
    with transaction.atomic():
        member = sign_in.member_of(token, now, LinkPurpose.PASSWORD)
        user = sign_in.use(token, now, LinkPurpose.PASSWORD)
        passwords.check(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        member.via = "password link"
        _record(member, "member.password_set", member, now)
        tell_of_password(member, PASSWORD_SET, now)
    return user


def tell_of_password(member: Member, text: str, now: datetime) -> None:
    """Let the member see that their password changed: if it was not them, somebody else is in."""
    Notification.objects.create(
        workspace_id=member.workspace_id, member=member, kind="password_changed", text=text, created_at=now
    )


def rename(member: Member, name: str, now: datetime) -> Member:
    """Change the member's own name."""
    with transaction.atomic():
        before = member.name
        member.name = read_name(name)
        member.save(update_fields=["name"])
        if before != member.name:
            _record(member, "member.rename", member, now, {"name": before}, {"name": member.name})
    return member


def change_own(member: Member, name: str | None, phone: str | None, now: datetime) -> None:
    """Change the member's own name and number, both or neither; None leaves it. What `rename` and `set_phone` raise."""
    with transaction.atomic():
        if phone is not None:
            set_phone(member, phone, now)
        if name is not None:
            rename(member, name, now)


def set_phone(member: Member, phone: str, now: datetime) -> Member:
    """Change the number that calls are put through to for the member; "" takes it away. DomainError `phone_invalid`."""
    with transaction.atomic():
        before = member.phone
        member.phone = read_phone(phone)
        member.save(update_fields=["phone"])
        if before != member.phone:
            _record(member, "member.phone", member, now, {"phone": before}, {"phone": member.phone})
    return member


def _locked(member: Member, member_id: int) -> Member:
    """Return the member to change, with the workspace locked: two admins cannot each take the other out."""
    sql.lock(Workspace.objects.filter(pk=member.workspace_id))
    found = access.first(
        access.visible_to(member, Member).select_related("user", "workspace").filter(pk=member_id),
        "member",
        member_id,
    )
    access.require_within(member, access.rights_of(found))
    return found


def _check_that_somebody_remains(changed: Member) -> None:
    if changed.is_owner and (changed.role != Role.ADMIN or changed.deactivated_at is not None):
        raise _owner_stays()
    if changed.role == Role.ADMIN and changed.own_contacts_only:
        raise DomainError("admin_sees_all", "An admin sees all contacts. Change the role first.")
    others = admins(changed.workspace_id).exclude(pk=changed.pk)
    if not others.exists() and (changed.role != Role.ADMIN or changed.deactivated_at is not None):
        raise DomainError("last_admin", "This is the last admin. Make somebody else an admin first.")


def admins(workspace_id: int) -> QuerySet[Member]:
    """Return the admins who can get in."""
    return Member.objects.filter(
        workspace_id=workspace_id, role=Role.ADMIN, deactivated_at=None, user__is_active=True
    )


def _owner_stays() -> DomainError:
    return DomainError(
        "owner_stays", "The owner stays an active admin. Make another admin the owner of the workspace first."
    )


def _shown(member: Member) -> dict[str, object]:
    return {
        "role": member.role,
        "own_contacts_only": member.own_contacts_only,
        "is_active": member.deactivated_at is None,
        "phone": member.phone,
    }


def _record(
    member: Member,
    act: str,
    found: Member,
    now: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        member,
        act,
        now,
        object_kind="member",
        object_id=found.pk,
        name=found.name,
        before=before,
        after=after,
    )
