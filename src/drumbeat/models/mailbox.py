"""Mailboxes that are read: where they are, how far they were read, and who reads them now."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Mailbox(models.Model):
    """A folder on an IMAP server. Mails of it are known for ever by (uidvalidity, uid); `last_uid` was read last.

    `fault` is a word, "" while all is well; `fault_text` is what the server said, `told_at` when the owner was told of
    it. Without `keeps_strangers` a mail that belongs to no contact is not kept: for mailboxes in which people get other
    mail too.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    sender = models.ForeignKey("drumbeat.SenderProfile", null=True, on_delete=models.SET_NULL)
    address = models.CharField(max_length=320)
    host = models.CharField(max_length=255)
    port = models.PositiveIntegerField()
    security = models.CharField(max_length=10)
    username = models.CharField(max_length=320)
    password_encrypted = models.BinaryField(null=True)
    grant = models.ForeignKey(
        "drumbeat.Grant", null=True, on_delete=models.SET_NULL, related_name="mailboxes"
    )
    host_trusted = models.BooleanField(default=False)
    folder = models.CharField(max_length=200, default="INBOX")
    keeps_strangers = models.BooleanField(default=True)
    enabled = models.BooleanField(default=True)
    uidvalidity = models.PositiveBigIntegerField(null=True)
    last_uid = models.PositiveBigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True, default="")
    fault_text = models.TextField(blank=True, default="")
    fault_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=60, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "host", "username", "folder"], name="mailbox_once")
        ]
