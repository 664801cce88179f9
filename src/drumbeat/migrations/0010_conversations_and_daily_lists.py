import django.db.models.deletion
from django.db import migrations, models


CONVERSATIONS = """
    INSERT INTO drumbeat_conversation
        (workspace_id, contact_id, last_message_id, kind, last_at, needs_answer, unread)
    SELECT m.workspace_id, m.contact_id, m.id, m.kind, m.occurred_at,
           CASE WHEN m.kind IN ('reply', 'weak_reply') THEN {true} ELSE {false} END, {false}
    FROM drumbeat_message m JOIN (
        SELECT max(id) AS id FROM drumbeat_message
        WHERE direction = 'in' AND contact_id IS NOT NULL AND kind NOT IN ('bounce', 'soft_bounce')
        GROUP BY contact_id) AS newest ON newest.id = m.id"""


def begin_conversations(apps, schema_editor):
    """Whoever wrote before has a conversation; what nobody is known to have answered wants an answer."""
    words = ("TRUE", "FALSE") if schema_editor.connection.vendor == "postgresql" else ("1", "0")
    schema_editor.execute(CONVERSATIONS.format(true=words[0], false=words[1]))


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0009_deactivated_members_and_link_purposes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(blank=True, default="", max_length=20)),
                ("last_at", models.DateTimeField()),
                ("needs_answer", models.BooleanField(default=False)),
                ("unread", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="done_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="enrollment",
            index=models.Index(fields=["sequence", "-id"], name="enrollment_newest"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("contact__isnull", True), ("direction", "in"), ("done_at__isnull", True)),
                fields=["workspace", "-id"],
                name="message_unmatched",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("contact__isnull", False), ("direction", "out")),
                fields=["workspace", "occurred_at"],
                name="message_sent",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", True)),
                fields=["workspace", "due_at", "id"],
                name="task_due",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)),
                fields=["workspace", "-settled_at", "-id"],
                name="task_done",
            ),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=models.Index(
                condition=models.Q(("contact__isnull", False), ("enrollment__isnull", True)),
                fields=["contact", "id"],
                name="touch_by_hand",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="contact",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="conversation",
                to="drumbeat.contact",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="last_message",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="drumbeat.message",
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="workspace",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, to="drumbeat.workspace"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["workspace", "-last_at", "-id"], name="conversation_newest"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("needs_answer", True)),
                fields=["workspace", "-last_at", "-id"],
                name="conversation_to_answer",
            ),
        ),
        migrations.RunPython(begin_conversations, migrations.RunPython.noop),
    ]
