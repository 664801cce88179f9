"""Sequences: live settings, the working copy, immutable versions, shared content."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class SequenceStatus(models.TextChoices):
    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


TAKES_PEOPLE = (SequenceStatus.ACTIVE, SequenceStatus.PAUSED)
"""In these states a sequence takes people, by hand and by itself; in a paused one they wait."""


class ExitSetting(models.TextChoices):
    OFF = "off"
    PAUSE = "pause"
    FINISH = "finish"


class Reenrollment(models.TextChoices):
    NEVER = "never"
    ALWAYS = "always"
    AFTER_DAYS = "after_days"


class Sequence(models.Model):
    """The thing a team edits. Its columns are the live settings; the flow lives in the draft and in versions.

    `status_at` and `status_by`: when the status last changed, and by whom. `password` is the hash of the one that
    guards every change, "" for none. `triggers`, `stop_when` (`core.triggers`), `enrollment_criteria` and `holidays`
    are kept as their JSON. `agent` writes what its steps leave to one; None: the workspace's default. `swept_at`: until
    when what time alone brings about was looked for.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    owner = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL)
    status = models.CharField(max_length=10, choices=SequenceStatus.choices, default=SequenceStatus.DRAFT)
    status_at = models.DateTimeField(null=True)
    status_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    current_version = models.ForeignKey(
        "drumbeat.SequenceVersion", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    exit_on_reply = models.CharField(max_length=6, choices=ExitSetting.choices, default=ExitSetting.FINISH)
    exit_on_meeting = models.CharField(max_length=6, choices=ExitSetting.choices, default=ExitSetting.PAUSE)
    exit_on_call = models.CharField(max_length=6, choices=ExitSetting.choices, default=ExitSetting.OFF)
    exit_on_conversion = models.CharField(
        max_length=6, choices=ExitSetting.choices, default=ExitSetting.FINISH
    )
    postpone_on_out_of_office = models.BooleanField(default=False)
    sender = models.ForeignKey("drumbeat.SenderProfile", null=True, on_delete=models.SET_NULL)
    agent = models.ForeignKey(
        "drumbeat.Agent", null=True, on_delete=models.SET_NULL, related_name="sequences"
    )
    window = models.JSONField(null=True)
    jitter_seconds = models.PositiveIntegerField(default=0)
    review = models.BooleanField(default=False)
    reenrollment = models.CharField(max_length=10, choices=Reenrollment.choices, default=Reenrollment.NEVER)
    reenroll_after_days = models.PositiveIntegerField(null=True)
    one_at_a_time = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False, db_default=False)
    auto_enroll = models.BooleanField(default=False, db_default=False)
    enrollment_criteria = models.JSONField(null=True)
    enroll_at_activation = models.BooleanField(default=False, db_default=False)
    triggers = models.JSONField(null=True)
    swept_at = models.DateTimeField(null=True)
    stop_when = models.JSONField(null=True)
    holidays = models.JSONField(null=True)
    exit_on_company_reply = models.CharField(
        max_length=6, choices=ExitSetting.choices, default=ExitSetting.OFF, db_default=ExitSetting.OFF.value
    )
    company_limit = models.PositiveIntegerField(null=True)
    track_opens = models.BooleanField(default=False, db_default=False)
    track_clicks = models.BooleanField(default=False, db_default=False)
    password = models.CharField(max_length=128, blank=True, default="", db_default="")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "status", "name"], name="sequence_by_status")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace"], condition=models.Q(is_default=True), name="sequence_one_default"
            )
        ]


class SequenceTag(models.Model):
    """A word by which a team finds its sequences. `folded` is how it is compared."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="tags", db_index=False)
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sequence", "folded"], name="sequence_tag_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "folded", "sequence"], name="sequence_by_tag")
        ]


class SequenceTemplate(models.Model):
    """A flow with its settings that a workspace kept to begin others with."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="")
    document = models.JSONField()
    settings = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="sequence_template_once")
        ]


class SequenceDraft(models.Model):
    """The working copy. `revision` counts saves, so that two editors cannot overwrite each other unseen.

    `checksum` is that of the flow, as versions have it: equal ones say the same.
    """

    sequence = models.OneToOneField(
        Sequence, primary_key=True, on_delete=models.CASCADE, related_name="draft"
    )
    document = models.JSONField()
    checksum = models.CharField(max_length=64, blank=True, default="", db_default="")
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    updated_at = models.DateTimeField()


class Presence(models.Model):
    """Who has a sequence open, and which of its steps; told again every few seconds, worthless soon after."""

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey("drumbeat.Member", on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=63, blank=True, default="")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sequence", "member"], name="presence_once")
        ]


class StepPosition(models.Model):
    """Where somebody put the node of a step on the canvas: its upper left corner, in pixels. No part of the flow."""

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="+", db_index=False)
    step = models.CharField(max_length=63)
    x = models.IntegerField()
    y = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sequence", "step"], name="step_position_once")
        ]


class SequenceVersion(models.Model):
    """A published flow, never changed. Bodies of its steps lie in Content, referred to by hash."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    checksum = models.CharField(max_length=64)
    published_by = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sequence", "number"], name="version_once")
        ]


class VersionMove(models.Model):
    """What a member asked of unfinished enrollments: to go on in this version.

    `steps` says, for steps that the version has no more, in which of its steps whoever stands there goes on.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    version = models.ForeignKey(SequenceVersion, on_delete=models.CASCADE, related_name="moves")
    steps = models.JSONField(default=dict)
    asked_by = models.ForeignKey(
        "drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    asked_at = models.DateTimeField()


class Content(models.Model):
    """A body shared by versions, by the hash of what it says."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE)
    hash = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "hash"], name="content_once")
        ]
