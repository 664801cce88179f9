"""How an answer is meant, what a person is asked about it, and mail that could not be processed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def ask(apps, schema_editor):
    """Ask again what was asked before, and keep how answers were understood."""
    conversation, message = (apps.get_model("drumbeat", name) for name in ("Conversation", "Message"))
    conversation.objects.filter(kind="weak_reply").update(question="whose_reply")
    events = apps.get_model("drumbeat", "Event").objects.filter(
        source="mail", payload__sentiment__isnull=False, contact__isnull=False
    )
    rows = events.values_list("contact_id", "external_id", "payload")
    for contact_id, message_id, payload in rows.iterator(chunk_size=1_000):
        said = message.objects.filter(contact_id=contact_id, direction="in", message_id=message_id)
        said.update(sentiment=payload["sentiment"])
        conversation.objects.filter(last_message__in=said).update(sentiment=payload["sentiment"])


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0009_composition"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="question",
            field=models.CharField(max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="sentiment",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="inboundmail",
            name="done_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="inboundmail",
            name="workspace",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="drumbeat.workspace",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="files",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="message",
            name="has_html",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="is_doubtful",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="sentiment",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="workspace",
            name="forwards_replies",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=Q(question__isnull=False),
                fields=["workspace", "-last_at", "-id"],
                name="conversation_asking",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["workspace", "sentiment", "-last_at", "-id"], name="conversation_meant"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["workspace", "kind", "-last_at", "-id"], name="conversation_of_kind"),
        ),
        migrations.AddIndex(
            model_name="inboundmail",
            index=models.Index(
                condition=Q(workspace__isnull=False, done_at__isnull=True),
                fields=["workspace", "-id"],
                name="inbound_mail_set_aside",
            ),
        ),
        migrations.RunPython(ask, migrations.RunPython.noop, elidable=True),
    ]
