"""What agents write: the draft of a touch, and each answer of a model with what it cost."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

WANTED = Q(state="wanted")
WAITING = Q(state="waiting")
BY_PEOPLE = Q(decision__in=("approved", "edited"))


class DraftState(models.TextChoices):
    """`wanted`: still to be written. `waiting`: for a person. `done`: decided, or nobody needs it any more."""

    WANTED = "wanted"
    WAITING = "waiting"
    DONE = "done"


class Draft(models.Model):
    """The text of one touch that an agent writes; the row is the request. The touch's status says where it stands.

    `subject` and `text` are what would leave, the originals what the agent wrote. `because` is why a person is asked,
    or what the writing waits for. `is_fallback`: the step's own text stands in. `fingerprint` is of what it was
    written from, `checked_at` when that was last compared. `renewals`: how often it was written anew for its age.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    touch = models.OneToOneField("drumbeat.Touch", on_delete=models.CASCADE, related_name="draft")
    agent = models.ForeignKey(
        "drumbeat.Agent", null=True, on_delete=models.SET_NULL, db_index=False, related_name="drafts"
    )
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.WANTED)
    subject = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    original_subject = models.TextField(blank=True, default="")
    original_text = models.TextField(blank=True, default="")
    concerns = models.JSONField(default=list)
    risk = models.CharField(max_length=4, blank=True, default="")
    facts = models.JSONField(default=list)
    because = models.CharField(max_length=20, blank=True, default="")
    is_fallback = models.BooleanField(default=False)
    note = models.TextField(blank=True, default="")
    model = models.CharField(max_length=100, blank=True, default="")
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    renewals = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    lease_token = models.CharField(max_length=60, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    waits_since = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, blank=True, default="")
    decided_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["not_before", "id"], condition=WANTED, name="draft_wanted"),
            models.Index(fields=["workspace", "waits_since", "id"], condition=WAITING, name="draft_waiting"),
            models.Index(fields=["checked_at", "id"], condition=WAITING, name="draft_checked"),
            models.Index(
                fields=["workspace", "-decided_at", "-id"],
                condition=Q(decided_at__isnull=False),
                name="draft_decided",
            ),
            models.Index(fields=["agent"], condition=BY_PEOPLE, name="draft_by_people"),
        ]


class Writing(models.Model):
    """One answer of a model to a request for a draft, kept for the account: what it was told, said and cost.

    `draft` is null for a drafted answer, which keeps its own, and for a trial: of these only the cost is kept.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    agent = models.ForeignKey(
        "drumbeat.Agent", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    draft = models.ForeignKey(Draft, null=True, on_delete=models.CASCADE, related_name="writings")
    at = models.DateTimeField()
    model = models.CharField(max_length=100, blank=True, default="")
    prompt = models.TextField(blank=True, default="")
    said = models.TextField(blank=True, default="")
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    fault = models.TextField(blank=True, default="")
    is_trial = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agent", "at"], name="writing_of_agent"),
        ]
