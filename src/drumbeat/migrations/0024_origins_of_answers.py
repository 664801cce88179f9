"""What drafts of answers were written from, and which answers of a model were trials."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0023_answer_drafts")]

    operations = [
        migrations.AddField(
            model_name="answerdraft",
            name="fingerprint",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="writing",
            name="is_trial",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
