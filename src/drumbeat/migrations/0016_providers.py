"""Opens and clicks are found by the enrollment whose mail they are of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0015_tasks")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("source", "tracking")),
                fields=["enrollment"],
                name="event_of_tracking",
            ),
        ),
    ]
