"""Enrollments and the journal of what was decided about them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

UNFINISHED = ~Q(state="finished")


class Enrollment(models.Model):
    """One contact's run through one version; `core.enrollment.Enrollment` is its value.

    `next_step_at`: when the planner must look next, NULL when only a wake can bring news. `woken_at`: a fact came in.
    `move`: to which version it goes as soon as nothing of it is out; `not_before`: a move made it due no earlier.
    `actor`: who gets the tasks that name nobody, where somebody was named; `resource_type`: what the one who
    enrolled calls a contact (`lead`, `contact`), "" where nobody said.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sequence = models.ForeignKey("drumbeat.Sequence", on_delete=models.CASCADE, db_index=False)
    version = models.ForeignKey("drumbeat.SequenceVersion", on_delete=models.PROTECT, db_index=False)
    contact = models.ForeignKey("drumbeat.Contact", on_delete=models.CASCADE, related_name="enrollments")
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True, default="")
    step = models.CharField(max_length=63, null=True)
    visits = models.JSONField(default=dict)
    origin_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    move = models.ForeignKey(
        "drumbeat.VersionMove", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    next_step_at = models.DateTimeField(null=True)
    woken_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    resume_at = models.DateTimeField(null=True)
    heard = models.JSONField(default=dict)
    chosen_sender = models.ForeignKey(
        "drumbeat.SenderProfile", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    step_sender = models.ForeignKey(
        "drumbeat.SenderProfile", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    enrolled_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    actor = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    resource_type = models.CharField(max_length=10, blank=True, default="", db_default="")
    source = models.CharField(max_length=40, default="manual")
    approved_at = models.DateTimeField(null=True)
    faults = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sequence", "contact"], condition=UNFINISHED, name="enrollment_once"
            ),
            models.CheckConstraint(
                condition=UNFINISHED | Q(next_step_at__isnull=True, woken_at__isnull=True),
                name="finished_looks_no_more",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sequence", "next_step_at"], condition=UNFINISHED, name="enrollment_due"),
            models.Index(fields=["woken_at"], condition=Q(woken_at__isnull=False), name="enrollment_woken"),
            models.Index(fields=["sequence", "state", "reason"], name="enrollment_by_state"),
            models.Index(fields=["sequence", "-id"], name="enrollment_newest"),
            models.Index(fields=["workspace", "id"], name="enrollment_of_workspace"),
            models.Index(
                fields=["workspace", "id"],
                condition=Q(state="pending_review"),
                name="enrollment_in_review",
            ),
        ]


class JournalEntry(models.Model):
    """A decision with its rule and reason, written in the transaction that made it; answers *Why?*."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="journal")
    at = models.DateTimeField()
    rule = models.CharField(max_length=40)
    step = models.CharField(max_length=63, blank=True, default="")
    visit = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True, default="")
    facts = models.JSONField(default=dict)
