import django.db.models.deletion
from django.db import migrations, models

from drumbeat.core.document.writing import hash_of


def fill(apps, schema_editor):
    draft = apps.get_model("drumbeat", "SequenceDraft")
    for sequence_id, document in draft.objects.values_list("sequence_id", "document").iterator(chunk_size=100):
        draft.objects.filter(sequence_id=sequence_id).update(checksum=hash_of(document))


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0012_fill_contact_search")]

    operations = [
        migrations.AddField(
            model_name="sequence",
            name="status_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sequence",
            name="status_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="drumbeat.member",
            ),
        ),
        migrations.AddField(
            model_name="sequencedraft",
            name="checksum",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="sequencedraft",
            name="saved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="drumbeat.member",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
