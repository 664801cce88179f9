"""What agents would answer to what contacts wrote: a suggestion, which only a person can send."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

ANSWER_WANTED = Q(state="wanted")
ANSWER_WAITING = Q(state="waiting")


class AnswerState(models.TextChoices):
    """`wanted`: still to be written. `waiting`: for a person. `done`: `outcome` says how it ended."""

    WANTED = "wanted"
    WAITING = "waiting"
    DONE = "done"


class AnswerOutcome(models.TextChoices):
    """`sent`: as it was written, or `changed` by a person; `discarded` by one. `answered`: a person wrote instead.

    `newer`: the contact wrote again. `withdrawn`: nobody is to be answered any more. `not_written`: `because` says why.
    """

    SENT = "sent"
    CHANGED = "changed"
    DISCARDED = "discarded"
    ANSWERED = "answered"
    NEWER = "newer"
    WITHDRAWN = "withdrawn"
    NOT_WRITTEN = "not_written"


class AnswerDraft(models.Model):
    """The draft of an answer to one message; the row is the request, and a message has one.

    `text` is what the agent wrote; what a person sends instead is the touch's. `because`: what the writing waits for,
    or why there is none. `note` is a person's wish, `prompt` and `said` are of the last answer of the model, and
    `fingerprint` is of what `text` was written from.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey("drumbeat.Contact", on_delete=models.CASCADE, related_name="answer_drafts")
    message = models.OneToOneField("drumbeat.Message", on_delete=models.CASCADE, related_name="+")
    agent = models.ForeignKey(
        "drumbeat.Agent", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    touch = models.OneToOneField("drumbeat.Touch", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.WANTED)
    outcome = models.CharField(max_length=20, choices=AnswerOutcome.choices, blank=True, default="")
    text = models.TextField(blank=True, default="")
    concerns = models.JSONField(default=list)
    risk = models.CharField(max_length=4, blank=True, default="")
    because = models.CharField(max_length=20, blank=True, default="")
    note = models.TextField(blank=True, default="")
    model = models.CharField(max_length=100, blank=True, default="")
    prompt = models.TextField(blank=True, default="")
    said = models.TextField(blank=True, default="")
    fingerprint = models.CharField(max_length=64, blank=True, default="", db_default="")
    asked_at = models.DateTimeField()
    not_before = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")
    lease_token = models.CharField(max_length=60, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["not_before", "id"], condition=ANSWER_WANTED, name="answer_wanted"),
            models.Index(
                fields=["workspace", "written_at", "id"], condition=ANSWER_WAITING, name="answer_waiting"
            ),
        ]
