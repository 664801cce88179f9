"""The inbox: one conversation per contact who ever wrote, as a line that is cheap to list."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Conversation(models.Model):
    """Where the talk with a contact stands. `kind` and `last_message` are those of the last mail that came in.

    `sentiment` is what the contact was last understood to mean. `question`: what a person is asked about it, a
    `core.incoming.Question`. `last_at` is the last message either way. Mail that a sequence sends makes no conversation
    and moves none.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.OneToOneField("drumbeat.Contact", on_delete=models.CASCADE, related_name="conversation")
    last_message = models.ForeignKey(
        "drumbeat.Message", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20, blank=True, default="")
    sentiment = models.CharField(max_length=20, blank=True, default="", db_default="")
    question = models.CharField(max_length=20, null=True)
    last_at = models.DateTimeField()
    needs_answer = models.BooleanField(default=False)
    unread = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "-last_at", "-id"], name="conversation_newest"),
            models.Index(
                fields=["workspace", "-last_at", "-id"],
                condition=Q(needs_answer=True),
                name="conversation_to_answer",
            ),
            models.Index(
                fields=["workspace", "-last_at", "-id"],
                condition=Q(question__isnull=False),
                name="conversation_asking",
            ),
            models.Index(fields=["workspace", "sentiment", "-last_at", "-id"], name="conversation_meant"),
            models.Index(fields=["workspace", "kind", "-last_at", "-id"], name="conversation_of_kind"),
        ]
