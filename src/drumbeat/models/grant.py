"""What people allowed at Google, Microsoft or another provider: mail without a password, until they take it back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Grant(models.Model):
    """Leave to use one account. `state`: ok, revoked (a person must connect it again) or error (tried again).

    Both tokens are encrypted. `lease_until` ends the lease of whoever asks for a new access token, by the database's
    clock, as is `access_until`.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    member = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL)
    provider = models.CharField(max_length=12)
    address = models.CharField(max_length=320)
    scopes = models.TextField(blank=True, default="")
    access_encrypted = models.BinaryField(null=True)
    access_until = models.DateTimeField(null=True)
    refresh_encrypted = models.BinaryField(null=True)
    lease_token = models.CharField(max_length=40, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="ok")
    fault = models.TextField(blank=True, default="")
    refreshed_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "provider", "address"], name="grant_once")
        ]


class SenderRecord(models.Model):
    """What became of a sender's mail of late. `counts_from`: since when it is counted; a release begins anew.

    `held_at` is set while the sender is held for what was counted. `to_consumers`: how many of the last 24 hours went
    to people's own addresses, by mailbox provider.
    """

    sender = models.OneToOneField("drumbeat.SenderProfile", on_delete=models.CASCADE, related_name="record")
    sent = models.PositiveIntegerField(default=0)
    bounced = models.PositiveIntegerField(default=0)
    complained = models.PositiveIntegerField(default=0)
    deferred = models.PositiveIntegerField(default=0)
    to_consumers = models.JSONField(default=dict, db_default={})
    level = models.CharField(max_length=10, default="quiet")
    counts_from = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
