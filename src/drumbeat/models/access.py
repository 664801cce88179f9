"""How programs and invited people get in, what was done with it, and what an interrupted request answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ApiKey(models.Model):
    """A bearer key that acts as its member. Only its hash is kept; `prefix` names it in lists and logs.

    `role` and `rights` (empty: all of the role) narrow what the member may do; they never widen it.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    member = models.ForeignKey("drumbeat.Member", on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=200)
    prefix = models.CharField(max_length=16, unique=True)
    hash = models.CharField(max_length=64)
    role = models.CharField(max_length=40)
    rights = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)


class CustomRole(models.Model):
    """A role that a workspace made itself: a name and the rights that come with it."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=40)
    rights = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="custom_role_once")
        ]


class Invitation(models.Model):
    """A one-time link by which somebody joins a workspace; only its hash is kept."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    email = models.CharField(max_length=320)
    role = models.CharField(max_length=40)
    invited_by = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class AuditEntry(models.Model):
    """Who changed what, from what to what. Appended, never changed. `via` is "web", "key <prefix>" or "cli".

    `by` is the member's name of then: it stays when the member is removed.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200, blank=True, default="", db_default="")
    via = models.CharField(max_length=40, blank=True, default="")
    act = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40, blank=True, default="")
    object_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=300, blank=True, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "-id"], name="audit_of_workspace"),
            models.Index(fields=["workspace", "object_kind", "object_id", "-id"], name="audit_of_object"),
        ]


class IdempotencyKey(models.Model):
    """The answer to a request that contacts people, kept so that asking again does not contact them again."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey("drumbeat.Member", on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "member", "key"], name="idempotency_key_once")
        ]


class SavedView(models.Model):
    """Filters and order of a list under a name: a member's own, or shared with the workspace."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey("drumbeat.Member", on_delete=models.CASCADE)
    room = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    query = models.TextField(blank=True, default="")
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "member", "room", "name"], name="saved_view_once")
        ]


class CacheEntry(models.Model):
    """A row of Django's cache, which counts failed sign-ins for all web processes. Only the cache touches it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "drumbeat_cache"
