from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drumbeat', '0002_suppression_lifted_reason'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('contact__isnull', True)), fields=['workspace', 'direction'], name='message_of_nobody'),
        ),
    ]
