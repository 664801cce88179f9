"""What a provider told of the mail that it carries, before it is understood; and what lies there to be fetched."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class ProviderEvent(models.Model):
    """One event as a provider told it, stored before it is acknowledged; emptied once it has been read.

    `look_at`: what belongs to no mail of ours yet is looked at again then, for a while.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sender = models.ForeignKey("drumbeat.SenderProfile", on_delete=models.CASCADE, db_index=False)
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=200)
    told = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "source", "external_id"], name="provider_event_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="provider_event_unread"
            ),
            models.Index(fields=["received_at"], name="provider_event_received"),
        ]


class ProviderFetch(models.Model):
    """What a provider's call only named: stored before the call is acknowledged, fetched later, emptied then.

    `look_at`: when it is tried next, None once it is here or set aside. One that is set aside keeps its fault.
    """

    sender = models.ForeignKey("drumbeat.SenderProfile", on_delete=models.CASCADE, db_index=False)
    external_id = models.CharField(max_length=200)
    lying = models.JSONField(default=dict)
    received_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sender", "external_id"], name="provider_fetch_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="provider_fetch_due"),
            models.Index(fields=["received_at"], name="provider_fetch_received"),
        ]
