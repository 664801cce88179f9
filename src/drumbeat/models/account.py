"""Who works here: users, workspaces, members."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> User:
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do is said by their memberships."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()


class Installation(models.Model):
    """The one row that says which secret the database was written with."""

    fingerprint = models.CharField(max_length=64)
    created_at = models.DateTimeField()


class Workspace(models.Model):
    """A tenant. Every other table starts its keys with it.

    `frequency_cap`: how many messages one contact gets in `frequency_cap_days`, over all sequences. `won_stages`: who
    reaches one of these stages has converted. `webhook_secrets`: how many secrets its webhooks were signed with so far;
    the last one counts. `branding` is kept as `core.branding` writes it. `draft_days`: after so many days what an agent
    wrote, and nobody has answered, is written anew.
    """

    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="UTC")
    postal_address = models.TextField(blank=True, default="")
    branding = models.JSONField(default=dict, db_default={})
    sequence_batch_limit = models.PositiveIntegerField(default=500)
    cap_per_minute = models.PositiveIntegerField(null=True)
    cap_per_hour = models.PositiveIntegerField(null=True)
    cap_per_day = models.PositiveIntegerField(null=True)
    overdue_minutes = models.PositiveIntegerField(default=15)
    frequency_cap = models.PositiveIntegerField(null=True)
    frequency_cap_days = models.PositiveIntegerField(default=7, db_default=7)
    won_stages = models.JSONField(default=list, db_default=[])
    default_sender = models.ForeignKey(
        "drumbeat.SenderProfile", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    allows_tracking = models.BooleanField(default=True, db_default=True)
    draft_days = models.PositiveIntegerField(default=7, db_default=7)
    reps_see_own_contacts = models.BooleanField(default=False, db_default=False)
    forwards_replies = models.BooleanField(default=True, db_default=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=200, blank=True, default="")
    webhook_secrets = models.PositiveIntegerField(default=1, db_default=1)
    webhook_secret_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()


class Role(models.TextChoices):
    ADMIN = "admin"
    MANAGER = "manager"
    REP = "rep"
    VIEWER = "viewer"


class Member(models.Model):
    """A user in a workspace. The owner is the member whom the installation acts as by default.

    `role` is a Role or the name of a CustomRole. `phone`, in E.164 form, is where calls are put through to. A
    deactivated member keeps what is theirs and gets in no more.
    No columns: `narrowed_to`, the rights that the key of a request leaves to its member (None: all), `narrowed_role`,
    that key's role, `via`, the way they came in, for the audit log, and `unlocked`, what they showed for sequences
    that a password guards.
    """

    narrowed_to: frozenset[str] | None = None
    narrowed_role: str = ""
    via: str = "cli"
    unlocked: Mapping[int, str] = MappingProxyType({})

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, default=Role.REP)
    phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    is_owner = models.BooleanField(default=False)
    own_contacts_only = models.BooleanField(default=False, db_default=False)
    deactivated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once"),
            models.UniqueConstraint(
                fields=["workspace"], condition=models.Q(is_owner=True), name="member_one_owner"
            ),
        ]


class Notification(models.Model):
    """A line for one member: somebody replied, a sender needs attention."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    text = models.TextField()
    contact = models.ForeignKey("drumbeat.Contact", null=True, on_delete=models.CASCADE)
    enrollment = models.ForeignKey("drumbeat.Enrollment", null=True, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["member", "-id"], name="notification_of_member")
        ]
