"""Sender profiles, what they have used of their caps, and who must not be contacted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SenderKind(models.TextChoices):
    """How a sender carries touches out; `task`, `notice` and `webhook` are the built-in ones of a workspace."""

    SMTP = "smtp"
    ESP = "esp"
    TWILIO = "twilio"
    TASK = "task"
    NOTICE = "notice"
    WEBHOOK = "webhook"
    NULL = "null"


BUILT_IN_SENDERS = (SenderKind.TASK, SenderKind.NOTICE, SenderKind.WEBHOOK)
"""One of each in a workspace; no mailboxes, so people neither choose nor see them."""

MAILBOXES = (SenderKind.SMTP, SenderKind.ESP, SenderKind.NULL)
"""What writes mail to contacts."""


class SenderProfile(models.Model):
    """A mailbox or number that sends: its window, caps, health, and the lease of the worker that serves it.

    `provider` carries its mail where `kind` is esp; `hook_token` is the address at which it tells what became of it.
    A number has a row for each `channel` (sms, whatsapp, voice), its address is its E.164 form, and it belongs to
    `account`. `service_sid`: the messaging service that picks one of its numbers. `registration`: how it stands with
    the carriers of the United States, a word of `core.numbers.Registration`.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=10, choices=SenderKind.choices, default=SenderKind.SMTP)
    channel = models.CharField(max_length=10, default="email")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=320, blank=True, default="")
    reply_to = models.CharField(max_length=320, blank=True, default="")
    owner = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL)
    signature = models.TextField(blank=True, default="")
    host = models.CharField(max_length=255, blank=True, default="")
    port = models.PositiveIntegerField(default=0)
    security = models.CharField(max_length=24, blank=True, default="")
    username = models.CharField(max_length=320, blank=True, default="")
    password_encrypted = models.BinaryField(null=True)
    grant = models.ForeignKey("drumbeat.Grant", null=True, on_delete=models.SET_NULL, related_name="senders")
    host_trusted = models.BooleanField(default=False)
    provider = models.CharField(max_length=20, blank=True, default="", db_default="")
    provider_options = models.JSONField(default=dict, db_default={})
    provider_secrets_encrypted = models.BinaryField(null=True)
    hook_token = models.CharField(max_length=64, blank=True, default="", db_default="")
    hook_heard_at = models.DateTimeField(null=True)
    hook_refused_at = models.DateTimeField(null=True)
    hook_refused_text = models.CharField(max_length=200, blank=True, default="", db_default="")
    account = models.ForeignKey(
        "drumbeat.PhoneAccount", null=True, on_delete=models.PROTECT, related_name="numbers"
    )
    service_sid = models.CharField(max_length=34, blank=True, default="", db_default="")
    registration = models.CharField(max_length=20, blank=True, default="", db_default="")
    plus_addressing = models.BooleanField(default=False)
    connections = models.PositiveSmallIntegerField(default=4)
    spacing_seconds = models.PositiveIntegerField(default=0)
    window = models.JSONField(null=True)
    time_zone = models.CharField(max_length=64, blank=True, default="")
    cap_per_minute = models.PositiveIntegerField(null=True)
    cap_per_hour = models.PositiveIntegerField(null=True)
    cap_per_day = models.PositiveIntegerField(null=True)
    warm_up = models.JSONField(null=True)
    warm_up_started_at = models.DateTimeField(null=True)
    enabled = models.BooleanField(default=True)
    down_until = models.DateTimeField(null=True)
    down_reason = models.CharField(max_length=40, blank=True, default="")
    down_text = models.TextField(blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    full_until = models.DateTimeField(null=True)
    last_served_at = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=40, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "kind", "channel", "address"], name="sender_once"),
            models.UniqueConstraint(
                fields=["hook_token"], condition=~models.Q(hook_token=""), name="sender_hook_once"
            ),
        ]


class Budget(models.Model):
    """How much of one bucket (a local day, a clock hour, a clock minute) is used.

    `scope` is `sender:<id>` or `workspace:<id>`; `start` is the bucket's first moment in UTC.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    scope = models.CharField(max_length=40)
    unit = models.CharField(max_length=6)
    start = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "scope", "unit", "start"], name="budget_once")
        ]


class Suppression(models.Model):
    """An address that must not be contacted, as keyed hash of its base form.

    `channel` is "" for all, `scope` "" for every sequence or `sequence:<id>`, `workspace` NULL for the installation.
    It survives the contact and its import anew; lifting is recorded, never a deletion. `kind` is "address" or
    "domain" (the hash of "@domain"). `contact`: whom it was written for, where that is known.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", null=True, on_delete=models.CASCADE, db_index=False)
    channel = models.CharField(max_length=10, blank=True, default="")
    kind = models.CharField(max_length=10, default="address")
    hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=20)
    source = models.CharField(max_length=200, blank=True, default="")
    scope = models.CharField(max_length=40, blank=True, default="")
    contact = models.ForeignKey(
        "drumbeat.Contact", null=True, on_delete=models.SET_NULL, related_name="suppressions"
    )
    created_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=200, blank=True, default="")
    lifted_reason = models.TextField(blank=True, default="", db_default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["hash"], name="suppression_by_hash")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "channel", "hash", "reason", "scope"],
                condition=models.Q(lifted_at__isnull=True),
                name="suppression_once",
            ),
            # To the one above no NULL equals another.
            models.UniqueConstraint(
                fields=["channel", "hash", "reason", "scope"],
                condition=models.Q(lifted_at__isnull=True, workspace__isnull=True),
                name="suppression_everywhere_once",
            ),
        ]
