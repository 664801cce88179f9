"""Domains that senders send from: the key that signs for them, and how their DNS stood last."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SendingDomain(models.Model):
    """A domain of senders. Mail is signed while `signs`; `found` is what the last check found, newest only.

    Tracked links lead by `link_host` once it is proven.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    domain = models.CharField(max_length=255)
    selector = models.CharField(max_length=63, blank=True, default="")
    key_encrypted = models.BinaryField(null=True)
    signs = models.BooleanField(default=False)
    found = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    link_host = models.CharField(max_length=253, blank=True, default="", db_default="")
    link_host_proven_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "domain"], name="sending_domain_once")
        ]
