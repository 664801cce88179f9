"""What starts sequences by itself: who listens to what, what was seen of conditions, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Listener(models.Model):
    """That a sequence must be asked when an event of this kind happens; `name` narrows it, "" hears all of the kind.

    Written anew with the sequence's settings and its status; only sequences that run have any. `purpose` is `start` or
    `stop`. A condition listens to every kind that may change what it reads.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sequence = models.ForeignKey("drumbeat.Sequence", on_delete=models.CASCADE, related_name="listeners")
    purpose = models.CharField(max_length=5)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "kind", "name", "sequence", "purpose"], name="listener_once"
            )
        ]


class ConditionSeen(models.Model):
    """A condition of a sequence's start was true for this contact when it was last looked at.

    `condition` is a hash of what it says: another condition begins with nobody. Fires only who is not here yet.
    """

    sequence = models.ForeignKey("drumbeat.Sequence", on_delete=models.CASCADE, db_index=False)
    condition = models.CharField(max_length=16)
    contact = models.ForeignKey("drumbeat.Contact", on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sequence", "condition", "contact"], name="condition_seen_once")
        ]


class TriggerMatch(models.Model):
    """That a trigger met a contact, and what became of it: an enroll answer, or `loop` where the guard acted.

    `kind` is that of the event, "" where a condition turned true. `entry` counts the entries of the trigger from 0;
    -1 are the criteria of auto-enrollment.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sequence = models.ForeignKey("drumbeat.Sequence", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey("drumbeat.Contact", on_delete=models.CASCADE)
    kind = models.CharField(max_length=40, blank=True, default="")
    entry = models.SmallIntegerField()
    answer = models.CharField(max_length=30)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["sequence", "-id"], name="trigger_match_of_sequence")
        ]


class Hook(models.Model):
    """An address at which another program tells what happened, and the secret with which it signs."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    name = models.CharField(max_length=60)
    token = models.CharField(max_length=64, unique=True)
    secret_encrypted = models.BinaryField()
    event = models.CharField(max_length=40)
    creates_contacts = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="hook_once")
        ]
