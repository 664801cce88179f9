"""What an AI step asked and was answered: the request and the decision are one row."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Decision(models.Model):
    """Stored once per enrollment, step and visit; a row without `decided_at` is still to be answered.

    `answer` is what was said. `fallback`: it named no way of the step, or came too late, so the fallback was taken.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    enrollment = models.ForeignKey(
        "drumbeat.Enrollment", on_delete=models.CASCADE, db_index=False, related_name="decisions"
    )
    step = models.CharField(max_length=63)
    visit = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    lease_token = models.CharField(max_length=60, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    answer = models.CharField(max_length=200, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    score = models.FloatField(null=True)
    confidence = models.FloatField(null=True)
    model = models.CharField(max_length=100, blank=True, default="")
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    fallback = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enrollment", "step", "visit"], name="decision_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["not_before"], condition=Q(decided_at__isnull=True), name="decision_open")
        ]
