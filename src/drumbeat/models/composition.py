"""What mails are made of besides their words: files that go along, pictures that they show."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Attachment(models.Model):
    """A file that steps and letters send along, its bytes kept once for each who uploads them; `data` is never listed.

    `shared`: a step took it along, so that it is the workspace's. Before that it is its uploader's, and goes with the
    letters to a contact whoever sees the contact.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    data = models.BinaryField()
    made_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    shared = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "sha256", "made_by"], name="attachment_once_each")
        ]


class Picture(models.Model):
    """An image at a public address made of `token`. It stays when another takes its place: mails that left show it."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=43, unique=True)
    content_type = models.CharField(max_length=100)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    data = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "sha256"], name="picture_once")
        ]
