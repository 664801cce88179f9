"""What came back from outside: events, raw inbound mail; and background work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

OF_TRACKING = Q(source="tracking")
"""Opens and clicks, of people and of machines."""


class Event(models.Model):
    """What happened, stored raw, once: unique by source and external id where it has one."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=40)
    contact = models.ForeignKey(
        "drumbeat.Contact", null=True, on_delete=models.CASCADE, db_index=False, related_name="events"
    )
    enrollment = models.ForeignKey(
        "drumbeat.Enrollment", null=True, on_delete=models.SET_NULL, db_index=False
    )
    touch = models.ForeignKey("drumbeat.Touch", null=True, on_delete=models.SET_NULL, db_index=False)
    source = models.CharField(max_length=40)
    external_id = models.CharField(max_length=500, blank=True, default="")
    payload = models.JSONField(default=dict)
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()
    triggered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "source", "external_id"], condition=~Q(external_id=""), name="event_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contact", "id"], name="event_of_contact"),
            models.Index(fields=["id"], condition=Q(triggered_at__isnull=True), name="event_unread"),
            models.Index(
                fields=["workspace", "received_at"],
                condition=Q(kind__in=["bounced", "complained"]),
                name="event_of_harm",
            ),
            models.Index(fields=["enrollment"], condition=OF_TRACKING, name="event_of_tracking"),
        ]


SET_ASIDE = Q(workspace__isnull=False, done_at__isnull=True)


class InboundMail(models.Model):
    """A mail as it arrived, stored before it is acknowledged. A poison one keeps its fault and is set aside.

    `workspace`: of one that was set aside, whose it seems to be; `done_at`: a person has dealt with that.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", null=True, on_delete=models.SET_NULL, db_index=False)
    source = models.CharField(max_length=60)
    external_id = models.CharField(max_length=200)
    envelope_from = models.CharField(max_length=320, blank=True, default="")
    envelope_to = models.JSONField(default=list)
    raw = models.BinaryField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "external_id"], name="inbound_mail_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(processed_at__isnull=True), name="inbound_mail_unread"),
            models.Index(fields=["received_at"], condition=~Q(fault=""), name="inbound_mail_faulty"),
            models.Index(fields=["workspace", "-id"], condition=SET_ASIDE, name="inbound_mail_set_aside"),
        ]


class Job(models.Model):
    """Background work in resumable chunks: `cursor` says where the next chunk begins."""

    workspace = models.ForeignKey("drumbeat.Workspace", null=True, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="waiting")
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    result = models.JSONField(default=dict)
    fault = models.TextField(blank=True, default="")
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    lease_token = models.CharField(max_length=40, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["not_before"], condition=Q(finished_at__isnull=True), name="job_open")
        ]


class Worker(models.Model):
    """A running worker and its last sign of life."""

    name = models.CharField(max_length=200, unique=True)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class LinkPurpose(models.TextChoices):
    SIGN_IN = "sign_in"
    CLAIM = "claim"
    PASSWORD = "password"


class SignInToken(models.Model):
    """A one-time link: signs a member in, lets the first one take over, or sets a new password.

    Only its hash is kept. A link does what it was made for and nothing else.
    """

    purpose = models.CharField(
        max_length=10,
        choices=LinkPurpose.choices,
        default=LinkPurpose.SIGN_IN,
        db_default=LinkPurpose.SIGN_IN.value,
    )
    member = models.ForeignKey("drumbeat.Member", on_delete=models.CASCADE)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
