from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drumbeat", "0004_leaner_touch_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="enrollment",
            name="paused_at",
            field=models.DateTimeField(null=True),
        ),
    ]
