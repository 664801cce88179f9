"""Contacts, their typed custom fields, tags, lists, notes, and the facts distilled from events."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from drumbeat.core.conditions.operands import LONGEST_COMPARED, comparable_text

FOLDED_LONGEST = 200


class BytewiseField(models.CharField):  # type: ignore[type-arg]  # no subscript at run time
    """A text compared bytewise on both databases: what begins alike is a range of an index."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}


class FoldedField(BytewiseField):
    """A text folded for search and order, see `core.search`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", FOLDED_LONGEST)
        super().__init__(
            *args, **{**kwargs, "blank": True, "default": "", "db_default": "", "editable": False}
        )

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("blank", "default", "db_default", "editable"):
            kwargs.pop(fixed, None)
        return name, path, args, kwargs


class ComparedField(BytewiseField):
    """The folded copy of the column `<name>` in `<name>_compared`, on which conditions compare."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fixed = {
            "max_length": LONGEST_COMPARED,
            "blank": True,
            "default": "",
            "db_default": "",
            "editable": False,
        }
        super().__init__(*args, **{**kwargs, **fixed})

    def deconstruct(self) -> Any:
        name, path, args, _ = super().deconstruct()
        return name, path, args, {}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        text = comparable_text(getattr(model_instance, self.attname.removesuffix("_compared")))
        setattr(model_instance, self.attname, text)
        return text


class Contact(models.Model):
    """A lead. `*_normal` hold the form that is unique, `*_folded` and `email_domain` what a search reads."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    first_name = models.CharField(max_length=200, blank=True, default="")
    last_name = models.CharField(max_length=200, blank=True, default="")
    email = models.CharField(max_length=320, blank=True, default="")
    email_normal = BytewiseField(max_length=320, blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    phone_normal = models.CharField(max_length=20, blank=True, default="")
    whatsapp = models.CharField(max_length=40, blank=True, default="")
    company = models.CharField(max_length=300, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    stage = models.CharField(max_length=100, blank=True, default="")
    owner = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL)
    time_zone = models.CharField(max_length=64, blank=True, default="")
    language = models.CharField(max_length=20, blank=True, default="")
    consent = models.JSONField(default=dict)
    name_folded = FoldedField()
    last_folded = FoldedField()
    company_folded = FoldedField()
    email_domain = FoldedField()
    first_name_compared = ComparedField()
    last_name_compared = ComparedField()
    email_compared = ComparedField()
    phone_compared = ComparedField()
    whatsapp_compared = ComparedField()
    company_compared = ComparedField()
    title_compared = ComparedField()
    stage_compared = ComparedField()
    time_zone_compared = ComparedField()
    language_compared = ComparedField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="contact_newest"),
            models.Index(fields=["workspace", "name_folded", "id"], name="contact_by_name"),
            models.Index(fields=["workspace", "last_folded"], name="contact_by_last_name"),
            models.Index(fields=["workspace", "company_folded", "id"], name="contact_by_company"),
            models.Index(fields=["workspace", "email_domain"], name="contact_by_domain"),
            models.Index(fields=["workspace", "stage", "id"], name="contact_by_stage"),
            models.Index(fields=["workspace", "stage_compared"], name="contact_stage_is"),
            models.Index(fields=["workspace", "company_compared"], name="contact_company_is"),
            models.Index(fields=["workspace", "title_compared"], name="contact_title_is"),
            models.Index(fields=["workspace", "email_compared"], name="contact_email_is"),
            models.Index(fields=["workspace", "created_at"], name="contact_since"),
            models.Index(fields=["workspace", "time_zone"], name="contact_zone"),
            models.Index(
                fields=["workspace", "whatsapp"], condition=~models.Q(whatsapp=""), name="contact_by_whatsapp"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "email_normal"],
                condition=~models.Q(email_normal=""),
                name="contact_email_once",
            ),
            models.UniqueConstraint(
                fields=["workspace", "phone_normal"],
                condition=~models.Q(phone_normal=""),
                name="contact_phone_once",
            ),
        ]


class FieldType(models.TextChoices):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


class ContactField(models.Model):
    """A custom field that a workspace defined; merge tags and conditions call it `custom.<key>`."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    key = models.CharField(max_length=63)
    label = models.CharField(max_length=200)
    type = models.CharField(max_length=10, choices=FieldType.choices, default=FieldType.TEXT)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="contact_field_once")
        ]


class ContactFieldValue(models.Model):
    """One typed value; only the column of the field's type is set."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, db_index=False, related_name="values")
    field = models.ForeignKey(ContactField, on_delete=models.CASCADE, db_index=False)
    text = models.TextField(null=True)
    text_folded = BytewiseField(max_length=LONGEST_COMPARED, null=True)
    number = models.FloatField(null=True)
    date = models.DateField(null=True)
    boolean = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contact", "field"], name="contact_field_value_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["field", "text_folded"], name="field_value_text"),
            models.Index(fields=["field", "number"], name="field_value_number"),
            models.Index(fields=["field", "date"], name="field_value_date"),
        ]


class Tag(models.Model):
    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "folded"], name="tag_once")
        ]


class ContactTag(models.Model):
    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, db_index=False, related_name="tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contact", "tag"], name="contact_tag_once")
        ]


class ContactList(models.Model):
    """A hand-made list."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "name"], name="contact_list_once")
        ]


class ListMember(models.Model):
    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact_list = models.ForeignKey(
        ContactList, on_delete=models.CASCADE, db_index=False, related_name="entries"
    )
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="lists")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contact_list", "contact"], name="list_member_once")
        ]


class ContactFact(models.Model):
    """What `advance` may know of events: per kind and scope when first, when last, how often.

    `scope` is "" for any, `enrollment:<id>` or `touch:<id>`'s step as `step:<enrollment>:<step>`.
    """

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, db_index=False, related_name="facts")
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=120, blank=True, default="")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contact", "kind", "scope"], name="contact_fact_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            # Without the times, which change with every event: their rows stay where they are on PostgreSQL.
            models.Index(
                fields=["workspace", "kind", "contact"],
                condition=models.Q(scope=""),
                name="contact_fact_kind",
            )
        ]


class ContactNote(models.Model):
    """What a member wrote down about a contact."""

    workspace = models.ForeignKey("drumbeat.Workspace", on_delete=models.CASCADE, db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, db_index=False, related_name="notes")
    member = models.ForeignKey("drumbeat.Member", null=True, on_delete=models.SET_NULL, db_index=False)
    text = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contact", "id"], name="note_of_contact")
        ]
