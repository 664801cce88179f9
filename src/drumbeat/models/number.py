"""Accounts at Twilio, what Twilio told before it is understood, and what became of texts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class PhoneAccount(models.Model):
    """An account at Twilio, by which numbers text and call; the numbers are sender profiles.

    `secrets_encrypted`: JSON of `token`, which callbacks are signed with, and `key_secret` of the API key `key_sid`.
    `hook_token` is the address at which Twilio tells. `answers_words`: Twilio answers STOP, START and HELP by itself.
    `prices`: a currency and the price of a segment by the beginning of the number. `templates`: those of WhatsApp, as
    Twilio listed them at `templates_read_at`.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    sid = models.CharField(max_length=34)
    key_sid = models.CharField(max_length=34, blank=True, default="")
    secrets_encrypted = models.BinaryField()
    answers_words = models.BooleanField(default=True)
    prices = models.JSONField(default=dict)
    templates = models.JSONField(default=list)
    templates_read_at = models.DateTimeField(null=True)
    hook_token = models.CharField(max_length=64, unique=True)
    hook_heard_at = models.DateTimeField(null=True)
    hook_refused_at = models.DateTimeField(null=True)
    hook_refused_text = models.CharField(max_length=200, blank=True, default="")
    checked_at = models.DateTimeField(null=True)
    fault = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "sid"], name="phone_account_once")
        ]


class PhoneCallback(models.Model):
    """A form that Twilio posted, stored before it is acknowledged; emptied once it has been read.

    `mark` names the touch that it is about, empty where somebody wrote to us. `digest` tells it from others. `look_at`:
    what cannot be read yet is looked at again then, for a while.
    """

    account = models.ForeignKey(PhoneAccount, on_delete=models.CASCADE, db_index=False)
    mark = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)
    form = models.JSONField(default=list)
    received_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "digest"], name="phone_callback_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["look_at"], condition=Q(look_at__isnull=False), name="phone_callback_unread"
            ),
            models.Index(fields=["received_at"], name="phone_callback_received"),
        ]


class TextReport(models.Model):
    """All that was heard of a text or WhatsApp message so far: `core.twilio_messages.Message`, by its touch."""

    touch = models.OneToOneField("drumbeat.Touch", on_delete=models.CASCADE, related_name="text_report")
    sid = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    code = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["sid"], name="text_report_by_sid")]


class TextMedia(models.Model):
    """A file that came with a text or WhatsApp message, at its `place` from 0: kept as a wish, fetched later.

    `look_at`: when it is tried next, None once it is here or set aside. One that is set aside keeps its fault. What a
    person is shown of it stands in the message's `files`.
    """

    message = models.ForeignKey(
        "drumbeat.Message", on_delete=models.CASCADE, db_index=False, related_name="media"
    )
    account = models.ForeignKey(PhoneAccount, null=True, on_delete=models.SET_NULL, db_index=False)
    place = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=2000)
    data = models.BinaryField(null=True)
    look_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "place"], name="text_media_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["look_at"], condition=Q(look_at__isnull=False), name="text_media_due")
        ]
