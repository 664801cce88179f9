"""Fetches of tracked links and pictures, as long as their judgement needs them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Hit(models.Model):
    """One fetch; `key` is random, so that it counts once. No network address is kept.

    `link` counts from 1, 0 is the picture or the hidden link; `links` is how many links the mail has.
    """

    key = models.CharField(max_length=32, unique=True)
    touch = models.ForeignKey("drumbeat.Touch", on_delete=models.CASCADE, db_index=False, related_name="hits")
    kind = models.CharField(max_length=6)
    link = models.PositiveSmallIntegerField(default=0)
    links = models.PositiveSmallIntegerField(default=0)
    target = models.TextField(blank=True, default="")
    how = models.CharField(max_length=10)
    agent = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    judged_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["touch", "at"], name="hit_of_touch"),
            models.Index(fields=["at"], condition=Q(judged_at__isnull=True), name="hit_unjudged"),
            models.Index(fields=["judged_at"], condition=Q(judged_at__isnull=False), name="hit_judged"),
        ]
