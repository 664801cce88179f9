from django.db import migrations

from drumbeat.core.conditions.operands import comparable_text

CHUNK = 2000
COLUMNS = [
    "first_name",
    "last_name",
    "email",
    "phone",
    "whatsapp",
    "company",
    "title",
    "stage",
    "time_zone",
    "language",
]


def fill(apps, schema_editor):
    contact = apps.get_model("drumbeat", "Contact")
    sets = ", ".join(f'"{name}_compared" = %s' for name in COLUMNS)
    statement = f'UPDATE "{contact._meta.db_table}" SET {sets} WHERE "id" = %s'
    last = 0
    while rows := list(contact.objects.filter(id__gt=last).order_by("id").values_list("id", *COLUMNS)[:CHUNK]):
        filled = [(*map(comparable_text, row[1:]), row[0]) for row in rows]
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(statement, filled)
        last = rows[-1][0]


class Migration(migrations.Migration):
    dependencies = [("drumbeat", "0019_compared_texts_and_segments")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
