"""Agents: who writes for a workspace when no person does."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Agent(models.Model):
    """An agent, as `core.personas` describes it. The default writes where a sequence names none.

    `policies` are kept by kind of action; `cost_per_day` is in whatever currency the model's prices are.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=100)
    persona = models.TextField(blank=True, default="")
    tone = models.CharField(max_length=10, default="friendly")
    language = models.CharField(max_length=10, blank=True, default="")
    facts = models.JSONField(default=list)
    banned = models.JSONField(default=list)
    links = models.JSONField(default=list)
    autonomy = models.CharField(max_length=10, default="assisted")
    policies = models.JSONField(default=dict)
    warm_up = models.PositiveIntegerField(default=0)
    drafts_per_day = models.PositiveIntegerField(null=True)
    cost_per_day = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="agent_name_once"),
            models.UniqueConstraint(
                fields=["workspace"], condition=Q(is_default=True), name="agent_one_default"
            ),
        ]
