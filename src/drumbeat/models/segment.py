"""Segments: conditions that were saved under a name. Who is in one is asked anew each time."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Segment(models.Model):
    """`condition` is the canonical JSON of `core.document.write_condition`."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    condition = models.JSONField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="segment_once")
        ]
