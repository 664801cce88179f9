"""Touches (the outbox), attempts, tasks and messages."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

UNHANDED = Q(handed_at__isnull=True, settled_at__isnull=True)
WITHHELD = UNHANDED & Q(vetoed_at__isnull=False)
BY_HAND = Q(enrollment__isnull=True, contact__isnull=False)
IN_DOUBT = Q(status="interrupted")
CLAIMABLE = Q(handed_at__isnull=True, settled_at__isnull=True, vetoed_at__isnull=True)


class Touch(models.Model):
    """One planned outbound execution: the idempotency record.

    `key` makes it unique, `mark` (a MAC of the key) names it outside: Message-ID and reply token. `handed_at` is
    the point of no return, `vetoed_at` withholds it, `lease_*` say who has it, `send_before` how long it may leave.
    `reserved_at` and `reserved` (letters d h m of the sender, D H M of the workspace) say which budget it used.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=200)
    mark = models.CharField(max_length=64)
    kind = models.CharField(max_length=10)
    enrollment = models.ForeignKey(
        "drumbeat.Enrollment", null=True, on_delete=models.CASCADE, related_name="touches"
    )
    contact = models.ForeignKey(
        "drumbeat.Contact", null=True, on_delete=models.CASCADE, db_index=False, related_name="touches"
    )
    step = models.CharField(max_length=63, blank=True, default="")
    visit = models.PositiveIntegerField(default=0)
    sender = models.ForeignKey(
        "drumbeat.SenderProfile", on_delete=models.PROTECT, db_index=False, related_name="touches"
    )
    recipient = models.CharField(max_length=320, blank=True, default="")
    base_address = models.CharField(max_length=64, blank=True, default="")
    status = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True, default="")
    priority = models.PositiveSmallIntegerField(default=20)
    content = models.JSONField(null=True)
    due_at = models.DateTimeField()
    not_before = models.DateTimeField()
    hold_reason = models.CharField(max_length=40, blank=True, default="")
    send_before = models.DateTimeField(null=True)
    lease_token = models.CharField(max_length=40, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    reserved_at = models.DateTimeField(null=True)
    reserved = models.CharField(max_length=8, blank=True, default="")
    handed_at = models.DateTimeField(null=True)
    vetoed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="touch_once"),
            models.UniqueConstraint(fields=["mark"], name="touch_mark_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["sender", "priority", "not_before", "enrollment", "id"],
                condition=CLAIMABLE,
                name="touch_claim",
            ),
            models.Index(fields=["contact"], condition=UNHANDED, name="touch_of_contact"),
            models.Index(fields=["base_address"], condition=UNHANDED, name="touch_to_address"),
            models.Index(fields=["workspace", "id"], condition=WITHHELD, name="touch_withheld"),
            models.Index(fields=["contact", "id"], condition=BY_HAND, name="touch_by_hand"),
            models.Index(fields=["workspace", "id"], condition=IN_DOUBT, name="touch_in_doubt"),
            models.Index(
                fields=["lease_until"],
                condition=Q(lease_until__isnull=False, settled_at__isnull=True),
                name="touch_leased",
            ),
        ]


class Attempt(models.Model):
    """One try to send a touch and how it ended. `provider_id` names it at the provider that took it."""

    touch = models.ForeignKey(Touch, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    handed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=20)
    code = models.CharField(max_length=40, blank=True, default="")
    text = models.TextField(blank=True, default="")
    provider_id = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="attempt_at_provider"),
            models.Index(fields=["ended_at"], condition=Q(outcome="scheduled"), name="attempt_put_off"),
        ]


class Task(models.Model):
    """What a person has to do; its touch carries status and times.

    `settled_at`: when a person said how it went; their word takes effect when the touch settles, until then it can be
    taken back. `note`: what else they said. `tries`: calls that led to another try; of an open task `outcome` is how
    the last one went. `created_by`: who wrote it by hand. `escalated_at`: nobody did it in time, so it was handed on,
    by `escalated_from`.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    touch = models.OneToOneField(Touch, on_delete=models.CASCADE, related_name="task")
    contact = models.ForeignKey("drumbeat.Contact", on_delete=models.CASCADE, related_name="tasks")
    assignee = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="tasks"
    )
    kind = models.CharField(max_length=10, default="to_do")
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=40, blank=True, default="")
    note = models.TextField(blank=True, default="", db_default="")
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True)
    escalated_from = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["assignee", "due_at"], condition=Q(settled_at__isnull=True), name="task_open"
            ),
            models.Index(
                fields=["workspace", "due_at", "id"], condition=Q(settled_at__isnull=True), name="task_due"
            ),
            models.Index(
                fields=["workspace", "-settled_at", "-id"],
                condition=Q(settled_at__isnull=False),
                name="task_done",
            ),
        ]


class Message(models.Model):
    """What went out or came in, on any channel: the conversation with a contact.

    `sentiment`: how an answer is meant, a `core.answers.wishes.Sentiment`; `is_doubtful`: its words only may mean it,
    so a person is asked. `files`: name, type and size of what was attached. `done_at`: a person has dealt with a mail
    that belongs to no contact.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey(
        "drumbeat.Contact", null=True, on_delete=models.CASCADE, db_index=False, related_name="messages"
    )
    enrollment = models.ForeignKey(
        "drumbeat.Enrollment", null=True, on_delete=models.SET_NULL, db_index=False
    )
    touch = models.ForeignKey(Touch, null=True, on_delete=models.SET_NULL, related_name="messages")
    sender = models.ForeignKey("drumbeat.SenderProfile", null=True, on_delete=models.SET_NULL, db_index=False)
    raw = models.ForeignKey("drumbeat.InboundMail", null=True, on_delete=models.SET_NULL, db_index=False)
    channel = models.CharField(max_length=10)
    direction = models.CharField(max_length=3)
    kind = models.CharField(max_length=20, blank=True, default="")
    from_address = models.CharField(max_length=320, blank=True, default="")
    to_address = models.CharField(max_length=320, blank=True, default="")
    subject = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    sentiment = models.CharField(max_length=20, blank=True, default="", db_default="")
    is_doubtful = models.BooleanField(default=False, db_default=False)
    has_html = models.BooleanField(default=False, db_default=False)
    files = models.JSONField(default=list, db_default=[])
    message_id = models.CharField(max_length=500, blank=True, default="")
    in_reply_to = models.CharField(max_length=500, blank=True, default="")
    references = models.TextField(blank=True, default="")
    occurred_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contact", "id"], name="message_of_contact"),
            models.Index(fields=["enrollment", "id"], name="message_of_enrollment"),
            models.Index(fields=["workspace", "direction", "-id"], name="message_inbox"),
            models.Index(
                fields=["workspace", "direction"], condition=Q(contact__isnull=True), name="message_of_nobody"
            ),
            models.Index(
                fields=["workspace", "-id"],
                condition=Q(contact__isnull=True, direction="in", done_at__isnull=True),
                name="message_unmatched",
            ),
            models.Index(
                fields=["workspace", "occurred_at"],
                condition=Q(direction="out", contact__isnull=False),
                name="message_sent",
            ),
        ]
