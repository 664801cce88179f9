"""Phone calls: each is one attempt of a touch of the channel voice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

LIVE = Q(settled_at__isnull=True)


class Call(models.Model):
    """One call: what it is to do, written before it is placed, and all that was heard of it since (`core.calls.Call`).

    `number` is that of the attempt. `sid` is Twilio's name for it, empty until it is known. `script` is what it says,
    in the words that this contact hears; `connect_to` whom a person is put through to, `connect_as` the number that
    person sees. `deed` is what it was told at `deed_at`, written before it was told; `was_told` whether that was
    taken. `was_stopped`: it was called off. `put_through`: what came of ringing one of us, empty while nobody said.
    `look_at`: when the worker looks at it next; NULL: when something is heard.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    touch = models.ForeignKey("drumbeat.Touch", on_delete=models.CASCADE, related_name="calls")
    contact = models.ForeignKey(
        "drumbeat.Contact", null=True, on_delete=models.CASCADE, db_index=False, related_name="calls"
    )
    number = models.PositiveSmallIntegerField()
    sid = models.CharField(max_length=40, blank=True, default="")
    script = models.TextField(blank=True, default="")
    language = models.CharField(max_length=20, blank=True, default="")
    voice = models.CharField(max_length=80, blank=True, default="")
    on_human = models.CharField(max_length=10)
    on_machine = models.CharField(max_length=10)
    connect_to = models.CharField(max_length=40, blank=True, default="")
    connect_as = models.CharField(max_length=40, blank=True, default="")
    retries = models.PositiveSmallIntegerField()
    apart_seconds = models.PositiveIntegerField()
    state = models.CharField(max_length=12, default="queued")
    answered_by = models.CharField(max_length=20, blank=True, default="")
    deed = models.CharField(max_length=10, blank=True, default="")
    deed_at = models.DateTimeField(null=True)
    was_told = models.BooleanField(null=True)
    was_stopped = models.BooleanField(default=False)
    put_through = models.CharField(max_length=12, blank=True, default="")
    seconds = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True, default="")
    placed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    look_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["touch", "number"], name="call_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["look_at"], condition=LIVE, name="call_live"),
            models.Index(fields=["contact", "id"], name="call_of_contact"),
        ]
