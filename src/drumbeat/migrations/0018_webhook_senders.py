from django.db import migrations, models

KINDS = [("smtp", "Smtp"), ("task", "Task"), ("notice", "Notice"), ("webhook", "Webhook"), ("null", "Null")]


def add_senders(apps, schema_editor):
    sender = apps.get_model("drumbeat", "SenderProfile")
    sender.objects.bulk_create(
        sender(
            workspace=workspace,
            kind="webhook",
            channel="webhook",
            name="Webhooks",
            address="",
            created_at=workspace.created_at,
        )
        for workspace in apps.get_model("drumbeat", "Workspace").objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0017_moves_tags_templates_and_passwords")]
    operations = [
        migrations.AlterField("senderprofile", "kind", models.CharField(choices=KINDS, default="smtp", max_length=10)),
        migrations.AddField("workspace", "webhook_secret_at", models.DateTimeField(null=True)),
        migrations.AddField("workspace", "webhook_secrets", models.PositiveIntegerField(db_default=1, default=1)),
        migrations.RunPython(add_senders, migrations.RunPython.noop),
    ]
